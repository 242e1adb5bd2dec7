"""The forms that come with Havn: whole in three languages, with answers that pass and answers that do not."""

import copy
import datetime as dt
from typing import Any

import pytest

from havn.forms.actions import loading
from havn.forms.api import Definition, check, definition_on, filled_in, load_shipped, newest_frozen, shipped
from havn.forms.rules.definition import Choice, Labels, Type
from havn.forms.rules.lists import with_lists
from havn.forms.rules.parsing import parse
from havn.helpline.actions.vocabularies import load_vocabularies
from tests.forms.shipped_answers import WRONG, right
from tests.tenancy.factories import make_centre

FORMS = {given["key"]: (kind, given) for kind, given in shipped()}
LISTS = {
    "channel": ("phone", "chat"), "person": ("child-5-11", "unknown"), "gender": ("girl-or-woman", "unknown"),
    "reason": ("cyberbullying", "other"), "place": ("social-media", "unknown"),
}  # fmt: skip


def form(key: str) -> Definition:
    lists = {name: tuple(Choice(code, {"en": code}) for code in codes) for name, codes in LISTS.items()}
    return with_lists(parse(FORMS[key][1]), lists)


def texts(definition: Definition) -> list[Labels]:
    found = [definition.title, definition.about]
    for section in definition.sections:
        found += [section.title, section.about, section.repeat.title if section.repeat else {}]
    for one in definition.questions.values():
        found += [one.label, one.help, one.unit, one.low, one.high]
        found += [choice.label for choice in (*one.choices, *one.rows, *one.columns)]
    for computed in definition.computed:
        found += [computed.label, *(label for band in computed.bands for label in (band.label, band.advice))]
    return [*found, *(check.message for check in definition.checks)]


def test_these_eight_come_with_havn() -> None:
    assert {key: kind for key, (kind, _given) in FORMS.items()} == {
        "helpline_quarter": "helpline", "hotline_quarter": "hotline", "awareness_data": "awareness",
        "safer_internet_day": "safer-internet-day", "quality_visit": "visit", "age_assurance": "self-assessment",
        "thematic_monitoring": "monitoring", "gaming_under_18": "survey",
    }  # fmt: skip


@pytest.mark.parametrize("key", FORMS)
def test_every_text_is_there_in_english_norwegian_and_danish(key: str) -> None:
    definition = parse(FORMS[key][1])
    assert definition.languages == ("en", "nb", "da")
    missing = [labels for labels in texts(definition) if labels and set(labels) != {"en", "nb", "da"}]
    assert missing == []


@pytest.mark.parametrize("key", FORMS)
def test_sound_answers_pass(key: str) -> None:
    found = check(form(key), *right(key))
    assert [(one.path, one.code) for one in found.faults] == []


@pytest.mark.parametrize(("key", "changes", "path", "code"), WRONG)
def test_unsound_answers_do_not(key: str, changes: dict[str, Any], path: str, code: str) -> None:
    answers, before, year_before = right(key)
    found = check(form(key), {**answers, **changes}, before, year_before)
    said = [(one.path, one.check.key if one.check else one.code) for one in found.faults]
    assert (path, code) in said


def test_every_check_of_every_form_is_shown_to_fail() -> None:
    shown = {(key, code) for key, _changes, _path, code in WRONG}
    for key in FORMS:
        for one in parse(FORMS[key][1]).checks:
            assert (key, one.key) in shown, f"{key}: {one.key}"


def test_the_self_assessment_has_ten_areas_and_sixty_points() -> None:
    answers, *_periods = right("age_assurance")
    found = check(form("age_assurance"), answers)
    areas = [name for name in found.values if name.startswith("points_")]
    assert len(areas) == 10
    assert found.values["points"] == 60
    assert found.bands["points"].label["en"] == "Very good"
    none = check(form("age_assurance"), {k: "no" if v == "yes" else v for k, v in answers.items()})
    assert (none.values["points"], none.bands["points"].label["en"]) == (0, "Beginning")


def test_the_childrens_survey_asks_for_no_words_and_no_number() -> None:
    for one in form("gaming_under_18").questions.values():
        assert one.type in (Type.NOTE, Type.ONE, Type.MANY, Type.SCALE, Type.MATRIX), one.key
        assert not one.other
        assert one.cell in ("", "one", "scale")
        assert not one.required, "a child may skip any question"


def test_a_child_who_does_not_play_is_not_asked_how() -> None:
    shown = check(form("gaming_under_18"), {"plays": "never"}).shown
    assert "happy" not in shown
    assert {"happy", "happened"} <= check(form("gaming_under_18"), {}).shown


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_a_new_text_is_a_new_version(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_shipped() == len(FORMS)
    assert load_shipped() == 0
    version = newest_frozen("helpline_quarter")
    assert version is not None
    assert version.is_frozen
    assert version.form.is_shipped
    reworded = copy.deepcopy(FORMS["helpline_quarter"])
    reworded[1]["title"]["en"] = "Another title"
    monkeypatch.setattr(loading, "shipped", lambda: [reworded])
    assert load_shipped() == 1
    assert newest_frozen("helpline_quarter") != version


@pytest.mark.django_db
def test_reasons_are_those_of_the_quarter() -> None:
    load_vocabularies()
    load_shipped()
    version = newest_frozen("helpline_quarter", make_centre())
    assert version is not None
    old = definition_on(version, dt.date(2023, 3, 31)).questions["reason"].row_codes
    new = definition_on(version, dt.date(2023, 6, 30)).questions["reason"].row_codes
    assert "sextortion" in old
    assert "ncsii" not in old
    assert "ncsii" in new
    assert "sextortion" not in new
    plain = parse({**FORMS["age_assurance"][1]})
    assert filled_in(plain, dt.date(2023, 6, 30)) is plain
