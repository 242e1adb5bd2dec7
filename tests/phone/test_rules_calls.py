"""The same events leave the same call, in whatever order they come, however often."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.phone.rules.calls import SETTLED_AFTER_MS, State, Told, after, is_settled, result_of, silent_too_long
from havn.phone.rules.messages import ANSWERED, ENDED, REASONS, RINGING, Event

MINUTE = 60_000
events = st.lists(
    st.builds(
        Event,
        kind=st.sampled_from([RINGING, ANSWERED, ENDED]),
        call=st.just("1"),
        at_ms=st.integers(1, 9),
        reason=st.sampled_from(["", *REASONS]),
    ),
    min_size=1,
    max_size=8,
)


def _all(told: list[Event]) -> Told:
    known = Told()
    for event in told:
        known = after(known, event)
    return known


@given(events, st.randoms())
def test_order_and_repetition_change_nothing(told: list[Event], dice: random.Random) -> None:
    shuffled = told + [dice.choice(told) for _ in range(3)]
    dice.shuffle(shuffled)
    assert _all(shuffled) == _all(told)


@given(events)
def test_every_call_has_one_state_and_true_times(told: list[Event]) -> None:
    call = _all(told)
    kinds = {event.kind for event in told}
    expected = {
        (False, False): State.RINGING,
        (True, False): State.RUNNING,
        (False, True): State.UNANSWERED,
        (True, True): State.OVER,
    }
    assert call.state is expected[ANSWERED in kinds, ENDED in kinds]
    assert call.began_ms == min(event.at_ms for event in told)
    assert call.waited_ms is None or call.waited_ms >= 0
    if call.state is State.OVER:
        assert call.began_ms <= call.taken_ms <= call.over_ms


@pytest.mark.parametrize(
    ("told", "result"),
    [
        (Told(1, 2, 3), "answered"),
        (Told(1, 2, 3, "closed"), "answered"),
        (Told(1, None, 3, "hung-up"), "left"),
        (Told(1, None, 3), "left"),
        (Told(1, None, 3, "busy"), "refused"),
        (Told(1, None, 3, "closed"), "closed"),
    ],
)
def test_how_a_call_is_counted(told: Told, result: str) -> None:
    assert result_of(told) == result


def test_a_ring_is_believed_for_so_long_and_a_call_is_settled_after_its_end() -> None:
    assert not silent_too_long(Told(0), now_ms=10 * MINUTE - 1, ring_minutes=10)
    assert silent_too_long(Told(0), now_ms=10 * MINUTE, ring_minutes=10)
    assert not silent_too_long(Told(0, 1), now_ms=60 * MINUTE, ring_minutes=10)
    assert not is_settled(Told(0, 1, MINUTE), now_ms=MINUTE + SETTLED_AFTER_MS - 1)
    assert is_settled(Told(0, 1, MINUTE), now_ms=MINUTE + SETTLED_AFTER_MS)
    assert not is_settled(Told(0, 1), now_ms=10**12)
