"""What a round says by data: verbs with their meaning, its scale, its boxes, and who may do what on which day."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PREPARE, FILL, VALIDATE, COMMENT = "prepare", "fill", "validate", "comment"


@dataclass(frozen=True)
class Verb:
    """A word by which the Committee recommends, its name and what it means in law."""

    verb: str
    name: str
    meaning: str


@dataclass(frozen=True)
class Status:
    """A step of a round's scale."""

    code: str
    name: str
    symbol: str
    is_done: bool


@dataclass(frozen=True)
class Dates:
    """When the secretariat prepares, the Party fills and others comment; first and last days included."""

    prepares_from: dt.date
    prepares_until: dt.date
    fills_from: dt.date
    fills_until: dt.date
    comments_from: dt.date
    comments_until: dt.date


def verbs_of(data: Sequence[Mapping[str, Any]]) -> list[Verb]:
    """The verbs, the strongest first."""
    return [Verb(str(one["verb"]), str(one["name"]), str(one["meaning"])) for one in data]


def scale_of(data: Sequence[Mapping[str, Any]]) -> list[Status]:
    """The scale, from nothing to all."""
    return [Status(str(one["code"]), str(one["name"]), str(one["symbol"]), bool(one["is_done"])) for one in data]


def status_named(data: Sequence[Mapping[str, Any]], code: str) -> Status | None:
    """The step with this code."""
    return next((status for status in scale_of(data) if status.code == code), None)


def answers(boxes: Mapping[str, Mapping[str, Any]], box: str, verb: str) -> bool:
    """Whether a box of this kind answers an ask with this verb in the round."""
    return box in boxes and verb in boxes[box]["verbs"]


def proposed_dates(today: dt.date) -> Dates:
    """Days for a round that is added today: a month to prepare, half a year to fill, then two months of comments."""
    starts = today + dt.timedelta(days=30)
    ends = starts + dt.timedelta(days=182)
    eve = starts - dt.timedelta(days=1)
    return Dates(today, eve, starts, ends, ends + dt.timedelta(days=1), ends + dt.timedelta(days=61))


def phases_on(day: dt.date, dates: Dates) -> frozenset[str]:
    """What is open on a day. Phases may overlap; on a day in none of them nothing is written.

    What waits is validated from the first day of filling until the last day on which anybody still writes.
    """
    last = max(dates.fills_until, dates.comments_until)
    spans = {
        PREPARE: (dates.prepares_from, dates.prepares_until),
        FILL: (dates.fills_from, dates.fills_until),
        VALIDATE: (dates.fills_from, last),
        COMMENT: (dates.comments_from, dates.comments_until),
    }
    return frozenset(phase for phase, (first, end) in spans.items() if first <= day <= end)
