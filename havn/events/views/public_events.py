"""What anyone may read: the events to come, those that were, one event, and the calendars."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.common.access import public
from havn.common.address import site_of
from havn.common.clock import now
from havn.common.page_cache import ANSWERS_SECONDS, keepable
from havn.events import calendar, queries
from havn.events.forms import FacetForm
from havn.events.models import Event
from havn.events.pages import card, event_context
from havn.events.queries import Viewer, events_visible_to
from havn.events.site import viewer_of


@public
@require_safe
@keepable(ANSWERS_SECONDS)
def events(request: HttpRequest) -> HttpResponse:
    """The events to come, or with `?when=past` those that were; narrowed by audience and language."""
    viewer, moment = viewer_of(request), now()
    is_past = request.GET.get("when") == "past"
    found = list(queries.past(viewer, moment) if is_past else queries.upcoming(viewer, moment))
    facets = FacetForm(
        request.GET,
        audiences={code for event in found for code in event.audiences},
        languages={code for event in found for code in event.languages},
    )
    chosen = facets.chosen()
    context = {
        "cards": [card(event, viewer.centre) for event in queries.fitting(found, **chosen)],
        "any": bool(found),
        "facets": facets,
        "narrowed": any(chosen.values()),
        "is_past": is_past,
    }
    return render(request, "events/public_events.html", context)


@public
@require_safe
@keepable(ANSWERS_SECONDS)
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event."""
    viewer = viewer_of(request)
    found = _event(viewer, slug)
    return render(request, "events/public_event.html", event_context(found, viewer.centre, site_of(request)))


@public
@require_safe
@keepable(ANSWERS_SECONDS)
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The event as a calendar file, without joining information."""
    found = _event(viewer_of(request), slug)
    return calendar_answer(calendar.file_of(found, site=site_of(request)), f"{found.slug}.ics")


@public
@require_safe
@keepable(ANSWERS_SECONDS)
def feed(request: HttpRequest) -> HttpResponse:
    """The public events as a calendar to follow. A calendar program is nobody's session: the same for everyone."""
    viewer = Viewer(request.centre)  # type: ignore[attr-defined]
    found = queries.in_feed(viewer, now())
    return calendar_answer(calendar.feed_of(viewer.centre, found, site=site_of(request)), "events.ics")


def calendar_answer(content: bytes, name: str) -> HttpResponse:
    """A calendar file to download or follow."""
    answer = HttpResponse(content, content_type=calendar.CONTENT_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _event(viewer: Viewer, slug: str) -> Event:
    found = events_visible_to(viewer).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found
