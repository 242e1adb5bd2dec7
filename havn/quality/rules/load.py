"""What counts as a hard conversation, how much of it somebody has had, and when a pause is proposed."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

MINUTE_MS = 60_000
GRAVE = frozenset({"high", "imminent"})
# Reasons of the helpline's list that are hard to hear whatever the risk. A helpline chooses its own.
HARD_REASONS = (
    "suicide", "self-harm", "sextortion", "oscec", "ncsii", "sexual-harassment", "grooming", "radicalisation-terrorism",
)  # fmt: skip
KEEP_WEEKS = (2, 26)
# Nobody is asked how an evening was that is over.
ASKED_FOR_MS = 12 * 60 * MINUTE_MS


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody has had on one duty: hard conversations and minutes in them, and what came since the last pause."""

    talks: int = 0
    minutes: int = 0
    in_a_row: int = 0
    minutes_since: int = 0

    def after_hard(self, minutes: int) -> "Load":
        """One more hard conversation."""
        return Load(self.talks + 1, self.minutes + minutes, self.in_a_row + 1, self.minutes_since + minutes)

    def after_other(self) -> "Load":
        """A conversation that was not hard: the row is broken, the minutes stay."""
        return Load(self.talks, self.minutes, 0, self.minutes_since)

    def rested(self) -> "Load":
        """A pause was taken."""
        return Load(self.talks, self.minutes, 0, 0)


def is_hard(*, risks: Collection[str], reasons: Collection[str], hard_reasons: Collection[str], said_so: bool) -> bool:
    """High or imminent risk, one of the hard reasons, or the counsellor says so."""
    return said_so or not GRAVE.isdisjoint(risks) or not set(reasons).isdisjoint(hard_reasons)


def with_followers(codes: Collection[str], links: Mapping[str, str]) -> set[str]:
    """The codes and every code that came after one of them; `links` name the successor of each ("" for none)."""
    found: set[str] = set()
    for code in codes:
        while code and code not in found:
            found.add(code)
            code = links.get(code, "")
    return found


def minutes_between(began_ms: int | None, ended_ms: int | None) -> int:
    """Whole minutes, begun ones counted; 0 where one of the two is not known."""
    if began_ms is None or ended_ms is None or ended_ms <= began_ms:
        return 0
    return -(-(ended_ms - began_ms) // MINUTE_MS)


def wants_pause(load: Load, *, after_talks: int, after_minutes: int) -> bool:
    """Whether a pause is proposed: so many hard talks in a row, or so many minutes since the last one. 0 never asks."""
    return (0 < after_talks <= load.in_a_row) or (0 < after_minutes <= load.minutes_since)


def week_of(day: dt.date) -> dt.date:
    """The Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())


def oldest_day(today: dt.date, *, keep_weeks: int) -> dt.date:
    """The earliest day of which something is still kept."""
    return today - dt.timedelta(days=7 * keep_weeks - 1)


def whole_weeks(today: dt.date, *, keep_weeks: int) -> tuple[dt.date, dt.date]:
    """The first Monday of whose week nothing has gone, and this week's, which is not over yet."""
    return week_of(oldest_day(today, keep_weeks=keep_weeks) + dt.timedelta(days=6)), week_of(today)
