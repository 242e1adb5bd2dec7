"""All accepted answers of a round as a table: a line for each, so that nothing is added before one chooses to."""

from typing import Any

from django.utils.translation import gettext as _

from havn.common.language import reader_language
from havn.forms import api as forms
from havn.rounds.models import Assignment, Round
from havn.rounds.queries.answers import Accepted, accepted_in_round
from havn.rounds.words import form_title, period_name, period_of_round
from havn.rounds.working import definition_of
from havn.statistics.export import Sheet, Value


def sheet_of(one: Round) -> Sheet:
    """The table with its heads, in the reader's language. For use inside the network alone: every number is in it."""
    asked = one.assignments.select_related("round__owner", "round__form_version__form").first()
    rows = [row for answer in accepted_in_round(one.pk) for row in _rows(asked, answer)] if asked else []
    title = f"{form_title(one.form_version)}, {period_name(period_of_round(one))}"
    above = [_("For use inside the network alone: small numbers are in it. Figures are published as a release.")]
    heads = [
        _("Country"), _("Centre"), _("Revision"), _("Key"), _("Question"), _("Row"), _("Column"), _("Answer"),
        _("How it is known"),
    ]  # fmt: skip
    return Sheet(title, above, heads, rows)


def _rows(asked: Assignment, answer: Accepted) -> list[list[Value]]:
    definition, language = definition_of(asked), reader_language()
    before: list[Value] = [answer.centre.country_code, answer.centre.name, answer.revision]
    rows: list[list[Value]] = []
    for section in definition.sections:
        given = answer.answers.get(section.key) if section.repeat else None
        sources = [(f"{section.key}.{at}.", row) for at, row in enumerate(given or []) if isinstance(row, dict)]
        for prefix, source in sources if section.repeat else [("", answer.answers)]:
            for question in section.questions:
                if question.key in source:
                    cells = _cells(definition, question, source, language)
                    rows += [[*before, f"{prefix}{question.key}", *cell] for cell in cells]
    for one in definition.computed:
        if one.shown and answer.values.get(one.key) is not None:
            label = definition.said(one.label, language).text
            rows.append([*before, one.key, label, "", "", _plain(answer.values[one.key]), ""])
    return rows


def _cells(definition: forms.Definition, question: forms.Question, source: Any, language: str) -> list[list[Value]]:
    """[question, row, column, answer, basis] of one answer: of a table one for each cell."""
    label, value = definition.said(question.label, language).text, source[question.key]
    basis = str(source.get(f"{question.key}.basis", ""))
    if question.type != forms.Type.MATRIX or not isinstance(value, dict):
        return [[label, "", "", _answer(definition, question, value, language), basis]]
    columns = {one.code: definition.said(one.label, language).text for one in question.columns}
    found: list[list[Value]] = []
    for row in question.rows:
        cells = value.get(row.code)
        name = definition.said(row.label, language).text
        if isinstance(cells, dict):
            found += [[label, name, columns[c], _plain(n), basis] for c, n in cells.items() if c in columns]
        elif cells is not None:
            found.append([label, name, "", columns.get(str(cells), _plain(cells)), basis])
    return found


def _answer(definition: forms.Definition, question: forms.Question, value: Any, language: str) -> Value:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return forms.answer_words(question, value, definition, language)


def _plain(value: Any) -> Value:
    return value if isinstance(value, (int, float, str)) and not isinstance(value, bool) else str(value)
