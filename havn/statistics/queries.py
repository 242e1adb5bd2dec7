"""Reads of counts."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Max, Min, QuerySet, Sum

from havn.statistics.models import Checked, Count
from havn.statistics.registry import Cell
from havn.statistics.rules.periods import cover


def counted(service_ids: Sequence[int], first: dt.date, last: dt.date, dimensions: Iterable[str]) -> Counter[Cell]:
    """How many per dimension, within and code in a span, whole months read as months. Zeros are left out."""
    found: Counter[Cell] = Counter()
    parts = cover(first, last)
    here = Count.objects.filter(service_id__in=service_ids, dimension__in=list(dimensions))
    spans: list[QuerySet[Count]] = []
    if parts.months:
        spans.append(here.filter(grain=Count.Grain.MONTH, day__in=parts.months))
    spans += [here.filter(grain=Count.Grain.DAY, day__range=days) for days in parts.days]
    for span in spans:
        summed = span.values_list("dimension", "within", "code").annotate(number=Sum("count")).order_by()
        for dimension, within, code, number in summed:
            found[dimension, within, code] += number
    return Counter({cell: number for cell, number in found.items() if number})


def series(
    service_ids: Sequence[int], first: dt.date, last: dt.date, dimension: str, *, grain: str
) -> Mapping[dt.date, Counter[Cell]]:
    """One dimension per day or month of a span. A month counts whole when its first day lies in the span."""
    rows = Count.objects.filter(service_id__in=service_ids, dimension=dimension, grain=grain, day__range=(first, last))
    found: defaultdict[dt.date, Counter[Cell]] = defaultdict(Counter)
    for day, within, code, number in rows.values_list("day", "within", "code").annotate(number=Sum("count")).order_by():
        found[day][dimension, within, code] += number
    return found


def day_counts(service_id: int, first: dt.date, last: dt.date) -> Mapping[dt.date, Counter[Cell]]:
    """Every cell of one service per day, without zeros."""
    rows = Count.objects.filter(service_id=service_id, grain=Count.Grain.DAY, day__range=(first, last)).exclude(count=0)
    found: defaultdict[dt.date, Counter[Cell]] = defaultdict(Counter)
    for day, dimension, within, code, number in rows.values_list("day", "dimension", "within", "code", "count"):
        found[day][dimension, within, code] = number
    return found


def span_of(service_ids: Sequence[int]) -> tuple[dt.date, dt.date] | None:
    """The first and the last day with counts; None without any."""
    days = Count.objects.filter(service_id__in=service_ids, grain=Count.Grain.DAY).aggregate(Min("day"), Max("day"))
    return (days["day__min"], days["day__max"]) if days["day__min"] else None


def last_checks() -> list[Checked]:
    """What the last check of each service found."""
    return list(Checked.objects.order_by("service_id"))
