"""Which forms may be asked anonymously."""

from typing import Any

import pytest

from havn.forms.api import Definition, parse, shipped
from havn.surveys.rules.fitness import faults_of, may_split
from tests.surveys.factories import choices, definition, one


def _with(*questions: dict[str, Any], **more: Any) -> Definition:
    return parse({**definition(*questions), **more})


def test_a_form_of_choices_is_fit() -> None:
    assert faults_of(parse(definition())) == []


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ({"type": "text"}, "type-text"),
        ({"type": "number"}, "type-number"),
        ({"type": "date"}, "type-date"),
        ({"type": "file", "kinds": ["pdf"], "largest": 1000}, "type-file"),
        ({"type": "one", "choices": choices("a", "b"), "other": True}, "other"),
        ({"type": "many", "choices": choices("a", "b"), "most": 1}, "many-of-one"),
        ({"type": "one", "choices": choices("a", "b"), "required": "plays"}, "required-if"),
        ({"type": "matrix", "rows": choices("r"), "columns": choices("c"), "cell": "number"}, "matrix-number"),
    ],
)
def test_what_could_tell_who_somebody_is_is_refused(question: dict[str, Any], code: str) -> None:
    found = faults_of(_with({"key": "extra", "label": {"en": "Extra?"}, **question}))
    assert [(fault.code, fault.at) for fault in found] == [(code, "extra")]


def test_a_section_in_rows_and_a_check_are_refused() -> None:
    raw = definition()
    raw["sections"].append(
        {"key": "rows", "title": {"en": "Rows"}, "repeat": {"least": 0, "most": 3, "title": {"en": "Row"}},
         "questions": [one("each", "a", "b")]}
    )  # fmt: skip
    raw["checks"] = [{"key": "c", "level": "error", "at": "plays", "holds": "plays", "message": {"en": "No."}}]
    assert {fault.code for fault in faults_of(parse(raw))} == {"repeat", "checks"}


def test_results_are_split_only_by_what_everybody_is_asked() -> None:
    assert [question.key for question in may_split(parse(definition()))] == ["age", "gender", "plays"]


def test_the_survey_that_comes_with_havn_is_fit() -> None:
    forms = [parse(raw) for kind, raw in shipped() if kind == "survey"]
    assert forms
    for form in forms:
        assert faults_of(form) == []
        assert may_split(form)
