"""Write an event, see it as the public will, publish it, take it back, call it off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havn.accounts.access import staff
from havn.common.address import site_of
from havn.events import actions, queries, words
from havn.events.forms import CancelForm, EventForm
from havn.events.models import Event
from havn.events.pages import event_context
from havn.events.permissions import ORGANISERS, check_can_manage


def event_of(request: HttpRequest, event_id: int) -> Event:
    """An event of this centre that the person may manage. Http404 for any other."""
    centre = request.centre  # type: ignore[attr-defined]
    check_can_manage(request.user, centre)  # type: ignore[arg-type]
    return get_object_or_404(queries.events_managed_in(centre), pk=event_id)


@staff(*ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new event, which begins as a draft."""
    return _form(request, None)


@staff(*ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, event_id: int) -> HttpResponse:
    """Change it. Whoever is registered is told of a new time, place, title or way to join."""
    return _form(request, event_of(request, event_id))


@staff(*ORGANISERS)
@require_safe
def preview(request: HttpRequest, event_id: int) -> HttpResponse:
    """The page as the public will see it, for drafts too."""
    event = event_of(request, event_id)
    context = event_context(event, event.centre, site_of(request)) | {"is_preview": True, "json_ld": ""}
    return render(request, "events/public_event.html", context)


@staff(*ORGANISERS)
@require_POST
def publish(request: HttpRequest, event_id: int) -> HttpResponse:
    """Let people see it."""
    actions.publish_event(actor=request.user, event=event_of(request, event_id))  # type: ignore[arg-type]
    messages.success(request, _("The event is published."))
    return redirect("events:edit", event_id=event_id)


@staff(*ORGANISERS)
@require_POST
def withdraw(request: HttpRequest, event_id: int) -> HttpResponse:
    """A draft again."""
    actions.withdraw_event(actor=request.user, event=event_of(request, event_id))  # type: ignore[arg-type]
    messages.success(request, _("The event is a draft again."))
    return redirect("events:edit", event_id=event_id)


@staff(*ORGANISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, event_id: int) -> HttpResponse:
    """Ask once, with the number of letters, then call it off."""
    event = event_of(request, event_id)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.cancel_event(actor=request.user, event=event, because=form.cleaned_data["because"])  # type: ignore[arg-type]
        messages.success(request, _("The event is cancelled. Everybody registered gets a letter."))
        return redirect("events:edit", event_id=event_id)
    context = {"event": event, "form": form, "tally": queries.tally_of(event)}
    return render(request, "events/desk_cancel.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, event: Event | None) -> HttpResponse:
    centre = request.centre  # type: ignore[attr-defined]
    form = EventForm(request.POST if request.method == "POST" else None, instance=event, centre=centre)
    if request.method == "POST" and form.is_valid():
        saved = actions.save_event(actor=request.user, event=form.save(commit=False))  # type: ignore[arg-type]
        messages.success(request, _("The event is saved."))
        return redirect("events:edit", event_id=saved.pk)
    # The form may have changed the object in memory; what is shown of the event is what is stored.
    stored = queries.events_managed_in(centre).get(pk=event.pk) if event else None
    context = {
        "form": form,
        "event": stored,
        "state": words.state_name(stored.state) if stored else "",
        "tally": queries.tally_of(stored) if stored else None,
    }
    return render(request, "events/desk_event.html", context, status=422 if form.errors else 200)
