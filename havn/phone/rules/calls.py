"""What is true of a call when some of its events were told, in whatever order, twice or not at all.

Of each kind of event the earliest is kept. So the same events leave the same state, however they came:

nothing answered, nothing ended    ringing, until it has been silent for too long
answered, not ended                running
ended, not answered                unanswered: left, closed or refused, as the reason says
answered and ended                 over; ended before it was answered only by the clocks of two machines
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from havn.phone.rules.messages import ANSWERED, ENDED, RINGING, Event

# So long after its end what is told late of a call still counts. Then it is settled: counted, and nothing changes it.
SETTLED_AFTER_MS = 10 * 60_000
# A call begun by hand so near to an answered one of the same person is that one.
SAME_CALL_MS = 2 * 60_000
# So long are the key of the day, its marks and what was told of a call kept.
DAY_MS = 24 * 60 * 60_000


class State(StrEnum):
    """Where a call stands."""

    RINGING = "ringing"
    RUNNING = "running"
    UNANSWERED = "unanswered"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Told:
    """The events of a call as they are known, times in milliseconds."""

    rang_ms: int | None = None
    answered_ms: int | None = None
    ended_ms: int | None = None
    reason: str = ""

    @property
    def state(self) -> State:
        """See above."""
        if self.answered_ms is not None:
            return State.RUNNING if self.ended_ms is None else State.OVER
        return State.RINGING if self.ended_ms is None else State.UNANSWERED

    @property
    def began_ms(self) -> int:
        """The first that is known of the call."""
        return min(at for at in (self.rang_ms, self.answered_ms, self.ended_ms) if at is not None)

    @property
    def taken_ms(self) -> int:
        """When it was answered, never before it rang."""
        assert self.answered_ms is not None
        return max(self.answered_ms, self.began_ms)

    @property
    def over_ms(self) -> int:
        """When it ended, never before it was answered."""
        assert self.ended_ms is not None
        return max(self.ended_ms, self.began_ms if self.answered_ms is None else self.taken_ms)

    @property
    def waited_ms(self) -> int | None:
        """How long it rang until somebody answered or the caller gave up; None when its ringing was never told."""
        until = self.answered_ms if self.answered_ms is not None else self.ended_ms
        if self.rang_ms is None or until is None:
            return None
        return max(until - self.rang_ms, 0)


def after(told: Told, event: Event) -> Told:
    """With one event more. The earliest of a kind stands; of two ends at one moment the one with the first reason."""
    match event.kind:
        case kind if kind == RINGING:
            return replace(told, rang_ms=_earliest(told.rang_ms, event.at_ms))
        case kind if kind == ANSWERED:
            return replace(told, answered_ms=_earliest(told.answered_ms, event.at_ms))
        case kind if kind == ENDED:
            if told.ended_ms is None or (event.at_ms, event.reason) < (told.ended_ms, told.reason):
                return replace(told, ended_ms=event.at_ms, reason=event.reason)
    return told


def result_of(told: Told) -> str:
    """How the call is counted: answered, left, closed (outside our hours) or refused (no line was free)."""
    if told.answered_ms is not None:
        return "answered"
    return {"closed": "closed", "busy": "refused"}.get(told.reason, "left")


def silent_too_long(told: Told, *, now_ms: int, ring_minutes: int) -> bool:
    """Whether a call that rings has been ringing for longer than any telephone does: its end was not told."""
    return told.state is State.RINGING and now_ms - told.began_ms >= ring_minutes * 60_000


def is_begun_by_hand(told: Told, pressed_ms: int) -> bool:
    """Whether "Call", pressed then by whoever answered, was pressed for this call. Never for one that was over."""
    if told.ended_ms is not None and pressed_ms > told.over_ms:
        return False
    return abs(pressed_ms - told.taken_ms) <= SAME_CALL_MS


def is_settled(told: Told, *, now_ms: int) -> bool:
    """Whether what is told of it from now on changes nothing."""
    return told.ended_ms is not None and now_ms - told.over_ms >= SETTLED_AFTER_MS


def _earliest(known: int | None, at_ms: int) -> int:
    return at_ms if known is None else min(known, at_ms)
