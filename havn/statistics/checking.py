"""Comparing counts with the rows that they count, and keeping what was found for the screen "Health"."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from havn.common.clock import now
from havn.statistics.models import Checked, Count
from havn.statistics.queries import counted, day_counts, span_of
from havn.statistics.registry import Cell, Source, sources
from havn.statistics.rules.periods import Kind, days_between, months_between, period_of
from havn.tenancy.models import Service

# Counting goes on while it is compared: only what differs each of these times is wrong.
LOOKS = 3


@dataclass(frozen=True)
class Difference:
    """A cell that is not what its rows add up to. `month`: the month's count, `true` the sum of its days."""

    service: str
    day: dt.date
    month: bool
    cell: Cell
    stored: int
    true: int

    def __str__(self) -> str:
        when = f"{self.day:%Y-%m}" if self.month else f"{self.day}"
        dimension, within, code = self.cell
        return f"{self.service}, {when}: {dimension} {code} ({within}) is {self.stored}, should be {self.true}."


def check(*, since: dt.date | None = None) -> Iterator[Difference]:
    """Compare every service's counts, from a day on or all of them; what was found is kept for `last_checks`."""
    for source in sources():
        for service in Service.objects.filter(kind=source.kind).order_by("pk"):
            span = span_to_check(source, service.pk)
            if span is None:
                continue
            first = max(since, span[0]) if since else span[0]
            found = 0
            for difference in check_service(source, service, first, span[1]):
                found += 1
                yield difference
            values = {"at": now(), "first": first, "last": max(first, span[1]), "differences": found}
            Checked.objects.update_or_create(service=service, defaults=values)


def check_service(source: Source, service: Service, first: dt.date, last: dt.date) -> Iterator[Difference]:
    """The differences of one service's span: its days, then its months, a month at a time."""
    for month in months_between(first, last):
        whole = period_of(Kind.MONTH, month)
        begin, end = max(first, whole.first), min(last, whole.last)
        yield from _days(source, service, begin, end)
        yield from _month(service, month)


def _days(source: Source, service: Service, first: dt.date, last: dt.date) -> Iterator[Difference]:
    differing: list[dt.date] = []
    true, stored = source.recount(service.pk, first, last), day_counts(service.pk, first, last)
    for day in days_between(first, last):
        if true.get(day, Counter()) != stored.get(day, Counter()):
            differing.append(day)
    for day in differing:
        for cell, is_now, should in _stays(source, service.pk, day):
            yield Difference(service.name, day, False, cell, is_now, should)


def _stays(source: Source, service_id: int, day: dt.date) -> list[tuple[Cell, int, int]]:
    """The cells of a day that differ at every look."""
    wrong: dict[Cell, tuple[int, int]] = {}
    for look in range(LOOKS):
        true = source.recount(service_id, day, day).get(day, Counter())
        stored = day_counts(service_id, day, day).get(day, Counter())
        seen = {cell: (stored[cell], true[cell]) for cell in true.keys() | stored.keys() if true[cell] != stored[cell]}
        wrong = seen if look == 0 else {cell: seen[cell] for cell in wrong if cell in seen}
        if not wrong:
            break
    return [(cell, is_now, should) for cell, (is_now, should) in sorted(wrong.items())]


def _month(service: Service, month: dt.date) -> Iterator[Difference]:
    whole = period_of(Kind.MONTH, month)
    wrong: dict[Cell, tuple[int, int]] = {}
    for look in range(LOOKS):
        true: Counter[Cell] = Counter()
        for cells in day_counts(service.pk, whole.first, whole.last).values():
            true.update(cells)
        names = {dimension for dimension, _within, _code in true}
        stored = counted([service.pk], whole.first, whole.last, names | _names(service.pk, month))
        seen = {cell: (stored[cell], true[cell]) for cell in true.keys() | stored.keys() if true[cell] != stored[cell]}
        wrong = seen if look == 0 else {cell: seen[cell] for cell in wrong if cell in seen}
        if not wrong:
            return
    for cell, (is_now, should) in sorted(wrong.items()):
        yield Difference(service.name, month, True, cell, is_now, should)


def _names(service_id: int, month: dt.date) -> set[str]:
    rows = Count.objects.filter(service_id=service_id, grain=Count.Grain.MONTH, day=month)
    return set(rows.values_list("dimension", flat=True).distinct())


def span_to_check(source: Source, service_id: int) -> tuple[dt.date, dt.date] | None:
    """From the first to the last day that has a row or a count."""
    spans = [one for one in (source.span(service_id), span_of([service_id])) if one]
    return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None
