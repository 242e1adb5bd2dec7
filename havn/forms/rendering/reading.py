"""Answers to be read: label and words, tables for matrices, one block for each row of a repeated section."""

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from havn.forms.rendering.fields import computed_shown, steps
from havn.forms.rendering.said import said
from havn.forms.rules.answering import Checked, Fault
from havn.forms.rules.definition import OTHER, Band, Definition, Question, Section, Type
from havn.forms.rules.evaluating import is_number
from havn.forms.words import answer_words, basis_words, number_words, path_words, sentence


class Reading:
    """A form that was answered, for somebody who reads it."""

    def __init__(
        self, definition: Definition, answers: Mapping[str, Any], language: str, checked: Checked | None,
        beside: Mapping[str, SafeString], values: Mapping[str, Any], bands: Mapping[str, Band],
    ) -> None:  # fmt: skip
        self.definition, self.answers, self.language = definition, answers, language
        self.checked, self.beside = checked, beside
        self.reckoned = checked or Checked({}, dict(values), (), frozenset(), dict(bands))

    def section(self, section: Section) -> dict[str, Any] | None:
        """A section with its answers; None where nothing in it was shown or answered."""
        shown: dict[str, Any] = {
            "key": section.key,
            "title": said(self.definition, section.title, self.language),
            "beside": self.beside.get(section.key, ""),
        }
        if section.repeat is None:
            shown["rows"] = [[self.line(q, q.key, self.answers) for q in section.questions if self.is_there(q, q.key)]]
        else:
            given = self.answers.get(section.key)
            shown["row_title"] = said(self.definition, section.repeat.title, self.language)
            shown["repeated"] = True
            shown["rows"] = [
                [self.line(q, f"{section.key}.{number}.{q.key}", row) for q in section.questions]
                for number, row in enumerate(given if isinstance(given, list) else [])
                if isinstance(row, dict)
            ]
        return shown if any(shown["rows"]) or shown["beside"] else None

    def is_there(self, question: Question, path: str) -> bool:
        """Whether a question was asked: as the check says, or else whether it was answered."""
        if question.type == Type.NOTE:
            return False
        return path in self.checked.shown if self.checked else question.key in self.answers or path in self.beside

    def line(self, question: Question, path: str, source: Mapping[str, Any]) -> dict[str, Any]:
        """One question and its answer."""
        value = source.get(question.key)
        faults = [one for one in self.reckoned.faults if one.path == path or one.path.startswith(f"{path}.")]
        return {
            "id": f"answer-{path}",
            "label": said(self.definition, question.label, self.language),
            "words": self.words(question, value, source),
            "table": self.table(question, value),
            "is_long": question.type == Type.TEXT and question.lines > 1,
            "basis": basis_words(str(source[f"{question.key}.basis"])) if f"{question.key}.basis" in source else "",
            "faults": [(one.level, self.fault(one, path)) for one in faults],
            "beside": self.beside.get(path) or self.beside.get(question.key, ""),
        }

    def fault(self, fault: Fault, at: str) -> str:
        words = sentence(fault, self.definition, self.language)
        if fault.path == at:
            return words
        where = path_words(self.definition, fault.path, self.language, within=at)
        return _("%(where)s: %(sentence)s") % {"where": where, "sentence": words}

    def words(self, question: Question, value: Any, source: Mapping[str, Any]) -> str:
        if question.type == Type.MATRIX:
            return ""
        words = answer_words(question, value, self.definition, self.language)
        other = source.get(f"{question.key}.{OTHER}")
        return f"{words}: {other}" if other else words

    def table(self, question: Question, value: Any) -> dict[str, Any] | None:
        """Columns and rows of a matrix that were answered."""
        if question.type != Type.MATRIX or not isinstance(value, dict):
            return None
        rows = [row for row in question.rows if row.code in value]
        if question.cell != "number":
            return {"columns": [], "rows": [(self.label(row), [self.one(question, value[row.code])]) for row in rows]}
        columns = question.columns
        return {
            "columns": [self.label(column) for column in columns],
            "rows": [(self.label(row), [self.number(value[row.code], one.code) for one in columns]) for row in rows],
        }

    def label(self, choice: Any) -> SafeString:
        return said(self.definition, choice.label, self.language) or SafeString(choice.code)

    def one(self, question: Question, answer: Any) -> SafeString | str:
        if question.cell == "scale":
            ends = {steps(question)[0]: question.low, steps(question)[-1]: question.high}
            end = said(self.definition, ends.get(answer, {}), self.language)
            return f"{answer} ({end})" if end else str(answer)
        found = [column for column in question.columns if column.code == answer]
        return self.label(found[0]) if found else str(answer)

    def number(self, row: Any, column: str) -> str:
        value = row.get(column) if isinstance(row, dict) else None
        return number_words(value) if is_number(value) else "–"

    def computed(self) -> list[dict[str, Any]]:
        """Computed values that people see."""
        return computed_shown(self.definition, self.reckoned, self.language)
