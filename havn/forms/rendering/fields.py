"""Sections and questions as a template needs them: ids, names, labels, values, faults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from havn.forms.rendering.said import said
from havn.forms.rules.answering import Checked, Fault
from havn.forms.rules.definition import BASES, OTHER, Choice, Definition, Level, Question, Section, Type
from havn.forms.words import basis_words, computed_words, in_words, path_words, sentence

LONG_LIST = 9
"""Choices from this many on are a list to open instead of buttons."""


@dataclass
class Option:
    """One choice: a radio button, a tick box or a line of a list."""

    value: str
    label: SafeString
    id: str
    is_chosen: bool


@dataclass
class Cell:
    """One input of a matrix, or one choice of its row."""

    id: str
    name: str
    column: SafeString
    column_id: str
    value: str
    is_chosen: bool = False
    is_wrong: bool = False


@dataclass
class Row:
    """One row of a matrix."""

    label: SafeString
    id: str
    cells: list[Cell]


@dataclass
class Field:
    """One question on the page."""

    question: Question
    id: str
    name: str
    label: SafeString
    help: SafeString
    unit: SafeString
    condition: str
    value: str
    errors: list[str]
    warnings: list[str]
    beside: SafeString | str
    options: list[Option] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    columns: list[tuple[str, SafeString]] = field(default_factory=list)
    low: SafeString | str = ""
    high: SafeString | str = ""
    bases: list[Option] = field(default_factory=list)
    is_basis_wrong: bool = False
    other: str = ""
    file: str = ""

    @property
    def described_by(self) -> str:
        """The ids of everything that explains the field, for aria-describedby."""
        told = [("help", self.help), ("condition", self.condition), ("errors", self.errors or self.warnings)]
        return " ".join(f"{self.id}-{name}" for name, there in told if there)

    @property
    def shape(self) -> str:
        """Which part of the template draws it."""
        if self.question.type == Type.ONE and len(self.options) > LONG_LIST:
            return "list"
        if self.question.type in (Type.ONE, Type.YES_NO):
            return "radios"
        return str(self.question.type)


class Sheet:
    """A form being shown: what was answered, in which language, what is wrong and what stands beside."""

    def __init__(
        self, definition: Definition, answers: Mapping[str, Any], language: str, prefix: str,
        checked: Checked | None, beside: Mapping[str, SafeString],
    ) -> None:  # fmt: skip
        self.definition, self.answers, self.language, self.prefix = definition, answers, language, prefix
        self.checked, self.beside = checked, beside

    def section(self, section: Section) -> dict[str, Any]:
        """A section with its questions, or with its rows of questions when it is repeated."""
        path = f"{self.prefix}-{section.key}"
        shown: dict[str, Any] = {
            "key": section.key,
            "id": path,
            "title": said(self.definition, section.title, self.language),
            "about": said(self.definition, section.about, self.language, lines=True),
            "condition": self.condition(section.show_if),
            "beside": self.beside.get(section.key, ""),
            "errors": self.messages(section.key, Level.ERROR, exactly=True),
        }
        if section.repeat is None:
            return {**shown, "fields": [self.field(q, q.key, self.answers) for q in section.questions]}
        given = self.answers.get(section.key)
        rows = [one if isinstance(one, dict) else {} for one in given] if isinstance(given, list) else []
        rows += [{} for _missing in range(section.repeat.least - len(rows))]
        shown["row_title"] = said(self.definition, section.repeat.title, self.language)
        shown["repeat"], shown["may_add"] = section.repeat, len(rows) < section.repeat.most
        shown["rows"] = [
            [self.field(q, f"{section.key}.{number}.{q.key}", row) for q in section.questions]
            for number, row in enumerate(rows)
        ]
        return shown

    def field(self, question: Question, path: str, source: Mapping[str, Any]) -> Field:
        """One question with what was answered."""
        name, value = f"{self.prefix}-{path}", source.get(question.key)
        shown = Field(
            question, name, name,
            label=said(self.definition, question.label, self.language),
            help=said(self.definition, question.help, self.language, lines=True),
            unit=said(self.definition, question.unit, self.language),
            condition=self.condition(question.show_if),
            value=typed_words(value),
            errors=self.messages(path, Level.ERROR),
            warnings=self.messages(path, Level.WARNING),
            beside=self.beside.get(path) or self.beside.get(question.key) or "",
        )  # fmt: skip
        self.choose(shown, question, value)
        if question.type == Type.MATRIX:
            self.matrix(shown, question, value if isinstance(value, dict) else {})
        if question.basis:
            known = source.get(f"{question.key}.basis")
            shown.bases = [Option(one, SafeString(basis_words(one)), "", one == known) for one in BASES]
            shown.is_basis_wrong = self.is_wrong(f"{name}.basis")
        shown.other = typed_words(source.get(f"{question.key}.other"))
        shown.file = str(value.get("name", "")) if question.type == Type.FILE and isinstance(value, dict) else ""
        return shown

    def choose(self, shown: Field, question: Question, value: Any) -> None:
        """The choices of a question that has some."""
        choices: list[tuple[str, SafeString]] = []
        if question.type in (Type.ONE, Type.MANY):
            choices = [(one.code, self.said(one)) for one in question.choices]
            choices += [(OTHER, SafeString(_("Something else")))] if question.other else []
        elif question.type == Type.YES_NO:
            choices = [("true", SafeString(_("Yes"))), ("false", SafeString(_("No")))]
        elif question.type == Type.SCALE:
            choices = [(str(step), SafeString(str(step))) for step in steps(question)]
            shown.low = said(self.definition, question.low, self.language)
            shown.high = said(self.definition, question.high, self.language)
        chosen = {typed_words(one) for one in (value if isinstance(value, list) else [value])} - {""}
        if choices and chosen and question.type != Type.MANY and not question.required:
            choices.append(("", SafeString(_("No answer"))))
        shown.options = [
            Option(code, label, shown.id if number == 0 else f"{shown.id}-{code or 'none'}", code in chosen)
            for number, (code, label) in enumerate(choices)
        ]

    def matrix(self, shown: Field, question: Question, value: Mapping[str, Any]) -> None:
        """The rows and columns of a table of answers."""
        if question.cell == "scale":
            columns = [(str(step), SafeString(str(step))) for step in steps(question)]
            shown.low = said(self.definition, question.low, self.language)
            shown.high = said(self.definition, question.high, self.language)
        else:
            columns = [(one.code, self.said(one)) for one in question.columns]
        shown.columns = [(f"{shown.id}-column-{code}", label) for code, label in columns]
        for row in question.rows:
            given = value.get(row.code)
            cells = [self.cell(shown, question, row, column, given) for column in columns]
            if cells and question.cell != "number":
                cells[0].id = f"{shown.id}.{row.code}"
            shown.rows.append(Row(self.said(row), f"{shown.id}-row-{row.code}", cells))

    def cell(self, shown: Field, question: Question, row: Choice, column: tuple[str, SafeString], given: Any) -> Cell:
        code, label = column
        path = f"{shown.id}.{row.code}.{code}"
        heading = f"{shown.id}-column-{code}"
        if question.cell != "number":
            name, wrong = f"{shown.id}.{row.code}", self.is_wrong(f"{shown.id}.{row.code}")
            return Cell(path, name, label, heading, code, typed_words(given) == code, wrong)
        value = typed_words(given.get(code)) if isinstance(given, dict) else ""
        return Cell(path, path, label, heading, value, is_wrong=self.is_wrong(path))

    def is_wrong(self, field_id: str) -> bool:
        path = field_id.removeprefix(f"{self.prefix}-")
        return self.checked is not None and any(one.path == path for one in self.checked.errors)

    def said(self, choice: Choice) -> SafeString:
        return said(self.definition, choice.label, self.language) or SafeString(choice.code)

    def condition(self, expression: Any) -> str:
        return in_words(expression, self.definition, self.language) if expression else ""

    def faults(self, path: str, level: Level, exactly: bool = False) -> list[Fault]:
        found = self.checked.faults if self.checked else ()
        return [
            one for one in found
            if one.level == level and (one.path == path or (not exactly and one.path.startswith(f"{path}.")))
        ]  # fmt: skip

    def messages(self, path: str, level: Level, exactly: bool = False) -> list[str]:
        """Sentences at a question; those of a cell name it."""
        return [self.message(one, path) for one in self.faults(path, level, exactly)]

    def message(self, fault: Fault, at: str) -> str:
        words = sentence(fault, self.definition, self.language)
        if fault.path == at or fault.code == "no-basis":
            return words
        return _("%(where)s: %(sentence)s") % {"where": self.within(fault.path, at), "sentence": words}

    def within(self, path: str, at: str) -> str:
        """What a part of a question is called, without the question."""
        return path_words(self.definition, path, self.language, within=at)

    def summary(self, level: str) -> list[tuple[str, str, str]]:
        """(id to go to, question, sentence) of every fault of a level, in the order of the form."""
        found = self.checked.faults if self.checked else ()
        return [
            (f"{self.prefix}-{one.path}", path_words(self.definition, one.path, self.language),
             sentence(one, self.definition, self.language))
            for one in found if one.level == level
        ]  # fmt: skip

    def values(self) -> list[dict[str, Any]]:
        """Computed values that are shown, with their bands."""
        return computed_shown(self.definition, self.checked, self.language)


def computed_shown(definition: Definition, checked: Checked | None, language: str) -> list[dict[str, Any]]:
    """Label, value and band of each computed value that people see and that is known."""
    found: list[dict[str, Any]] = []
    for one in definition.computed if checked else ():
        value = checked.values.get(one.key) if checked else None
        band = checked.bands.get(one.key) if checked else None
        if not one.shown or value is None:
            continue
        words = computed_words(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)
        found.append(
            {
                "key": one.key,
                "label": said(definition, one.label, language),
                "value": words,
                "band": said(definition, band.label, language) if band else "",
                "advice": said(definition, band.advice, language, lines=True) if band else "",
            }
        )
    return found


def steps(question: Question) -> range:
    """The steps of a scale."""
    return range(int(question.least or 0), int(question.most or 0) + 1)


def typed_words(value: Any) -> str:
    """A raw or clean answer as it stands in a field."""
    if value is None or isinstance(value, (dict, list)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.9f}".rstrip("0").rstrip(".")
    return str(value)
