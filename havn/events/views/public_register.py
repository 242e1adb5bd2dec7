"""Registering: the form, and what is said afterwards."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from havn.common.access import public
from havn.common.address import site_of
from havn.common.dates import weekday_and_day
from havn.common.errors import Refused
from havn.common.language import reader_language
from havn.events import actions, queries
from havn.events.forms import RegistrationForm
from havn.events.letters import forgotten_on
from havn.events.models import Event
from havn.events.pages import event_context
from havn.events.queries import events_visible_to
from havn.events.site import viewer_of
from havn.live.public_forms import check_own_form, form_token


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; what was typed comes back with what is wrong. No cookie, so the form is checked by its origin."""
    viewer = viewer_of(request)
    event = events_visible_to(viewer).filter(slug=slug).first()
    if event is None:
        raise Http404
    if request.method != "POST":
        if queries.why_closed(event) is not None:
            return redirect("events:event", slug=slug)
        return _page(request, event, RegistrationForm(event=event))
    check_own_form(request)
    form = RegistrationForm(request.POST, event=event)
    if form.is_a_robots:
        return redirect("events:registered", slug=slug)
    if not form.is_valid():
        return _page(request, event, form, status=422)
    try:
        actions.register(
            viewer=viewer,
            event_id=event.pk,
            person=form.person(site_of(request)),
            from_centre=form.from_centre(),
            language=reader_language(),
        )
    except Refused as refused:
        return _page(request, event, form, refused=refused.sentence, status=refused.status)
    return redirect("events:registered", slug=slug)


@public
@require_safe
def registered(request: HttpRequest, slug: str) -> HttpResponse:
    """Look into your e-mail. It says the same to everybody, so that nobody learns who was registered before."""
    viewer = viewer_of(request)
    event = events_visible_to(viewer).filter(slug=slug).first()
    if event is None:
        raise Http404
    return render(request, "events/public_registered.html", event_context(event, viewer.centre, site_of(request)))


def _page(
    request: HttpRequest, event: Event, form: RegistrationForm, *, refused: str = "", status: int = 200
) -> HttpResponse:
    context = {
        **event_context(event, request.centre, site_of(request)),  # type: ignore[attr-defined]
        "form": form,
        "form_token": form_token(),
        "refused": refused,
        "forgotten_on": weekday_and_day(forgotten_on(event)),
    }
    return render(request, "events/public_register.html", context, status=status)
