"""What is kept of a self-assessment between two visits, and for how long."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KEPT_DAYS = 550
"""A year and a half: long enough to answer once a year and compare."""
MOST_EARLIER = 10
MOST_A_DAY = 500
"""So many a centre keeps on one day: many times a busy one, and no machine fills the table."""


@dataclass(frozen=True)
class Earlier:
    """Computed values of an earlier day, by key."""

    day: dt.date
    values: Mapping[str, float]


@dataclass(frozen=True)
class Kept:
    """Clean answers, and the points of earlier days, the oldest first."""

    answers: Mapping[str, Any]
    earlier: tuple[Earlier, ...]

    def as_json(self) -> bytes:
        """To be sealed."""
        earlier = [[one.day.isoformat(), dict(one.values)] for one in self.earlier]
        return json.dumps({"answers": self.answers, "earlier": earlier}).encode()


def from_json(text: bytes) -> Kept:
    """The reverse of `as_json`."""
    found = json.loads(text)
    return Kept(
        found["answers"], tuple(Earlier(dt.date.fromisoformat(day), values) for day, values in found["earlier"])
    )


def with_day(earlier: tuple[Earlier, ...], today: Earlier) -> tuple[Earlier, ...]:
    """Today's points after the earlier ones; kept again on the same day they take that day's place."""
    return (*(one for one in earlier if one.day != today.day), today)[-MOST_EARLIER:]


def goes_on(today: dt.date) -> dt.date:
    """The day on which what is kept today is destroyed."""
    return today + dt.timedelta(days=KEPT_DAYS)
