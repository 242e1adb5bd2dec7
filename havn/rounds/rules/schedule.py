"""When a round opens, closes and reminds. Days are the calendar's; the hour is each centre's own.

The network closes helplines and hotlines 10 to 16 days after the quarter and awareness centres about 30 days after it,
always on a Friday at the close of business (its weekly updates: 10 Jan, 11 Apr, 11 Jul 2025, 16 and 30 Jan 2026).
"""

import datetime as dt
from collections.abc import Collection
from zoneinfo import ZoneInfo

FRIDAY = 4
CLOSE_OF_BUSINESS = dt.time(17)
ONE_DAY = dt.timedelta(days=1)
# At least so many days after the period, by the kind of the form; the first Friday from there. What is not named: 27.
LEAST_DAYS = {"helpline": 10, "hotline": 10, "awareness": 27}
OTHER_DAYS = 27
REMIND_DAYS = (7, 2, 0)
"""So many days before the closing day, unless the round says otherwise."""
MOST_REMINDERS, LONGEST_NOTICE = 6, 90


def opens_by_rule(last: dt.date) -> dt.date:
    """The day on which a round opens: the first after its period."""
    return last + ONE_DAY


def closes_by_rule(kind: str, last: dt.date) -> dt.date:
    """The Friday on which a round of this kind of form closes, for a period that ends on `last`."""
    earliest = last + ONE_DAY * LEAST_DAYS.get(kind, OTHER_DAYS)
    return earliest + ONE_DAY * ((FRIDAY - earliest.weekday()) % 7)


def opening_moment(opens_on: dt.date, zone: str) -> dt.datetime:
    """When the day of opening begins on the centre's clocks, in UTC."""
    return dt.datetime.combine(opens_on, dt.time(0), tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def closing_moment(closes_on: dt.date, zone: str) -> dt.datetime:
    """Close of business of the closing day on the centre's clocks, in UTC."""
    return dt.datetime.combine(closes_on, CLOSE_OF_BUSINESS, tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def is_open(opens_on: dt.date, zone: str, now: dt.datetime) -> bool:
    """Whether the centre may answer. It may after the closing too: late answers are better than none."""
    return now >= opening_moment(opens_on, zone)


def is_late(closes_on: dt.date, zone: str, at: dt.datetime) -> bool:
    """Whether this moment lies after the closing there."""
    return at > closing_moment(closes_on, zone)


def days_left(closes_on: dt.date, zone: str, now: dt.datetime) -> int:
    """Whole days on the centre's calendar until the closing day: 0 on it, below 0 after it."""
    return (closes_on - now.astimezone(ZoneInfo(zone)).date()).days


def reminder_due(closes_on: dt.date, zone: str, remind_days: Collection[int], now: dt.datetime) -> int | None:
    """The reminder that holds now, as its days before the closing: the nearest that has begun. None before the first,
    and after the closing."""
    if is_late(closes_on, zone, now):
        return None
    left = days_left(closes_on, zone, now)
    begun = [days for days in remind_days if left <= days]
    return min(begun, default=None)


def remind_days_of(text: str) -> tuple[int, ...] | None:
    """Days written as "7, 2, 0", the longest first, each once. None when it is no such list."""
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    if len(parts) > MOST_REMINDERS or any(not part.isascii() or not part.isdigit() or len(part) > 3 for part in parts):
        return None
    days = sorted({int(part) for part in parts}, reverse=True)
    return None if days and days[0] > LONGEST_NOTICE else tuple(days)
