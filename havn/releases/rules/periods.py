"""The names of periods in addresses: "2026", "2026-q1", or two dates with "--" between them."""

import datetime as dt
import re

from havn.statistics.rules.periods import Kind, Period, period_of

_YEAR = re.compile(r"([12]\d{3})(?:-q([1-4]))?", re.ASCII)
_DAYS = re.compile(r"([12]\d{3}-\d\d-\d\d)--([12]\d{3}-\d\d-\d\d)", re.ASCII)


def slug_of(first: dt.date, last: dt.date) -> str:
    """The name of a period."""
    if period_of(Kind.YEAR, first) == Period(Kind.YEAR, first, last):
        return f"{first:%Y}"
    quarter = period_of(Kind.QUARTER, first)
    if (quarter.first, quarter.last) == (first, last):
        return f"{first:%Y}-q{quarter.quarter}"
    return f"{first:%Y-%m-%d}--{last:%Y-%m-%d}"


def period_named(slug: str) -> Period | None:
    """The period of a name; None for anything else. Each period has one name."""
    if found := _YEAR.fullmatch(slug):
        month = (int(found[2]) - 1) * 3 + 1 if found[2] else 1
        return period_of(Kind.QUARTER if found[2] else Kind.YEAR, dt.date(int(found[1]), month, 1))
    if found := _DAYS.fullmatch(slug):
        try:
            first, last = (dt.date.fromisoformat(part) for part in found.groups())
        except ValueError:
            return None
        if first <= last and slug_of(first, last) == slug:
            return Period(Kind.SPAN, first, last)
    return None


def ended(today: dt.date, *, quarters: int = 8, years: int = 5) -> list[Period]:
    """The last quarters and years that are over, the latest first; a year stands before its last quarter."""
    found: list[Period] = []
    for kind, many in ((Kind.YEAR, years), (Kind.QUARTER, quarters)):
        period = period_of(kind, today)
        for _ in range(many):
            period = period_of(kind, period.first - dt.timedelta(days=1))
            found.append(period)
    return sorted(found, key=lambda one: (one.last, one.days), reverse=True)
