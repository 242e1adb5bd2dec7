"""One way to reach a service: its number or address, and its hours."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havn.accounts.access import staff
from havn.centres.api import ContactPoint
from havn.common.clock import now
from havn.directory import actions
from havn.directory.forms import BaseHours, HoursForms, PointForm, WeekHelper, hours_as_initial
from havn.directory.models import PublishedHours
from havn.directory.permissions import KEEPERS, check_can_change
from havn.directory.rules.checks import Finding
from havn.directory.rules.hours import problem_of
from havn.directory.views.kept import centre_of, kept_point, kept_service
from havn.directory.words import finding_words, rule_words

LONGEST_RULE = 255


@staff(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_point(request: HttpRequest, service_id: int) -> HttpResponse:
    """A new way."""
    service = kept_service(request, service_id)
    check_can_change(request.user, centre_of(request), service)  # type: ignore[arg-type]
    order = service.contact_points.count()
    return _form(request, ContactPoint(service=service, channel="phone", order=order), [])


@staff(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def point(request: HttpRequest, point_id: int) -> HttpResponse:
    """A way that is there."""
    found = kept_point(request, point_id)
    check_can_change(request.user, centre_of(request), found.service)  # type: ignore[arg-type]
    return _form(request, found, list(found.published_hours.all()))


@staff(*KEEPERS)
@require_POST
def remove_point(request: HttpRequest, point_id: int) -> HttpResponse:
    """Take a way away."""
    found = kept_point(request, point_id)
    service_id = found.service_id
    actions.remove_point(actor=request.user, centre=centre_of(request), point=found)  # type: ignore[arg-type]
    messages.success(request, _("It is gone. Its history stays public."))
    return redirect("directory:entry", service_id=service_id)


@staff(*KEEPERS)
@require_safe
def read_rule(request: HttpRequest) -> HttpResponse:
    """What a rule of hours means, in words, while it is being typed."""
    rule = request.GET.get("rule", "")[:LONGEST_RULE].strip()
    wrong = bool(rule) and problem_of(rule)
    centre = centre_of(request)
    words = (
        _("These hours cannot be read.") if wrong else rule_words(rule, centre.time_zone, now().date()) if rule else ""
    )
    return JsonResponse({"wrong": wrong, "words": words})


def _form(request: HttpRequest, row: ContactPoint, hours: list[PublishedHours]) -> HttpResponse:
    centre = row.service.organisation.centre
    before = row.number or row.email or row.url
    posted = request.POST if request.method == "POST" else None
    form = PointForm(posted, point=row, country=centre.country_code)
    # What was posted is taken as it stands: compared with what was there, an unchanged row would count as empty.
    rows = HoursForms(posted, initial=None if posted else hours_as_initial(hours), prefix="hours")
    assert isinstance(rows, BaseHours)
    week = WeekHelper(posted)
    if posted is None:
        return _page(request, row, form, rows, week)
    good = form.is_valid() & rows.is_valid() & week.is_valid()
    if not good:
        return _page(request, row, form, rows, week, status=422)
    kept = rows.rows()
    if rule := week.rule():
        kept.append(PublishedHours(rule=rule))
    actions.save_point(
        actor=request.user,  # type: ignore[arg-type]
        centre=centre_of(request),
        point=form.apply(),
        hours=kept,
        before=before,
    )
    if form.number_problem:
        messages.warning(request, finding_words(Finding(f"number-{form.number_problem}", row.number)))
    messages.success(request, _("Saved. Press “Everything is right” when all of the entry is."))
    return redirect("directory:entry", service_id=row.service_id)


def _page(
    request: HttpRequest, row: ContactPoint, form: PointForm, rows: BaseHours, week: WeekHelper, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "point": row,
        "form": form,
        "rows": rows,
        "week": week,
        "hosted": row.service.organisation.centre.is_hosted,
    }
    return render(request, "directory/desk_point.html", context, status=status)
