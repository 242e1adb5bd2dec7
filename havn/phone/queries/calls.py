"""Which calls ring, which wait for somebody to say "mine", and how often the same telephone rang."""

from dataclasses import dataclass, field
from typing import Any

from havn.common.clock import now_ms as clock_ms
from havn.helpline.models import Turn
from havn.phone.models import Call, DayKey
from havn.phone.rules.calls import DAY_MS, State, Told


@dataclass(frozen=True, slots=True)
class CallNow:
    """A call that concerns every desk: it rings, or somebody answered at a line that is nobody's."""

    id: int
    since_ms: int
    times: int


@dataclass(frozen=True)
class Calls:
    """The calls of one helpline at one moment."""

    at_ms: int
    ringing: tuple[CallNow, ...] = ()
    unclaimed: tuple[CallNow, ...] = ()
    # Conversation by counsellor: what opens by itself at whose desk.
    running: dict[int, int] = field(default_factory=dict)


def told_of(call: Call) -> Told:
    """The events of a call as rules read them."""
    return Told(call.rang_ms, call.answered_ms, call.ended_ms, call.reason)


def calls_at(service_id: int, *, now_ms: int | None = None) -> Calls:
    """Everything that rings, waits to be claimed or runs."""
    open_calls = Call.objects.filter(service_id=service_id, ended_ms__isnull=True, conversation__isnull=True)
    found: dict[State, list[CallNow]] = {State.RINGING: [], State.RUNNING: []}
    for call in open_calls.order_by("rang_ms", "pk"):
        told = told_of(call)
        found[told.state].append(CallNow(call.pk, told.began_ms, times_called(call)))
    running = Turn.objects.filter(
        service_id=service_id, channel=Turn.Channel.PHONE, state=Turn.State.TALKING, counsellor__isnull=False
    )
    return Calls(
        at_ms=clock_ms() if now_ms is None else now_ms,
        ringing=tuple(found[State.RINGING]),
        unclaimed=tuple(found[State.RUNNING]),
        running=dict(running.values_list("counsellor_id", "pk")),
    )


def times_called(call: Call) -> int:
    """How many calls came from the same telephone while the key of the day holds, this one too; 0: not known."""
    if not call.caller:
        return 0
    return Call.objects.filter(service_id=call.service_id, caller_key=call.caller_key_id, caller=call.caller).count()


def calls_known(service_id: int) -> int:
    """Of how many calls anything is kept that a telephone system told."""
    return Call.objects.filter(service_id=service_id).count()


def key_goes_ms() -> int | None:
    """When the oldest key of a day is destroyed, by its clock."""
    made = DayKey.objects.order_by("made_at_ms").values_list("made_at_ms", flat=True).first()
    return None if made is None else made + DAY_MS


def call_of(conversation_id: int) -> Call | None:
    """What the telephone system told of the call behind a conversation; None of one begun by hand."""
    return Call.objects.filter(conversation_id=conversation_id).first()


def running_call_of(user_id: int, service_id: int) -> Turn | None:
    """The call that this person is in at this helpline."""
    return (
        Turn.objects.filter(
            service_id=service_id, counsellor_id=user_id, channel=Turn.Channel.PHONE, state=Turn.State.TALKING
        )
        .select_related("service__organisation__centre")
        .order_by("-taken_at_ms", "pk")
        .first()
    )


def for_staff(calls: Calls, user_id: int) -> dict[str, Any]:
    """For a colleague's stream: what rings, and the call that is theirs. No mark of anybody."""
    return {
        "ringing": [call.id for call in calls.ringing],
        "unclaimed": [call.id for call in calls.unclaimed],
        "mine": calls.running.get(user_id),
        "running": len(calls.running),
    }
