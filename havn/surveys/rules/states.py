"""Where a wave stands, and what may be done with it then."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

GRACE = dt.timedelta(hours=1)
"""Whoever began before the closing has so long to send."""
TICKET_HOURS = 2
"""In so many clock hours a run through the pages can be sent, the one in which it began being the first."""
STEPS = (10, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000)


class State(StrEnum):
    """Where a wave stands."""

    DRAFT = "draft"
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    """Closed and not yet counted."""
    COUNTED = "counted"
    PUBLISHED = "published"


@dataclass(frozen=True)
class Times:
    """What decides about the state."""

    opens_at: dt.datetime
    closes_at: dt.datetime
    approved_at: dt.datetime | None
    counted_at: dt.datetime | None
    published_at: dt.datetime | None


def state_at(times: Times, now: dt.datetime) -> State:
    """Where it stands at a moment."""
    if times.approved_at is None:
        return State.DRAFT
    if times.published_at is not None:
        return State.PUBLISHED
    if times.counted_at is not None:
        return State.COUNTED
    if now < times.opens_at:
        return State.PLANNED
    return State.OPEN if now < times.closes_at else State.CLOSED


def takes_answers(times: Times, now: dt.datetime) -> bool:
    """Whether what a child sends now still counts: while it is open, and `GRACE` longer."""
    if times.approved_at is None or times.counted_at is not None:
        return False
    return times.opens_at <= now < times.closes_at + GRACE


def may_be_counted(times: Times, now: dt.datetime) -> bool:
    """Whether nothing can come in any more, and it was not counted before."""
    return times.approved_at is not None and times.counted_at is None and now >= times.closes_at + GRACE


def step_of(count: int) -> int:
    """How many answers may be told while a survey is open: the step reached, 0 below the first."""
    return max((step for step in STEPS if step <= count), default=0)


def week_of(day: dt.date) -> str:
    """ISO 8601: "2026-W48"."""
    year, week, _weekday = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def hour_of(moment: dt.datetime) -> int:
    """Hours since 1970."""
    return int(moment.timestamp()) // 3600


def ticket_is_over(hour: int, now: dt.datetime) -> bool:
    """Whether a run begun in an hour (`hour_of`) cannot be sent any more, so that its mark need not stand any longer.

    One that says to come from the future is over too.
    """
    return not 0 <= hour_of(now) - hour < TICKET_HOURS


def answers_go_at(closes_at: dt.datetime, keep_days: int) -> dt.datetime:
    """When single answers are destroyed: so many days after the closing, whatever becomes of the results.

    Never before they could be counted.
    """
    return closes_at + max(dt.timedelta(days=keep_days), GRACE + dt.timedelta(days=1))
