"""Checking answers: cleaned, hidden ones dropped, what is missing or wrong said at its place."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havn.forms.rules.answering import Checked, check
from havn.forms.rules.limits import MOST_ROWS
from havn.forms.rules.numbers import numbers_of
from havn.forms.rules.parsing import parse
from tests.forms.sample import definition, raw
from tests.forms.strategies import answers_to, definitions

GOOD: dict[str, Any] = {
    "members": "12", "members.basis": "counted", "met": "true", "colour": "red", "days": ["tue", "mon"], "liked": "4",
    "by_age": {"young": {"girls": "5", "boys": "3"}, "old": {"girls": "4", "boys": ""}},
    "often": {"swim": "often"}, "rated": {"food": "0"}, "founded": "1999-05-01",
    "plan": {"name": "plan.pdf", "size": 900, "ref": "7"}, "trips": [{"trip_people": "50"}, {"trip_people": 5}],
}  # fmt: skip


def checked(answers: dict[str, Any], **more: Any) -> Checked:
    return check(definition(), answers, **more)


def codes(found: Checked) -> dict[str, str]:
    return {one.path: one.code for one in found.faults}


def test_good_answers_become_clean_ones() -> None:
    found = checked(GOOD)
    assert found.faults == ()
    assert found.answers == {
        "members": 12, "members.basis": "counted", "met": True, "colour": "red", "days": ["mon", "tue"], "liked": 4,
        "by_age": {"young": {"girls": 5, "boys": 3}, "old": {"girls": 4}}, "often": {"swim": "often"},
        "rated": {"food": 0}, "founded": "1999-05-01", "plan": {"name": "plan.pdf", "size": 900, "ref": "7"},
        "trips": [{"trip_people": 50}, {"trip_people": 5}],
    }  # fmt: skip
    assert found.values == {"travellers": 55, "hidden": pytest.approx(55 / 12)}
    assert found.bands["travellers"].label == {"en": "Many"}


@pytest.mark.parametrize(
    ("answers", "path", "code"),
    [
        ({"members": "twelve"}, "members", "not-a-number"), ({"members": "1.5"}, "members", "not-whole"),
        ({"members": -1}, "members", "too-small"), ({"members": "6000"}, "members", "too-large"),
        ({"members": 10**400}, "members", "not-a-number"), ({"members": True}, "members", "not-a-number"),
        ({"members": 3, "members.basis": "guess"}, "members.basis", "not-a-choice"),
        ({"met": "perhaps"}, "met", "not-yes-or-no"), ({"colour": "green"}, "colour", "not-a-choice"),
        ({"colour": ["red"]}, "colour", "not-a-choice"), ({"days": ["mon", "sun"]}, "days", "not-a-choice"),
        ({"days": ["mon", "tue", "wed"]}, "days", "too-many-chosen"), ({"liked": 6}, "liked", "not-on-scale"),
        ({"met": False, "why_not": "x" * 51}, "why_not", "too-long"), ({"met": False, "why_not": {}, "colour": 3},
        "colour", "not-a-choice"),
        ({"by_age": [1]}, "by_age", "not-a-table"), ({"by_age": {"young": 3}}, "by_age.young", "not-a-table"),
        ({"by_age": {"young": {"girls": "x"}}}, "by_age.young.girls", "not-a-number"),
        ({"by_age": {"ancient": {"girls": 1}}}, "by_age", "unknown-row"),
        ({"by_age": {"young": {"dogs": 1}}}, "by_age.young", "unknown-column"),
        ({"often": {"swim": "daily"}}, "often.swim", "not-a-choice"), ({"rated": {"food": 4}}, "rated.food",
        "not-on-scale"),
        ({"founded": "2026-02-30"}, "founded", "not-a-date"), ({"plan": "plan.pdf"}, "plan", "not-a-file"),
        ({"plan": {"name": "plan.exe", "size": 3, "ref": "1"}}, "plan", "wrong-kind"),
        ({"plan": {"name": "plan.pdf", "size": 1001, "ref": "1"}}, "plan", "file-too-large"),
        ({"trips": "two"}, "trips", "not-rows"), ({"trips": [{}] * 4}, "trips", "too-many-rows"),
        ({"trips": [{"trip_people": 1}, {"trip_people": "x"}]}, "trips.1.trip_people", "not-a-number"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place(answers: dict[str, Any], path: str, code: str) -> None:
    found = checked({"members": 3, **answers}, final=False)
    assert codes(found)[path] == code


@pytest.mark.parametrize("basis", [{}, {"members.basis": ""}])
def test_how_a_number_is_known_is_never_assumed(basis: dict[str, Any]) -> None:
    asked = {name: value for name, value in GOOD.items() if name != "members.basis"} | basis
    found = checked(asked)
    assert codes(found) == {"members.basis": "no-basis"}
    assert "members.basis" not in found.answers
    assert codes(checked(asked, final=False)) == {}, "a draft may wait with it"
    assert "members.basis" not in codes(checked({"members.basis": "estimate"})), "without a number nothing is asked"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1 200", 1200), ("1\u202f200", 1200), ("12,0", 12), (" 7 ", 7), ("+7", 7), ("1e3", None), ("1,200,000", None),
     ("٣", None), ("0x10", None), ("12.", None), (12.0, 12), ("−0", 0)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(typed: Any, number: int | None) -> None:
    assert checked({"members": typed}, final=False).answers.get("members") == number


def test_hidden_answers_are_dropped() -> None:
    found = checked({**GOOD, "why_not": "It rained"})
    assert "why_not" not in found.answers
    assert "why_not" not in found.shown
    nobody = checked({**GOOD, "members": 0, "met": False, "why_not": "Rain"})
    assert nobody.answers["why_not"] == "Rain"
    assert not {"by_age", "tables", "plan"} & nobody.shown
    assert "by_age" not in nobody.answers


def test_a_hidden_answer_shows_nothing() -> None:
    given_ = raw()
    given_["sections"][0]["questions"].append(
        {"key": "then", "type": "text", "label": {"en": "Then?"}, "show_if": "filled(why_not)"}
    )
    found = check(parse(given_), {"members": 2, "met": True, "why_not": "Rain", "then": "x"}, final=False)
    assert "then" not in found.shown


def test_only_when_final_something_must_be_there() -> None:
    assert codes(checked({}, final=False)) == {}
    assert codes(checked({}))["members"] == "required"
    assert codes(checked({"members": 12, "members.basis": "estimate", "met": False, "trips": [{}]})) == {
        "why_not": "required", "trips.0.trip_people": "required",
    }  # fmt: skip


def test_what_does_not_hold_is_an_error_or_a_warning() -> None:
    found = checked({**GOOD, "members": 20}, before={"members": 10})
    assert [(one.path, one.level, one.check.key if one.check else "") for one in found.faults] == [
        ("members", "warning", "steady"), ("by_age", "error", "ages"),
    ]  # fmt: skip
    assert found.warnings[0].values == {"before.members": 10}
    assert [one.path for one in found.errors] == ["by_age"]


def test_a_check_of_what_is_unknown_says_nothing() -> None:
    assert checked(GOOD).faults == ()
    assert codes(checked({"members": 12}, final=False)) == {}


def test_a_check_in_a_repeated_section_is_asked_of_every_row() -> None:
    found = checked({**GOOD, "trips": [{"trip_people": 61}, {"trip_people": 2}, {"trip_people": 99}]})
    assert [one.path for one in found.errors] == ["trips.0.trip_people", "trips.2.trip_people"]
    assert found.errors[1].values == {"trip_people": 99}


def test_a_condition_in_a_repeated_section_looks_at_its_row() -> None:
    rows = [{"trip_people": 5, "trip_crowd": "Rope"}, {"trip_people": 50, "trip_crowd": "Rope"}]
    found = checked({**GOOD, "trips": rows})
    assert found.answers["trips"] == [{"trip_people": 5}, {"trip_people": 50, "trip_crowd": "Rope"}]


def test_words_of_another_choice_are_kept_only_with_it() -> None:
    assert checked({"colour": "other", "colour.other": " Pink "}, final=False).answers["colour.other"] == "Pink"
    assert "colour.other" not in checked({"colour": "red", "colour.other": "Pink"}, final=False).answers


def test_unknown_keys_and_control_signs_are_dropped() -> None:
    found = checked({"members": 3, "met": False, "why_not": "a\0b\x1b\r\nc", "passport": "1"}, final=False)
    assert found.answers["why_not"] == "ab\nc"
    assert "passport" not in found.answers


def test_numbers_are_listed_with_what_they_are_called() -> None:
    found = numbers_of(definition(), checked(GOOD).answers)
    assert {path: one.value for path, one in found.items()} == {
        "members": 12, "liked": 4, "by_age.young.girls": 5, "by_age.young.boys": 3, "by_age.old.girls": 4,
        "rated.food": 0,
    }  # fmt: skip
    assert [one["en"] for one in found["by_age.old.girls"].labels] == ["Members by age", "Old", "Girls"]


strange = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*definition().questions, "trips", "members.basis", "colour.other"]), strange))
def test_no_answers_break_it_and_clean_ones_stay_as_they_are(answers: dict[str, Any]) -> None:
    found = checked(answers, before=answers)
    again = checked(found.answers, before=answers)
    assert again.answers == found.answers
    assert again.shown == found.shown


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_random_answers_to_random_forms_are_clean_after_one_check(data: st.DataObject) -> None:
    form = parse(data.draw(definitions()))
    found = check(form, data.draw(answers_to(form)))
    again = check(form, found.answers)
    assert (again.answers, again.values, again.shown) == (found.answers, found.values, found.shown)


def test_many_rows_with_heavy_conditions_do_not_run_long() -> None:
    given_ = raw()
    given_["sections"][2]["repeat"]["most"] = MOST_ROWS
    given_["sections"][2]["questions"][1]["show_if"] = " + ".join(["sum(by_age)"] * 60) + " > 3"
    form = parse(given_)
    found = check(form, {**GOOD, "trips": [{"trip_people": 1, "trip_crowd": "x"}] * MOST_ROWS})
    assert len(found.answers["trips"]) == MOST_ROWS
