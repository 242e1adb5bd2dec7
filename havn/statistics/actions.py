"""Writing counts: beside the row that is counted, in the same transaction, or all again from the rows."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from django.db import connection, transaction
from django.db.models import Sum

from havn.statistics.models import Count
from havn.statistics.queries import day_counts
from havn.statistics.registry import Cell, Source, sources
from havn.statistics.rules.periods import ONE_DAY, Kind, months_between, period_of
from havn.tenancy.models import Service

_ROWS = 500
# Names our lock among PostgreSQL's advisory ones.
_LOCK = 0x4861766E
_COLUMNS = "service_id, grain, day, dimension, within, code, count"
_KEY = "service_id, grain, day, dimension, within, code"
Row = tuple[int, str, str, str, str, str, int]


def add(*, service_id: int, day: dt.date, cells: Mapping[Cell, int]) -> None:
    """Add to the counts of a day and of its month; a negative number takes away. In the caller's transaction."""
    add_days(service_id=service_id, days={day: cells})


def add_days(*, service_id: int, days: Mapping[dt.date, Mapping[Cell, int]]) -> None:
    """As `add`, of several days at once: each cell and month is written one time."""
    by_key: Counter[tuple[str, dt.date, str, str, str]] = Counter()
    for day, cells in days.items():
        month = day.replace(day=1)
        for (dimension, within, code), number in cells.items():
            by_key["d", day, dimension, within, code] += number
            by_key["m", month, dimension, within, code] += number
    rows: list[Row] = [
        (service_id, grain, day.isoformat(), dimension, within, code, number)
        for (grain, day, dimension, within, code), number in sorted(by_key.items())
        if number
    ]
    if rows:
        _one_at_a_time(service_id)
        _upsert(rows)


def _upsert(rows: list[Row]) -> None:
    table = Count._meta.db_table
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _ROWS):
            chunk = rows[start : start + _ROWS]
            marks = ",".join(["(%s,%s,%s,%s,%s,%s,%s)"] * len(chunk))
            cursor.execute(
                f'INSERT INTO "{table}" ({_COLUMNS}) VALUES {marks} '
                f'ON CONFLICT ({_KEY}) DO UPDATE SET count = "{table}".count + excluded.count',
                [value for row in chunk for value in row],
            )


@transaction.atomic
def rebuild_day(source: Source, *, service_id: int, day: dt.date) -> int:
    """Count a day's rows again and bring day and month to it. Returns how many cells differed.

    A short transaction a day: a helpline goes on counting between two.
    """
    _one_at_a_time(service_id)
    true = source.recount(service_id, day, day).get(day, Counter())
    stored = day_counts(service_id, day, day).get(day, Counter())
    wrong = {cell: true[cell] - stored[cell] for cell in true.keys() | stored.keys() if true[cell] != stored[cell]}
    add(service_id=service_id, day=day, cells=wrong)
    Count.objects.filter(service_id=service_id, grain=Count.Grain.DAY, day=day, count=0).delete()
    return len(wrong)


@transaction.atomic
def rebuild_month(*, service_id: int, month: dt.date) -> int:
    """Bring a month to the sum of its days. Returns how many cells differed."""
    _one_at_a_time(service_id)
    whole = period_of(Kind.MONTH, month)
    here = Count.objects.filter(service_id=service_id)
    days = here.filter(grain=Count.Grain.DAY, day__range=(whole.first, whole.last))
    true = {
        (dimension, within, code): number
        for dimension, within, code, number in days.values_list("dimension", "within", "code").annotate(Sum("count"))
        if number
    }
    months = here.filter(grain=Count.Grain.MONTH, day=month)
    stored = {(row.dimension, row.within, row.code): row.count for row in months}
    wrong = sum(true.get(cell) != stored.get(cell) for cell in true.keys() | stored.keys())
    if wrong:
        months.delete()
        _upsert([(service_id, "m", month.isoformat(), *cell, number) for cell, number in sorted(true.items())])
    return int(wrong)


def rebuild(source: Source, *, service_id: int, first: dt.date, last: dt.date) -> int:
    """Count a span again, day by day and month by month. Returns how many cells differed."""
    wrong, day = 0, first
    while day <= last:
        wrong += rebuild_day(source, service_id=service_id, day=day)
        day += ONE_DAY
    return wrong + sum(rebuild_month(service_id=service_id, month=month) for month in months_between(first, last))


def count_what_was_never_counted() -> int:
    """After an update: count the rows of every service that has no count yet. Returns how many cells came to be."""
    return sum(
        rebuild(source, service_id=service_id, first=span[0], last=span[1])
        for source in sources()
        for service_id in Service.objects.filter(kind=source.kind).order_by("pk").values_list("pk", flat=True)
        if not Count.objects.filter(service_id=service_id).exists() and (span := source.span(service_id))
    )


def _one_at_a_time(service_id: int) -> None:
    """PostgreSQL: until the transaction ends nobody else adds to the service's counts; SQLite has one writer anyway.

    So two transactions that count several rows each cannot wait for one another, and counting again misses nothing.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, service_id & 0x7FFFFFFF])
