"""What is pressed about limits at the desk and on the wall."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from havn.accounts.access import staff
from havn.common.clock import now_ms
from havn.common.errors import Refused
from havn.helpline.models import Turn
from havn.helpline.rules.roles import SUPERVISES, WORKS
from havn.helpline.views.desk_answers import (
    actor_of,
    answer,
    desk_address,
    keys_of,
    refusals_stay_here,
    turn_here,
)
from havn.limits.actions import coding, ladder


@staff(*WORKS)
@require_POST
@refusals_stay_here
def kind_word(request: HttpRequest, talk: int) -> HttpResponse:
    """Say the kind word."""
    turn = turn_here(request, talk)
    key = keys_of(request).conversation_key(turn.pk)
    ladder.say_kind_word(actor=actor_of(request), conversation_id=turn.pk, key=key, now_ms=now_ms())
    return answer(request, desk_address(turn.service, turn.pk))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def ask(request: HttpRequest, talk: int) -> HttpResponse:
    """Ask for the next step."""
    turn = turn_here(request, talk)
    ladder.ask_step(
        actor=actor_of(request),
        conversation_id=turn.pk,
        step=request.POST.get("step", ""),
        keyring=keys_of(request),
        now_ms=now_ms(),
    )
    return answer(request, desk_address(turn.service, turn.pk))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def take_back(request: HttpRequest, talk: int) -> HttpResponse:
    """Ask for it no longer."""
    turn = turn_here(request, talk)
    ladder.take_question_back(actor=actor_of(request), conversation_id=turn.pk)
    return answer(request, desk_address(turn.service, turn.pk))


@staff(*SUPERVISES)
@require_POST
@refusals_stay_here
def decide(request: HttpRequest, talk: int) -> HttpResponse:
    """Yes or no to what a colleague asks for."""
    turn, actor, step = turn_here(request, talk), actor_of(request), request.POST.get("step", "")
    match request.POST.get("decision"):
        case "yes":
            ladder.approve(actor=actor, conversation_id=turn.pk, step=step, keyring=keys_of(request), now_ms=now_ms())
        case "no":
            ladder.decline(
                actor=actor,
                conversation_id=turn.pk,
                step=step,
                word=request.POST.get("word", "").replace("\x00", ""),
                keyring=keys_of(request),
                now_ms=now_ms(),
            )
        case _other:
            raise Refused(_("Say yes or no."))
    return answer(request, _back(request, turn))


@staff(*SUPERVISES)
@require_POST
@refusals_stay_here
def lift(request: HttpRequest, talk: int) -> HttpResponse:
    """End a limit early."""
    turn = turn_here(request, talk)
    ladder.lift(actor=actor_of(request), conversation_id=turn.pk, keyring=keys_of(request), now_ms=now_ms())
    return answer(request, _back(request, turn))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def short(request: HttpRequest, talk: int) -> HttpResponse:
    """Code and close a chat in which nothing was said."""
    turn = turn_here(request, talk)
    coding.close_short(
        actor=actor_of(request),
        conversation_id=turn.pk,
        outcome=request.POST.get("outcome", ""),
        key=keys_of(request).conversation_key(turn.pk),
        now_ms=now_ms(),
    )
    return answer(request, desk_address(turn.service), closed=True)


def _back(request: HttpRequest, turn: Turn) -> str:
    """To the wall when it was pressed there, else to the desk."""
    if request.POST.get("from") == "wall":
        return f"{reverse('helpline:wall')}?service={turn.service_id}"
    return desk_address(turn.service)
