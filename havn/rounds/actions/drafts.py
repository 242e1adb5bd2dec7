"""Writing answers: kept as they are typed, put together when two people write, filled from the centre's records."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.clock import now
from havn.common.errors import Refused
from havn.rounds.actions.forgetting import forget_of
from havn.rounds.actions.locking import is_writable, locked, moved, told, who
from havn.rounds.models import LONGEST_COMMENT, Assignment, Draft, DraftChange
from havn.rounds.permissions import Actor, check_can_answer
from havn.rounds.rules.merging import Merged, base_of, changes, merge, merge_unknown
from havn.rounds.rules.schedule import is_open
from havn.rounds.rules.states import Move, State
from havn.rounds.sources import Taken
from havn.rounds.words import state_sentence

MOST_CHANGES = 5_000
"""Kept of one draft; a page that was opened before the oldest of them is shown what differs and keeps none of it."""


@dataclass(frozen=True)
class Clash:
    """A question that somebody else changed meanwhile: what is stored, what this person wrote, who and when."""

    key: str
    theirs: Any
    mine: Any
    by: User | None
    at: Any


@dataclass(frozen=True)
class Saved:
    """The draft after saving, and what was not taken because somebody else was quicker."""

    draft: Draft
    clashes: tuple[Clash, ...]


@transaction.atomic
def save_draft(
    *,
    actor: Actor,
    assignment_id: int,
    answers: Mapping[str, Any],
    seen: int | None,
    page: str = "",
    explained: Mapping[str, str] | None = None,
) -> Saved:
    """Keep what somebody wrote. `answers` is everything their page had, `seen` the version that it began from.

    `page` is the page's own mark, by which its earlier savings are known as its own. What others changed since then
    stays; what both changed is returned and not kept. `seen` None: they began from what is stored. Raises Refused when
    the answers can't be changed now.
    """
    assignment, draft = _opened(actor, assignment_id)
    later = _later(draft, seen, page)
    merged = _merged(draft, seen, later, answers)
    words = {key: text.strip()[:LONGEST_COMMENT] for key, text in (explained or {}).items() if text.strip()}
    new_words = {**draft.explained, **words} if explained is not None else draft.explained
    for key, text in (explained or {}).items():
        if not text.strip():
            new_words.pop(key, None)
    if merged.changed or new_words != draft.explained:
        _keep(actor, assignment, draft, merged.answers, merged.changed, explained=new_words, page=page)
    last = {one.key: one for one in later}
    clashes = tuple(_clash(draft, key, mine, last.get(key)) for key, mine in merged.mine.items())
    return Saved(draft, clashes)


@transaction.atomic
def explain(*, actor: Actor, assignment_id: int, seen: int, explained: Mapping[str, str]) -> Draft:
    """Keep the sentences that explain warnings, and nothing else. Raises Refused when the answers changed since."""
    assignment, draft = _opened(actor, assignment_id)
    if draft.version != seen:
        raise Refused(_("Somebody changed the answers meanwhile. Look at them once more, then send them in."))
    words = {key: text.strip()[:LONGEST_COMMENT] for key, text in explained.items() if text.strip()}
    kept = {key: text for key, text in draft.explained.items() if key not in explained} | words
    if kept != draft.explained:
        _keep(actor, assignment, draft, draft.answers, (), explained=kept)
    return draft


@transaction.atomic
def take_figures(*, actor: Actor, assignment_id: int, figures: Mapping[str, Taken]) -> Draft:
    """Put figures of the centre's records in place of answers, by question, and remember where they came from."""
    assignment, draft = _opened(actor, assignment_id)
    answers = {**draft.answers, **{key: one.value for key, one in figures.items()}}
    answers |= {f"{key}.basis": one.basis for key, one in figures.items() if one.basis}
    taken = {key: {"source": one.source, "value": one.value} for key, one in figures.items()}
    changed = changes(draft.answers, answers)
    if changed or taken != {key: draft.taken.get(key) for key in taken}:
        draft.taken = {**draft.taken, **taken}
        _keep(actor, assignment, draft, answers, changed)
    return draft


