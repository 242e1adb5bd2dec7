"""Building a draft, one change at a time. What it was before stays for some steps, so that a change can be undone."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import NotAllowed, Refused
from havn.forms.models import DraftStep, Form, FormVersion
from havn.forms.permissions import check_can_write
from havn.forms.queries import keys_in_use
from havn.forms.rules import editing, renaming, texts
from havn.forms.rules.editing import NotThere, Raw
from havn.forms.rules.renaming import BeginningDiffers
from havn.forms.words_definition import beginning_words
from havn.tenancy.models import Centre

STEPS = 30
LONGEST = 1_500_000
"""Letters of a definition as JSON: several times the largest form in a dozen languages."""


class ChangedMeanwhile(Refused):
    """Somebody else changed this part since the person opened it. Both can be shown; nothing is lost."""


@transaction.atomic
def start_form(*, actor: User, centre: Centre, kind: str, definition: Raw) -> FormVersion:
    """A form of the centre with its first draft. Refused when its key is taken in the centre."""
    check_can_write(actor, centre)
    _check_storable(definition)
    key, moment = str(definition.get("key", "")), now()
    try:
        with transaction.atomic():
            form = Form.objects.create(centre=centre, key=key, kind=kind, made_by=actor, made_at=moment)
    except IntegrityError as error:
        raise Refused(_("There is a form with this key already. Give it another.")) from error
    version = _first(form, 1, definition, actor)
    _done(actor, centre, "forms.draft.started", version)
    return version


@transaction.atomic
def new_version(*, actor: User, form: Form) -> FormVersion:
    """The draft of a form, copied from its newest version unless there is one. Refused for what comes with Havn."""
    centre = _centre_of(form)
    check_can_write(actor, centre)
    Form.objects.select_for_update().get(pk=form.pk)
    newest = form.versions.order_by("-number").first()
    if newest is not None and not newest.is_frozen:
        return newest
    if newest is None:
        raise Refused(_("This form has no version to begin with."))
    version = _first(form, newest.number + 1, newest.definition, actor)
    _done(actor, centre, "forms.draft.started", version)
    return version


@transaction.atomic
def delete_draft(*, actor: User, version: FormVersion) -> None:
    """Throw a draft away, and its form with it when it has no other version."""
    stored = _draft(actor, version)
    form = stored.form
    _done(actor, _centre_of(form), "forms.draft.deleted", stored)
    stored.delete()
    if not form.versions.exists():
        form.delete()


@transaction.atomic
def save_part(*, actor: User, version: FormVersion, kind: str, key: str, part: Raw, seen: str) -> None:
    """Put a part in place of what was there. `seen`: its fingerprint when the person opened it.

    Raises ChangedMeanwhile when it is another now, Refused when it is gone, and for another key that is taken or whose
    old one answers are kept under.
    """
    stored = _draft(actor, version)
    _check_key(stored, kind, key, part)
    if editing.fingerprint(_found(stored, kind, key)) != seen:
        raise ChangedMeanwhile(_("Somebody else changed this while you were at it."))
    _change(actor, stored, lambda raw: renaming.put(raw, kind, key, part))


@transaction.atomic
def add_part(*, actor: User, version: FormVersion, kind: str, part: Raw, section: str = "") -> None:
    """Add a part at the end of the form, or of a section. Refused when its key is taken."""
    stored = _draft(actor, version)
    _check_free(stored, kind, part)
    _change(actor, stored, lambda raw: editing.with_new(raw, kind, part, section))


@transaction.atomic
def move_part(*, actor: User, version: FormVersion, kind: str, key: str, down: bool) -> None:
    """One place up or down."""
    stored = _draft(actor, version)
    _change(actor, stored, lambda raw: editing.moved(raw, kind, key, down=down))


@transaction.atomic
def remove_part(*, actor: User, version: FormVersion, kind: str, key: str) -> None:
    """Take a part out; a section goes with its questions. It can be undone."""
    stored = _draft(actor, version)
    _change(actor, stored, lambda raw: editing.without(raw, kind, key))


@transaction.atomic
def save_texts(
    *, actor: User, version: FormVersion, language: str, typed: Mapping[str, str], seen: Mapping[str, str]
) -> int:
    """Keep texts of one language, by place. Returns how many are others now.

    `seen`: the digest of each text when the person opened the table; what they left as it was is not touched. Raises
    ChangedMeanwhile, with nothing saved, when a text that they changed is another now, or its place is gone.
    """
    stored = _draft(actor, version)
    if language not in stored.definition.get("languages", []):
        raise Refused(_("The form is not offered in this language."))
    there = {one.place: one.in_language(language) for one in texts.texts_of(stored.definition)}
    fresh = {place: text.strip() for place, text in typed.items() if texts.digest(text.strip()) != seen.get(place)}
    if any(place not in there or texts.digest(there[place]) != seen.get(place) for place in fresh):
        raise ChangedMeanwhile(_("Somebody else changed some of these texts while you were at it."))
    if fresh:
        _change(actor, stored, lambda raw: texts.with_texts(raw, language, fresh))
    return len(fresh)


@transaction.atomic
def undo(*, actor: User, version: FormVersion) -> None:
    """Make the last change as if it had not been. Refused when there is none left."""
    stored = _draft(actor, version)
    step = stored.steps.order_by("-revision").first()
    if step is None:
        raise Refused(_("There is nothing left to undo."))
    _store(actor, stored, step.definition)
    step.delete()
    _done(actor, _centre_of(stored.form), "forms.draft.undone", stored)


def _first(form: Form, number: int, definition: Raw, actor: User) -> FormVersion:
    moment = now()
    return FormVersion.objects.create(
        form=form, number=number, definition=definition, made_by=actor, made_at=moment, changed_by=actor,
        changed_at=moment,
    )  # fmt: skip


def _draft(actor: User, version: FormVersion) -> FormVersion:
    """The stored draft, locked until the transaction ends. Refused when it is in use or gone."""
    found = FormVersion.objects.select_for_update(of=("self",)).filter(pk=version.pk).select_related("form__centre")
    stored = found.first()
    if stored is None:
        raise Refused(_("Somebody has thrown this draft away."))
    check_can_write(actor, _centre_of(stored.form))
    if stored.is_frozen:
        raise Refused(_("This version is in use and stays as it is. Make a new version to change it."))
    return stored


def _centre_of(form: Form) -> Centre:
    if form.centre is None:
        raise NotAllowed(_("This form comes with Havn. Copy it to change it."))
    return form.centre


def _check_free(stored: FormVersion, kind: str, part: Raw) -> None:
    taken = editing.keys_of(stored.definition)
    if kind == editing.CHECK:
        taken = {str(one.get("key")) for one in editing.parts_of(stored.definition, kind)}
    if part.get("key") in taken:
        raise Refused(_("This key is taken by something else in the form."))


def _check_key(stored: FormVersion, kind: str, key: str, part: Raw) -> None:
    if kind == editing.SETTINGS or part.get("key", key) == key:
        return
    _check_free(stored, kind, part)
    if kind != editing.CHECK and key in keys_in_use(stored.form):
        raise Refused(_("A version in use keeps answers under this key. It stays."))


def _found(stored: FormVersion, kind: str, key: str) -> Raw:
    try:
        return editing.part_of(stored.definition, kind, key)
    except NotThere as error:
        raise Refused(_("Somebody has taken this out of the form.")) from error


def _change(actor: User, stored: FormVersion, change: Callable[[Raw], Raw]) -> None:
    before = stored.definition
    try:
        after = change(before)
    except NotThere as error:
        raise Refused(_("Somebody has taken this out of the form.")) from error
    except BeginningDiffers as differs:
        raise Refused(beginning_words(differs.beginning)) from differs
    if after == before:
        return
    _check_storable(after)
    DraftStep.objects.create(
        version=stored, revision=stored.revision, definition=before, changed_by=stored.changed_by,
        changed_at=stored.changed_at,
    )  # fmt: skip
    _store(actor, stored, after)
    stored.steps.filter(pk__in=list(stored.steps.order_by("-revision").values_list("pk", flat=True)[STEPS:])).delete()
    _done(actor, _centre_of(stored.form), "forms.draft.changed", stored)


def _store(actor: User, stored: FormVersion, definition: Any) -> None:
    stored.definition, stored.revision = definition, stored.revision + 1
    stored.changed_by, stored.changed_at = actor, now()
    stored.save(update_fields=["definition", "revision", "changed_by", "changed_at"])


def _check_storable(definition: Raw) -> None:
    try:
        text = json.dumps(definition, ensure_ascii=False, allow_nan=False)
        text.encode()
    except ValueError as error:  # half a letter, or no number
        raise Refused(_("There are signs in it that cannot be kept.")) from error
    if "\\u0000" in text:
        raise Refused(_("There are signs in it that cannot be kept."))
    if len(text) > LONGEST:
        raise Refused(_("The form would grow too large. Split it into several."))


def _done(actor: User, centre: Centre, action: str, version: FormVersion) -> None:
    record(centre_id=centre.pk, actor_id=actor.pk, action=action, subject=f"form_version:{version.pk}")
