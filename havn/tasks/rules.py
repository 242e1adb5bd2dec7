"""What a task may carry and when it is tried again: values in, values out."""

import datetime as dt
import re
import traceback
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

# Lower case and short: a return code, a name or a sentence does not fit.
_CODE = re.compile(r"[a-z][a-z0-9_.:-]{0,39}")
_FIRST_WAIT_MS = 5_000
_LONGEST_WAIT_MS = 3_600_000
_PLACES_KEPT = 12


class ArgumentsRefused(TypeError):
    """A task was given something other than whole numbers and short codes. Says where, never what."""


def checked_arguments(args: Sequence[object], kwargs: Mapping[str, object]) -> dict[str, object]:
    """The arguments as they are stored. Raises ArgumentsRefused, whose text holds no value."""
    for place, value in [*enumerate(args), *kwargs.items()]:
        if not is_plain(value):
            raise ArgumentsRefused(f"Argument {place} of a task must be a whole number or a short lower-case code.")
    return {"args": list(args), "kwargs": dict(kwargs)}


def is_plain(value: object) -> bool:
    """Whether a value may be stored with a task: None, a truth value, an integer or a short lower-case code."""
    return value is None or isinstance(value, int) or (isinstance(value, str) and _CODE.fullmatch(value) is not None)


def wait_before_retry_ms(attempts: int) -> int:
    """5 s after the first failure, doubling to one hour."""
    return int(min(_FIRST_WAIT_MS * 2 ** max(attempts - 1, 0), _LONGEST_WAIT_MS))


def places_of(error: BaseException) -> str:
    """Where an exception arose, innermost first: file names and lines. No text of it, no source, no values."""
    frames = traceback.extract_tb(error.__traceback__)[-_PLACES_KEPT:]
    return " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))[:400]


def next_daily(after: dt.datetime, hour: int, minute: int, zone: ZoneInfo) -> dt.datetime:
    """The next time it is `hour:minute` on the clocks of `zone`, strictly after `after`.

    On the night that skips the hour it is the moment the clocks jump to; on the night that has it twice, the first.
    """
    local = after.astimezone(zone)
    for days in (0, 1, 2):
        day = local.date() + dt.timedelta(days=days)
        wall = dt.datetime.combine(day, dt.time(hour, minute), tzinfo=zone)
        moment = wall.astimezone(dt.UTC)
        if moment > after:
            return moment
    raise AssertionError("one of three days lies ahead")
