"""The checklist of an imminent danger."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havn.accounts.access import staff
from havn.common.clock import from_ms, now_ms
from havn.common.errors import NotAllowed, Refused
from havn.common.language import reader_language
from havn.helpline.actions.reading import duty_session, key_beside, key_to_read
from havn.helpline.forms_desk import whole_number
from havn.helpline.models import Turn
from havn.helpline.rules.roles import SUPERVISES, WORKS
from havn.helpline.views.desk_answers import actor_of, desk_address, keys_of, reader_of, turn_here
from havn.supervision.actions import escalation as actions
from havn.supervision.models import Escalation
from havn.supervision.permissions import can_stand_in, check_can_see_escalation, may_come, signs
from havn.supervision.queries.escalations import latest_of, page_of
from havn.supervision.queries.settings import identity_of, supervision_of
from havn.supervision.rules.escalation import FIELDS, LONGEST


@staff(*WORKS)
@require_http_methods(["GET", "HEAD", "POST"])
def escalation(request: HttpRequest, talk: int) -> HttpResponse:
    """Tick, write and save. Its text is read only by somebody who reads the talk, and the read is on the trail."""
    turn = turn_here(request, talk)
    there = latest_of(turn.pk)
    check_can_see_escalation(actor_of(request), turn, there)
    if there is None:
        raise Refused(_("No danger is open in this talk."))
    key, said = _key_of(request, turn, there), ""
    if request.method == "POST" and key is not None:
        try:
            return _save(request, turn, key)
        except NotAllowed:
            raise
        except Refused as refusal:
            said = refusal.sentence
    context = _context(request, turn, there, key)
    if said:
        context |= {"said": said, "typed": {name: request.POST.get(name, "") for name in FIELDS}}
    return render(request, "supervision/escalation.html", context, status=409 if said else 200)


@staff(*SUPERVISES)
@require_POST
def come_as_second(request: HttpRequest, talk: int) -> HttpResponse:
    """The second person is there."""
    turn = turn_here(request, talk)
    try:
        actions.come_as_second(
            actor=actor_of(request), conversation_id=turn.pk, keyring=keys_of(request), now_ms=now_ms()
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return HttpResponseRedirect(_address(turn))


def _save(request: HttpRequest, turn: Turn, key: bytes) -> HttpResponse:
    actor = actor_of(request)
    actions.save_escalation(
        actor=actor,
        conversation_id=turn.pk,
        version=whole_number(request.POST.get("version"), -1),
        done=request.POST.getlist("done"),
        written={name: request.POST.get(name, "") for name in FIELDS},
        key=key,
    )
    if request.POST.get("close") != "1":
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(_address(turn))
    try:
        closed = actions.close_escalation(actor=actor, conversation_id=turn.pk, key=key, now_ms=now_ms())
    except NotAllowed:
        raise
    except Refused as refusal:
        # What was written is kept; only the close is refused.
        messages.error(request, refusal.sentence)
    else:
        done = closed.closed_at_ms is not None
        messages.success(request, _("Closed by both.") if done else _("Asked. The other person has to close it too."))
    return HttpResponseRedirect(_address(turn))


def _context(request: HttpRequest, turn: Turn, there: Escalation, key: bytes | None) -> dict[str, object]:
    actor = actor_of(request)
    stands_in, may_sign = can_stand_in(actor, turn, there), signs(actor, turn, there)
    return {
        "turn": turn,
        "service": turn.service,
        "escalation": there,
        "opened_at": from_ms(there.opened_at_ms),
        "due_at": from_ms(there.due_at_ms),
        "second_at": from_ms(there.second_at_ms) if there.second_at_ms else None,
        "closed_at": from_ms(there.closed_at_ms) if there.closed_at_ms else None,
        "left_at": from_ms(there.second_left_at_ms) if there.second_left_at_ms else None,
        "late": there.second_id is None and there.due_at_ms <= now_ms(),
        "minutes": supervision_of(turn.service_id).second_person_minutes,
        "identity": identity_of(turn.service_id),
        "page": page_of(there, key=key, language=reader_language()) if key else None,
        "longest": LONGEST,
        "may_write": key is not None and there.closed_at_ms is None and (may_sign or actor.pk == turn.counsellor_id),
        "may_come": may_come(there, turn)
        and there.closed_at_ms is None
        and actor.pk not in {there.opened_by_id, there.second_id, turn.counsellor_id},
        "stands_in": stands_in,
        "may_close": may_sign and there.close_asked_by_id != actor.pk,
        "i_asked": there.close_asked_by_id == actor.pk,
        "back": desk_address(turn.service, turn.pk),
        "emergency_number": turn.service.organisation.centre.emergency_number,
    }


def _key_of(request: HttpRequest, turn: Turn, there: Escalation) -> bytes | None:
    """The talk's key for somebody who reads the talk now, or who signs its checklist, after the read stands on the
    trail. Who signs needs it also when the talk is over, or somebody else's: else nobody could close it."""
    reader = reader_of(request)
    session = duty_session(reader.user.pk, turn.service_id, reader.session_hash)
    find = key_beside if signs(reader.user, turn, there) else key_to_read
    try:
        return find(actor=reader.user, turn=turn, keyring=reader.keyring, session=session)
    except Refused:
        return None


def _address(turn: Turn) -> str:
    return reverse("supervision:escalation", args=[turn.pk])
