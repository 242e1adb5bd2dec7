"""A draft becomes the version that holds from a day on; one that does not hold yet may be taken back."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.clock import now
from havn.common.errors import Refused
from havn.common.page_cache import pages_changed
from havn.tenancy.models import Centre
from havn.vocabularies.actions.drafts import locked
from havn.vocabularies.facts import Term
from havn.vocabularies.models import Draft, Vocabulary, VocabularyTerm
from havn.vocabularies.permissions import check_can_edit
from havn.vocabularies.queries import as_term, terms_in_version, versions_in
from havn.vocabularies.registry import EditableList
from havn.vocabularies.rules import drafts as rules
from havn.vocabularies.rules.drafts import DraftTerm
from havn.vocabularies.rules.versions import DAY

FURTHEST = dt.timedelta(days=731)


class NotReady(Refused):
    """The draft has faults; `found` names them."""

    def __init__(self, found: list[rules.Found]) -> None:
        super().__init__(_("The draft can't be published yet: see what it lacks."))
        self.found = found


def earliest_day(centre: Centre, edited: EditableList) -> dt.date:
    """The first day from which a new version may hold: after whatever was counted, and after the newest own version."""
    own = [one.valid_from for one in versions_in(edited.dimension, centre.pk) if one.own]
    return max([edited.first_free_day(centre.pk), *(day + DAY for day in own)])


@transaction.atomic
def publish(*, actor: User, centre: Centre, edited: EditableList, version: int, valid_from: dt.date) -> Vocabulary:
    """Make the draft the centre's version from a day on. What is published is never changed; no code is used again.

    Raises NotReady when the draft lacks something, Refused when the day is too early, over two years away, or the list
    that was copied is not the newest any more, and as `locked`.
    """
    check_can_edit(actor, centre)
    draft = locked(centre, edited.dimension, version)
    versions = versions_in(edited.dimension, centre.pk)
    newest = versions[-1]
    if newest.code != draft.based_on:
        raise Refused(_("The list has a newer version than the one that this draft is a copy of. Begin a new draft."))
    before = [as_term(row) for row in terms_in_version(newest.code)]
    terms = rules.from_rows(draft.terms)
    if found := rules.faults(before, terms, must_stay=edited.must_stay):
        raise NotReady(found)
    earliest = earliest_day(centre, edited)
    if not earliest <= valid_from <= earliest + FURTHEST:
        raise Refused(
            _("Choose a day from %(first)s on, at most two years away: what was counted keeps its list.")
            % {"first": earliest.isoformat()}
        )
    if newest.own:
        Vocabulary.objects.filter(code=newest.code).update(valid_to=valid_from - DAY)
    made = Vocabulary.objects.create(
        dimension=edited.dimension, code=_next_code(centre, edited.dimension), centre=centre, valid_from=valid_from
    )
    _write(made, before, terms, last=valid_from - DAY)
    draft.delete()
    changed = rules.changes(before, terms)
    audit.record(
        centre_id=centre.pk, actor_id=actor.pk, action="vocabularies.published", subject=f"vocabulary:{made.code}",
        valid_from=valid_from.isoformat(), new=len(changed.new), renamed=len(changed.renamed),
        retired=len(changed.retired),
    )  # fmt: skip
    pages_changed()
    return made


@transaction.atomic
def take_back(*, actor: User, centre: Centre, edited: EditableList, today: dt.date) -> Draft:
    """Make the newest own version a draft again, as long as its first day has not come. What held before holds on."""
    check_can_edit(actor, centre)
    own = Vocabulary.objects.select_for_update(of=("self",)).filter(centre=centre, dimension=edited.dimension)
    newest = own.order_by("-valid_from").first()
    if newest is None or newest.valid_from <= today:
        raise Refused(_("This version holds already: make a new one instead."))
    if Draft.objects.filter(centre=centre, dimension=edited.dimension).exists():
        raise _has_draft()
    rows = list(newest.terms.all())
    code, before = newest.code, own.exclude(pk=newest.pk).order_by("-valid_from").first()
    newest.delete()
    if before is not None:
        Vocabulary.objects.filter(pk=before.pk).update(valid_to=None)
    try:
        with transaction.atomic():
            draft = Draft.objects.create(
                centre=centre,
                dimension=edited.dimension,
                based_on=versions_in(edited.dimension, centre.pk)[-1].code,
                terms=rules.as_rows(_as_draft(row) for row in rows),
                changed_by=actor,
                changed_at=now(),
            )
    except IntegrityError as begun_meanwhile:
        raise _has_draft() from begun_meanwhile
    audit.record(centre_id=centre.pk, actor_id=actor.pk, action="vocabularies.taken_back", subject=f"vocabulary:{code}")
    pages_changed()
    return draft


def _has_draft() -> Refused:
    return Refused(_("There is a draft already: publish it or let it go first."))


def _write(made: Vocabulary, before: list[Term], terms: list[DraftTerm], *, last: dt.date) -> None:
    old = {one.code: one for one in before}
    VocabularyTerm.objects.bulk_create(
        VocabularyTerm(
            vocabulary=made,
            code=one.code,
            labels={language: label for language, label in one.labels.items() if label},
            former_labels=_former(one, old.get(one.code), last),
            definition=one.definition,
            four_c=old[one.code].four_c if one.code in old else "",
            replaced_by=one.replaced_by if one.retired else "",
            broader="" if one.retired else one.broader,
            order=place,
            retired=one.retired,
        )
        for place, one in enumerate(terms)
    )


def _former(one: DraftTerm, was: Term | None, last: dt.date) -> list[dict[str, str | None]]:
    """What the term was called before, with the last day of each label that is another now."""
    if was is None:
        return []
    kept: list[dict[str, str | None]] = [
        {"label": old.label, "language": old.language, "until": old.until.isoformat() if old.until else None}
        for old in was.former_labels
    ]
    gone: list[dict[str, str | None]] = [
        {"label": label, "language": language, "until": last.isoformat()}
        for language, label in was.labels.items()
        if label and one.labels.get(language, "") != label and not one.retired
    ]
    return kept + gone


def _as_draft(row: VocabularyTerm) -> DraftTerm:
    ends = row.retired and not row.replaced_by
    return DraftTerm(row.code, row.labels, row.definition, row.broader, row.retired, row.replaced_by, ends)


def _next_code(centre: Centre, dimension: str) -> str:
    """Numbered on. The number of one that was taken back is free: nothing was ever counted under it."""
    stem = f"{dimension}-c{centre.pk}-"
    numbers = [
        int(code.removeprefix(stem))
        for code in Vocabulary.objects.filter(code__startswith=stem).values_list("code", flat=True)
        if code.removeprefix(stem).isdigit()
    ]
    return f"{stem}{max(numbers, default=0) + 1}"
