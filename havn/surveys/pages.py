"""Results, codebook and comparison as pages and files show them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from havn.forms.api import Definition, Question, Type
from havn.releases.api import share
from havn.statistics.export import Sheet
from havn.surveys import words
from havn.surveys.models import Wave
from havn.surveys.queries.surveys import definition_of
from havn.surveys.rules.results import TICKED, groups_in
from havn.surveys.words_public import code_words, group_words, withheld_words

BAR = 200
"""The width of the longest bar in its view box."""


@dataclass(frozen=True)
class Line:
    """One answer: how many gave it, None where that is left out; a whole per cent where enough were asked."""

    label: str
    count: int | None
    share: int | None
    bar: float


@dataclass(frozen=True)
class Shown:
    """A table of results: for all, and by group as rows of numbers in the order of `lines`."""

    title: str
    part: str
    of: int | None
    withheld: str
    ticks: bool
    lines: list[Line]
    groups: list[tuple[str, int, list[int | None]]] = field(default_factory=list)

    @property
    def lines_by_group(self) -> list[tuple[str, list[int | None]]]:
        """Each answer with its number in every group."""
        return [(line.label, [cells[at] for _name, _size, cells in self.groups]) for at, line in enumerate(self.lines)]


@dataclass(frozen=True)
class Part:
    """A section of the form with its results."""

    title: str
    tables: list[Shown]


class Results:
    """The stored results of a wave in a language. `respondents` is None where fewer than ten answered."""

    def __init__(self, wave: Wave, language: str) -> None:
        self.wave, self.language = wave, language
        self.definition: Definition = definition_of(wave)
        self.stored: dict[str, Any] = wave.results or {"respondents": None, "split_by": [], "groups": [], "tables": []}
        self.respondents: int | None = self.stored["respondents"]
        split = [self.definition.questions[key] for key in self.stored["split_by"]]
        self.split_titles = [self.label(one.label) for one in split]
        self.groups = [
            (group_words(group, split, self.definition, language), group.size) for group in groups_in(self.stored)
        ]

    def label(self, labels: Any) -> str:
        return words.label_words(labels, self.definition, self.language)

    def parts(self) -> list[Part]:
        """The results section by section, without sections that have none."""
        found = []
        for section in self.definition.sections:
            tables = [table for question in section.questions for table in self.tables(question)]
            if tables:
                found.append(Part(self.label(section.title), tables))
        return found

    def tables(self, question: Question) -> list[Shown]:
        """The tables of one question: ticks are one table together."""
        stored = [one for one in self.stored["tables"] if one["question"] == question.key]
        if question.type == Type.MANY and stored:
            return [self.ticks(question, stored)]
        return [self.shown(question, one) for one in stored]

    def shown(self, question: Question, table: dict[str, Any]) -> Shown:
        labels = [code_words(question, code, self.definition, self.language) for code in table["codes"]]
        groups = [(*one, cells) for one, cells in zip(self.groups, table["groups"], strict=False)]
        return self.table(question, table, labels, table["all"], groups)

    def ticks(self, question: Question, tables: Sequence[dict[str, Any]]) -> Shown:
        at = tables[0]["codes"].index(TICKED)
        labels = [words.part_words(self.definition, one["path"], self.language) for one in tables]
        counts = [one["all"][at] if one["all"] else None for one in tables]
        first = {**tables[0], "part": ""}
        if any(one["withheld"] for one in tables):
            first["withheld"] = next(one["withheld"] for one in tables if one["withheld"])
        groups = [
            (*group, [one["groups"][place][at] if one["groups"] else None for one in tables])
            for place, group in enumerate(self.groups)
        ]
        return self.table(question, first, labels, counts, groups if any(one["groups"] for one in tables) else [])

    def table(
        self, question: Question, table: dict[str, Any], labels: list[str], counts: list[int | None],
        groups: list[tuple[str, int, list[int | None]]],
    ) -> Shown:  # fmt: skip
        most = max((number or 0 for number in counts), default=0) or 1
        lines = [
            Line(label, number, share(number, table["of"]), round(BAR * (number or 0) / most, 1))
            for label, number in zip(labels, counts, strict=False)
        ]
        path = f"{table['question']}.{table['part']}" if table["part"] else ""
        part = words.part_words(self.definition, path, self.language) if path else ""
        withheld = withheld_words(table["withheld"])
        if withheld:
            lines, groups = [], []
        ticks = question.type == Type.MANY
        return Shown(self.label(question.label), part, table["of"], withheld, ticks, lines, groups)

    def sheet(self) -> Sheet:
        """One long table for files: a line for each number."""
        title = words.said(self.wave.survey.title, self.language, self.wave.survey.centre.default_language).text
        heads = [_("Question"), _("Part"), _("Answer"), _("Group"), _("Asked"), _("Number"), _("Per cent")]
        above = [
            _("%(count)s answered.") % {"count": self.respondents}
            if self.respondents
            else _("Fewer than 10 answered."),
            _("An empty number is left out, because it could tell of single children."),
        ]
        return Sheet(_("%(title)s, wave %(number)s") % {"title": title, "number": self.wave.number}, above, heads,
                     list(self._rows()))  # fmt: skip

    def _rows(self) -> Iterator[list[str | int | float | None]]:
        everyone = _("All")
        for name, size in self.groups:
            yield [" / ".join(self.split_titles), "", "", name, self.respondents, size, share(size, self.respondents)]
        for part in self.parts():
            for table in part.tables:
                for at, line in enumerate(table.lines):
                    yield [table.title, table.part, line.label, everyone, table.of, line.count, line.share]
                    for name, size, cells in table.groups:
                        yield [table.title, table.part, line.label, name, size, cells[at], share(cells[at], size)]
