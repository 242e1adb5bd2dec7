"""The one "Next" button, and taking a letter. Two counsellors never get the same child."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.errors import Refused
from havn.helpline import words
from havn.helpline.actions.duty import lock_queue
from havn.helpline.actions.leases import renew
from havn.helpline.actions.telling import queue_changed, tell
from havn.helpline.beside import tell_handed, tell_judged
from havn.helpline.models import Duty, Record, ServiceQueue, Transfer, Turn
from havn.helpline.permissions import check_can_be_on_duty
from havn.helpline.queries.duty import on_duty, pauses, room_at, settings_of
from havn.helpline.queries.queue import TURN_FIELDS, candidates_in
from havn.helpline.rules import queue as order
from havn.helpline.rules.turns import SEATED, WRITTEN, Step, after
from havn.live import api as live
from havn.live.models import Conversation, Participant
from havn.tenancy.models import Service
from havn.vault.api import Keyring, KeyUnavailable

LETTERS_AT_ONCE = 3


@transaction.atomic
def take_next(*, actor: User, service: Service, keyring: Keyring, now_ms: int) -> Turn:
    """Give this counsellor the next child. Refused with a sentence when there is none, or no free seat."""
    check_can_be_on_duty(actor, service)
    if not keyring.holds(service.pk):
        raise Refused(_("You can't read talks here yet. Ask a colleague to let you in."))
    queue = lock_queue(service.pk)
    duty = _alive_duty(actor, service, now_ms)
    rows = list(
        Turn.objects.filter(
            service=service, channel__in=SEATED, state__in=(Turn.State.WAITING, Turn.State.TALKING)
        ).values(*TURN_FIELDS)
    )
    room = _room(rows, duty, service.pk, now_ms)
    if not room:
        raise Refused(_("Your seats are full. End or hand over a talk first."))
    others = list(candidates_in(row for row in rows if row["counsellor_id"] != actor.pk))
    conversation_id, key = _first_readable(others, duty, queue.picks, room, keyring)
    turn = Turn.objects.select_for_update(of=("self",)).get(pk=conversation_id)
    give(turn, to=actor, key=key, now_ms=now_ms)
    ServiceQueue.objects.filter(pk=service.pk).update(picks=queue.picks + 1)
    audit.record(
        centre_id=service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=service.pk,
        action="helpline.turn.taken",
    )
    return turn


@transaction.atomic
def take_letter(
    *, actor: User, service: Service, keyring: Keyring, now_ms: int, conversation_id: int | None = None
) -> Turn:
    """Give this counsellor the letter of this number, or the one that has waited longest in a language they speak.

    Raises Refused when a colleague was faster, and when the person has enough letters already.
    """
    check_can_be_on_duty(actor, service)
    if not keyring.holds(service.pk):
        raise Refused(_("You can't read letters here yet. Ask a colleague to let you in."))
    lock_queue(service.pk)
    duty = _alive_duty(actor, service, now_ms)
    letters = Turn.objects.filter(service=service, channel__in=WRITTEN)
    if letters.filter(counsellor=actor, state=Turn.State.TALKING).count() >= LETTERS_AT_ONCE:
        raise Refused(_("You have three letters already. Answer one first."))
    waiting = letters.select_for_update(of=("self",)).filter(state=Turn.State.WAITING)
    if conversation_id is None:
        turn = waiting.filter(language__in=duty.languages).order_by("waiting_since_ms", "pk").first()
    else:
        turn = waiting.filter(pk=conversation_id).first()
    if turn is None:
        raise Refused(
            _("No letter is waiting that you could answer.")
            if conversation_id is None
            else _("A colleague has taken this letter, or its child has deleted it.")
        )
    give(turn, to=actor, key=keyring.conversation_key(turn.pk), now_ms=now_ms)
    audit.record(
        centre_id=service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=service.pk,
        action="helpline.letter.taken",
    )
    return turn


def give(turn: Turn, *, to: User, key: bytes, now_ms: int) -> None:
    """Make this person the talk's counsellor, whoever had it before. The turn's row must be locked.

    A danger that was judged in an earlier attempt is told of as if it were judged now: someone has to come again.
    """
    before = turn.counsellor_id if turn.state == Turn.State.TALKING else None
    anew = turn.taken_at_ms is None
    state = after(turn.state, Step.TAKE) or turn.state
    turn.state, turn.counsellor = state, to
    turn.closing_told = turn.closing_told and before is not None
    turn.taken_at_ms = turn.taken_at_ms or now_ms
    turn.last_visitor_ms = max(turn.last_visitor_ms or 0, now_ms)
    turn.counsellor_lost_at_ms = turn.returned_at_ms = turn.silence_asked_ms = turn.away_since_ms = None
    turn.save()
    Transfer.objects.filter(pk=turn.pk).delete()
    Record.objects.get_or_create(pk=turn.pk, defaults={"age_band": turn.age_band, "risk": turn.risk})
    if before is not None and before != to.pk:
        live.leave(conversation_id=turn.pk, user_id=before, now_ms=now_ms)
    live.join(
        conversation_id=turn.pk,
        user_id=to.pk,
        role=Participant.Role.COUNSELLOR,
        shown_name=to.shown_name,
        now_ms=now_ms,
    )
    live.set_state(conversation_id=turn.pk, state=Conversation.State.OPEN, now_ms=now_ms)
    tell(turn.pk, key, words.JOINED if before is None else words.HANDED_OVER, name=to.shown_name)
    if before is not None and before != to.pk:
        tell_handed(turn, now_ms)
    if anew and turn.risk == "imminent":
        tell_judged(turn, "", to.pk)
    queue_changed(turn.service_id)


def _first_readable(
    candidates: list[order.Candidate], duty: Duty, picks: int, room: order.Room, keyring: Keyring
) -> tuple[int, bytes]:
    """The next child and the talk's key. A talk this person holds no key for waits for a colleague who does."""
    while chosen := order.pick(candidates, languages=duty.languages, picks=picks, room=room):
        try:
            return chosen.conversation_id, keyring.conversation_key(chosen.conversation_id)
        except KeyUnavailable:
            candidates.remove(chosen)
    if not room.high:
        raise Refused(_("Your seats are full. End or hand over a talk first."))
    nobody = _("Nobody is waiting whom you could take.")
    if not room.ordinary and any(not one.away and one.language in duty.languages for one in candidates):
        raise Refused(nobody + " " + _("The free seat is kept for high risk."))
    raise Refused(nobody)


def _alive_duty(actor: User, service: Service, now_ms: int) -> Duty:
    """The open duty. The press itself is a sign of life: a lease that ran out while the desk was shut begins anew."""
    duty = Duty.objects.filter(user=actor, service=service, ended_at_ms__isnull=True).first()
    if duty is None or duty.locked_at_ms is not None:
        raise Refused(_("Go on duty first."))
    if pauses(duty, now_ms):
        raise Refused(_("You have a pause. End it first if you want to go on."))
    if duty.alive_until_ms <= now_ms:
        renew([actor.pk], now_ms)
    return duty


def _room(rows: list[dict[str, Any]], duty: Duty, service_id: int, now_ms: int) -> order.Room:
    settings = settings_of(service_id)
    return room_at(
        duty.user_id,
        people=on_duty(service_id, now_ms=now_ms),
        talks=[row for row in rows if row["state"] == Turn.State.TALKING],
        most=settings.seats_most,
        for_high_risk=settings.seats_for_high_risk,
    )
