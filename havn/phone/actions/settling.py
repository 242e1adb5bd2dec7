"""What becomes of calls of which nothing more is told: counted once, ended if nobody did, forgotten within a day."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from havn.common.signatures import TOLERANCE_S
from havn.helpline.actions.counting import count_attempt
from havn.helpline.actions.duty import lock_queue
from havn.helpline.actions.ending import finish, locked
from havn.helpline.models import Duty, Turn
from havn.phone.actions.telling import calls_changed
from havn.phone.models import Call, Connection, DayKey, SeenMessage
from havn.phone.queries.calls import told_of
from havn.phone.rules.calls import DAY_MS, State, Told, is_settled, result_of, silent_too_long
from havn.tenancy.models import Service

# No call lasts longer: its end was not told.
LONGEST_CALL_MS = 4 * 60 * 60_000
# Known by this word that nobody knows when it ended. No telephone system can send it.
LOST = "lost"
# As long as the same message could come again.
SEEN_MS = (2 * TOLERANCE_S + 60) * 1000


def sweep_calls(now_ms: int) -> None:
    """End what rings or runs without end, and count what was answered by nobody. Safe in several processes."""
    for pk in Call.objects.filter(counted=False, conversation__isnull=True).values_list("pk", flat=True):
        _settle(pk, now_ms)


def sweep_forgotten(now_ms: int) -> None:
    """End calls whose counsellor's desk is gone for long: nobody is left to press "End call".

    While the telephone system says that the call runs, it runs.
    """
    there = Duty.objects.filter(
        user_id=OuterRef("counsellor_id"),
        service_id=OuterRef("service_id"),
        ended_at_ms__isnull=True,
        alive_until_ms__gt=now_ms - _shortest_alone_ms(),
    )
    told_running = Call.objects.filter(conversation_id=OuterRef("pk"), ended_ms__isnull=True)
    calls = Turn.objects.filter(channel=Turn.Channel.PHONE, state=Turn.State.TALKING).filter(~Exists(there))
    recent = now_ms - LONGEST_CALL_MS
    for pk in calls.exclude(Exists(told_running), taken_at_ms__gt=recent).values_list("pk", flat=True):
        _end_forgotten(pk, now_ms)


def forget(now_ms: int) -> bool:
    """Destroy keys of a day with their marks, calls a day after their last event, seen messages. True: a key went."""
    SeenMessage.objects.filter(at_ms__lt=now_ms - SEEN_MS).delete()
    sweep_calls(now_ms)
    with transaction.atomic():
        old = list(DayKey.objects.filter(made_at_ms__lte=now_ms - DAY_MS).values_list("pk", flat=True))
        Call.objects.filter(caller_key__in=old).update(caller=b"", caller_key=None)
        DayKey.objects.filter(pk__in=old).delete()
        Call.objects.filter(last_at_ms__lt=now_ms - DAY_MS).exclude(counted=False, conversation__isnull=True).delete()
    return bool(old)


@transaction.atomic
def _settle(call_id: int, now_ms: int) -> None:
    call = Call.objects.select_for_update(of=("self",)).filter(pk=call_id, counted=False).first()
    if call is None or call.conversation_id is not None:
        return
    told = told_of(call)
    if silent_too_long(told, now_ms=now_ms, ring_minutes=_ring_minutes(call.service_id)) or _runs_too_long(
        told, now_ms
    ):
        call.ended_ms, call.reason = now_ms, LOST
        call.save(update_fields=["ended_ms", "reason"])
        calls_changed(call.service_id)
    elif is_settled(told, now_ms=now_ms):
        _count(call, told)
        calls_changed(call.service_id)


def _count(call: Call, told: Told) -> None:
    service = Service.objects.select_related("organisation__centre").get(pk=call.service_id)
    answered, known = told.answered_ms is not None, told.reason != LOST
    count_attempt(
        service=service,
        channel=Turn.Channel.PHONE,
        language=next(iter([*service.languages, *service.organisation.centre.languages]), "en"),
        result=result_of(told),
        began_ms=told.taken_ms if answered else told.began_ms,
        waited_ms=told.waited_ms if known or answered else None,
        length_ms=told.over_ms - told.taken_ms if answered and known else None,
    )
    call.counted = True
    call.save(update_fields=["counted"])


def _end_forgotten(conversation_id: int, now_ms: int) -> None:
    service_id = Turn.objects.filter(pk=conversation_id).values_list("service_id", flat=True).first()
    if service_id is None:
        return
    with transaction.atomic():
        lock_queue(service_id)
        turn = locked(conversation_id)
        duty = Duty.objects.filter(user_id=turn.counsellor_id, service_id=service_id).order_by("-started_at_ms").first()
        last = now_ms if duty is None else min(duty.ended_at_ms or duty.alive_until_ms, now_ms)
        if turn.state != Turn.State.TALKING or now_ms - last < _alone_ms(service_id):
            return
        finish(turn, by=Turn.EndedBy.FORGOTTEN, key=None, now_ms=max(last, turn.taken_at_ms or last))
        calls_changed(service_id)


def _runs_too_long(told: Told, now_ms: int) -> bool:
    return told.state is State.RUNNING and now_ms - told.taken_ms >= LONGEST_CALL_MS


def _ring_minutes(service_id: int) -> int:
    return (Connection.objects.filter(pk=service_id).first() or Connection()).ring_minutes


def _alone_ms(service_id: int) -> int:
    return (Connection.objects.filter(pk=service_id).first() or Connection()).alone_minutes * 60_000


def _shortest_alone_ms() -> int:
    set_here = Connection.objects.order_by("alone_minutes").values_list("alone_minutes", flat=True).first()
    usual = Connection().alone_minutes
    return min(usual if set_here is None else set_here, usual) * 60_000
