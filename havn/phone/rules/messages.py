"""What a telephone system may tell: an event of one call, as JSON.

    {"type": "call.ringing", "timestamp": "2026-11-29T20:14:05Z", "data": {"call": "1764446045.17", "number": "+47…"}}
    {"type": "call.answered", "timestamp": …, "data": {"call": …, "extension": "101"}}
    {"type": "call.ended", "timestamp": …, "data": {"call": …, "reason": "hung-up"}}
    {"type": "test"}

`number` may be left out, and is worth leaving out: all that is made of it is how often the same telephone rang lately.
"""

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from typing import Any

RINGING, ANSWERED, ENDED, TEST = "ringing", "answered", "ended", "test"
TYPES = {"call.ringing": RINGING, "call.answered": ANSWERED, "call.ended": ENDED, "test": TEST}
REASONS = ("hung-up", "no-answer", "busy", "closed", "failed")
LONGEST_BODY = 8 * 1024
# An event that comes later than this is not told any more: nobody waits at its end.
OLDEST_MS = 60 * 60_000
# A name of a line inside the house. Seven digits and more could be somebody's own number.
_EXTENSION = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,19}|[0-9]{1,6}")
_CALL = re.compile(r"[\x21-\x7e]{1,128}")


class Unreadable(Exception):
    """The message is no event; `sentence` says what is wrong, without repeating any of it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a call. `number` never shows in a representation and goes no further than the mark made of it."""

    kind: str
    call: str = field(default="", repr=False)
    at_ms: int = 0
    extension: str = ""
    reason: str = ""
    number: str = field(default="", repr=False)


def is_extension(name: str) -> bool:
    """Whether this can name a line inside the house."""
    return _EXTENSION.fullmatch(name) is not None


def digits_of(number: str) -> str:
    """A telephone number without what people write between its digits; "" when it is withheld or none."""
    kept = re.sub(r"[^0-9]", "", number)
    return kept if len(kept) >= 3 else ""


def read(body: bytes, *, now_ms: int) -> Event:
    """The event of a message. Raises Unreadable. A time from the future is now; without a time it is now."""
    try:
        told = json.loads(body.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Unreadable("The body is not JSON in UTF-8.") from None
    if not isinstance(told, dict) or not isinstance(told.get("type"), str):
        raise Unreadable("The body is no object with a type.")
    kind = TYPES.get(told["type"])
    if kind is None:
        raise Unreadable("The type is none of call.ringing, call.answered, call.ended, test.")
    if kind == TEST:
        return Event(TEST, at_ms=now_ms)
    data = told.get("data")
    if not isinstance(data, dict):
        raise Unreadable("The object has no data.")
    call = _text(data, "call")
    if not _CALL.fullmatch(call):
        raise Unreadable("data.call must name the call: 1 to 128 visible characters.")
    extension, reason = _text(data, "extension"), _text(data, "reason")
    return Event(
        kind,
        call=call,
        at_ms=_moment(told.get("timestamp"), now_ms),
        extension=extension if is_extension(extension) else "",
        reason=reason if reason in REASONS else "",
        number=digits_of(_text(data, "number")[:40]),
    )


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise Unreadable(f"data.{name} must be text.")
    return value


def _moment(told: object, now_ms: int) -> int:
    if told is None:
        return now_ms
    try:
        moment = dt.datetime.fromisoformat(str(told))
        at_ms = int(moment.timestamp() * 1000) if moment.tzinfo else None
    except (ValueError, OverflowError, OSError):
        at_ms = None
    if at_ms is None:
        raise Unreadable("timestamp must be a moment with its zone, such as 2026-11-29T20:14:05Z.")
    if at_ms < now_ms - OLDEST_MS:
        raise Unreadable("This event is more than an hour old.")
    return min(at_ms, now_ms)
