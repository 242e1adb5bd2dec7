"""What is pressed on the desk and the wall after a hard talk: the two answers, the pause, coming to talk."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from havn.accounts.access import staff
from havn.common.clock import now_ms
from havn.common.errors import Refused
from havn.helpline.forms_desk import whole_number
from havn.helpline.rules.roles import SUPERVISES, WORKS
from havn.helpline.views.desk_answers import (
    actor_of,
    desk_address,
    refusals_stay_here,
    service_here,
    services_here,
    turn_here,
)
from havn.helpline.views.desk_answers import answer as answered
from havn.quality.actions import debrief
from havn.quality.actions import hard as hard_actions
from havn.quality.actions import pause as pauses
from havn.quality.models import TalkWish


@staff(*WORKS)
@require_POST
@refusals_stay_here
def answer(request: HttpRequest) -> HttpResponse:
    """The two answers. How somebody is may stay unsaid."""
    service = service_here(request)
    debrief.answer_debrief(
        actor=actor_of(request),
        service=service,
        step=whole_number(request.POST.get("step"), 0) or None,
        wish=request.POST.get("wish", ""),
        now_ms=now_ms(),
    )
    return answered(request, desk_address(service))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def skip(request: HttpRequest) -> HttpResponse:
    """Neither of the two."""
    service = service_here(request)
    debrief.skip_debrief(actor=actor_of(request), service=service)
    return answered(request, desk_address(service))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def hard(request: HttpRequest) -> HttpResponse:
    """ "That was hard", without a talk."""
    service = service_here(request)
    hard_actions.say_it_was_hard(actor=actor_of(request), service=service, now_ms=now_ms())
    return answered(request, desk_address(service))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def hard_talk(request: HttpRequest, talk: int) -> HttpResponse:
    """ "This is hard for me", of a running talk; pressed again it is taken back."""
    turn = turn_here(request, talk)
    hard_actions.mark_hard(actor=actor_of(request), conversation_id=turn.pk)
    return answered(request, desk_address(turn.service, turn.pk))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def pause(request: HttpRequest) -> HttpResponse:
    """Take a pause."""
    service = service_here(request)
    pauses.take_pause(actor=actor_of(request), service=service, now_ms=now_ms())
    return answered(request, desk_address(service))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def go_on(request: HttpRequest) -> HttpResponse:
    """End it."""
    service = service_here(request)
    pauses.go_on(actor=actor_of(request), service=service)
    return answered(request, desk_address(service))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def not_now(request: HttpRequest) -> HttpResponse:
    """Not now."""
    service = service_here(request)
    pauses.not_now(actor=actor_of(request), service=service)
    return answered(request, desk_address(service))


@staff(*SUPERVISES)
@require_POST
@refusals_stay_here
def come(request: HttpRequest, wish: int) -> HttpResponse:
    """ "I'm coming"."""
    found = debrief.come_to_talk(actor=actor_of(request), wish_id=_wish_here(request, wish))
    return answered(request, _back(request, found.service_id))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def done(request: HttpRequest, wish: int) -> HttpResponse:
    """They have talked, or it is not wanted any more."""
    found = debrief.end_wish(actor=actor_of(request), wish_id=_wish_here(request, wish))
    return answered(request, _back(request, found.service_id))


def _wish_here(request: HttpRequest, wish: int) -> int:
    """A wish at this centre's helplines; the same sentence for none and for others'."""
    if not TalkWish.objects.filter(pk=wish, service__in=services_here(request)).exists():
        raise Refused(_("This has been looked after already."))
    return wish


def _back(request: HttpRequest, service_id: int) -> str:
    """To the screen where it was pressed, else to the desk."""
    screens = {"wall": "helpline:wall", "team": "quality:aftercare", "own": "quality:load"}
    name = screens.get(request.POST.get("from", ""))
    return f"{reverse(name)}?service={service_id}" if name else desk_address()
