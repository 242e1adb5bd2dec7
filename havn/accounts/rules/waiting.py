"""How long to wait after wrong tries: nothing at first, then twice as long each time, at most ten minutes.

The cap keeps a stranger who knows a username from shutting its owner out for a night, and still leaves a guesser
some 150 tries a day.
"""

import datetime as dt

FREE_TRIES = 4
LONGEST_WAIT = dt.timedelta(minutes=10)
# Far beyond the longest wait, so that a flood of tries is no number too large to keep.
MOST_COUNTED = 1000
FORGOTTEN_AFTER = dt.timedelta(hours=24)


def wait_after(failures: int) -> dt.timedelta:
    """The wait that begins with the last of so many failures in a row."""
    over = failures - FREE_TRIES
    if over <= 0:
        return dt.timedelta(0)
    return min(dt.timedelta(seconds=2 ** min(over, 12)), LONGEST_WAIT)


def one_more(failures: int, updated_at: dt.datetime, now: dt.datetime) -> int:
    """The count after another wrong try. What was counted before stands until a day passes without a try."""
    return 1 if now - updated_at >= FORGOTTEN_AFTER else min(failures + 1, MOST_COUNTED)
