"""A registration's own page, opened by the secret in its link: how to join, give the place up, say how it was."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from havn.common.access import public
from havn.common.address import site_of
from havn.common.clock import now
from havn.common.dates import weekday_and_day
from havn.events import actions, calendar, queries
from havn.events.forms import FeedbackForm
from havn.events.letters import forgotten_on
from havn.events.models import Event, Registration
from havn.events.pages import card
from havn.events.views.public_events import calendar_answer
from havn.live.public_forms import check_own_form, form_token


@public
@require_safe
def registration(request: HttpRequest, token: str) -> HttpResponse:
    """The page. Joining information only to somebody who has a place at an event that takes place."""
    return _page(request, _found(request, token), token)


@public
@require_safe
def own_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar file, with joining information for those who have a place."""
    found = _found(request, token)
    if found.state == Registration.State.CANCELLED:
        raise Http404
    joining = found.event.joining if _may_join(found) else ""
    return calendar_answer(
        calendar.file_of(found.event, site=site_of(request), joining=joining), f"{found.event.slug}.ics"
    )


@public
@csrf_exempt
@require_POST
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Give the place up."""
    check_own_form(request)
    actions.leave_event(registration_id=_found(request, token).pk)
    return redirect("events:registration", token=token)


@public
@csrf_exempt
@require_POST
def feedback(request: HttpRequest, token: str) -> HttpResponse:
    """Say how it was."""
    check_own_form(request)
    found = _found(request, token)
    form = FeedbackForm(request.POST, event=found.event)
    if not form.is_valid():
        return _page(request, found, token, form=form, status=422)
    actions.give_feedback(
        registration_id=found.pk,
        rating=form.cleaned_data["rating"],
        answer_one=form.cleaned_data.get("answer_one", ""),
        answer_two=form.cleaned_data.get("answer_two", ""),
    )
    return redirect("events:registration", token=token)


def _found(request: HttpRequest, token: str) -> Registration:
    found = queries.registration_by_token(token, request.centre)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def _may_join(registration: Registration) -> bool:
    has_place = registration.state == Registration.State.CONFIRMED
    return has_place and registration.event.state == Event.State.PUBLISHED


def _page(
    request: HttpRequest, found: Registration, token: str, *, form: FeedbackForm | None = None, status: int = 200
) -> HttpResponse:
    event, moment = found.event, now()
    person = queries.person_of(found)
    is_over = event.ends_at <= moment
    asks_feedback = is_over and _may_join(found) and not found.has_answered
    context = {
        "registration": found,
        "event": event,
        "card": card(event, request.centre),  # type: ignore[attr-defined]
        "name": person.name if person else "",
        "token": token,
        "form_token": form_token(),
        "joining": event.joining if _may_join(found) and not is_over else "",
        "is_over": is_over,
        "may_leave": moment < event.starts_at and found.state != Registration.State.CANCELLED,
        "feedback": (form or FeedbackForm(event=event)) if asks_feedback else None,
        "forgotten_on": weekday_and_day(forgotten_on(event)),
    }
    return render(request, "events/public_own.html", context, status=status)
