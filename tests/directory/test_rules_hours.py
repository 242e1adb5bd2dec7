"""Hours in OpenStreetMap's syntax: now, until when, opens when, and the usual week."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.directory.rules.hours import (
    DayTimes,
    _answer_at,
    answer_of,
    holidays_said,
    is_always,
    problem_of,
    rule_of_week,
    usual_week,
)

MONDAY = dt.date(2026, 11, 23)
OSLO = "Europe/Oslo"


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text + "+01:00")


@pytest.mark.parametrize(
    ("rule", "moment", "state", "until"),
    [
        ("24/7", "2026-11-25T03:00", "open", None),
        ("Mo-Fr 09:00-17:00", "2026-11-25T16:59", "open", "2026-11-25T17:00"),
        ("Mo-Fr 09:00-17:00", "2026-11-25T17:00", "closed", "2026-11-26T09:00"),
        ("Mo-Fr 09:00-17:00", "2026-11-27T18:00", "closed", "2026-11-30T09:00"),
        # Past midnight: Wednesday's hours still run on Thursday at two.
        ("Mo-Su 10:00-04:00", "2026-11-26T02:00", "open", "2026-11-26T04:00"),
        # A Friday that is a public holiday in Norway.
        ("Mo-Fr 09:00-17:00; PH off", "2026-12-25T12:00", "closed", "2026-12-28T09:00"),
        ("Mo-Fr 09:00-17:00", "2026-12-25T12:00", "open", "2026-12-25T17:00"),
        ("off", "2026-11-25T12:00", "closed", None),
    ],
)
def test_it_knows_open_and_closed_and_until_when(rule: str, moment: str, state: str, until: str | None) -> None:
    answer = answer_of([rule], OSLO, "NO", at(moment))
    assert answer.state == state
    assert answer.until == (at(until) if until else None)


def test_hours_of_two_groups_of_staff_that_follow_each_other_are_one_opening() -> None:
    answer = answer_of(["Mo-Fr 14:00-20:00", "Mo-Su 20:00-24:00"], OSLO, "NO", at("2026-11-25T15:00"))
    assert answer.until == at("2026-11-26T00:00")


def test_without_a_rule_or_with_one_that_cannot_be_read_nothing_is_known() -> None:
    assert answer_of([], OSLO, "NO", at("2026-11-25T15:00")).state == "unknown"
    assert answer_of(["14 to 20"], OSLO, "NO", at("2026-11-25T15:00")).state == "unknown"
    assert problem_of("14 to 20")
    assert not problem_of("Mo 14:00-20:00")


def test_a_country_without_known_holidays_still_has_its_week() -> None:
    assert answer_of(["Mo-Fr 09:00-17:00; PH off"], OSLO, "XX", at("2026-11-25T12:00")).state == "open"


def test_the_usual_week_leaves_holidays_aside_and_gives_nights_to_the_day_they_begin_on() -> None:
    week = usual_week("Fr 22:00-02:00; PH off", MONDAY)
    assert week == (DayTimes(4, dt.time(22), dt.time(2)),)
    assert usual_week("no rule", MONDAY) == ()
    assert len(usual_week("24/7", MONDAY)) == 7


def test_it_says_what_holds_on_holidays() -> None:
    assert holidays_said("Mo-Fr 09:00-17:00") == ""
    assert holidays_said("Mo-Fr 09:00-17:00; PH off") == "closed"
    assert holidays_said("Mo-Su,PH 12:00-20:00") == "own"


def test_only_day_and_night_without_exception_is_always() -> None:
    assert is_always("24/7")
    assert is_always("Mo-Su 00:00-24:00")
    assert not is_always("Mo-Sa 00:00-24:00")


_HOURS = st.integers(0, 23)


@given(st.dictionaries(st.integers(0, 6), st.tuples(_HOURS, st.integers(1, 24)), min_size=1))
def test_a_week_that_is_filled_in_reads_back_the_same(days: dict[int, tuple[int, int]]) -> None:
    """Days with hours inside the day, as the form for a plain week takes them."""
    times = [
        DayTimes(day, dt.time(opens), dt.time(closes % 24)) for day, (opens, closes) in days.items() if opens < closes
    ]
    rule = rule_of_week(times)
    read = usual_week(rule, MONDAY) if rule else ()
    assert _minutes(read) == _minutes(times)


def _minutes(times: object) -> set[tuple[int, int]]:
    """The open hours as (weekday, hour): neighbours that touch are joined by the library."""
    found = set()
    for one in times:  # type: ignore[attr-defined]
        hours = (one.closes.hour - one.opens.hour) % 24 or 24
        found |= {divmod((one.weekday * 24 + one.opens.hour + step) % 168, 24) for step in range(hours)}
    return found


@given(st.lists(st.integers(0, 15_000), max_size=30))
def test_a_kept_answer_is_the_one_of_the_moment_asked_for(minutes: list[int]) -> None:
    for rules in (
        ("Mo-Fr 09:00-17:00",),
        ("Mo-Fr 09:00-12:00", "Mo-Fr 12:00-17:00; Sa 10:00-02:00"),
        ("Mo-Fr 10:00-20:00 unknown; Sa 09:00-12:00",),
        ('Mo-Fr 10:00-12:00 "by appointment"; We 15:00-16:00',),
        ("24/7",),
    ):
        for minute in minutes:
            moment = at("2026-11-25T00:00") + dt.timedelta(minutes=minute)
            assert answer_of(rules, OSLO, "NO", moment) == _answer_at((rules, OSLO, "NO"), moment)
