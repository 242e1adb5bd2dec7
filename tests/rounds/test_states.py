"""The table of states."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.rounds.rules.states import STEPS, WRITABLE, Move, Side, State, after, handle_order, moves_from


@pytest.mark.parametrize(
    ("state", "move", "to"),
    [
        ("open", "begin", "draft"),
        ("draft", "submit", "submitted"),
        ("submitted", "query", "query"),
        ("query", "submit", "submitted"),
        ("submitted", "take-back", "draft"),
        ("submitted", "accept", "accepted"),
        ("accepted", "publish", "published"),
        ("accepted", "reopen", "query"),
        ("published", "reopen", "query"),
    ],
)
def test_the_way_from_draft_to_published(state: str, move: str, to: str) -> None:
    assert after(Move(move), state) == to


@pytest.mark.parametrize(
    ("state", "move"),
    [("open", "submit"), ("draft", "accept"), ("query", "accept"), ("submitted", "publish"), ("published", "query"),
     ("accepted", "take-back"), ("query", "take-back"), ("draft", "query")],
)  # fmt: skip
def test_no_step_is_left_out(state: str, move: str) -> None:
    assert after(Move(move), state) is None


@given(st.lists(st.sampled_from(list(Move)), max_size=30))
def test_published_is_reached_only_through_sending_in_and_accepting(moves: list[Move]) -> None:
    state, last = State.OPEN, {Move.SUBMIT: -1, Move.ACCEPT: -1, Move.REOPEN: -1}
    for number, move in enumerate(moves):
        to = after(move, state)
        assert (to is not None) == (move in moves_from(state))
        if to is None:
            continue
        state = to
        last[move] = number
        if state == State.PUBLISHED:
            assert last[Move.ACCEPT] > last[Move.SUBMIT] > last[Move.REOPEN]
        assert (state in WRITABLE) == (state in ("open", "draft", "query"))


def test_the_centre_answers_and_the_coordinator_decides() -> None:
    assert {move for move, step in STEPS.items() if step.side == Side.ANSWERS} == {"begin", "submit", "take-back"}
    assert {move for move, step in STEPS.items() if step.side == Side.ACCEPTS} == {"accept", "publish", "reopen"}
    assert STEPS[Move.REOPEN].needs_words


def test_what_came_in_is_handled_first_then_who_is_late() -> None:
    order = [handle_order(state, late=late) for state, late in
             [("submitted", False), ("open", True), ("query", False), ("open", False), ("accepted", True)]]  # fmt: skip
    assert order == sorted(order) and len(set(order)) == len(order)
