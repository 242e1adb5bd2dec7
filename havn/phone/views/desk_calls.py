"""What is pressed about calls on the desk."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from havn.accounts.access import staff
from havn.common.clock import now_ms
from havn.common.errors import Refused
from havn.helpline.forms_desk import whole_number
from havn.helpline.forms_public import is_once
from havn.helpline.rules.roles import WORKS
from havn.helpline.views.desk_answers import (
    actor_of,
    answer,
    desk_address,
    keys_of,
    refusals_stay_here,
    service_here,
    turn_here,
)
from havn.phone.actions import calls


@staff(*WORKS)
@require_POST
@refusals_stay_here
def start(request: HttpRequest) -> HttpResponse:
    """The one press that begins a call."""
    service = service_here(request)
    turn = calls.start_call(actor=actor_of(request), service=service, keyring=keys_of(request), now_ms=now_ms())
    return answer(request, desk_address(service, turn.pk), took=turn.pk)


@staff(*WORKS)
@require_POST
@refusals_stay_here
def claim(request: HttpRequest, call: int) -> HttpResponse:
    """A call that was answered at a line that is nobody's: "it is mine"."""
    service = service_here(request)
    turn = calls.claim_call(
        actor=actor_of(request), service=service, call_id=call, keyring=keys_of(request), now_ms=now_ms()
    )
    return answer(request, desk_address(service, turn.pk), took=turn.pk)


@staff(*WORKS)
@require_POST
@refusals_stay_here
def short(request: HttpRequest) -> HttpResponse:
    """Silent, test, prank, wrong number, hung up: coded and closed. `talk` names the call; else the running one."""
    talk, once = whole_number(request.POST.get("talk"), 0), request.POST.get("once", "")
    if not talk and not is_once(once):
        raise Refused(_("This did not come from our own page. Please reload the page and try again."))
    turn = turn_here(request, talk) if talk else None
    service = turn.service if turn else service_here(request)
    closed = calls.close_short(
        actor=actor_of(request),
        service=service,
        keyring=keys_of(request),
        outcome=request.POST.get("outcome", ""),
        now_ms=now_ms(),
        conversation_id=turn.pk if turn else None,
        once=once,
    )
    return answer(request, desk_address(service), closed=closed.pk if closed else None)
