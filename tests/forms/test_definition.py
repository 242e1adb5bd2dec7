"""A definition is read whole, or every fault in it is said with its place."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.forms.rules.definition import Said
from havn.forms.rules.limits import MOST_QUESTIONS, MOST_SECTIONS
from havn.forms.rules.parsing import DefinitionFaults, parse, parse_kindly
from havn.forms.words import path_words
from tests.forms.sample import RAW, definition, raw


def faults(given_: Any) -> set[tuple[str, str]]:
    with pytest.raises(DefinitionFaults) as found:
        parse(given_)
    return {(one.path, one.code) for one in found.value.faults}


def test_it_has_everything_that_was_given() -> None:
    form = definition()
    assert list(form.questions) == [q["key"] for section in RAW["sections"] for q in section["questions"]]
    assert form.questions["members"].basis
    assert form.questions["colour"].codes == ("red", "blue", "other")
    assert form.scores == {"colour": {"red": 2, "blue": 1}}
    assert form.repeated == {"trip_people": "trips", "trip_crowd": "trips"}
    assert form.checks[0].placeholders == ("before.members",)


def test_what_decides_comes_before_what_it_shows() -> None:
    order = definition().order
    assert order.index("met") < order.index("why_not")
    assert order.index("members") < order.index("tables") < order.index("by_age")
    assert order.index("trip_people") < order.index("travellers") < order.index("hidden")


def test_a_missing_language_falls_back_and_says_so() -> None:
    form = definition()
    assert form.said(form.title, "nb") == Said("Klubbens år", "nb")
    assert form.said(form.about, "nb") == Said("Takes ten minutes.", "en")
    assert form.said({}, "nb") == Said("", "en")


def test_every_fault_is_found_at_once_with_its_place() -> None:
    given_ = raw()
    given_["sections"][0]["questions"][0] |= {"least": 10, "most": 2, "colour": "red"}
    given_["sections"][0]["questions"][1]["label"] = {"nb": "Møttes dere?", "de": "Getroffen?"}
    given_["sections"][0]["questions"][2]["show_if"] = "not mett"
    given_["sections"][1]["questions"][0]["key"] = "members"
    given_["computed"][0]["value"] = "sum(trip_people"
    given_["checks"][1] |= {"at": "nowhere", "level": "grave"}
    numbers = "sections.numbers.questions"
    assert faults(given_) >= {
        (f"{numbers}.members", "least-above-most"),
        (f"{numbers}.members.colour", "unknown-field"),
        (f"{numbers}.met.label", "language-not-offered"),
        (f"{numbers}.met.label.en", "needs-text"),
        (f"{numbers}.why_not.show_if", "unknown-name"),
        ("sections.tables.questions.members.key", "key-twice"),
        ("computed.travellers.value", "expression-missing"),
        ("checks.ages.at", "unknown-question"),
        ("checks.ages.level", "one-of"),
    }


@pytest.mark.parametrize("key", ["", "A", "1a", "a-b", "a" * 41, "before", "and", "æ", "a b", None, 3])
def test_a_key_is_plain(key: Any) -> None:
    given_ = raw()
    given_["sections"][0]["questions"][1]["key"] = key
    assert {code for _path, code in faults(given_)} & {"key", "key-taken"}


def test_nothing_waits_for_itself() -> None:
    given_ = raw()
    given_["sections"][0]["questions"][0]["show_if"] = "travellers > 3"
    given_["sections"][2]["show_if"] = "filled(members)"
    assert "circle" in {code for _path, code in faults(given_)}
    alone = raw()
    alone["computed"][0]["value"] = "hidden + 1"
    assert "circle" in {code for _path, code in faults(alone)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("by_age.young.girls > 1", None), ("by_age.*.girls > 1", None), ("by_age.ancient.girls > 1", "unknown-name"),
        ("by_age.young.dogs > 1", "unknown-name"), ("often.swim == \"often\"", None), ("often.swim.x", "unknown-name"),
        ("members.basis == \"counted\"", None), ("colour.other == \"x\"", None), ("met.other", "unknown-name"),
        ("before.before.members", "unknown-name"), ("count(trips)", None), ("count(numbers)", "unknown-name"),
        ("sum(\"trip_\")", None), ("sum(\"nothing_\")", "unknown-prefix"), ("before", "unknown-name"),
    ],
)  # fmt: skip
def test_every_name_must_be_there(text: str, code: str | None) -> None:
    given_ = raw()
    given_["checks"][0]["holds"] = text
    _form, found = parse_kindly(given_)
    assert {one.code for one in found} == ({code} if code else set())


def test_a_table_may_be_asked_how_it_is_known() -> None:
    given_ = raw()
    table = given_["sections"][1]["questions"][0]
    given_["checks"][0]["holds"] = 'by_age.basis == "counted"'
    assert "unknown-name" in {code for _path, code in faults(given_)}, "not asked yet"
    table["basis"] = True
    form = parse(given_)
    assert form.questions["by_age"].names == ("by_age", "by_age.basis")
    assert path_words(form, "by_age.basis", "en") == "Members by age, how it is known"
    table["rows"].append({"code": "basis", "label": {"en": "Basis"}})
    assert ("sections.tables.questions.by_age.rows", "key-twice") in faults(given_)


def test_a_form_has_bounds() -> None:
    given_ = raw()
    question = {"type": "note", "label": {"en": "x"}}
    given_["sections"][0]["questions"] = [{**question, "key": f"q{n}"} for n in range(MOST_QUESTIONS + 5)]
    given_["sections"] += [{"key": f"s{n}", "title": {"en": "x"}, "questions": []} for n in range(MOST_SECTIONS)]
    assert {"too-many"} <= {code for _path, code in faults(given_)}


def test_a_repeated_section_is_bounded_as_a_whole() -> None:
    given_ = raw()
    cells = [{"code": f"c{n}", "label": {"en": f"{n}"}} for n in range(20)]
    table = {"key": "trip_table", "type": "matrix", "label": {"en": "x"}, "rows": cells, "columns": cells[:10]}
    given_["sections"][2]["questions"] = [given_["sections"][2]["questions"][0], table]
    given_["sections"][2]["repeat"]["most"] = 99
    assert parse(given_).sections[2].repeat.most == 99  # type: ignore[union-attr]
    given_["sections"][2]["repeat"]["most"] = 100
    assert faults(given_) == {("sections.trips.repeat", "too-many-repeated")}
    table["columns"] = {"vocabulary": "reason"}
    given_["sections"][2]["repeat"]["most"] = 10
    assert faults(given_) == {("sections.trips.repeat", "too-many-repeated")}


def test_what_can_be_read_of_a_draft_is_shown() -> None:
    given_ = raw()
    given_["sections"][0]["questions"][1]["type"] = "picture"
    form, found = parse_kindly(given_)
    assert "met" not in form.questions
    assert "members" in form.questions
    assert ("sections.numbers.questions.met.type", "one-of") in {(one.path, one.code) for one in found}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(anything)
def test_nothing_but_a_definition_is_read_and_nothing_else_is_raised(given_: Any) -> None:
    with pytest.raises(DefinitionFaults):
        parse(given_)


@given(st.data())
def test_a_definition_with_anything_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    given_ = raw()
    place: Any = given_
    for _depth in range(data.draw(st.integers(0, 5))):
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys)) if keys else None
        if key is None or not isinstance(place[key], (dict, list)):
            break
        place = place[key]
    if isinstance(place, dict) and place:
        place[data.draw(st.sampled_from(list(place)))] = data.draw(anything)
    form, found = parse_kindly(given_)
    assert all(one.path is not None and one.code for one in found)
    assert set(form.order) >= set(form.questions)