@transaction.atomic
def put_answers(*, actor: Actor, assignment_id: int, answers: Mapping[str, Any], seen: int) -> Draft:
    """Put the answers of a sheet or of a system in the place of all that is stored.

    Raises Refused when somebody changed the draft since `seen`, so that nothing is replaced that was not shown.
    """
    assignment, draft = _opened(actor, assignment_id)
    if seen != draft.version:
        raise Refused(_("Somebody changed the answers meanwhile. Look at what would change once more."))
    changed = merge(draft.answers, draft.answers, _with_gaps(draft.answers, answers)).changed
    if changed:
        _keep(actor, assignment, draft, dict(answers), changed)
    return draft


@transaction.atomic
def take_over(*, actor: User, assignment_id: int, alternate_id: int | None = None) -> Assignment:
    """Become responsible for it; whoever was so before is the alternate, unless another is named."""
    assignment = locked(assignment_id)
    check_can_answer(actor, assignment)
    if assignment.responsible_id != actor.pk:
        assignment.alternate_id = assignment.responsible_id
        assignment.responsible = actor
    if alternate_id is not None and alternate_id != actor.pk:
        assignment.alternate_id = alternate_id
    if assignment.alternate_id == actor.pk:
        assignment.alternate_id = None
    assignment.save(update_fields=["responsible", "alternate"])
    told(actor, assignment, "rounds.taken_over")
    return assignment


def _opened(actor: Actor, assignment_id: int) -> tuple[Assignment, Draft]:
    assignment = locked(assignment_id)
    check_can_answer(actor, assignment)
    if not is_writable(assignment):
        raise Refused(state_sentence(assignment.state))
    if not is_open(assignment.round.opens_on, assignment.centre.time_zone, now()):
        raise Refused(_("This round has not opened yet."))
    draft, _new = Draft.objects.get_or_create(assignment=assignment, defaults={"saved_at": now()})
    return assignment, draft


def _later(draft: Draft, seen: int | None, page: str) -> list[DraftChange]:
    """What others changed since: other people, and other pages of the same person."""
    if seen is None or seen >= draft.version:
        return []
    found = draft.changes.filter(version__gt=seen).select_related("by")
    return list(found.exclude(page=page) if page else found)


def _merged(draft: Draft, seen: int | None, later: list[DraftChange], answers: Mapping[str, Any]) -> Merged:
    if seen is not None and seen < draft.forgotten:
        return merge_unknown(draft.answers, answers)
    base = base_of(draft.answers, ((one.key, one.before) for one in later))
    return merge(base, draft.answers, answers)


def _clash(draft: Draft, key: str, mine: Any, last: DraftChange | None) -> Clash:
    by, at = (last.by, last.at) if last else (draft.saved_by, draft.saved_at)
    return Clash(key, draft.answers.get(key), mine, by, at)


def _keep(
    actor: Actor,
    assignment: Assignment,
    draft: Draft,
    answers: dict[str, Any],
    changed: tuple[str, ...],
    *,
    explained: dict[str, str] | None = None,
    page: str = "",
) -> None:
    if assignment.state == State.OPEN:
        moved(actor, assignment, Move.BEGIN)
        told(actor, assignment, "rounds.begun")
    person, _key = who(actor)
    draft.version += 1
    moment = now()
    DraftChange.objects.bulk_create(
        DraftChange(
            draft=draft,
            version=draft.version,
            key=key,
            page=page,
            before=draft.answers.get(key),
            by_id=person,
            at=moment,
        )
        for key in changed
    )
    if draft.version % 100 == 0:
        too_old = draft.changes.order_by("-version", "-pk").values_list("pk", flat=True)[MOST_CHANGES:]
        forget_of(draft, DraftChange.objects.filter(pk__in=list(too_old)))
    draft.answers = answers
    if explained is not None:
        draft.explained = explained
    draft.saved_by_id, draft.saved_at = person, moment
    draft.save()


def _with_gaps(stored: Mapping[str, Any], sent: Mapping[str, Any]) -> dict[str, Any]:
    """What is sent, with everything that it lacks as empty."""
    return {**dict.fromkeys(stored), **sent}
