"""When a message is tried again, and when an endpoint is left alone."""

import datetime as dt

_MINUTE = 60
# Seconds to wait after the first, second, … try: together a little over a day.
WAITS = (5, 5 * _MINUTE, 30 * _MINUTE, 2 * 60 * _MINUTE, 5 * 60 * _MINUTE, 8 * 60 * _MINUTE, 10 * 60 * _MINUTE)


def next_try(tries: int, now: dt.datetime) -> dt.datetime | None:
    """When to try again after so many tries; None: given up."""
    return now + dt.timedelta(seconds=WAITS[tries - 1]) if 1 <= tries <= len(WAITS) else None


def is_taken(status: int) -> bool:
    """Whether the answer means that the message arrived. A redirect is followed by nobody, so it does not."""
    return 200 <= status < 300


def is_over(failing_since: dt.datetime | None, days: int, now: dt.datetime) -> bool:
    """Whether an endpoint has failed for so long that nothing more is sent there."""
    return failing_since is not None and now - failing_since >= dt.timedelta(days=days)
