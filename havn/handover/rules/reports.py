"""The clock of a report to a platform, and what may be told of platforms from a few of them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from zoneinfo import ZoneInfo

RAISED = "raised"
ANSWERED = "answered"
REMOVED = "removed"
REFUSED = "refused"
OPEN = (RAISED, ANSWERED)
CLOSED = (REMOVED, REFUSED)
KINDS = ("content", "account", "other")
REMIND_DAYS = (1, 60)
KEEP_DAYS = (1, 365)
DAY_MS = 24 * 60 * 60_000

_NEXT: dict[str, tuple[str, ...]] = {
    RAISED: (ANSWERED, REMOVED, REFUSED),
    ANSWERED: (REMOVED, REFUSED),
    REMOVED: (),
    REFUSED: (),
}


def next_states(state: str) -> tuple[str, ...]:
    """What a report may become by one press."""
    return _NEXT[state]


def is_overdue(*, state: str, moved_at_ms: int, remind_days: int, now_ms: int) -> bool:
    """Whether an open report has stood still for so long that somebody should ask the platform again."""
    return state in OPEN and now_ms - moved_at_ms >= remind_days * DAY_MS


def goes_at_ms(*, closed_at_ms: int, keep_days: int) -> int:
    """When a closed report is destroyed; what it counts for stays."""
    return closed_at_ms + keep_days * DAY_MS


def day_of(at_ms: int, zone: str) -> dt.date:
    """The day it was then in a time zone (its name, "Europe/Oslo")."""
    return dt.datetime.fromtimestamp(at_ms / 1000, ZoneInfo(zone)).date()


def days_between(first_ms: int, last_ms: int, zone: str) -> int:
    """Days of that zone's calendar from one to the other: the same day is 0."""
    return max((day_of(last_ms, zone) - day_of(first_ms, zone)).days, 0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A report that is closed, as it is counted: which platform, whether it was taken down, after how many days."""

    platform: str
    removed: bool
    days: int


@dataclass(frozen=True, slots=True)
class PlatformFigures:
    """What is told of one platform. Below the threshold only that there were some: `count` is None then."""

    platform: str
    count: int | None
    removed_percent: int | None
    median_days: float | None


def by_platform(outcomes: Iterable[Outcome], *, order: Sequence[str], threshold: int) -> list[PlatformFigures]:
    """Per platform how many were closed, the share taken down and the median of days, in the order given.

    Where fewer than `threshold` were closed, or fewer than that were taken down or refused without being none, the
    numbers that would show single reports are left out: all of the row, or the share.
    """
    found: dict[str, list[Outcome]] = {}
    for one in outcomes:
        found.setdefault(one.platform, []).append(one)
    rows = []
    for platform in [name for name in order if name in found]:
        reports = found[platform]
        count, removed = len(reports), sum(one.removed for one in reports)
        if count < threshold:
            rows.append(PlatformFigures(platform, None, None, None))
            continue
        few = any(0 < number < threshold for number in (removed, count - removed))
        share = None if few else round(100 * removed / count)
        rows.append(PlatformFigures(platform, count, share, float(median(one.days for one in reports))))
    return rows
