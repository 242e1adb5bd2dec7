"""A form as values: sections of questions, computed values and checks, with labels in every language it is offered in.

The JSON that it is read from stands in the app's README ("The definition"); `parsing.parse` reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from havn.forms.rules.expressions import Expression

OTHER = "other"
"""The choice that `other` adds at the end of "one" and "many"; its words stand under "<key>.other"."""
BASES = ("counted", "platform", "estimate")
"""How a number is known: the answer under "<key>.basis" (network.md 3.2)."""

Labels: TypeAlias = Mapping[str, str]
"""Language code to text."""


class Type(StrEnum):
    """What a question asks for. The shape of an answer stands beside."""

    NOTE = "note"
    """Only words; no answer."""
    TEXT = "text"
    """str"""
    NUMBER = "number"
    """int, or float where it is not whole"""
    ONE = "one"
    """the code of a choice"""
    MANY = "many"
    """codes of choices, in the order of the definition"""
    SCALE = "scale"
    """int, `least` to `most`"""
    MATRIX = "matrix"
    """cell "number": {row: {column: number}}; cell "one": {row: column}; cell "scale": {row: int}"""
    DATE = "date"
    """ "2026-11-29" """
    YES_NO = "yes_no"
    """bool"""
    FILE = "file"
    """{"name": str, "size": int in bytes, "ref": str of whoever keeps the file}"""


class Level(StrEnum):
    """What a check that does not hold means: an error stops a submission, a warning wants a sentence."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Said:
    """A text in the language it is in fact in: another than asked for where there is no translation."""

    text: str
    language: str


@dataclass(frozen=True)
class Choice:
    """Something to choose, or a row or column of a matrix. `score` counts in `score(key)`."""

    code: str
    label: Labels
    score: float | None = None


@dataclass(frozen=True)
class Question:
    """One question. Fields that do not belong to its type are at their defaults."""

    key: str
    type: Type
    label: Labels
    help: Labels = field(default_factory=dict)
    required: bool = False
    required_if: Expression | None = None
    show_if: Expression | None = None
    source: str = ""
    """The key by which rounds finds a figure for it in the centre's own records."""
    lines: int = 1
    longest: int = 1_000
    whole: bool = True
    least: float | None = None
    most: float | None = None
    unit: Labels = field(default_factory=dict)
    basis: bool = False
    choices: tuple[Choice, ...] = ()
    choices_from: str = ""
    """The dimension of havn.vocabularies that the choices are taken from, by `with_lists`."""
    other: bool = False
    low: Labels = field(default_factory=dict)
    """What the lowest and the highest step of a scale mean."""
    high: Labels = field(default_factory=dict)
    rows: tuple[Choice, ...] = ()
    rows_from: str = ""
    columns: tuple[Choice, ...] = ()
    columns_from: str = ""
    cell: str = ""
    """Of a matrix: number, one or scale."""
    kinds: tuple[str, ...] = ()
    """Endings of file names that are taken, without the dot."""
    largest: int = 0
    """Bytes."""

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes that may be chosen, `other` included."""
        return tuple(one.code for one in self.choices) + ((OTHER,) if self.other else ())

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What its answer and what stands beside it are kept under."""
        beside = [f"{self.key}.basis"] if self.basis else []
        return (self.key, *beside, *([f"{self.key}.{OTHER}"] if self.other else []))

    @cached_property
    def scores(self) -> dict[str, float]:
        """Code to score, of choices or of the columns of a matrix."""
        return {one.code: one.score for one in (*self.choices, *self.columns) if one.score is not None}

    @cached_property
    def row_codes(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.rows)

    @cached_property
    def column_codes(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.columns)


@dataclass(frozen=True)
class Repeat:
    """A section answered several times: least and most rows, and what one row is called ("Finding")."""

    least: int
    most: int
    title: Labels


@dataclass(frozen=True)
class Section:
    """Questions under one heading. A repeated one has its answers as a list of rows under its own key."""

    key: str
    title: Labels
    about: Labels
    questions: tuple[Question, ...]
    show_if: Expression | None = None
    repeat: Repeat | None = None


@dataclass(frozen=True)
class Band:
    """What a computed value from this number on means, and what to do then."""

    start: float
    label: Labels
    advice: Labels


@dataclass(frozen=True)
class Computed:
    """A value reckoned from answers. `shown` says whether people see it."""

    key: str
    label: Labels
    value: Expression
    shown: bool = True
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True)
class Check:
    """What must hold, and the sentence at a question where it does not. In a repeat it is asked of every row."""

    key: str
    level: Level
    holds: Expression
    at: str
    message: Labels
    placeholders: tuple[str, ...] = ()
    """Names whose values the message shows: "before.total" for "{before.total}"."""


@dataclass(frozen=True)
class Definition:
    """A whole form."""

    key: str
    language: str
    languages: tuple[str, ...]
    title: Labels
    about: Labels
    sections: tuple[Section, ...]
    computed: tuple[Computed, ...] = ()
    checks: tuple[Check, ...] = ()
    order: tuple[str, ...] = ()
    """Sections, questions and computed values so that each comes after what decides whether it is shown."""

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its key, in the order of the form."""
        return {one.key: one for section in self.sections for one in section.questions}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section of every question, by the question's key."""
        return {one.key: section for section in self.sections for one in section.questions}

    @cached_property
    def by_key(self) -> dict[str, Section]:
        """Sections by their keys."""
        return {section.key: section for section in self.sections}

    @cached_property
    def computed_by_key(self) -> dict[str, Computed]:
        return {one.key: one for one in self.computed}

    @cached_property
    def plan(self) -> tuple[tuple[str, Section | None, Question | None], ...]:
        """`order` with what each key is: (key, section, None), (key, its section, question), (computed, None, None)."""
        return tuple(
            (key, self.by_key.get(key) or self.section_of.get(key), self.questions.get(key)) for key in self.order
        )

    @cached_property
    def answer_names(self) -> dict[str, tuple[str, ...]]:
        """Section to everything that its answers may stand under, in the order of the form."""
        return {section.key: tuple(name for q in section.questions for name in q.names) for section in self.sections}

    @cached_property
    def repeated(self) -> dict[str, str]:
        """Questions of repeated sections, to the key of their section."""
        return {key: section.key for key, section in self.section_of.items() if section.repeat}

    @cached_property
    def scores(self) -> dict[str, dict[str, float]]:
        """What choices count, by question."""
        return {key: question.scores for key, question in self.questions.items() if question.scores}

    @cached_property
    def dimensions(self) -> frozenset[str]:
        """The lists of havn.vocabularies that it takes choices, rows or columns from."""
        asked = {d for q in self.questions.values() for d in (q.choices_from, q.rows_from, q.columns_from)}
        return frozenset(asked - {""})

    def said(self, labels: Labels, language: str) -> Said:
        """A text in a language, else in the form's own, else in any there is; empty where there is none."""
        for code in (language, language.split("-")[0], self.language, *labels):
            if labels.get(code):
                return Said(labels[code], code)
        return Said("", self.language)
