"""When a letter is tried again and when it is given up; what may stand in a header. Values in, values out."""

import datetime as dt
import re

_FIRST_WAIT = dt.timedelta(minutes=1)
_LONGEST_WAIT = dt.timedelta(hours=1)
TRIED_FOR = dt.timedelta(days=3)
"""A mail server that is down is usually up again after a weekend; later the letter has lost its sense."""
WAITS_FOR = dt.timedelta(days=14)
"""How long a letter waits where nobody has set up e-mail."""
COUNTED_FOR = dt.timedelta(days=30)
"""How long the desk still counts a letter that could not be sent."""
SHOWN_FOR = dt.timedelta(days=7)
"""How long the outbox of a demonstration keeps a letter."""
LONGEST_SUBJECT = 200
_KIND = re.compile(r"[a-z][a-z0-9.-]{0,39}")


def wait_after(tries: int) -> dt.timedelta:
    """A minute after the first failure, twice as long after each further one, an hour at most."""
    doublings = min(max(tries - 1, 0), 10)
    return min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)


def is_given_up(
    *, queued_at: dt.datetime, first_try_at: dt.datetime | None, now: dt.datetime, until: dt.datetime | None = None
) -> bool:
    """Whether it has been tried, or has waited to be tried at all, for long enough. `until`: a clock of its own."""
    if until is not None and now >= until:
        return True
    if first_try_at is not None:
        return now - first_try_at >= TRIED_FOR
    return now - queued_at >= WAITS_FOR


def is_header(text: str) -> bool:
    """Whether text may stand in a header: something to read, on one line, without control characters."""
    return bool(text.strip()) and len(text) <= LONGEST_SUBJECT and text.isprintable()


def is_kind(kind: str) -> bool:
    """Whether it is a short code."""
    return _KIND.fullmatch(kind) is not None


def refused_for_good(codes: list[int]) -> bool:
    """Whether a mail server's answers say that trying again is no use: all begin with 5 (RFC 5321, 4.2.1)."""
    return bool(codes) and all(500 <= code < 600 for code in codes)
