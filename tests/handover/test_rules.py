"""The tables of states, what passes, and what may be told of platforms."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.handover.rules import composing, reports, states

ALL = ("asked", "agreed", "sending", "gone", "failed", "declined", "withdrawn")
MAY = {
    ("asked", "agreed"), ("asked", "declined"), ("asked", "withdrawn"),
    ("agreed", "sending"), ("agreed", "gone"), ("agreed", "failed"), ("agreed", "declined"), ("agreed", "withdrawn"),
    ("sending", "gone"), ("sending", "failed"), ("sending", "declined"),
    ("failed", "agreed"), ("failed", "declined"), ("failed", "withdrawn"),
}  # fmt: skip


@pytest.mark.parametrize(("state", "other"), list(itertools.product(ALL, ALL)))
def test_the_table_of_states(state: str, other: str) -> None:
    assert states.may_become(state, other) is ((state, other) in MAY)


def test_nothing_goes_that_was_not_agreed_to() -> None:
    assert {state for state in ALL if states.may_become(state, "gone")} == {"agreed", "sending"}
    assert {state for state in ALL if states.may_become(state, "sending")} == {"agreed"}
    assert {state for state in ALL if states.may_become(state, "agreed")} == {"asked", "failed"}


def test_a_no_is_heard_until_it_has_gone() -> None:
    assert {state for state in ALL if states.may_answer(state) or states.may_change_mind(state)} == states.OPEN
    assert all(states.may_become(state, "declined") for state in states.OPEN)


@pytest.mark.parametrize(
    ("written", "taken", "text"),
    [
        ("", [], ""),
        (" it began in May ", [], "it began in May"),
        ("", ["a", " ", "b"], "a\n\nb"),
        ("so:", ["a"], "so:\n\na"),
    ],
)
def test_the_text_is_what_was_written_and_ticked(written: str, taken: list[str], text: str) -> None:
    assert composing.composed(written, taken) == text


@pytest.mark.parametrize(("text", "why"), [("", "empty"), (" \n", "empty"), ("a", None), ("a" * 4001, "long")])
def test_which_text_can_pass(text: str, why: str | None) -> None:
    assert composing.why_not(text) == why


@pytest.mark.parametrize(
    ("state", "days", "overdue"),
    [("raised", 6, False), ("raised", 7, True), ("answered", 8, True), ("removed", 99, False), ("refused", 99, False)],
)
def test_an_open_report_that_stood_still_is_overdue(state: str, days: int, overdue: bool) -> None:
    now = 1_000 * reports.DAY_MS
    said = reports.is_overdue(state=state, moved_at_ms=now - days * reports.DAY_MS, remind_days=7, now_ms=now)
    assert said is overdue


def _closed(platform: str, removed: int, refused: int) -> list[reports.Outcome]:
    return [reports.Outcome(platform, number < removed, number) for number in range(removed + refused)]


def test_small_numbers_are_left_out() -> None:
    found = {
        row.platform: row
        for row in reports.by_platform(
            [*_closed("TikTok", 3, 1), *_closed("X", 6, 6), *_closed("Discord", 7, 2), *_closed("Steam", 5, 0)],
            order=("Discord", "Steam", "TikTok", "X"),
            threshold=5,
        )
    }
    assert (found["TikTok"].count, found["TikTok"].removed_percent, found["TikTok"].median_days) == (None, None, None)
    assert (found["X"].count, found["X"].removed_percent, found["X"].median_days) == (12, 50, 5.5)
    assert (found["Discord"].count, found["Discord"].removed_percent) == (9, None)
    assert (found["Steam"].count, found["Steam"].removed_percent) == (5, 100)


@given(st.lists(st.tuples(st.sampled_from(["X", "TikTok"]), st.booleans(), st.integers(0, 400)), max_size=40))
def test_no_row_tells_of_fewer_than_the_threshold(closed: list[tuple[str, bool, int]]) -> None:
    outcomes = [reports.Outcome(*one) for one in closed]
    for row in reports.by_platform(outcomes, order=("X", "TikTok"), threshold=5):
        of_platform = [one for one in outcomes if one.platform == row.platform]
        assert (row.count is None) == (len(of_platform) < 5)
        if row.removed_percent is not None:
            removed = sum(one.removed for one in of_platform)
            assert removed == 0 or removed >= 5
            assert removed == len(of_platform) or len(of_platform) - removed >= 5
