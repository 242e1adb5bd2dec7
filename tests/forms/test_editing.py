"""Changing the JSON of a draft: nothing but what is meant changes, and what is typed comes back as it was."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havn.forms.rules import editing
from havn.forms.rules.choosing import (
    amounts_to_choose,
    answers_to_choose,
    change_within,
    numbers_to_choose,
    split_check,
    split_condition,
)
from havn.forms.rules.lines import bands_as_lines, bands_from_lines, choices_as_lines, choices_from_lines
from havn.forms.rules.parsing import parse
from havn.forms.rules.texts import texts_of, with_texts
from tests.forms.building import QUARTER
from tests.forms.strategies import definitions

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
_FORMS = settings(max_examples=20, deadline=None, suppress_health_check=_SLOW)


def test_a_change_leaves_the_old_definition_as_it_was() -> None:
    before = repr(QUARTER)
    editing.with_part(QUARTER, "question", "total", {"key": "total", "type": "note", "label": {"en": "No"}})
    editing.without(QUARTER, "section", "numbers")
    editing.moved(QUARTER, "question", "why", down=False)
    editing.with_new(QUARTER, "check", {"key": "new"})
    with_texts(QUARTER, "nb", {"title": "Ny"})
    assert repr(QUARTER) == before


@_FORMS
@given(st.data())
def test_moving_keeps_every_question_and_back_is_where_it_was(data: st.DataObject) -> None:
    raw = data.draw(definitions())
    keys = [one["key"] for one in editing.parts_of(raw, "question")]
    key = data.draw(st.sampled_from(keys))
    moved = editing.moved(raw, "question", key, down=True)
    assert sorted(one["key"] for one in editing.parts_of(moved, "question")) == sorted(keys)
    if moved != raw:
        assert editing.moved(moved, "question", key, down=False) == raw


@given(st.text(max_size=60), st.sets(st.from_regex(r"[a-z]{1,6}", fullmatch=True), max_size=5))
def test_keys_made_of_any_words_are_keys_and_free(text: str, taken: set[str]) -> None:
    key = editing.new_key(text, taken)
    assert key not in taken
    raw = {**QUARTER, "sections": [{"key": key, "title": {"en": "T"}, "questions": []}], "computed": [], "checks": []}
    assert parse(raw).sections[0].key == key


@pytest.mark.parametrize(
    ("words", "key"),
    [("How many calls?", "how_many_calls"), ("Hvor mange små øyer?", "hvor_mange_smaa_oyer"), ("2026", "question"),
     ("not", "not_2"), ("???", "question"),
     ("The number of conversations held by chat in all", "the_number_of_conversations")],
)  # fmt: skip
def test_keys_are_made_of_the_first_words(words: str, key: str) -> None:
    assert editing.new_key(words, ()) == key


@given(st.lists(st.text(alphabet="ab 1-_é", max_size=12), max_size=6))
def test_choices_written_as_lines_and_read_again_are_the_same(lines: list[str]) -> None:
    first = choices_from_lines("\n".join(lines), "en", [])
    again = choices_from_lines(choices_as_lines(first, "en"), "en", first)
    assert [one["code"] for one in again] == [one["code"] for one in first]
    assert choices_as_lines(again, "en") == choices_as_lines(first, "en")


def test_words_with_a_mark_in_them_stay_whole() -> None:
    first = choices_from_lines("Yes | No, or both", "en", [])
    assert first == [{"code": "yes_no_or_both", "label": {"en": "Yes | No, or both"}}]
    assert choices_from_lines(choices_as_lines(first, "en"), "en", first) == first


def test_choices_keep_words_in_other_languages_under_their_codes() -> None:
    old: list[dict[str, Any]] = [{"code": "a", "label": {"en": "A", "nb": "Å"}}, {"code": "b", "label": {"en": "B"}}]
    assert choices_from_lines("B\nNew words | a | 1,5\nA", "en", old) == [
        {"code": "b", "label": {"en": "B"}}, {"code": "a", "label": {"en": "New words", "nb": "Å"}, "score": 1.5},
        {"code": "a_2", "label": {"en": "A"}},
    ]  # fmt: skip


def test_bands_keep_words_in_other_languages_where_they_begin() -> None:
    old = [{"from": 0, "label": {"en": "Low", "nb": "Lav"}, "advice": {"en": "Do more"}}]
    assert bands_as_lines(old, "en") == "0 | Low | Do more"
    assert bands_from_lines("0 | Lower\n2.5 | High | Well | done", "en", old) == [
        {"from": 0, "label": {"en": "Lower", "nb": "Lav"}},
        {"from": 2.5, "label": {"en": "High"}, "advice": {"en": "Well | done"}},
    ]


@_FORMS
@given(definitions())
def test_every_condition_that_is_offered_can_be_read_and_is_found_again(raw: dict[str, Any]) -> None:
    form = parse(raw)
    for section in form.sections:
        answers, numbers = answers_to_choose(form, section.key), numbers_to_choose(form, section.key)
        for key, conditions in answers.items():
            for condition in conditions:
                assert split_condition(condition, answers, numbers).way == "answer"
                part = {"key": "added", "type": "text", "label": {"en": "Added"}, "show_if": condition}
                parse(editing.with_new(raw, "question", part, section.key))
                assert key in condition
    for amount in amounts_to_choose(form):
        check = {"key": "c", "level": "error", "at": next(iter(form.questions)), "holds": f"{amount} >= {amount}",
                 "message": {"en": "No"}}  # fmt: skip
        parse({**raw, "checks": [check]})
        assert split_check(f"{amount} >= {amount}", amounts_to_choose(form)).way == "compare"


def test_other_expressions_stay_expressions() -> None:
    assert split_condition("total > 1 and met", {}, ["total"]).way == "expression"
    assert split_condition("", {}, []).way == "always"
    assert split_condition("total >= -2.5", {}, ["total"]).second == "-2.5"
    assert split_check(change_within("total", 33.3), ["total"]).second == "33.3"
    assert split_check("abs(total - before.other) <= 0.3 * before.total", ["total"]).way == "expression"


@_FORMS
@given(definitions())
def test_texts_are_found_by_places_that_stay_when_parts_move(raw: dict[str, Any]) -> None:
    places = [one.place for one in texts_of(raw)]
    assert len(places) == len(set(places))
    changed = with_texts(raw, "nb", {place: f"nb {number}" for number, place in enumerate(places)})
    assert {one.place: one.in_language("nb") for one in texts_of(changed)} == {
        place: f"nb {number}" for number, place in enumerate(places)
    }
    key = editing.parts_of(changed, "question")[0]["key"]
    moved = editing.moved(changed, "question", key, down=True)
    if editing.section_of(moved, key)["key"] == editing.section_of(changed, key)["key"]:
        assert {one.place: one.texts for one in texts_of(moved)} == {one.place: one.texts for one in texts_of(changed)}


@pytest.mark.parametrize(
    "place", ["", "sections/99/title", "sections/numbers/questions", "nothing/at/all", "title/en/more"]
)
def test_places_that_are_not_there_change_nothing(place: str) -> None:
    changed = with_texts({"title": {"en": "T"}, "sections": []}, "nb", {place: "Ny"})
    assert changed in ({"title": {"en": "T"}, "sections": []}, {"title": {"en": "T"}, "sections": [], "nb": "Ny"})
