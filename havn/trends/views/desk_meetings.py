"""The early-warning group's meeting: call it, its agenda on screen and paper, what was decided."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havn.accounts.access import staff
from havn.tenancy.models import Centre
from havn.trends import warning_pages
from havn.trends.actions import meetings as actions
from havn.trends.forms import MeetingForm
from havn.trends.models import AgendaPoint, Meeting
from havn.trends.permissions import GROUP, check_in_group, check_leads_group
from havn.trends.queries.warning import points_of
from havn.trends.views.asked import actor_of, centre_of


@staff(*GROUP)
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest) -> HttpResponse:
    """A new meeting with everything that is open."""
    centre = centre_of(request)
    check_leads_group(actor_of(request), centre)
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        starts_at = dt.datetime.combine(data["day"], data["time"], ZoneInfo(centre.time_zone))
        made = actions.call_meeting(actor=actor_of(request), centre=centre, starts_at=starts_at, place=data["place"])
        messages.success(request, _("The agenda is made of everything that is open."))
        return redirect("trends:meeting", meeting_id=made.pk)
    return render(request, "trends/desk_call.html", {"form": form}, status=422 if form.errors else 200)


@staff(*GROUP)
@require_safe
def meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The agenda with its decisions, to read and to print."""
    centre = centre_of(request)
    check_in_group(actor_of(request), centre)
    found = _meeting(meeting_id)
    context = {
        "meeting": found,
        "points": [warning_pages.point_row(one, looking=centre) for one in points_of(found)],
        "may_call": centre.kind == Centre.Kind.NETWORK,
    }
    return render(request, "trends/desk_meeting.html", context)


@staff(*GROUP)
@require_POST
def add(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Put on the agenda what was opened since."""
    check_in_group(actor_of(request), centre_of(request))
    added = actions.add_what_is_new(actor=actor_of(request), centre=centre_of(request), meeting=_meeting(meeting_id))
    said = ngettext("One point came to the agenda.", "%(count)s points came to the agenda.", added) % {"count": added}
    messages.success(request, said if added else _("Nothing new is open."))
    return redirect("trends:meeting", meeting_id=meeting_id)


@staff(*GROUP)
@require_POST
def decide(request: HttpRequest, point_id: int) -> HttpResponse:
    """Note what was decided about a point."""
    check_in_group(actor_of(request), centre_of(request))
    point = AgendaPoint.objects.filter(pk=point_id).first()
    if point is None:
        raise Http404
    actions.decide(
        actor=actor_of(request), centre=centre_of(request), point=point,
        decision=request.POST.get("decision", "").replace("\x00", ""), close=request.POST.get("close") == "1",
    )  # fmt: skip
    messages.success(request, _("The decision is noted."))
    return redirect("trends:meeting", meeting_id=point.meeting_id)


def _meeting(meeting_id: int) -> Meeting:
    found = Meeting.objects.filter(pk=meeting_id).first()
    if found is None:
        raise Http404
    return found
