"""The one place that reads the clock, so that tests can move it and rules never touch it."""

import datetime as dt
import time


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def now_ms() -> int:
    """The present moment in whole milliseconds since 1970, as the live tables store it."""
    return time.time_ns() // 1_000_000


def from_ms(ms: int) -> dt.datetime:
    """The aware UTC moment of a stored millisecond count."""
    return dt.datetime.fromtimestamp(ms / 1000, dt.UTC)
