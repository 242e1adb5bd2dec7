"""When a talk goes: values in, a moment out. The purge, the screen and the tests all ask here.

answered and ended, or a letter    keep_days after its last message
a chat that never was a talk       keep_unfinished_hours after its last message, if that is sooner
held by two people                 not while the hold lasts
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from havn.helpline.rules.turns import WRITTEN

DAY_MS = 86_400_000
HOUR_MS = 3_600_000
LONGEST_HOLD = dt.timedelta(days=90)
# Between these a helpline chooses. A week, so that a child can come back; never longer than a hold.
KEEP_DAYS = (7, 90)
KEEP_UNFINISHED_HOURS = (24, 7 * 24)


class Clock(StrEnum):
    """Which clock runs for a talk."""

    RUNNING = "running"
    KEPT = "kept"
    UNFINISHED = "unfinished"


class Reason(StrEnum):
    """Why a talk is held. A code, because a sentence here would stand in the database in clear."""

    DANGER = "danger"
    POLICE = "police"
    COMPLAINT = "complaint"
    REQUEST = "request"


@dataclass(frozen=True)
class Clocks:
    """A helpline's own clocks."""

    keep_days: int = 30
    keep_unfinished_hours: int = 72

    def shorter_than(self, other: "Clocks") -> bool:
        """Whether something goes sooner by these clocks than by the other."""
        return self.keep_days < other.keep_days or self.keep_unfinished_hours < other.keep_unfinished_hours


@dataclass(frozen=True)
class Talk:
    """What decides about a talk. `channel` and `state` as in Turn; "" when there is no turn."""

    channel: str
    state: str
    answered: bool
    last_at_ms: int


def clock_of(talk: Talk) -> Clock:
    """Which clock runs. A letter is kept like a talk, answered or not: its child comes back for the answer."""
    if talk.channel in WRITTEN or (talk.answered and talk.state == "ended"):
        return Clock.KEPT
    return Clock.UNFINISHED


def goes_at_ms(talk: Talk, clocks: Clocks) -> int:
    """From when on the next purge destroys it, if nobody writes again and no hold stands."""
    kept = talk.last_at_ms + clocks.keep_days * DAY_MS
    if clock_of(talk) is Clock.UNFINISHED:
        return min(kept, talk.last_at_ms + clocks.keep_unfinished_hours * HOUR_MS)
    return kept


def is_over(talk: Talk, clocks: Clocks, *, held: bool, now_ms: int) -> bool:
    """Whether the purge destroys it now."""
    return not held and goes_at_ms(talk, clocks) <= now_ms


def hold_stands(*, confirmed: bool, until: dt.date, today: dt.date) -> bool:
    """Whether a hold stops the clock: only when a second person confirmed it, up to and including its last day."""
    return confirmed and today <= until


def may_hold_until(until: dt.date, *, today: dt.date) -> bool:
    """A hold ends after today and at most 90 days from now."""
    return today < until <= today + LONGEST_HOLD
