"""Numbers, freshness, order, checks and differences: values in, values out."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.directory.rules.checks import CheckedEntry, CheckedPoint, findings_of
from havn.directory.rules.differences import differences
from havn.directory.rules.freshness import freshness
from havn.directory.rules.numbers import read_number, same_number
from havn.directory.rules.order import RANK, Line, Wish, place_of, reach_of, suits

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "country", "dial", "problem"),
    [
        ("116 111", "SI", "116111", ""),
        ("111 116", "SI", "111116", "unknown-short"),
        ("116 000", "BE", "116000", ""),
        ("1.96.96", "IT", "19696", ""),
        ("3018", "FR", "3018", ""),
        ("800 33 321", "NO", "+4780033321", ""),
        ("+45 22 49 68 25", "DK", "+4522496825", ""),
        ("+45 22 49 68 25", "NO", "+4522496825", "not-of-country"),
        ("800 21 90", "PT", "+3518002190", "not-of-country"),
        ("ask us", "NO", "", "unreadable"),
    ],
)
def test_a_number_is_dialled_as_its_country_does(text: str, country: str, dial: str, problem: str) -> None:
    number = read_number(text, country)
    assert (number.dial, number.problem) == (dial, problem)


def test_two_ways_of_printing_are_one_number() -> None:
    assert same_number("116 111", "116111", "PL")
    assert not same_number("116 111", "111 116", "SI")


@given(st.text(max_size=30), st.sampled_from(["NO", "FR", "XX", ""]))
def test_no_text_breaks_the_reading_of_numbers(text: str, country: str) -> None:
    assert read_number(text, country).problem in {"", "unreadable", "not-of-country", "unknown-short"}


@pytest.mark.parametrize(
    ("days_ago", "state"), [(0, "confirmed"), (59, "confirmed"), (61, "ageing"), (89, "ageing"), (90, "expired")]
)
def test_an_entry_ages_by_its_clock(days_ago: int, state: str) -> None:
    known = freshness(NOW - days_ago * DAY, 90, NOW)
    assert known.state == state
    assert known.certain is (state != "expired")


def test_what_nobody_confirmed_or_somebody_else_changed_is_not_certain() -> None:
    assert freshness(None, 90, NOW).state == "never"
    assert freshness(NOW - 5 * DAY, 90, NOW, changed_at=NOW - DAY).state == "changed"
    assert freshness(NOW - DAY, 90, NOW, changed_at=NOW - 5 * DAY).certain


@given(st.integers(0, 800), st.integers(1, 730))
def test_certain_is_exactly_younger_than_the_clock(days_ago: int, clock: int) -> None:
    assert freshness(NOW - days_ago * DAY, clock, NOW).certain is (days_ago < clock)


def line(**fields: Any) -> Line:
    values: dict[str, Any] = {
        "reach": "open",
        "country": "NO",
        "languages": ("nb",),
        "assumed": False,
        "audiences": ("children",),
        "topics": (),
        "name": "Line",
        "certain": True,
    }
    return Line(**{**values, **fields})


def test_an_unconfirmed_line_never_stands_before_a_confirmed_one_that_is_open() -> None:
    sure, unsure = line(name="Z"), line(name="A", reach="perhaps", certain=False)
    assert sorted([unsure, sure], key=lambda one: place_of(one, Wish(), "NO")) == [sure, unsure]


def test_among_equals_my_language_then_my_country_then_for_me() -> None:
    wish = Wish(language="nb", audience="children")
    best = line()
    assumed = line(assumed=True)
    elsewhere = line(country="DK")
    for_others = line(audiences=())
    ordered = sorted([assumed, elsewhere, for_others, best], key=lambda one: place_of(one, wish, "NO"))
    assert ordered == [best, for_others, elsewhere, assumed]


def test_what_is_not_known_rules_no_line_out_and_what_is_known_does() -> None:
    assert suits(line(audiences=()), Wish(audience="parents"))
    assert not suits(line(), Wish(audience="parents"))
    assert suits(line(), Wish(topic="scams"))
    assert not suits(line(topics=("hate",)), Wish(topic="scams"))
    assert not suits(line(), Wish(language="pl"))
    assert not suits(line(), Wish(country="DK"))


@given(
    st.lists(st.sampled_from(["open", "closed", "unknown"])),
    st.booleans(),
    st.booleans(),
)
def test_nothing_uncertain_is_open(states: list[str], writes: bool, certain: bool) -> None:
    reach = reach_of(states, writes=writes, certain=certain)
    assert reach in RANK
    assert (reach == "open") is ("open" in states and certain)
    assert (reach == "perhaps") is ("open" in states and not certain)


def checked(points: list[CheckedPoint] | None = None, **fields: Any) -> CheckedEntry:
    values: dict[str, Any] = {
        "country": "SI",
        "hotline": False,
        "points": points
        if points is not None
        else [CheckedPoint("phone", "116 111", "116 111", ["Mo-Su 12:00-20:00"], known_hours=True)],
        "languages": ("sl",),
        "audiences": ("children",),
        "free": True,
        "anonymous": True,
        "inhope": None,
        "conflicts": 0,
        "state": "confirmed",
    }
    return CheckedEntry(**{**values, **fields})


def test_a_whole_entry_has_no_findings() -> None:
    assert findings_of(checked()) == []


def test_the_misprinted_number_is_found() -> None:
    wrong = [CheckedPoint("phone", "111 116", "111 116", (), known_hours=True)]
    assert [one.code for one in findings_of(checked(wrong))] == ["number-unknown-short"]


def test_what_is_wrong_stands_before_what_is_only_unknown() -> None:
    points = [CheckedPoint("phone", "116 111", "116 111", ["12 to 20"], known_hours=False)]
    found = findings_of(checked(points, free=None, state="never", conflicts=2))
    codes = [one.code for one in found]
    assert codes[0] == "hours-unreadable"
    assert set(codes) == {"hours-unreadable", "hours-missing", "free-missing", "conflicts", "never"}
    assert [one.wrong for one in found] == [True, False, False, False, False]


def test_a_hotline_needs_to_say_whether_it_is_in_inhope_and_not_for_whom_it_is() -> None:
    codes = {one.code for one in findings_of(checked(hotline=True, audiences=(), free=None))}
    assert codes == {"inhope-missing"}


def test_without_any_address_an_entry_is_wrong() -> None:
    assert findings_of(checked([]))[0].code == "no-way"


def test_differences_name_what_changed_came_and_went() -> None:
    found = differences({"name": "A", "free": "yes", "gone": "x"}, {"name": "B", "free": "yes", "new": "y"})
    assert [(one.key, one.before, one.now) for one in found] == [
        ("name", "A", "B"),
        ("new", "", "y"),
        ("gone", "x", ""),
    ]
