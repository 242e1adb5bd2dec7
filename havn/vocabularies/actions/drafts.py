"""Working on the next version of a list: begin, put a term, move it, let the draft go."""

import json
from collections.abc import Callable, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.clock import now
from havn.common.errors import Refused
from havn.tenancy.models import Centre
from havn.vocabularies.models import Draft
from havn.vocabularies.permissions import check_can_edit
from havn.vocabularies.queries import as_term, codes_used, draft_of, terms_in_version, versions_in
from havn.vocabularies.registry import EditableList
from havn.vocabularies.rules import drafts as rules
from havn.vocabularies.rules.drafts import DraftTerm


class Overtaken(Refused):
    """A colleague changed the draft after the screen was made."""

    def __init__(self) -> None:
        super().__init__(_("A colleague changed the draft meanwhile. Your words are still here: look, and save again."))


def begin(*, actor: User, centre: Centre, edited: EditableList) -> Draft:
    """Copy the newest version into a draft. A draft that is there already is the one that is given."""
    check_can_edit(actor, centre)
    versions = versions_in(edited.dimension, centre.pk)
    if not versions:
        raise Refused(_("There is no such list yet."))
    newest = versions[-1].code
    terms = rules.copy_of(as_term(row) for row in terms_in_version(newest))
    try:
        with transaction.atomic():
            draft = Draft.objects.create(
                centre=centre,
                dimension=edited.dimension,
                based_on=newest,
                terms=rules.as_rows(terms),
                changed_by=actor,
                changed_at=now(),
            )
            _told(actor, draft, "begun", terms=len(terms))
    except IntegrityError:
        found = draft_of(centre.pk, edited.dimension)
        if found is None:
            raise
        return found
    return draft


def put_term(*, actor: User, centre: Centre, edited: EditableList, version: int, code: str, term: DraftTerm) -> Draft:
    """Keep a term of the draft; `code` "" adds it, under a code that this list never had.

    `version` is the draft's as the screen showed it; raises Overtaken when a colleague was faster, Refused when the
    draft is gone, has no such term, or is as long as a list may be.
    """

    def change(terms: list[DraftTerm]) -> list[DraftTerm]:
        there = {one.code for one in terms}
        if code and code not in there:
            raise Refused(_("This term is not in the draft any more."))
        if not code and len(there) >= rules.MOST_TERMS:
            raise Refused(_("A list has at most %(most)s terms.") % {"most": rules.MOST_TERMS})
        known = codes_used(edited.dimension, centre.pk)
        if code and term.retired and code not in known:
            # Nothing was ever coded with what this draft added itself.
            return rules.without(terms, code)
        named = code or rules.new_code(term.labels.get(rules.ENGLISH, ""), known | there)
        return rules.put(terms, _with_code(term, named))

    return _changed(actor, centre, edited, version, change, "term")


def move_term(*, actor: User, centre: Centre, edited: EditableList, version: int, code: str, up: bool) -> Draft:
    """Put a term one place further up or down. Raises as `put_term`."""
    return _changed(actor, centre, edited, version, lambda terms: rules.moved(terms, code, up=up), "moved")


@transaction.atomic
def let_go(*, actor: User, centre: Centre, edited: EditableList) -> None:
    """Drop the draft; what holds stays as it is."""
    check_can_edit(actor, centre)
    draft = Draft.objects.select_for_update(of=("self",)).filter(centre=centre, dimension=edited.dimension).first()
    if draft is None:
        raise Refused(_("There is no draft any more."))
    _told(actor, draft, "let_go")
    draft.delete()


def locked(centre: Centre, dimension: str, version: int) -> Draft:
    """The draft, locked. Raises Refused when it is gone, Overtaken when it is another than the screen showed."""
    draft = Draft.objects.select_for_update(of=("self",)).filter(centre=centre, dimension=dimension).first()
    if draft is None:
        raise Refused(_("There is no draft any more."))
    if draft.version != version:
        raise Overtaken
    return draft


@transaction.atomic
def _changed(
    actor: User,
    centre: Centre,
    edited: EditableList,
    version: int,
    change: Callable[[list[DraftTerm]], Sequence[DraftTerm]],
    action: str,
) -> Draft:
    check_can_edit(actor, centre)
    draft = locked(centre, edited.dimension, version)
    terms = rules.as_rows(change(rules.from_rows(draft.terms)))
    # The same press twice changes nothing, and nobody else's screen.
    if json.dumps(terms, sort_keys=True) != json.dumps(draft.terms, sort_keys=True):
        draft.terms = terms
        draft.version += 1
        draft.changed_by, draft.changed_at = actor, now()
        draft.save()
        _told(actor, draft, action, version=draft.version)
    return draft


def _with_code(term: DraftTerm, code: str) -> DraftTerm:
    return DraftTerm(code, term.labels, term.definition, term.broader, term.retired, term.replaced_by, term.ends)


def _told(actor: User, draft: Draft, what: str, **codes: int) -> None:
    audit.record(
        centre_id=draft.centre_id, actor_id=actor.pk, action=f"vocabularies.draft.{what}",
        subject=f"vocabulary:{draft.dimension}", **codes,
    )  # fmt: skip
