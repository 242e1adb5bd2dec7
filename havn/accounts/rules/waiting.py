"""How long to wait after wrong tries: nothing at first, then twice as long each time, at most ten minutes.

The cap keeps a stranger who knows a username from shutting its owner out for a night, and still leaves a guesser
some 150 tries a day.
"""

import datetime as dt

FREE_TRIES = 4
LONGEST_WAIT = dt.timedelta(minutes=10)
FORGOTTEN_AFTER = dt.timedelta(hours=24)


def wait_after(failures: int) -> dt.timedelta:
    """The wait that begins with the last of so many failures in a row."""
    over = failures - FREE_TRIES
    if over <= 0:
        return dt.timedelta(0)
    return min(dt.timedelta(seconds=2 ** min(over, 12)), LONGEST_WAIT)


def failures_now(failures: int, updated_at: dt.datetime, now: dt.datetime) -> int:
    """The count that still stands: none after a day without a try."""
    return 0 if now - updated_at >= FORGOTTEN_AFTER else failures
