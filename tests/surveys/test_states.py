"""Where a wave stands, decided by its times alone."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.surveys.rules.states import (
    GRACE,
    STEPS,
    State,
    Times,
    answers_go_at,
    hour_of,
    may_be_counted,
    state_at,
    step_of,
    takes_answers,
    ticket_is_over,
    week_of,
)

NOON = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def times(
    opens: int = -1, closes: int = 1, approved: bool = True, counted: bool = False, published: bool = False
) -> Times:
    return Times(
        NOON + opens * DAY,
        NOON + closes * DAY,
        NOON if approved else None,
        NOON if counted else None,
        NOON if published else None,
    )


@pytest.mark.parametrize(
    ("given_times", "state"),
    [
        (times(approved=False), State.DRAFT),
        (times(1, 2), State.PLANNED),
        (times(), State.OPEN),
        (times(-2, -1), State.CLOSED),
        (times(-2, -1, counted=True), State.COUNTED),
        (times(-2, -1, counted=True, published=True), State.PUBLISHED),
    ],
)
def test_the_state_follows_from_the_times(given_times: Times, state: State) -> None:
    assert state_at(given_times, NOON) is state


def test_whoever_began_in_time_may_send_for_an_hour() -> None:
    closed = times(-2, 0)
    assert takes_answers(closed, NOON + GRACE - dt.timedelta(seconds=1))
    assert not takes_answers(closed, NOON + GRACE)
    assert not may_be_counted(closed, NOON + GRACE - dt.timedelta(seconds=1))
    assert may_be_counted(closed, NOON + GRACE)


@given(st.integers(-5, 5), st.integers(-4, 6), st.booleans(), st.booleans())
def test_nothing_comes_in_once_it_may_be_counted(opens: int, closes: int, approved: bool, counted: bool) -> None:
    one = times(opens, max(closes, opens + 1), approved, counted)
    assert not (takes_answers(one, NOON) and may_be_counted(one, NOON))


def test_how_many_answered_is_told_in_steps() -> None:
    assert [step_of(count) for count in (0, 9, 10, 49, 50, 99, 100)] == [0, 0, 10, 10, 50, 50, 100]
    assert step_of(10**9) == STEPS[-1]


def test_the_week_is_the_iso_week() -> None:
    assert week_of(dt.date(2026, 11, 29)) == "2026-W48"
    assert week_of(dt.date(2027, 1, 1)) == "2026-W53"


def test_answers_go_so_many_days_after_the_closing_and_never_before_they_are_counted() -> None:
    assert answers_go_at(NOON, 30) == NOON + 30 * DAY
    assert answers_go_at(NOON, 0) == NOON + GRACE + DAY
    assert answers_go_at(NOON, 1) == NOON + GRACE + DAY


@pytest.mark.parametrize(("minutes", "is_over"), [(-61, True), (0, False), (59, False), (119, False), (120, True)])
def test_a_run_can_be_sent_in_the_hour_it_began_and_the_next(minutes: int, is_over: bool) -> None:
    assert ticket_is_over(hour_of(NOON), NOON + dt.timedelta(minutes=minutes)) is is_over
