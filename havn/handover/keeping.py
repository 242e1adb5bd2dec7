"""The clocks of hand-overs and reports, and what stays, for the list of `havn.common.keeping`."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.handover.models import HandoverSettings, PlatformReport
from havn.handover.queries.reports import STALE_DAYS, over_clock
from havn.handover.queries.settings import keep_days_of
from havn.tenancy.models import Service


def register() -> None:
    """Fill the list. Hand-overs, and which talk a report came from, go with their talk."""
    register_clock(
        Clock(
            "handover.reports",
            ("handover.PlatformReport",),
            lambda: _("Reports to platforms, with their notes"),
            _reports_go,
            task="helpline.purge",
            over=_reports_over,
            settings="handover:settings",
        )
    )
    register_stays(
        Stays(
            "handover.counts",
            ("handover.HandoverCount", "handover.PlatformReportCount"),
            lambda: _("Counts of what was passed on and of closed reports to platforms"),
            lambda: _("They name nobody and no talk: a route or a platform, how it ended, and when roughly."),
        )
    )
    register_stays(
        Stays(
            "handover.settings",
            ("handover.HandoverSettings", "handover.HandoverRoute", "handover.RouteWords"),
            lambda: _("Where a centre can pass things on to, in which words, and its clocks"),
            lambda: _("Until a coordinator changes it."),
        )
    )


def _reports_go(centre_id: int) -> str:
    days = _keep_days(centre_id)
    sentence = ngettext(
        "%(days)s day after it was closed; an open one that nobody touched after %(stale)s days",
        "%(days)s days after it was closed; an open one that nobody touched after %(stale)s days",
        days,
    )
    return sentence % {"days": days, "stale": STALE_DAYS}


def _keep_days(centre_id: int) -> int:
    """The longest of the centre's helplines."""
    lines = Service.objects.filter(organisation__centre_id=centre_id, kind=Service.Kind.HELPLINE)
    days = keep_days_of(list(lines.values_list("pk", flat=True)))
    return max(days.values(), default=HandoverSettings().keep_report_days)


def _reports_over(centre_id: int, at: dt.datetime) -> int:
    services = Service.objects.filter(organisation__centre_id=centre_id).values_list("pk", flat=True)
    moment = int(at.timestamp() * 1000)
    return sum(PlatformReport.objects.filter(over_clock(one, now_ms=moment)).count() for one in services)
