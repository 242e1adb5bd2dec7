"""The organiser's list of events."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.common.clock import now
from havn.events import queries, words
from havn.events.models import Event
from havn.events.permissions import ORGANISERS
from havn.mail import api as mail
from havn.tenancy.models import Centre


@staff(*ORGANISERS)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Drafts and what is to come first, then what is over."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    moment = now()
    events = list(queries.events_managed_in(centre))
    context = {
        "coming": [_row(event) for event in reversed(events) if event.ends_at > moment],
        "over": [_row(event) for event in events if event.ends_at <= moment],
        "no_mail": not mail.reaches(centre),
    }
    return render(request, "events/desk_events.html", context)


def _row(event: Event) -> dict[str, Event | str | queries.Tally]:
    return {
        "event": event,
        "when": words.when(event, with_zone=False),
        "state": words.state_name(event.state),
        "tally": queries.tally_of(event),
    }
