"""A call on somebody's desk: a turn of channel "phone", with the same contact record as a chat and no child in its log.

A call is a fact: it is written down however full the seats are, and holds one until it ends.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.errors import Refused
from havn.helpline.actions.duty import lock_queue
from havn.helpline.actions.ending import finish, locked
from havn.helpline.actions.leases import renew
from havn.helpline.actions.record import complete_and_close
from havn.helpline.actions.taking import give
from havn.helpline.models import Record, Turn
from havn.helpline.permissions import check_can_be_on_duty, check_can_work_on
from havn.helpline.queries.duty import open_duty
from havn.live import api as live
from havn.phone.actions.telling import calls_changed
from havn.phone.marks import press_mark
from havn.phone.models import Call, SeenMessage
from havn.phone.queries.calls import running_call_of, told_of
from havn.phone.rules.calls import State, Told, is_begun_by_hand
from havn.phone.rules.short import CODES
from havn.phone.words import KIND
from havn.tenancy.models import Service
from havn.vault.api import Keyring


@transaction.atomic
def start_call(*, actor: User, service: Service, keyring: Keyring, now_ms: int) -> Turn:
    """Begin a call by hand. Whoever is in one already stays in it: the same press twice is one call."""
    _check_can_take(actor, service, keyring, now_ms)
    lock_queue(service.pk)
    running = running_call_of(actor.pk, service.pk)
    return running or open_call(service, to=actor, told=Told(rang_ms=now_ms, answered_ms=now_ms))


@transaction.atomic
def claim_call(*, actor: User, service: Service, call_id: int, keyring: Keyring, now_ms: int) -> Turn:
    """Take an answered call whose extension is nobody's: "this one is mine"."""
    _check_can_take(actor, service, keyring, now_ms)
    lock_queue(service.pk)
    call = Call.objects.select_for_update(of=("self",)).filter(pk=call_id, service=service).first()
    if call is None or call.conversation_id is not None or call.answered_ms is None or call.counted:
        raise Refused(_("This call is with somebody else, or over."))
    call.answered_by = actor
    return bring_to_desk(call, service=service, to=actor)


@transaction.atomic
def close_short(
    *,
    actor: User,
    service: Service,
    keyring: Keyring,
    outcome: str,
    now_ms: int,
    conversation_id: int | None = None,
    once: str = "",
) -> Turn | None:
    """Code a call in which nothing was said, and close it: the named one, else the running one, else one just over.

    Without a named one `once` names the press, and None says that it was done already: the same press twice is one
    call. Raises Refused when something of a talk is filled in already: that is no call of this sort.
    """
    if outcome not in CODES:
        raise Refused(_("Choose one of the outcomes."))
    if conversation_id is None:
        _check_can_take(actor, service, keyring, now_ms)
        lock_queue(service.pk)
        if not _is_first_press(actor, service, once, now_ms):
            return None
        conversation_id = start_call(actor=actor, service=service, keyring=keyring, now_ms=now_ms).pk
    turn = locked(conversation_id)
    check_can_work_on(actor, turn)
    record, _new = Record.objects.get_or_create(pk=turn.pk)
    if turn.channel != Turn.Channel.PHONE or record.completed_at is not None:
        raise Refused(_("This call is closed."))
    if record.reasons or record.summary_sealed:
        raise Refused(_("Something of a talk is filled in already. Close it with the record."))
    record.outcome = outcome
    record.version += 1
    record.save(update_fields=["outcome", "version"])
    key = keyring.conversation_key(turn.pk)
    return complete_and_close(actor=actor, conversation_id=turn.pk, key=key, now_ms=now_ms)


def bring_to_desk(call: Call, *, service: Service, to: User) -> Turn:
    """Open the call at this person's desk, already over if it is. The rows of the call and the queue must be locked.

    Who pressed "Call" for it is in it already: that call is this one.
    """
    told = told_of(call)
    turn = _begun_by_hand(service, to, told) or open_call(service, to=to, told=told)
    call.conversation_id = turn.pk
    call.save(update_fields=["conversation", "answered_by"])
    if told.state is State.OVER:
        finish(turn, by=Turn.EndedBy.CALLER, key=None, now_ms=told.over_ms)
    calls_changed(service.pk)
    return turn


def open_call(service: Service, *, to: User, told: Told) -> Turn:
    """Make the conversation and the turn of an answered call. The queue's row must be locked: a seat changes hands."""
    conversation_id, key = live.start_without_visitor(
        centre_id=service.organisation.centre_id, service_id=service.pk, kind=KIND, now_ms=told.taken_ms
    )
    turn = Turn.objects.create(
        conversation_id=conversation_id,
        service=service,
        channel=Turn.Channel.PHONE,
        language=_language(service, to),
        waiting_since_ms=told.rang_ms if told.rang_ms is not None else told.taken_ms,
    )
    give(turn, to=to, key=key, now_ms=told.taken_ms)
    audit.record(
        centre_id=service.organisation.centre_id,
        actor_id=to.pk,
        service_id=service.pk,
        action="helpline.turn.taken",
    )
    return turn


def _begun_by_hand(service: Service, to: User, told: Told) -> Turn | None:
    """The running call that this person began for what is told, with the times that the telephone system knows."""
    running = running_call_of(to.pk, service.pk)
    if running is None or Call.objects.filter(conversation_id=running.pk).exists():
        return None
    turn = locked(running.pk)
    if turn.state != Turn.State.TALKING or turn.taken_at_ms is None or not is_begun_by_hand(told, turn.taken_at_ms):
        return None
    turn.taken_at_ms = told.taken_ms
    turn.waiting_since_ms = told.rang_ms if told.rang_ms is not None else told.taken_ms
    turn.save(update_fields=["taken_at_ms", "waiting_since_ms"])
    return turn


def _is_first_press(actor: User, service: Service, once: str, now_ms: int) -> bool:
    """Whether this press is new; it is noted. The queue's row must be locked."""
    mark = press_mark(service.pk, actor.pk, once)
    return SeenMessage.objects.get_or_create(service=service, mark=mark, defaults={"at_ms": now_ms})[1]


def _check_can_take(actor: User, service: Service, keyring: Keyring, now_ms: int) -> None:
    check_can_be_on_duty(actor, service)
    if not keyring.holds(service.pk):
        raise Refused(_("You can't read talks here yet. Ask a colleague to let you in."))
    duty = open_duty(service.pk, actor.pk)
    if duty is None or duty.locked_at_ms is not None:
        raise Refused(_("Go on duty first."))
    if duty.alive_until_ms <= now_ms:
        # The press itself is a sign of life.
        renew([actor.pk], now_ms)


def _language(service: Service, to: User) -> str:
    """The first language the person answers in now; without a duty the service's first."""
    duty = open_duty(service.pk, to.pk)
    spoken = [*(duty.languages if duty else ()), *service.languages, *service.organisation.centre.languages]
    return str(spoken[0]) if spoken else "en"
