"""The rules alone: the order of the ladder, waits, marks of browsers, and the clocks of plans."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.limits.rules.ladder import (
    HOUR_MS,
    Alone,
    Standing,
    Step,
    is_paused,
    needs_approval,
    next_step,
    pause_until_ms,
    wait_ms,
    why_not,
)
from havn.limits.rules.marks import mark_of, until_of
from havn.limits.rules.plans import goes_on, plan_of, uses_within

DAY = dt.date(2026, 11, 29)


def at(step: str = "", *, asked: str = "", running: bool = True, danger: bool = False, risk: str = "") -> Standing:
    return Standing(step, asked, running, danger, risk)


@pytest.mark.parametrize(
    ("step", "standing", "why"),
    [
        ("kind-word", at(), None),
        ("kind-word", at("slower"), None),
        ("kind-word", at(running=False), "over"),
        ("slower", at(), "order"),
        ("slower", at("kind-word"), None),
        ("slower", at("slower"), "done"),
        ("slower", at("kind-word", asked="slower"), "asked"),
        ("pause", at("kind-word"), "order"),
        ("pause", at("slower"), None),
        ("kind-word", at(danger=True), None),
        ("slower", at("kind-word", danger=True), "danger"),
        ("slower", at("kind-word", risk="high"), "danger"),
        ("slower", at("kind-word", risk="imminent"), "danger"),
        ("slower", at("kind-word", risk="moderate"), None),
        ("pause", at("slower", danger=True), "danger"),
        ("pause", at("slower", risk="high"), "danger"),
        ("pause", at("slower", risk="imminent"), "danger"),
        ("pause", at("slower", risk="none"), None),
        ("pause", at("slower", running=False), "over"),
        ("for ever", at("slower"), "order"),
    ],
)
def test_a_step_needs_the_one_before_and_nobody_in_danger_is_held_back(
    step: str, standing: Standing, why: str | None
) -> None:
    assert why_not(step, standing) == why


def test_the_next_step_is_the_one_that_may_be_asked_for() -> None:
    assert [next_step(at(step)) for step in ("", "kind-word", "slower", "pause")] == ["", "slower", "pause", ""]
    assert next_step(at("slower", risk="high")) == ""


def test_only_slower_ever_goes_without_a_second_person_and_only_where_that_was_chosen() -> None:
    asked = [
        needs_approval(step, alone=alone, fall_back=fall_back)
        for step in Step
        for alone in (True, False)
        for fall_back in Alone
    ]
    free = {
        (step, alone, fall_back)
        for step in Step
        for alone in (True, False)
        for fall_back in Alone
        if not needs_approval(step, alone=alone, fall_back=fall_back)
    }
    assert len(asked) == 12
    assert {one for one in free if one[0] != Step.KIND_WORD} == {(Step.SLOWER, True, Alone.SLOWER)}


def test_a_wait_is_what_is_left_of_the_seconds() -> None:
    assert wait_ms(before_ms=None, at_ms=5, seconds=20) == 0
    assert wait_ms(before_ms=1_000, at_ms=6_000, seconds=20) == 15_000
    assert wait_ms(before_ms=1_000, at_ms=21_000, seconds=20) == 0


@given(now=st.integers(min_value=0, max_value=4_000_000_000_000), hours=st.integers(min_value=1, max_value=72))
def test_a_pause_ends_on_a_quarter_of_an_hour_and_never_early(now: int, hours: int) -> None:
    until = pause_until_ms(now_ms=now, hours=hours)
    assert until % 900_000 == 0
    assert 0 <= until - now - hours * HOUR_MS < 900_000
    assert is_paused(step="pause", until_ms=until, now_ms=until - 1)
    assert not is_paused(step="pause", until_ms=until, now_ms=until)
    assert until_of(mark_of(until, b"k" * 32), b"k" * 32) == until


@given(text=st.text(max_size=80))
def test_what_we_have_not_signed_is_no_mark(text: str) -> None:
    assert until_of(text, b"k" * 32) is None


def test_a_mark_of_another_key_or_time_is_none() -> None:
    mark = mark_of(60_000 * 1000, b"a" * 32)
    assert until_of(mark, b"b" * 32) is None
    assert until_of(mark.replace("1000-", "1001-"), b"a" * 32) is None
    assert until_of("²-" + mark.partition("-")[2], b"a" * 32) is None


def test_a_plan_goes_after_its_last_use_and_sooner_when_nobody_asked_for_its_code() -> None:
    assert goes_on(made_on=DAY, used_on=None, has_code=False, keep_days=180) == DAY + dt.timedelta(days=14)
    assert goes_on(made_on=DAY, used_on=None, has_code=True, keep_days=180) == DAY + dt.timedelta(days=180)
    used = DAY + dt.timedelta(days=30)
    assert goes_on(made_on=DAY, used_on=used, has_code=True, keep_days=30) == used + dt.timedelta(days=30)


def test_uses_are_counted_by_days() -> None:
    uses = [(DAY, 2), (DAY - dt.timedelta(days=6), 1), (DAY - dt.timedelta(days=7), 4), (DAY + dt.timedelta(days=1), 8)]
    assert uses_within(uses, today=DAY, days=7) == 3
    assert uses_within(uses, today=DAY, days=30) == 7


def test_a_plan_takes_what_fits() -> None:
    plan = plan_of({"helps": "  walks ", "talks_a_week": 22, "for_child": "x" * 3000, "else": "no"})
    assert (plan.helps, plan.talks_a_week, len(plan.for_child)) == ("walks", None, 2000)
    assert plan_of({"talks_a_week": 3}).talks_a_week == 3
