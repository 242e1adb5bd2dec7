"""States, records, the dead-man clock and who sees what: the pure rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.helpline.rules import duty, record, turns, visibility
from havn.helpline.rules.turns import Step


@pytest.mark.parametrize(
    ("state", "step", "follows"),
    [
        ("waiting", Step.TAKE, "talking"),
        ("waiting", Step.LEAVE, "left"),
        ("waiting", Step.END, None),
        ("talking", Step.END, "ended"),
        ("talking", Step.TAKE, None),
        ("talking", Step.LEAVE, None),
        ("talking", Step.LAY_BACK, "waiting"),
        ("ended", Step.COME_BACK, "waiting"),
        ("left", Step.COME_BACK, "waiting"),
        ("ended", Step.TAKE, None),
        ("left", Step.END, None),
    ],
)
def test_a_turn_takes_only_the_steps_of_the_table(state: str, step: Step, follows: str | None) -> None:
    assert turns.after(state, step) == follows
    assert turns.can(state, step) == (follows is not None)


def test_every_attempt_has_a_result() -> None:
    assert turns.result_of("ended", "visitor") == "answered"
    assert turns.result_of("left", "visitor") == "left"
    assert turns.result_of("left", "away") == "left"
    assert turns.result_of("left", "closing") == "closed"


COMPLETE = {
    "reasons": ["grooming"],
    "person": "teen-12-18",
    "gender": "unknown",
    "online": True,
    "place": "gaming",
    "outcome": "advice",
    "risk": "none",
}


def test_a_complete_record_lacks_nothing() -> None:
    assert record.missing(COMPLETE) == []


@pytest.mark.parametrize("field", ["reasons", "person", "gender", "place", "outcome", "risk"])
def test_a_record_without_a_field_names_it(field: str) -> None:
    assert record.missing({**COMPLETE, field: [] if field == "reasons" else ""}) == [field]


def test_a_record_must_say_whether_it_is_about_something_online_and_asks_the_place_only_then() -> None:
    assert record.missing({**COMPLETE, "online": None, "place": ""}) == ["online"]
    assert record.missing({**COMPLETE, "online": False, "place": ""}) == []


@pytest.mark.parametrize("outcome", sorted(record.WITHOUT_TALK))
def test_an_attempt_without_a_talk_needs_only_its_outcome(outcome: str) -> None:
    assert record.missing({"outcome": outcome}) == []


@given(st.integers(-5, 10**9))
def test_every_duration_has_one_band(ms: int) -> None:
    assert record.band(ms) in {"0-1", "1-5", "5-15", "15-30", "30-60", "60+"}


def test_bands_and_half_hours() -> None:
    assert [record.band(minutes * 60_000) for minutes in (0, 1, 4.9, 5, 15, 30, 59, 60)] == [
        "0-1", "1-5", "1-5", "5-15", "15-30", "30-60", "30-60", "60+",
    ]  # fmt: skip
    assert record.half_hour_of(1_800_000 * 5 + 1_799_999) == 1_800_000 * 5


def test_reasons_are_kept_once_in_order_and_only_if_known() -> None:
    known = [f"r{number}" for number in range(10)]
    assert record.reasons_in_order(["r2", "x", "r1", "r2"], known) == ["r2", "r1"]
    assert len(record.reasons_in_order(known, known)) == 6


def test_the_child_is_told_of_a_lost_counsellor_within_the_time_promised() -> None:
    last_sign, renewed_at = 100_000, 100_000 + duty.GATHERED_MS
    alive_until = renewed_at + duty.lease_ms(20)
    swept_at = alive_until + int(duty.SWEEP_EVERY_S * 1000)
    assert swept_at - last_sign <= 20_000
    lease = {"alive_until_ms": alive_until, "locked_at_ms": None, "told_seconds": 20}
    assert duty.lost_since(**lease, now_ms=alive_until - 1) is None
    assert duty.lost_since(**lease, now_ms=swept_at) == renewed_at


def test_a_lease_outlives_the_longest_time_between_two_renewals() -> None:
    # Answers come every six seconds and are written every four: at most eight seconds apart, ten with bad luck.
    assert duty.lease_ms(20) > duty.PING_EVERY_MS + duty.GATHERED_MS
    assert duty.lease_ms(1) > duty.PING_EVERY_MS + duty.GATHERED_MS


def test_a_locked_desk_is_away_from_the_moment_of_the_lock_and_offered_later() -> None:
    assert duty.lost_since(alive_until_ms=9_999_999, locked_at_ms=5_000, told_seconds=20, now_ms=6_000) == 5_000
    times = {"lost_at_ms": 5_000, "offered_seconds": 90, "locked_seconds": 300}
    assert duty.offered_at(locked=False, **times) == 95_000
    assert duty.offered_at(locked=True, **times) == 305_000


MINUTE = 60_000


def _step(quiet: float, asked: float | None) -> str | None:
    return duty.silence_step(
        quiet_since_ms=0,
        asked_ms=None if asked is None else int(asked * MINUTE),
        now_ms=int(quiet * MINUTE),
        ask_minutes=5,
        end_minutes=10,
    )


def test_a_silent_child_is_asked_after_five_minutes_and_the_talk_ends_after_ten() -> None:
    assert _step(4.9, None) is None
    assert _step(5, None) == "ask"
    assert _step(9.9, 5) is None
    assert _step(10, 5) == "end"


def test_no_talk_ends_without_the_kind_line_and_time_to_answer_it() -> None:
    assert _step(60, None) == "ask"
    assert _step(60, 58) is None
    assert _step(63, 58) == "end"


KINDS = ("text", "note", "event")


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("visitor", {"text", "event"}),
        ("counsellor", {"text", "note", "event"}),
        ("supervisor", {"text", "note", "event"}),
        ("stranger", set()),
    ],
)
def test_who_sees_which_kind_of_message(role: str, seen: set[str]) -> None:
    assert {kind for kind in KINDS if visibility.may_see(viewer_role=role, kind=kind)} == seen


@pytest.mark.parametrize(
    ("role", "state", "written"),
    [
        ("visitor", "waiting", {"text"}),
        ("visitor", "open", {"text"}),
        ("visitor", "ended", set()),
        ("counsellor", "open", {"text", "note"}),
        ("counsellor", "ended", {"note"}),
        ("supervisor", "open", {"note"}),
        ("supervisor", "ended", {"note"}),
        ("stranger", "open", set()),
    ],
)
def test_who_may_write_which_kind_of_message(role: str, state: str, written: set[str]) -> None:
    allowed = {kind for kind in KINDS if visibility.why_not_post(viewer_role=role, kind=kind, state=state) is None}
    assert allowed == written
