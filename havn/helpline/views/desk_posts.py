"""What is pressed on the desk. Each view reads its form, calls one action and says where to look next."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from havn.accounts.access import staff
from havn.accounts.models import User
from havn.common.clock import now_ms
from havn.common.errors import Refused
from havn.helpline.actions import duty, ending, links, reading, record, risk, taking, transfers
from havn.helpline.forms_desk import record_version, risk_shown, values_of_record, whole_number
from havn.helpline.models import Turn
from havn.helpline.rules.record import missing
from havn.helpline.rules.roles import SUPERVISES, WORKS
from havn.helpline.views.desk_answers import (
    actor_of,
    answer,
    desk_address,
    keys_of,
    refusals_stay_here,
    service_here,
    turn_here,
)


@staff(*WORKS)
@require_POST
@refusals_stay_here
def go_on_duty(request: HttpRequest) -> HttpResponse:
    """The press that starts the shift."""
    service = service_here(request)
    duty.go_on_duty(
        actor=actor_of(request),
        service=service,
        role=request.POST.get("role", ""),
        seats=whole_number(request.POST.get("seats"), 0),
        languages=request.POST.getlist("languages"),
        now_ms=now_ms(),
    )
    return answer(request, desk_address(service))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def go_off_duty(request: HttpRequest) -> HttpResponse:
    """The end of the shift; open talks only if they are given back."""
    service = service_here(request)
    duty.go_off_duty(
        actor=actor_of(request), service=service, give_back=request.POST.get("give_back") == "1", now_ms=now_ms()
    )
    return answer(request, desk_address(service))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def take_next(request: HttpRequest) -> HttpResponse:
    """The one Next button."""
    service = service_here(request)
    turn = taking.take_next(actor=actor_of(request), service=service, keyring=keys_of(request), now_ms=now_ms())
    return answer(request, desk_address(service, turn.pk), took=turn.pk)


@staff(*WORKS)
@require_POST
@refusals_stay_here
def take_letter(request: HttpRequest) -> HttpResponse:
    """The oldest letter."""
    service = service_here(request)
    turn = taking.take_letter(actor=actor_of(request), service=service, keyring=keys_of(request), now_ms=now_ms())
    return answer(request, desk_address(service, turn.pk), took=turn.pk)


@staff(*WORKS)
@require_POST
@refusals_stay_here
def lay_back_letter(request: HttpRequest, talk: int) -> HttpResponse:
    """Back among the letters, for a colleague."""
    turn = turn_here(request, talk)
    duty.lay_back_letter(actor=actor_of(request), conversation_id=turn.pk, now_ms=now_ms())
    return answer(request, desk_address(turn.service))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def end_talk(request: HttpRequest, talk: int) -> HttpResponse:
    """End the talk; the record stays open."""
    turn = turn_here(request, talk)
    ending.end_talk(actor=actor_of(request), conversation_id=turn.pk, key=_key(request, turn), now_ms=now_ms())
    return answer(request, desk_address(turn.service, turn.pk))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def set_risk(request: HttpRequest, talk: int) -> HttpResponse:
    """How great the danger is."""
    turn = turn_here(request, talk)
    risk.set_risk(
        actor=actor_of(request),
        conversation_id=turn.pk,
        risk=request.POST.get("risk", ""),
        key=_key(request, turn),
    )
    return answer(request, desk_address(turn.service, turn.pk))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def give_link(request: HttpRequest, talk: int) -> HttpResponse:
    """A page from the helpline's list into the talk."""
    turn = turn_here(request, talk)
    links.give_link(
        actor=actor_of(request),
        conversation_id=turn.pk,
        link_id=whole_number(request.POST.get("link"), 0),
        key=_key(request, turn),
    )
    return answer(request, desk_address(turn.service, turn.pk))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def offer_transfer(request: HttpRequest, talk: int) -> HttpResponse:
    """Offer the talk to a colleague."""
    turn = turn_here(request, talk)
    to = User.objects.filter(pk=whole_number(request.POST.get("to"), 0), is_active=True).first()
    if to is None:
        raise Refused(_("Choose a colleague."))
    transfers.offer_transfer(
        actor=actor_of(request),
        conversation_id=turn.pk,
        to=to,
        reason=request.POST.get("reason", ""),
        keyring=keys_of(request),
        now_ms=now_ms(),
    )
    return answer(request, desk_address(turn.service, turn.pk))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def accept_transfer(request: HttpRequest, talk: int) -> HttpResponse:
    """Take what a colleague offers."""
    turn = turn_here(request, talk)
    transfers.accept_transfer(
        actor=actor_of(request), conversation_id=turn.pk, keyring=keys_of(request), now_ms=now_ms()
    )
    return answer(request, desk_address(turn.service, turn.pk), took=turn.pk)


@staff(*WORKS)
@require_POST
@refusals_stay_here
def decline_transfer(request: HttpRequest, talk: int) -> HttpResponse:
    """Say no: it stays where it is."""
    turn = turn_here(request, talk)
    transfers.decline_transfer(actor=actor_of(request), conversation_id=turn.pk)
    return answer(request, desk_address(turn.service))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def withdraw_transfer(request: HttpRequest, talk: int) -> HttpResponse:
    """Take the offer back."""
    turn = turn_here(request, talk)
    transfers.withdraw_transfer(actor=actor_of(request), conversation_id=turn.pk)
    return answer(request, desk_address(turn.service, turn.pk))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def save_record(request: HttpRequest, talk: int) -> HttpResponse:
    """Keep the record as it stands; with `close`, also end the talk and put it away."""
    turn = turn_here(request, talk)
    key = _key(request, turn)
    kept = record.save_record(
        actor=actor_of(request),
        conversation_id=turn.pk,
        version=record_version(request.POST),
        values=values_of_record(request.POST),
        summary=request.POST.get("summary"),
        key=key,
        risk_was=risk_shown(request.POST),
    )
    if request.POST.get("close") != "1":
        lacking = missing(record.as_values(kept))
        told = {"version": kept.version, "missing": lacking, "risk": kept.risk}
        return answer(request, desk_address(turn.service, turn.pk), **told)
    try:
        record.complete_and_close(actor=actor_of(request), conversation_id=turn.pk, key=key, now_ms=now_ms())
    except record.Incomplete as refusal:
        # What was filled in is kept: the screen goes on from this version.
        refusal.version, refusal.risk = kept.version, kept.risk
        raise
    return answer(request, desk_address(turn.service), closed=turn.pk)


@staff(*SUPERVISES)
@require_POST
@refusals_stay_here
def read_along(request: HttpRequest, talk: int) -> HttpResponse:
    """Open a running talk as a silent reader."""
    turn = turn_here(request, talk)
    reading.read_along(actor=actor_of(request), conversation_id=turn.pk, keyring=keys_of(request), now_ms=now_ms())
    return answer(request, desk_address(turn.service, turn.pk))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def stop_reading(request: HttpRequest, talk: int) -> HttpResponse:
    """Close a talk that was read along."""
    turn = turn_here(request, talk)
    reading.stop_reading(actor=actor_of(request), conversation_id=turn.pk, now_ms=now_ms())
    return answer(request, desk_address(turn.service))


def _key(request: HttpRequest, turn: Turn) -> bytes:
    return keys_of(request).conversation_key(turn.pk)
