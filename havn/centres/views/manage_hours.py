"""The coordinator's screen for opening hours: the week, the exceptions, and the next fourteen days."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.accounts.api import services_for
from havn.accounts.models import User
from havn.centres import actions
from havn.centres.forms import ExceptionForm, WeekForm, week_as_initial
from havn.centres.models import Channel, ContactPoint, OpeningException, OpeningRule
from havn.centres.permissions import EDITORS, check_can_edit_hours
from havn.centres.queries import exceptions_from, schedule_from, schedule_of, settings_of
from havn.centres.rules.opening import Schedule, opening_at, plan
from havn.centres.words import channel_name, hours_words, opening_words
from havn.common.clock import now
from havn.tenancy.models import Service

PREVIEW_DAYS = 14


@staff(*EDITORS)
@require_safe
def hours(request: HttpRequest) -> HttpResponse:
    """Every channel of the services this person may change, with its hours in a line."""
    user: User = request.user  # type: ignore[assignment]
    mine = {service.pk for service in services_for(user, request.centre, *EDITORS)}  # type: ignore[attr-defined]
    points = ContactPoint.objects.filter(service_id__in=mine).exclude(channel=Channel.PAGE)
    rows = []
    seen: set[tuple[int, str]] = set()
    for point in points.select_related("service__organisation__centre").order_by("service_id", "order", "id"):
        if (point.service_id, point.channel) in seen:
            continue
        seen.add((point.service_id, point.channel))
        schedule = schedule_of(point.service, point.channel, _today(point.service))
        opening = opening_at(schedule, now())
        rows.append(
            {
                "service": point.service,
                "channel": point.channel,
                "label": channel_name(point.channel),
                "usual": hours_words(schedule, _today(point.service)),
                "now": opening_words(opening, schedule.zone, now()),
            }
        )
    return render(request, "centres/manage_hours.html", {"rows": rows})


@staff(*EDITORS)
@require_safe
def channel_hours(request: HttpRequest, service_id: int, channel: str) -> HttpResponse:
    """The hours of one channel."""
    service = _service(request, service_id, channel)
    today = _today(service)
    in_force = [rule for rule in _rules(service, channel) if _holds(rule, today)]
    form = WeekForm(initial=week_as_initial(in_force, settings_of(service, channel)), today=today)
    return _page(request, service, channel, form, ExceptionForm(), schedule_of(service, channel, today))


@staff(*EDITORS)
@require_POST
def save_week(request: HttpRequest, service_id: int, channel: str) -> HttpResponse:
    """Save the week, or with `preview` pressed show what it would mean."""
    service = _service(request, service_id, channel)
    today = _today(service)
    form = WeekForm(request.POST, today=today)
    if not form.is_valid():
        current = schedule_of(service, channel, today)
        return _page(request, service, channel, form, ExceptionForm(), current, status=422)
    settings = form.apply_to(settings_of(service, channel))
    rules = form.rules(service, channel)
    if "preview" in request.POST:
        exceptions = exceptions_from(service, channel, today)
        draft = schedule_from(service.organisation.centre, settings, rules, exceptions, today)
        return _page(request, service, channel, form, ExceptionForm(), draft, draft=True)
    actions.save_week(
        actor=request.user,  # type: ignore[arg-type]
        service=service,
        settings=settings,
        rules=rules,
        holds_from=form.cleaned_data["holds_from"],
    )
    messages.success(request, _("The hours are saved."))
    return redirect("centres:channel_hours", service_id=service.pk, channel=channel)


@staff(*EDITORS)
@require_POST
def add_exception(request: HttpRequest, service_id: int, channel: str) -> HttpResponse:
    """Add dates that differ."""
    service = _service(request, service_id, channel)
    form = ExceptionForm(request.POST, instance=OpeningException(service=service, channel=channel))
    if not form.is_valid():
        today = _today(service)
        in_force = [rule for rule in _rules(service, channel) if _holds(rule, today)]
        week = WeekForm(initial=week_as_initial(in_force, settings_of(service, channel)), today=today)
        return _page(request, service, channel, week, form, schedule_of(service, channel, today), status=422)
    actions.add_exception(actor=request.user, exception=form.save(commit=False))  # type: ignore[arg-type]
    messages.success(request, _("The exception is saved."))
    return redirect("centres:channel_hours", service_id=service.pk, channel=channel)


@staff(*EDITORS)
@require_POST
def remove_exception(request: HttpRequest, exception_id: int) -> HttpResponse:
    """Take an exception away."""
    centre = request.centre  # type: ignore[attr-defined]
    exception = get_object_or_404(
        OpeningException.objects.select_related("service__organisation"),
        pk=exception_id,
        service__organisation__centre=centre,
    )
    service_id, channel = exception.service_id, exception.channel
    actions.remove_exception(actor=request.user, exception=exception)  # type: ignore[arg-type]
    messages.success(request, _("The exception is gone: the week counts again."))
    return redirect("centres:channel_hours", service_id=service_id, channel=channel)


def _page(
    request: HttpRequest,
    service: Service,
    channel: str,
    form: WeekForm,
    exception_form: ExceptionForm,
    schedule: Schedule,
    *,
    draft: bool = False,
    status: int = 200,
) -> HttpResponse:
    today = _today(service)
    context = {
        "service": service,
        "channel": channel,
        "label": channel_name(channel),
        "form": form,
        "exception_form": exception_form,
        "exceptions": exceptions_from(service, channel, today),
        "planned": sorted({r.valid_from for r in _rules(service, channel) if r.valid_from and r.valid_from > today}),
        "days": plan(schedule, today, PREVIEW_DAYS),
        "now_words": opening_words(opening_at(schedule, now()), schedule.zone, now()),
        "draft": draft,
    }
    return render(request, "centres/manage_channel_hours.html", context, status=status)


def _service(request: HttpRequest, service_id: int, channel: str) -> Service:
    centre = request.centre  # type: ignore[attr-defined]
    services = Service.objects.filter(organisation__centre=centre, contact_points__channel=channel).distinct()
    service = get_object_or_404(services.select_related("organisation__centre"), pk=service_id)
    check_can_edit_hours(request.user, service)  # type: ignore[arg-type]
    return service


def _rules(service: Service, channel: str) -> list[OpeningRule]:
    return list(OpeningRule.objects.filter(service=service, channel=channel))


def _holds(rule: OpeningRule, day: dt.date) -> bool:
    return (rule.valid_from is None or rule.valid_from <= day) and (rule.valid_to is None or day <= rule.valid_to)


def _today(service: Service) -> dt.date:
    return now().astimezone(ZoneInfo(service.organisation.centre.time_zone)).date()
