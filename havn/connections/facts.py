"""The facts that other systems may know of a centre's services: when they answer, how long one waits, what was counted.

Public facts are those of the public pages, by the same functions; counts are those of a file for others.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from havn.centres.api import TIMED, contact_points, opening, staffing_of
from havn.common.clock import now
from havn.connections.rules.events import coarse, moment
from havn.helpline import report_tables
from havn.helpline.queries.queue import QueueSnapshot, snapshot
from havn.helpline.queries.reports import figures, lists_of, reason_spans
from havn.helpline.report_files import for_others
from havn.helpline.rules.visits import language_for
from havn.statistics.rules.masking import THRESHOLD
from havn.statistics.rules.periods import Kind, Period, before, period_of
from havn.statistics.rules.tables import Table, Written, written
from havn.tenancy.models import Centre, Service

ANY_HOUR, OPEN, FULL, CLOSED = "any-hour", "open", "full", "closed"
# Records of a quarter's last talks are still filled in for some days.
READY_AFTER = dt.timedelta(days=14)


@dataclass(frozen=True)
class Way:
    """One channel of one service."""

    service: Service
    channel: str


class NotOver(Exception):
    """The period still runs (counts that grow under one's eyes tell of single contacts), or is in no calendar."""


def ways_of(centre: Centre, service_id: int | None) -> list[Way]:
    """Every channel of the centre's services, or of one of them, in the centre's order, each once."""
    points = [one for one in contact_points(centre) if not one.emergency and service_id in (None, one.service_id)]
    return list(dict.fromkeys(Way(one.service, one.channel) for one in points))


def opening_of(way: Way) -> dict[str, Any]:
    """Whether it answers now, as the first page says it. Whatever may be sent at any hour is open at any hour."""
    if way.channel not in TIMED:
        return {"channel": way.channel, "state": ANY_HOUR, "why": "", "closes_at": None, "opens_at": None}
    at = now()
    staffing = staffing_of(way.service.pk, at) if way.channel == "chat" else None
    found = opening(way.service, way.channel, at, staffing)
    return {
        "channel": way.channel,
        "state": OPEN if found.admits else CLOSED,
        "why": found.why,
        "closes_at": moment(found.closes_at) if found.closes_at else None,
        "opens_at": moment(found.opens_at) if found.opens_at else None,
    }


def waiting_of(service: Service, language: str) -> dict[str, Any]:
    """How long somebody would wait who came to the chat now and writes in this language: no surer than we are.

    The minutes are those of the start page; None where it says none.
    """
    return waits_of(service, [language])[language]


def waits_of(service: Service, languages: Collection[str]) -> dict[str, dict[str, Any]]:
    """The same by language, out of one look at the queue."""
    at = now()
    is_open = opening(service, "chat", at, staffing_of(service.pk, at)).admits
    queue = snapshot(service.pk) if is_open else None
    return {one: _wait(queue, language_for(one, service.languages, one)) for one in languages}


def _wait(queue: QueueSnapshot | None, spoken: str) -> dict[str, Any]:
    if queue is None:
        return {"state": CLOSED, "minutes_from": None, "minutes_to": None, "sure": "", "language": spoken}
    wait = queue.if_started_now(spoken).wait
    sure = wait.sure if wait.sure in ("good", "rough", "nobody") else "no"
    says = sure in ("good", "rough")
    return {
        "state": FULL if queue.is_full(spoken) else OPEN,
        "minutes_from": wait.minutes_from if says else None,
        "minutes_to": wait.minutes_to if says else None,
        "sure": sure,
        "language": spoken,
    }


def coarse_waits_of(service: Service, languages: Collection[str]) -> dict[str, dict[str, Any]]:
    """The same for messages, in steps that do not move with every child who comes or goes."""
    return {
        language: {**told, "minutes_from": coarse(told["minutes_from"]), "minutes_to": coarse(told["minutes_to"])}
        for language, told in waits_of(service, languages).items()
    }


def statistics_of(service: Service, grain: str, day: dt.date) -> dict[str, Any]:
    """The counts of the period in which `day` lies, small numbers left out as in a file for others.

    Raises NotOver while the period runs by the centre's own calendar.
    """
    try:
        period = period_of(Kind(grain), day)
        earlier = before(period)
        # Counting a period looks at the days around it.
        before(earlier)
    except (OverflowError, ValueError):
        raise NotOver from None
    if period.last >= today_of(service.organisation.centre):
        raise NotOver
    tables = for_others(tables_of(service, period, earlier))
    return {
        "period": values_of(period),
        "threshold": THRESHOLD,
        "tables": [_as_values(table, one) for table, one in zip(tables, written(tables, masked=True), strict=True)],
    }


def ready_quarter(centre: Centre) -> Period:
    """The newest quarter that has been over for `READY_AFTER`, by the centre's own calendar."""
    return before(period_of(Kind.QUARTER, today_of(centre) - READY_AFTER))


def tables_of(service: Service, period: Period, earlier: Period) -> list[Table]:
    """The tables of the report on figures, as the helpline makes them, named by the centre's own lists."""
    ids = [service.pk]
    found, found_earlier = figures(ids, period), figures(ids, earlier)
    with lists_of(ids):
        return report_tables.tables_of(found, found_earlier, reason_spans(period))


def values_of(period: Period) -> dict[str, str]:
    """A period as it is told."""
    return {"kind": str(period.kind), "first": period.first.isoformat(), "last": period.last.isoformat()}


def today_of(centre: Centre) -> dt.date:
    """The day on the centre's clocks."""
    return now().astimezone(ZoneInfo(centre.time_zone)).date()


def _as_values(table: Table, one: Written) -> dict[str, Any]:
    codes = table.column_codes or ([""] * len(table.columns))
    return {
        "key": table.key,
        "title": table.title,
        "columns": [{"code": code, "label": label} for code, label in zip(codes, table.columns, strict=True)],
        "rows": list(_rows(table, one)),
        "column_totals": list(one.column_totals),
        "total": one.total,
    }


def _rows(table: Table, one: Written) -> Iterator[dict[str, Any]]:
    totals: Sequence[int | None] = one.row_totals or [None] * len(table.lines)
    for line, numbers, total in zip(table.lines, one.cells, totals, strict=True):
        yield {"code": line.code, "label": line.label, "numbers": list(numbers), "total": total}
