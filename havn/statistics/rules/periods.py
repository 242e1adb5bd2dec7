"""Periods: days, weeks, months, quarters and years, and how a span is read from months and days."""

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

ONE_DAY = dt.timedelta(days=1)


class Kind(StrEnum):
    """How long a period is. A week begins on Monday (ISO 8601)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day up to and including the last."""

    kind: Kind
    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def quarter(self) -> int:
        """Which quarter of the year its first day lies in, 1 to 4."""
        return (self.first.month + 2) // 3


def period_of(kind: Kind, day: dt.date, last: dt.date | None = None) -> Period:
    """The period of this kind in which `day` lies. A span goes from `day` to `last` (the later of the two)."""
    match kind:
        case Kind.DAY:
            return Period(kind, day, day)
        case Kind.WEEK:
            first = day - ONE_DAY * day.weekday()
            return Period(kind, first, first + ONE_DAY * 6)
        case Kind.MONTH:
            return Period(kind, day.replace(day=1), _end_of_month(day))
        case Kind.QUARTER:
            first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
            return Period(kind, first, _end_of_month(first.replace(month=first.month + 2)))
        case Kind.YEAR:
            return Period(kind, day.replace(month=1, day=1), day.replace(month=12, day=31))
        case Kind.SPAN:
            other = last or day
            return Period(kind, min(day, other), max(day, other))


def before(period: Period) -> Period:
    """The period before: of the same kind, a span's of as many days."""
    if period.kind is Kind.SPAN:
        return Period(Kind.SPAN, period.first - ONE_DAY * period.days, period.first - ONE_DAY)
    return period_of(period.kind, period.first - ONE_DAY)


def after(period: Period) -> Period:
    """The period after."""
    if period.kind is Kind.SPAN:
        return Period(Kind.SPAN, period.last + ONE_DAY, period.last + ONE_DAY * period.days)
    return period_of(period.kind, period.last + ONE_DAY)


@dataclass(frozen=True, slots=True)
class Cover:
    """A span as whole months (their first days) and the stretches of days left over."""

    months: tuple[dt.date, ...]
    days: tuple[tuple[dt.date, dt.date], ...]


def cover(first: dt.date, last: dt.date) -> Cover:
    """The months that lie whole inside the span, and what is left before and after them. Each day is in one of them."""
    months = [month for month in months_between(first, last) if month >= first and _end_of_month(month) <= last]
    if not months:
        return Cover((), ((first, last),) if first <= last else ())
    left = ((first, months[0] - ONE_DAY), (_end_of_month(months[-1]) + ONE_DAY, last))
    return Cover(tuple(months), tuple((begin, end) for begin, end in left if begin <= end))


def months_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The first day of every month that has a day in the span."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = _end_of_month(month) + ONE_DAY


def days_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every day of the span."""
    for number in range((last - first).days + 1):
        yield first + ONE_DAY * number


def _end_of_month(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
