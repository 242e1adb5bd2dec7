"""When a telephone system that told of calls every day has fallen silent. Values in, values out."""

import datetime as dt
from collections.abc import Collection, Sequence

DAYS = 7
# With fewer days than this in a week the line is open, nobody can say what is usual.
DAYS_LEAST = 3
QUIET = dt.timedelta(hours=4)
# A line that never closes is quiet at night.
QUIET_WHEN_ALWAYS_OPEN = dt.timedelta(hours=24)


def open_time(spans: Sequence[tuple[dt.datetime, dt.datetime]], since: dt.datetime, until: dt.datetime) -> dt.timedelta:
    """How long a line was open between two moments."""
    zero = dt.timedelta()
    return sum((max(min(end, until) - max(start, since), zero) for start, end in spans), zero)


def has_fallen_silent(
    *, open_days: Collection[dt.date], days_with_calls: Collection[dt.date], quiet_for: dt.timedelta, always_open: bool
) -> bool:
    """Whether something is wrong: calls on every open day of the week before the last event, and now none for long.

    `quiet_for` is open time since the last event.
    """
    if len(open_days) < DAYS_LEAST or not set(open_days) <= set(days_with_calls):
        return False
    return quiet_for >= (QUIET_WHEN_ALWAYS_OPEN if always_open else QUIET)
