"""When a page must be looked at again."""

import datetime as dt

from havn.awareness.rules.freshness import last_day_of

SOON = dt.timedelta(days=30)


def due_on(review_by: dt.date | None, as_of: dt.date | None) -> dt.date | None:
    """The last day on which the page may be trusted: its own date, or a year after the day it is true of."""
    days = [one for one in (review_by, last_day_of(as_of) if as_of else None) if one is not None]
    return min(days) if days else None


def is_past(due: dt.date, today: dt.date) -> bool:
    """Whether that day is over."""
    return due < today


def is_near(due: dt.date, today: dt.date) -> bool:
    """Whether that day is over or comes within a month."""
    return due <= today + SOON
