"""What is pressed beside a talk and on the wall: whispers, hands, talks among colleagues, giving back."""

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
    answer,
    desk_address,
    keys_of,
    refusals_stay_here,
    service_here,
    services_here,
    turn_here,
)
from havn.supervision.actions import hands, side_talks, take_over, whispers
from havn.supervision.models import RaisedHand, SideTalk


@staff(*SUPERVISES)
@require_POST
@refusals_stay_here
def whisper(request: HttpRequest, talk: int) -> HttpResponse:
    """A word to the talk's counsellor."""
    turn = turn_here(request, talk)
    whispers.whisper(
        actor=actor_of(request),
        conversation_id=turn.pk,
        text=request.POST.get("text", ""),
        keyring=keys_of(request),
        now_ms=now_ms(),
    )
    return answer(request, desk_address(turn.service, turn.pk))


@staff(*SUPERVISES)
@require_POST
@refusals_stay_here
def give_back(request: HttpRequest, talk: int) -> HttpResponse:
    """Let the counsellor go on."""
    turn = turn_here(request, talk)
    take_over.give_back(actor=actor_of(request), conversation_id=turn.pk, keyring=keys_of(request), now_ms=now_ms())
    return answer(request, desk_address(turn.service, turn.pk))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def raise_hand(request: HttpRequest) -> HttpResponse:
    """ "I need you"."""
    talk = whole_number(request.POST.get("talk"), 0)
    turn = turn_here(request, talk) if talk else None
    service = turn.service if turn else service_here(request)
    hands.raise_hand(
        actor=actor_of(request),
        service=service,
        conversation_id=turn.pk if turn else None,
        words=request.POST.get("words", ""),
        keyring=keys_of(request),
        now_ms=now_ms(),
    )
    return answer(request, desk_address(service, turn.pk if turn else None))


@staff(*SUPERVISES)
@require_POST
@refusals_stay_here
def come(request: HttpRequest, duty: int) -> HttpResponse:
    """ "I'm coming"."""
    hand = hands.come(actor=actor_of(request), duty_id=_hand_here(request, duty), now_ms=now_ms())
    return answer(request, _back(request, hand.duty.service_id))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def take_hand_down(request: HttpRequest, duty: int) -> HttpResponse:
    """It has been looked after."""
    hands.take_down(actor=actor_of(request), duty_id=_hand_here(request, duty))
    return answer(request, _back(request, None))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def open_side_talk(request: HttpRequest, talk: int) -> HttpResponse:
    """Ask colleagues beside a talk."""
    turn = turn_here(request, talk)
    side_talks.open_side_talk(
        actor=actor_of(request),
        conversation_id=turn.pk,
        colleagues=[whole_number(one, 0) for one in request.POST.getlist("colleagues")],
        text=request.POST.get("text", ""),
        keyring=keys_of(request),
        now_ms=now_ms(),
    )
    return answer(request, desk_address(turn.service, turn.pk))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def join_side_talk(request: HttpRequest, side_talk: int) -> HttpResponse:
    """Come into it."""
    talk = side_talks.join_side_talk(
        actor=actor_of(request), talk_id=_side_talk_here(request, side_talk), keyring=keys_of(request), now_ms=now_ms()
    )
    turn = turn_here(request, talk.conversation_id)
    return answer(request, desk_address(turn.service, turn.pk), took=turn.pk)


@staff(*WORKS)
@require_POST
@refusals_stay_here
def say_in_side_talk(request: HttpRequest, side_talk: int) -> HttpResponse:
    """Say something that only those in it read."""
    said = side_talks.say_in_side_talk(
        actor=actor_of(request),
        talk_id=_side_talk_here(request, side_talk),
        text=request.POST.get("text", ""),
        keyring=keys_of(request),
        now_ms=now_ms(),
    )
    return answer(request, desk_address(talk=said.conversation_id))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def leave_side_talk(request: HttpRequest, side_talk: int) -> HttpResponse:
    """Go, say no, or close it for everybody."""
    turn = side_talks.leave_side_talk(
        actor=actor_of(request), talk_id=_side_talk_here(request, side_talk), now_ms=now_ms()
    )
    mine = turn.counsellor_id == actor_of(request).pk
    return answer(request, desk_address(turn.service, turn.pk if mine else None))


def _hand_here(request: HttpRequest, duty: int) -> int:
    """A hand of this centre's helplines; the same sentence for none and for others'."""
    if not RaisedHand.objects.filter(pk=duty, duty__service__in=services_here(request)).exists():
        raise Refused(_("This hand is down already."))
    return duty


def _side_talk_here(request: HttpRequest, side_talk: int) -> int:
    here = SideTalk.objects.filter(pk=side_talk, conversation__turn__service__in=services_here(request))
    if not here.exists():
        raise Refused(_("This talk among colleagues is closed."))
    return side_talk


def _back(request: HttpRequest, service_id: int | None) -> str:
    """To the wall when it was pressed there, else to the desk."""
    if request.POST.get("from") == "wall":
        return reverse("helpline:wall") + (f"?service={service_id}" if service_id else "")
    return desk_address()
