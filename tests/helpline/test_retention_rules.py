"""When a talk goes."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.helpline.retention.rules import (
    DAY_MS,
    HOUR_MS,
    Clocks,
    Talk,
    goes_at_ms,
    hold_stands,
    is_over,
    may_hold_until,
)

NOW = 1_800_000_000_000
TODAY = dt.date(2027, 1, 15)


@pytest.mark.parametrize(
    ("channel", "state", "answered", "kept_ms"),
    [
        ("chat", "ended", True, 30 * DAY_MS),
        ("chat", "left", False, 72 * HOUR_MS),
        ("chat", "waiting", False, 72 * HOUR_MS),
        ("chat", "talking", True, 72 * HOUR_MS),
        ("chat", "waiting", True, 72 * HOUR_MS),
        ("letter", "waiting", False, 30 * DAY_MS),
        ("letter", "talking", True, 30 * DAY_MS),
        ("letter", "ended", True, 30 * DAY_MS),
        ("", "", False, 72 * HOUR_MS),
    ],
)
def test_a_talk_is_kept_from_its_last_message_by_the_clock_of_its_kind(
    channel: str, state: str, answered: bool, kept_ms: int
) -> None:
    talk = Talk(channel, state, answered, NOW)
    assert goes_at_ms(talk, Clocks()) == NOW + kept_ms
    assert not is_over(talk, Clocks(), held=False, now_ms=NOW + kept_ms - 1)
    assert is_over(talk, Clocks(), held=False, now_ms=NOW + kept_ms)
    assert not is_over(talk, Clocks(), held=True, now_ms=NOW + 1000 * kept_ms)


@given(
    days=st.integers(0, 400),
    hours=st.integers(0, 2000),
    state=st.sampled_from(["waiting", "talking", "ended", "left", ""]),
    channel=st.sampled_from(["chat", "letter", ""]),
    answered=st.booleans(),
)
def test_nothing_outlives_the_days_a_centre_promises(
    days: int, hours: int, state: str, channel: str, answered: bool
) -> None:
    assert goes_at_ms(Talk(channel, state, answered, NOW), Clocks(days, hours)) <= NOW + days * DAY_MS


def test_a_hold_stands_only_when_confirmed_and_through_its_last_day() -> None:
    assert hold_stands(confirmed=True, until=TODAY, today=TODAY)
    assert not hold_stands(confirmed=True, until=TODAY, today=TODAY + dt.timedelta(days=1))
    assert not hold_stands(confirmed=False, until=TODAY + dt.timedelta(days=5), today=TODAY)


def test_a_hold_ends_within_ninety_days() -> None:
    assert may_hold_until(TODAY + dt.timedelta(days=90), today=TODAY)
    assert not may_hold_until(TODAY + dt.timedelta(days=91), today=TODAY)
    assert not may_hold_until(TODAY, today=TODAY)
