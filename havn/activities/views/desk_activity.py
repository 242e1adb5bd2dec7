"""One activity: read it, record it, take it over from an event, change it, delete it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from havn.accounts.access import staff
from havn.activities import actions, queries, words
from havn.activities.evidence import address_of
from havn.activities.forms import FirstValues, RecordForm
from havn.activities.models import Activity
from havn.activities.permissions import READERS, WRITERS, can_write, check_can_write
from havn.activities.taking_over import first_values
from havn.activities.views.asked import activity_of, centre_of
from havn.events import api as held
from havn.tenancy.models import Centre

_NUMBERS = 15


@staff(*READERS)
@require_safe
def activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Everything that is recorded of it, and by whom."""
    found = activity_of(request, activity_id)
    context = {
        "activity": found,
        "kind": words.kind_name(found.kind),
        "when": words.days(found.starts_on, found.ends_on),
        "where": words.where(found.place, is_online=found.is_online),
        "topics": [words.topic_name(code) for code in found.topics],
        "countries": [words.country_name(code) for code in found.countries],
        "hours": words.hours(found.hours),
        "cost": words.euro(found.cost),
        "reach": [
            {
                "group": words.group_name(row.group),
                "number": words.number(row.number),
                "measure": words.measure_name(row.measure),
                "basis": words.basis_name(row.basis),
                "how": row.how,
            }
            for row in found.reach.all()
        ],
        "evidence": [(row.label, address_of(row, found.centre)) for row in found.evidence.all()],
        "recorded_by": found.recorded_by.name if found.recorded_by else "–",
        "changed_by": found.changed_by.name if found.changed_by else "–",
        "may_write": can_write(request.user, found.centre),  # type: ignore[arg-type]
    }
    return render(request, "activities/desk_activity.html", context)


@staff(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new activity; with `?event=` it begins as that event was."""
    return _form(request, _writable(request), None)


@staff(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Change what is recorded."""
    return _form(request, _writable(request), activity_of(request, activity_id))


@staff(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Ask once, then take it out of the log."""
    _writable(request)
    found = activity_of(request, activity_id)
    if request.method == "POST":
        actions.delete_activity(actor=request.user, activity=found)  # type: ignore[arg-type]
        messages.success(request, _("The activity is deleted."))
        return redirect("activities:desk")
    context = {"activity": found, "when": words.days(found.starts_on, found.ends_on)}
    return render(request, "activities/desk_delete.html", context)


@staff(*WRITERS)
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Events that were held, those first that are not in the log."""
    centre = _writable(request)
    recorded = queries.recorded_events(centre)
    rows = [
        {"event": event, "when": words.days(event.starts_on, event.ends_on), "activity_id": recorded.get(event.number)}
        for event in held.held_events(centre)
    ]
    rows.sort(key=lambda row: row["activity_id"] is not None)
    return render(request, "activities/desk_events.html", {"rows": rows})


def _writable(request: HttpRequest) -> Centre:
    centre = centre_of(request)
    check_can_write(request.user, centre)  # type: ignore[arg-type]
    return centre


def _form(request: HttpRequest, centre: Centre, found: Activity | None) -> HttpResponse:
    first = FirstValues() if found else _first(request, centre)
    data = request.POST if request.method == "POST" else None
    form = RecordForm(data, centre=centre, activity=found, first=first)
    if data is not None and form.is_valid():
        saved = actions.record_activity(
            actor=request.user,  # type: ignore[arg-type]
            activity=form.activity.save(commit=False),
            reach=form.reach_rows(),
            evidence=form.evidence_rows(),
        )
        messages.success(request, _("The activity is saved."))
        if "more" in request.POST:
            return redirect("activities:edit", activity_id=saved.pk)
        return redirect("activities:activity", activity_id=saved.pk)
    # The form may have changed the object in memory; what is shown of it is what is stored.
    stored = queries.activities_of(centre).get(pk=found.pk) if found else None
    context = {"form": form, "activity": stored}
    return render(request, "activities/desk_record.html", context, status=422 if data is not None else 200)


def _first(request: HttpRequest, centre: Centre) -> FirstValues:
    asked = request.GET.get("event", "")
    if not asked:
        return FirstValues()
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= _NUMBERS
    event = held.held_event(centre, int(asked)) if is_number else None
    if event is None:
        raise Http404
    return first_values(event, _("Ticked at the event"))
