"""Imminent danger: opened when it is judged, a second person, what was done and decided, closed by both."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.clock import now_ms as clock_ms
from havn.common.errors import Refused
from havn.helpline.actions.ending import locked
from havn.helpline.actions.reading import read_along
from havn.helpline.models import Turn
from havn.helpline.queries.duty import open_duty
from havn.helpline.sealing import seal_text
from havn.supervision.models import Escalation
from havn.supervision.permissions import can_stand_in, check_can_supervise, check_can_write_escalation, may_come
from havn.supervision.queries.checklist import rules_for_country, rules_of
from havn.supervision.queries.escalations import FIELD, written_in
from havn.supervision.queries.settings import supervision_of
from havn.supervision.rules.escalation import FIELDS, LONGEST, due_at_ms, lacking, may_confirm_close
from havn.supervision.telling import supervision_changed
from havn.vault.api import Keyring


def risk_judged(turn: Turn, before: str, by: int) -> None:
    """Open the checklist when a talk's danger is judged imminent (told by the helpline, in its transaction).

    Taken back before a second person is due and anybody has come or written a word, it was a slip: only the trail
    knows. After that one person alone ends it no more.
    """
    there = Escalation.objects.select_for_update(of=("self",)).filter(
        conversation_id=turn.pk, closed_at_ms__isnull=True
    )
    escalation = there.first()
    if turn.risk == "imminent":
        if escalation is None:
            _open(turn, by)
        else:
            _call_again(escalation, turn)
    elif before == "imminent" and escalation is not None and _is_slip(escalation):
        escalation.delete()
        audit.record(
            centre_id=turn.service.organisation.centre_id,
            actor_id=by,
            service_id=turn.service_id,
            action="supervision.escalation.taken_back",
        )
    supervision_changed(turn.service_id)


@transaction.atomic
def come_as_second(*, actor: User, conversation_id: int, keyring: Keyring, now_ms: int) -> Escalation:
    """A supervisor comes as the second person: from here on two decide, and both read the talk.

    Also in place of a second person who is not on duty any more, whose press goes with them. Refused for somebody who
    is not on duty: it would not be noticed that they leave.
    """
    turn = locked(conversation_id)
    check_can_supervise(actor, turn.service)
    if open_duty(turn.service_id, actor.pk) is None:
        raise Refused(_("Go on duty first."))
    escalation = _locked(turn)
    if not may_come(escalation, turn):
        raise Refused(_("A second person is there already."))
    if actor.pk in {escalation.opened_by_id, turn.counsellor_id}:
        raise Refused(_("The second person has to be another than the talk's counsellor."))
    keyring.conversation_key(turn.pk)
    _let_second_go(escalation)
    escalation.second, escalation.second_at_ms, escalation.second_left_at_ms = actor, now_ms, None
    escalation.save()
    # A talk that is over and coded is read no more; the checklist of it still is.
    with suppress(Refused):
        read_along(actor=actor, conversation_id=turn.pk, keyring=keyring, now_ms=now_ms)
    _tell(turn, actor, "supervision.escalation.seconded")
    return escalation


@transaction.atomic
def save_escalation(
    *,
    actor: User,
    conversation_id: int,
    version: int,
    done: Sequence[str],
    written: Mapping[str, str],
    key: bytes,
) -> Escalation:
    """Keep what was ticked and written. Whoever changes it takes an asked close back: both sign the same text."""
    turn = locked(conversation_id)
    escalation = _locked(turn)
    check_can_write_escalation(actor, turn, escalation)
    if version != escalation.version:
        raise Refused(_("Somebody else has saved in the meantime. Look at it again before you save."))
    steps = {step.code for step in rules_of(escalation.rules, "en").steps}
    words = {name: written.get(name, "").strip()[:LONGEST] for name in FIELDS}
    now_done = [code for code in dict.fromkeys(done) if code in steps]
    if words == written_in(escalation, key) and set(now_done) == set(escalation.done):
        return escalation
    escalation.done = now_done
    escalation.record_nonce, escalation.record_sealed = seal_text(
        json.dumps(words, ensure_ascii=False), conversation_id=turn.pk, field=FIELD, key=key
    )
    escalation.version += 1
    escalation.close_asked_by = escalation.stand_in = None
    escalation.save()
    supervision_changed(turn.service_id)
    return escalation


@transaction.atomic
def close_escalation(*, actor: User, conversation_id: int, key: bytes, now_ms: int) -> Escalation:
    """The first of the two asks, the other's press closes it: both names stand on it.

    For an opener who has gone off duty a third supervisor stands in, whose name stands on it too.
    """
    turn = locked(conversation_id)
    escalation = _locked(turn)
    check_can_write_escalation(actor, turn, escalation)
    _stand_in_or_refuse(escalation, actor, turn)
    rules = rules_of(escalation.rules, "en")
    missing = lacking(
        steps=rules.steps,
        done=escalation.done,
        written=written_in(escalation, key),
        has_second=escalation.second_id is not None,
    )
    if missing:
        raise Refused(_("Not yet: something is still missing. It is marked below."))
    if may_confirm_close(
        asked_by=escalation.close_asked_by_id,
        actor=actor.pk,
        opened_by=escalation.stand_in_id or escalation.opened_by_id,
        second=escalation.second_id,
    ):
        escalation.closed_by, escalation.closed_at_ms = actor, now_ms
        escalation.save()
        _tell(turn, actor, "supervision.escalation.closed")
    else:
        escalation.close_asked_by = actor
        escalation.save()
        supervision_changed(turn.service_id)
    return escalation


def duty_ended(service_id: int, user_id: int, now_ms: int) -> None:
    """Without its second person it calls at once for another; who stood in for the opener signs no more either (told
    by the helpline, in the transaction that ends the duty)."""
    theirs = Q(second_id=user_id) | Q(stand_in_id=user_id)
    here = Escalation.objects.filter(theirs, service_id=service_id, closed_at_ms__isnull=True)
    for conversation_id in sorted(here.values_list("conversation_id", flat=True)):
        try:
            escalation = _locked(locked(conversation_id))
        except Refused:
            # Closed, or gone with its talk, while this waited for its row.
            continue
        if escalation.stand_in_id == user_id:
            _let_stand_in_go(escalation)
        if escalation.second_id == user_id:
            _let_second_go(escalation)
            escalation.second_left_at_ms = escalation.due_at_ms = now_ms
        escalation.save()
        supervision_changed(service_id)


def _let_second_go(escalation: Escalation) -> None:
    if escalation.second_id is not None and escalation.close_asked_by_id == escalation.second_id:
        escalation.close_asked_by = None
    escalation.second = escalation.second_at_ms = None


def _let_stand_in_go(escalation: Escalation) -> None:
    if escalation.close_asked_by_id == escalation.stand_in_id:
        escalation.close_asked_by = None
    escalation.stand_in = None


def _is_slip(escalation: Escalation) -> bool:
    return escalation.second_id is None and escalation.version == 0 and clock_ms() < escalation.due_at_ms


def _call_again(escalation: Escalation, turn: Turn) -> None:
    """The child came back and is with somebody: who came in an earlier attempt is not there, a second person is due
    anew. The same attempt judged again changes nothing."""
    came_before = escalation.second_at_ms is not None and escalation.second_at_ms < turn.waiting_since_ms
    due_before = escalation.second_id is None and escalation.due_at_ms < (turn.taken_at_ms or 0)
    if turn.taken_at_ms is None or not (came_before or due_before):
        return
    minutes = supervision_of(turn.service_id).second_person_minutes
    escalation.due_at_ms = due_at_ms(opened_at_ms=clock_ms(), minutes=minutes)
    escalation.second = escalation.second_at_ms = escalation.second_left_at_ms = None
    escalation.close_asked_by = escalation.stand_in = None
    escalation.save()


def _stand_in_or_refuse(escalation: Escalation, actor: User, turn: Turn) -> None:
    """Let the actor be one of the two who close it, or raise."""
    if escalation.opened_by_id is None and actor.pk == turn.counsellor_id and actor.pk != escalation.second_id:
        escalation.opened_by = actor
    if actor.pk == escalation.opened_by_id and escalation.stand_in_id is not None:
        _let_stand_in_go(escalation)
    elif actor.pk not in {escalation.opened_by_id, escalation.stand_in_id, escalation.second_id}:
        if not can_stand_in(actor, turn, escalation):
            raise Refused(_("It is closed by the one who opened it and by the second person."))
        escalation.stand_in = actor


def _open(turn: Turn, by: int) -> None:
    centre, at = turn.service.organisation.centre, clock_ms()
    minutes = supervision_of(turn.service_id).second_person_minutes
    Escalation.objects.create(
        conversation_id=turn.pk,
        service_id=turn.service_id,
        rules=rules_for_country(centre.country_code),
        opened_by_id=by,
        opened_at_ms=at,
        due_at_ms=due_at_ms(opened_at_ms=at, minutes=minutes),
    )
    audit.record(centre_id=centre.pk, service_id=turn.service_id, action="supervision.escalation.opened")


def _locked(turn: Turn) -> Escalation:
    found = Escalation.objects.select_for_update(of=("self",)).filter(
        conversation_id=turn.pk, closed_at_ms__isnull=True
    )
    escalation = found.first()
    if escalation is None:
        raise Refused(_("No danger is open in this talk."))
    return escalation


def _tell(turn: Turn, actor: User, action: str) -> None:
    supervision_changed(turn.service_id)
    audit.record(
        centre_id=turn.service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=turn.service_id,
        action=action,
    )
