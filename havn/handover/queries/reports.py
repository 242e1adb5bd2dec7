"""Reports to platforms: what is open and overdue, and what closed ones tell."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from havn.handover.models import HandoverSettings, PlatformReport, PlatformReportCount
from havn.handover.queries.settings import remind_days_of, settings_of
from havn.handover.rules import reports as rules
from havn.helpline.rules.record import OTHER, PLATFORMS
from havn.statistics.rules.masking import THRESHOLD

SHOWN = 200
# A report that nobody touched for a year is destroyed: whoever asked has long had another answer.
STALE_DAYS = 365


@dataclass(frozen=True)
class Line:
    """A report as a list shows it."""

    report: PlatformReport
    overdue: bool


def open_reports(service_ids: Sequence[int], *, now_ms: int) -> list[Line]:
    """Open ones, oldest first, those that stood still for too long marked."""
    days = remind_days_of(service_ids)
    found = (
        PlatformReport.objects.filter(service_id__in=service_ids, state__in=rules.OPEN)
        .select_related("service__organisation__centre")
        .order_by("raised_at_ms", "pk")[:SHOWN]
    )
    return [_line(report, days[report.service_id], now_ms) for report in found]


def overdue_count(service_ids: Sequence[int], *, now_ms: int) -> int:
    """How many open reports want somebody to ask again, for the menu: at most `SHOWN`, as its list shows."""
    late = Q(pk__in=[])
    for service_id, days in remind_days_of(service_ids).items():
        late |= Q(service_id=service_id, moved_at_ms__lte=now_ms - days * rules.DAY_MS)
    return PlatformReport.objects.filter(late, state__in=rules.OPEN)[:SHOWN].count()


def closed_reports(service_ids: Sequence[int]) -> list[PlatformReport]:
    """Those that are closed and not destroyed yet, the last one first."""
    found = PlatformReport.objects.filter(service_id__in=service_ids, state__in=rules.CLOSED)
    return list(found.select_related("service__organisation__centre").order_by("-closed_at_ms", "pk")[:SHOWN])


def reports_of(conversation_id: int) -> list[PlatformReport]:
    """Those that came from a talk, oldest first."""
    return list(PlatformReport.objects.filter(talk__conversation_id=conversation_id).order_by("raised_at_ms", "pk"))


def line_of(report: PlatformReport, *, now_ms: int) -> Line:
    """One report with whether it is overdue."""
    return _line(report, settings_of(report.service_id).remind_days, now_ms)


def figures_of(service_ids: Sequence[int], *, since: dt.date) -> list[rules.PlatformFigures]:
    """Per platform what closed reports tell, small numbers left out."""
    rows = PlatformReportCount.objects.filter(service_id__in=service_ids, month__gte=since)
    found = [rules.Outcome(one.platform, one.removed, one.days) for one in rows]
    return rules.by_platform(found, order=(*PLATFORMS, OTHER), threshold=THRESHOLD)


def over_clock(service_id: int, *, now_ms: int) -> "Q":
    """Which reports of a helpline should be gone: closed for long enough, or untouched for a year."""
    keep = (
        HandoverSettings.objects.filter(pk=service_id).values_list("keep_report_days", flat=True).first()
        or HandoverSettings().keep_report_days
    )
    closed = Q(closed_at_ms__lte=now_ms - keep * rules.DAY_MS)
    stale = Q(closed_at_ms__isnull=True, moved_at_ms__lte=now_ms - STALE_DAYS * rules.DAY_MS)
    return Q(service_id=service_id) & (closed | stale)


def _line(report: PlatformReport, remind_days: int, now_ms: int) -> Line:
    overdue = rules.is_overdue(
        state=report.state, moved_at_ms=report.moved_at_ms, remind_days=remind_days, now_ms=now_ms
    )
    return Line(report, overdue)
