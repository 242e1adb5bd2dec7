"""The figures of a helpline by period, and its three reports out of one coding."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.common.clock import now
from havn.helpline import report_pages, report_tables
from havn.helpline import words_reports as words
from havn.helpline.forms_reports import Asked, asked
from havn.helpline.permissions import can_import, can_take_out_whole, check_can_see_figures
from havn.helpline.queries.queue import snapshot
from havn.helpline.queries.reports import figures as figures_of
from havn.helpline.queries.reports import lists_of, over_time, reason_spans
from havn.helpline.report_filed import REPORTS
from havn.helpline.rules.roles import SUPERVISES
from havn.helpline.views.desk_answers import actor_of, service_here, services_here
from havn.statistics.rules.periods import Kind, after, before
from havn.tenancy.models import Service

# Each report with the period it is made of.
_KINDS = {"quarter": Kind.QUARTER, "chi": Kind.YEAR, "national": Kind.YEAR}


@staff(*SUPERVISES)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Everything that is counted of a period, against the period before, and how it stands right now."""
    service = service_here(request, *SUPERVISES)
    check_can_see_figures(actor_of(request), service)
    question = asked(request.GET.dict(), today=today_at(service))
    period, channel = question.period, question.channel
    found = figures_of([service.pk], period, channel=channel)
    earlier = figures_of([service.pk], before(period), channel=channel)
    grain, days = over_time([service.pk], period, channel=channel)
    with lists_of([service.pk]):
        tables = report_tables.tables_of(found, earlier, reason_spans(period))
    every = figures_of([service.pk], period, dimensions=("contacts",)).channels() if channel else found.channels()
    context = _context(request, service, question, "helpline:figures") | {
        "live": _live(service),
        "channels": [(code, words.channel_label(code)) for code in sorted({*every, channel} - {""})],
        "numbers": report_pages.key_numbers(found, earlier),
        "chart": report_pages.chart(grain, days),
        "tables": [report_pages.shown(table) for table in tables if table.lines],
        "empty": not found.offered,
        "before_label": words.period_label(before(period)),
        "report": "figures",
    }
    return render(request, "helpline/report_figures.html", context)


@staff(*SUPERVISES)
@require_safe
def filed(request: HttpRequest, report: str) -> HttpResponse:
    """A report as it is filed, with what it covers and what it could not place."""
    if report not in REPORTS:
        raise Http404
    service = service_here(request, *SUPERVISES)
    check_can_see_figures(actor_of(request), service)
    question = asked(request.GET.dict(), today=today_at(service), kind=_KINDS[report])
    question = Asked(question.period)
    made = REPORTS[report]([service.pk], question.period)
    context = _context(request, service, question, "helpline:report") | {
        "title": made.title,
        "tables": [report_pages.shown(table) for table in made.tables if table.lines],
        "coverage": [*made.coverage, *made.notes],
        "report": report,
    }
    return render(request, "helpline/report_filed.html", context)


def today_at(service: Service) -> dt.date:
    """The day on the centre's clocks."""
    return now().astimezone(ZoneInfo(service.organisation.centre.time_zone)).date()


def _context(request: HttpRequest, service: Service, question: Asked, name: str) -> dict[str, object]:
    person = actor_of(request)
    return {
        "service": service,
        "services": services_here(request, *SUPERVISES),
        "asked": question,
        "period": question.period,
        "label": words.period_label(question.period),
        "kinds": words.kind_labels(),
        "address": question.address(service.pk),
        "earlier": question.address(service.pk, before(question.period)),
        "later": question.address(service.pk, after(question.period)),
        "reports": [
            {"code": code, "url": reverse("helpline:report", args=[code]), "title": title}
            for code, title in (
                ("quarter", _("The network's quarter")),
                ("chi", _("The year of the child helplines")),
                ("national", _("The national report")),
            )
        ],
        "may_take_out_whole": can_take_out_whole(person, service),
        "may_import": can_import(person, service),
    }


def _live(service: Service) -> list[dict[str, object]]:
    """How it stands right now: the numbers of the wall."""
    queue = snapshot(service.pk)
    here = [one for one in queue.waiting if not one.away]
    return [
        {"name": _("Waiting"), "value": len(here)},
        {"name": _("Open talks"), "value": len(queue.talks)},
        {"name": _("Letters waiting"), "value": queue.letters},
        {"name": _("Answered today"), "value": queue.today.answered},
        {"name": _("Left while waiting today"), "value": queue.today.left},
        {"name": _("Waiting when we closed today"), "value": queue.today.closed},
    ]
