"""What was answered: now, before, and by everybody who was accepted."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from havn.forms.models import FormVersion
from havn.rounds.models import Assignment, Comment, Event, Submission
from havn.rounds.queries.rounds import earlier
from havn.rounds.rules.states import Move, State
from havn.rounds.words import period_of_round
from havn.statistics.rules.periods import Kind, Period, before
from havn.tenancy.models import Centre


@dataclass(frozen=True)
class Before:
    """What the centre answered for the period before, and for the same one a year ago, with computed values.

    None: not known.
    """

    last: Mapping[str, Any] | None
    year: Mapping[str, Any] | None


@dataclass(frozen=True)
class Accepted:
    """One centre's newest accepted revision for one period."""

    assignment_id: int
    round_id: int
    centre: Centre
    period: Period
    answers: Mapping[str, Any]
    values: Mapping[str, Any]
    version: FormVersion
    revision: int
    accepted_at: dt.datetime
    is_published: bool
    of_network: bool
    """Whether the network asked, not the centre itself."""


def before_of(assignment: Assignment) -> Before:
    """Answers as they stand now for those two periods: accepted before only sent in, the newest revision."""
    period = period_of_round(assignment.round)
    last, year = before(period), _year_before(period)
    found = earlier(assignment, [last, year])
    sent = _newest(one.pk for one in found)
    by_days = {
        (one.round.first, one.round.last): {**sent[one.pk].values, **sent[one.pk].answers}
        for one in found
        if one.pk in sent
    }
    return Before(by_days.get((last.first, last.last)), by_days.get((year.first, year.last)))


def accepted_of(rows: Iterable[Submission]) -> list[Accepted]:
    """The newest revision of each assignment among these accepted rows, in the order of first acceptance."""
    newest = _newest_of_each(rows)
    newest.sort(key=lambda row: (row.assignment.accepted_at or row.sent_at, row.assignment_id))
    return [_accepted(row) for row in newest]


def published_in_round(round_id: int) -> list[Accepted]:
    """The newest published revision of each centre in one round, in the order in which they were first published."""
    newest = _newest_of_each(_accepted_rows().filter(assignment__round_id=round_id, published_at__isnull=False))
    newest.sort(key=lambda row: (row.assignment.published_at or row.sent_at, row.assignment_id))
    return [_accepted(row) for row in newest]


def accepted_in_round(round_id: int) -> list[Accepted]:
    """What was accepted in one round, in the order in which centres were first accepted."""
    return accepted_of(_accepted_rows().filter(assignment__round_id=round_id))


def accepted_for(form_key: str, *, owner: Centre | None, first: dt.date | None, last: dt.date | None) -> list[Accepted]:
    """What was accepted of a form for a period; without `first`, for every period that ends on `last` or later."""
    rows = _accepted_rows().filter(assignment__round__form_version__form__key=form_key)
    if owner is not None:
        rows = rows.filter(assignment__round__owner=owner)
    if first is not None:
        rows = rows.filter(assignment__round__first=first, assignment__round__last=last)
    elif last is not None:
        rows = rows.filter(assignment__round__last__gte=last)
    return accepted_of(rows)


def comments_of(assignment: Assignment) -> dict[str, list[Comment]]:
    """Question to what was said at it, in order."""
    found: dict[str, list[Comment]] = {}
    for one in assignment.comments.select_related("by"):
        found.setdefault(one.question, []).append(one)
    return found


def asked_back(assignment: Assignment) -> dict[str, Comment]:
    """The questions that the coordinator asks about now: asked in the last query, and not yet answered in words."""
    if assignment.state != State.QUERY:
        return {}
    since = assignment.events.filter(move__in=(Move.QUERY, Move.REOPEN)).aggregate(at=Max("at"))["at"]
    found = assignment.comments.filter(asks=True)
    return {one.question: one for one in (found.filter(at__gte=since) if since else found)}


def words_asked_back(assignment: Assignment) -> str:
    """What the coordinator said about the whole when it was sent back or opened again; "" when it is not asked back."""
    if assignment.state != State.QUERY:
        return ""
    last = assignment.events.filter(move__in=(Move.QUERY, Move.REOPEN)).last()
    return last.words if last else ""


def history_of(assignment: Assignment) -> list[Event]:
    """Every step, the latest first."""
    return list(assignment.events.select_related("by").order_by("-at", "-pk"))


def revisions_of(assignment: Assignment) -> list[Submission]:
    """Everything that was sent in, the newest first."""
    return list(assignment.submissions.select_related("sent_by", "accepted_by"))


def _newest_of_each(rows: Iterable[Submission]) -> list[Submission]:
    newest: dict[int, Submission] = {}
    for row in rows:
        known = newest.get(row.assignment_id)
        if known is None or row.revision > known.revision:
            newest[row.assignment_id] = row
    return list(newest.values())


def _accepted_rows() -> Any:
    rows = Submission.objects.filter(accepted_at__isnull=False)
    return rows.select_related(
        "assignment__centre", "assignment__round__form_version__form", "assignment__round__owner"
    )


def _accepted(row: Submission) -> Accepted:
    assignment, one = row.assignment, row.assignment.round
    assert row.accepted_at is not None
    return Accepted(
        assignment_id=assignment.pk,
        round_id=one.pk,
        centre=assignment.centre,
        period=period_of_round(one),
        answers=row.answers,
        values=row.values,
        version=one.form_version,
        revision=row.revision,
        accepted_at=row.accepted_at,
        is_published=assignment.state == State.PUBLISHED,
        of_network=one.owner.kind == Centre.Kind.NETWORK,
    )


def _newest(assignment_ids: Iterable[int]) -> dict[int, Submission]:
    """Of each the newest accepted revision, else the newest that was sent in."""
    found: dict[int, Submission] = {}
    for row in Submission.objects.filter(assignment_id__in=list(assignment_ids)).order_by("revision"):
        known = found.get(row.assignment_id)
        if known is None or row.accepted_at is not None or known.accepted_at is None:
            found[row.assignment_id] = row
    return found


def _year_before(period: Period) -> Period:
    """The same period a year ago."""
    if period.kind in (Kind.QUARTER, Kind.YEAR):
        one = period
        for _step in range(4 if period.kind is Kind.QUARTER else 1):
            one = before(one)
        return one
    return Period(period.kind, _day_a_year_before(period.first), _day_a_year_before(period.last))


def _day_a_year_before(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
