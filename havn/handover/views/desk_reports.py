"""Reports to platforms: the list with what is overdue, a new one, one of them with the guides beside it."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from havn.accounts.access import staff
from havn.common.clock import from_ms, now, now_ms
from havn.common.errors import NotAllowed, Refused
from havn.handover.actions import reports as actions
from havn.handover.forms import ReportForm
from havn.handover.models import PlatformReport
from havn.handover.permissions import can_see_counts
from havn.handover.queries.guides import guides_about
from havn.handover.queries.reports import Line, closed_reports, figures_of, line_of, open_reports
from havn.handover.queries.settings import settings_of
from havn.handover.rules import reports as rules
from havn.handover.views.desk_shared import done, once_of, service_ids_here
from havn.handover.words import platform_words, report_kind_words, report_state_words
from havn.helpline.forms_desk import whole_number
from havn.helpline.models import Turn
from havn.helpline.rules.roles import WORKS
from havn.helpline.views.desk_answers import actor_of, desk_address, keys_of, service_here, services_here, turn_here

FIGURES_DAYS = 365


@staff(*WORKS)
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """Open ones, oldest first; the closed ones that are still there; for supervisors what platforms did in a year."""
    services = services_here(request)
    if not services:
        raise NotAllowed(_("You don't work at a helpline of this centre."))
    ids = [one.pk for one in services]
    counted = [one.pk for one in services if can_see_counts(actor_of(request), one)]
    since = (now() - dt.timedelta(days=FIGURES_DAYS)).date().replace(day=1)
    context = {
        "rows": [_row(line) for line in open_reports(ids, now_ms=now_ms())],
        "closed": [_row(Line(report, overdue=False)) for report in closed_reports(ids)],
        "figures": [{"one": one, "name": platform_words(one.platform)} for one in figures_of(counted, since=since)],
        "may_see_counts": bool(counted),
        "several": len(services) > 1,
    }
    return render(request, "handover/desk_reports.html", context)


@staff(*WORKS)
@require_http_methods(["GET", "HEAD", "POST"])
def raise_report(request: HttpRequest) -> HttpResponse:
    """A new report, from a talk (`talk`) or alone. "Show guides" and choosing first is a GET with the platform."""
    talk = whole_number(request.POST.get("talk") or request.GET.get("talk"), 0)
    turn = turn_here(request, talk) if talk else None
    service = turn.service if turn is not None else service_here(request)
    form = ReportForm(request.POST if request.method == "POST" else None, initial={"kind": "content"})
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.raise_report(
                actor=actor_of(request),
                service=service,
                once=once_of(request),
                at_ms=now_ms(),
                turn=turn,
                **form.cleaned_data,
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return HttpResponseRedirect(reverse("handover:report", args=[found.pk]))
    return render(
        request,
        "handover/desk_raise_report.html",
        _new(request, service, turn, form),
        status=400 if form.errors else 200,
    )


@staff(*WORKS)
@require_GET
def report(request: HttpRequest, report: int) -> HttpResponse:
    """One report: how it stands, its note, what it may become, and the centre's guides about the platform."""
    found = _here(request, report)
    line = line_of(found, now_ms=now_ms())
    settings = settings_of(found.service_id)
    language = translation.get_language() or "en"
    context = _row(line) | {
        "service": found.service,
        "note": actions.note_of(found, keys_of(request)),
        "next": [(state, report_state_words(state)) for state in rules.next_states(found.state)],
        "is_open": found.state in rules.OPEN,
        "guides": guides_about(request.centre, found.platform, language),  # type: ignore[attr-defined]
        "remind_days": settings.remind_days,
        "goes_at": from_ms(rules.goes_at_ms(closed_at_ms=found.closed_at_ms, keep_days=settings.keep_report_days))
        if found.closed_at_ms
        else None,
    }
    return render(request, "handover/desk_report.html", context)


@staff(*WORKS)
@require_POST
def move_report(request: HttpRequest, report: int) -> HttpResponse:
    """The platform answered, took it down or refused; or it was asked again (`state` "again")."""
    found, state = _here(request, report), request.POST.get("state", "")
    actor, at = actor_of(request), now_ms()

    def store() -> None:
        if state == "again":
            actions.ask_platform_again(actor=actor, report_id=found.pk, at_ms=at)
        else:
            actions.move_report(actor=actor, report_id=found.pk, state=state, at_ms=at)

    return done(request, store, to=reverse("handover:report", args=[found.pk]), said=_("Saved."))


def _here(request: HttpRequest, report_id: int) -> PlatformReport:
    found = PlatformReport.objects.filter(pk=report_id, service_id__in=service_ids_here(request))
    one = found.select_related("service__organisation__centre", "raised_by").first()
    if one is None:
        raise NotAllowed(_("There is no such report at your helpline."))
    return one


def _new(request: HttpRequest, service: Any, turn: Turn | None, form: ReportForm) -> dict[str, Any]:
    platform = request.POST.get("platform") or request.GET.get("platform", "")
    language = translation.get_language() or "en"
    return {
        "form": form,
        "service": service,
        "turn": turn,
        "platform": platform,
        "note": request.POST.get("note", ""),
        "kind": request.POST.get("kind", "content"),
        "guides": guides_about(request.centre, platform, language),  # type: ignore[attr-defined]
        "once": once_of(request),
        "back": desk_address(turn.service, turn.pk) if turn is not None else reverse("handover:reports"),
    }


def _row(line: Line) -> dict[str, Any]:
    found = line.report
    return {
        "report": found,
        "overdue": line.overdue,
        "platform": platform_words(found.platform),
        "kind": report_kind_words(found.kind),
        "state": report_state_words(found.state),
        "raised_at": from_ms(found.raised_at_ms),
        "moved_at": from_ms(found.moved_at_ms),
        "days": rules.days_between(
            found.raised_at_ms, found.closed_at_ms or now_ms(), found.service.organisation.centre.time_zone
        ),
    }
