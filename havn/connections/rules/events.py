"""What is told to other systems, and the shape of it. Facts about a helpline, never about anybody who wrote to it."""

import datetime as dt
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

VERSION = 1


class Event(StrEnum):
    """The kinds of messages. Those of `QUIET` are sent only where somebody asked for them."""

    OPENING = "opening.changed"
    WAITING = "waiting.changed"
    FIGURES = "figures.ready"
    ESCALATION = "escalation.opened"
    TEST = "test"


CHOICES = (Event.OPENING, Event.WAITING, Event.FIGURES, Event.ESCALATION)
USUAL = (Event.OPENING, Event.WAITING)
# A newer message of the same matter makes an older one that has not gone yet worthless.
STATES = (Event.OPENING, Event.WAITING)


def body_of(event: str, data: Mapping[str, Any], at: dt.datetime) -> str:
    """The message as it is signed and sent."""
    told = {"type": event, "version": VERSION, "timestamp": moment(at), "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def moment(at: dt.datetime) -> str:
    """A moment in UTC, to the second."""
    return at.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def coarse(minutes: int | None) -> int | None:
    """A wait as it is told to other systems: 0 to 5 as they are, then in steps of five, so that little changes."""
    return minutes if minutes is None or minutes <= 5 else -(-minutes // 5) * 5
