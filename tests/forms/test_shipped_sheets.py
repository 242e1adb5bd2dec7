"""The forms that come with Havn as workbooks, in each of their languages."""

import pytest

from havn.forms.rules.answering import check
from havn.forms.rules.definition import Type
from havn.forms.sheets.reading import read_template
from havn.forms.sheets.writing import Cover, template
from tests.forms.shipped_answers import right
from tests.forms.test_shipped import FORMS, form


@pytest.mark.parametrize("language", ["en", "nb", "da"])
@pytest.mark.parametrize("key", FORMS)
def test_answers_to_each_come_back_from_its_workbook(key: str, language: str) -> None:
    definition = form(key)
    answers = check(definition, *right(key)).answers
    file = template(definition, answers, language=language, cover=Cover(1))
    found = read_template(definition, file, version=1)
    files = {one.key for one in definition.questions.values() if one.type is Type.FILE}
    assert [fault.text for fault in found.faults] == []
    assert check(definition, found.answers, final=False).answers == {
        name: value for name, value in answers.items() if name not in files
    }
    assert len(file) < 100_000
