"""Which cells a form has: one slot for every value that can be answered, with its key, its words and its limits.

Keys are what survives sorting, inserting and translating: "total", "total.basis", "channels/phone" (a choice of
several), "reasons/cyberbullying/girls" (a cell of a matrix).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from havn.forms.rules.definition import BASES, OTHER, Choice, Definition, Labels, Question, Type
from havn.forms.rules.limits import LONGEST_OTHER
from havn.forms.words import basis_words


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    CHOICE = "choice"
    TICK = "tick"
    YES_NO = "yes_no"
    DATE = "date"


@dataclass(frozen=True)
class Slot:
    """One cell. `path` leads to its value in the answers; `choices` are code and label in the reader's language."""

    key: str
    path: tuple[str, ...]
    kind: Kind
    label: str
    choices: tuple[tuple[str, str], ...] = ()
    least: float | None = None
    most: float | None = None
    longest: int = 0


@dataclass(frozen=True)
class Grid:
    """A matrix of single cells: labels of the columns, and for every row its label and slots."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[Slot, ...]], ...]


@dataclass(frozen=True)
class Words:
    """Reads labels of a definition in one language."""

    definition: Definition
    language: str

    def of(self, labels: Labels) -> str:
        """The text, in the form's own language where there is no translation."""
        return self.definition.said(labels, self.language).text

    def all(self, choices: tuple[Choice, ...], *, other: bool = False) -> tuple[tuple[str, str], ...]:
        """Code and label of every choice. Two with the same words get their codes behind them."""
        named = [(one.code, self.of(one.label) or one.code) for one in choices]
        if other:
            named.append((OTHER, _("Something else")))
        words = [_same(label) for _code, label in named]
        return tuple((code, f"{label} ({code})" if words.count(_same(label)) > 1 else label) for code, label in named)


def _same(label: str) -> str:
    return " ".join(label.split()).casefold()


def slots_of(question: Question, words: Words) -> list[Slot]:
    """The cells of a question one below the other; none for a note, a file and a matrix of single cells."""
    key, label = question.key, words.of(question.label)
    match question.type:
        case Type.TEXT:
            found = [Slot(key, (key,), Kind.TEXT, label, longest=question.longest)]
        case Type.NUMBER | Type.SCALE:
            found = [_number(key, (key,), label, question)]
        case Type.ONE:
            choices = words.all(question.choices, other=question.other)
            found = [Slot(key, (key,), Kind.CHOICE, label, choices)]
        case Type.MANY:
            choices = words.all(question.choices, other=question.other)
            found = [Slot(f"{key}/{code}", (key, code), Kind.TICK, name) for code, name in choices]
        case Type.DATE:
            found = [Slot(key, (key,), Kind.DATE, label)]
        case Type.YES_NO:
            found = [Slot(key, (key,), Kind.YES_NO, label, (("yes", _("Yes")), ("no", _("No"))))]
        case Type.MATRIX if question.cell != "number":
            found = list(_one_a_row(question, words))
        case _:
            found = []
    return found + list(_beside(question))


def grid_of(question: Question, words: Words) -> Grid | None:
    """The cells of a matrix of numbers; None for every other question."""
    if question.type is not Type.MATRIX or question.cell != "number":
        return None
    columns = words.all(question.columns)
    rows = [
        (
            name,
            tuple(
                _number(f"{question.key}/{row}/{column}", (question.key, row, column), f"{name}, {head}", question)
                for column, head in columns
            ),
        )
        for row, name in words.all(question.rows)
    ]
    return Grid(columns, tuple(rows))


def all_slots(question: Question, words: Words) -> list[Slot]:
    """Every cell of a question, those of a matrix in the order of its rows."""
    grid = grid_of(question, words)
    cells = [slot for _name, row in grid.rows for slot in row] if grid else []
    return cells + slots_of(question, words)


def _one_a_row(question: Question, words: Words) -> Iterator[Slot]:
    columns = words.all(question.columns)
    for row, name in words.all(question.rows):
        path = (question.key, row)
        if question.cell == "one":
            yield Slot("/".join(path), path, Kind.CHOICE, name, columns)
        else:
            yield _number("/".join(path), path, name, question)


def _beside(question: Question) -> Iterator[Slot]:
    if question.basis:
        path = f"{question.key}.basis"
        choices = tuple((code, basis_words(code)) for code in BASES)
        yield Slot(path, (path,), Kind.CHOICE, _("How the number is known"), choices)
    if question.other:
        path = f"{question.key}.{OTHER}"
        yield Slot(path, (path,), Kind.TEXT, _("Something else: what?"), longest=LONGEST_OTHER)


def _number(key: str, path: tuple[str, ...], label: str, question: Question) -> Slot:
    whole = question.whole or question.type is Type.SCALE or question.cell == "scale"
    kind = Kind.WHOLE if whole else Kind.NUMBER
    return Slot(key, path, kind, label, least=question.least, most=question.most)
