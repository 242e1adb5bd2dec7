"""What of a wave's answers may be shown, decided once for all tables together.

A reader has everything that is shown: all tables, all groups, the totals. So that nothing left out can be worked out:

- Below `LEAST` children nothing is shown, and no group is smaller (rules/grouping.py). Sizes of groups are shown.
- Every question gives one table: groups by choices, with no answer as a choice. Numbers from 1 to 4 are left out, and
  as many others as it takes that each could be five different ones (havn.statistics, masking). A question with several
  choices is as many tables, ticked or not.
- Where everybody of a group gave the same answer, that table is shown for all together only.
- There is no other table: groups are chosen before anybody answers, and questions are never crossed with one another.
  Two tables have nothing in common but the groups' sizes, which are shown: whatever fits one fits with whatever fits
  the other, so that together they tell no more than each by itself.
- Three things would tie tables together. Checks are refused (rules/fitness.py). A question that only some are asked is
  shown for all together only, and only where the one answer that decides is shown in full: then how many were asked is
  known anyway. Ticks are tied by how many a child may or must tick: where that comes near, the question is left out.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from havn.forms.rules.definition import Definition, Question, Type
from havn.forms.rules.expressions import Node
from havn.statistics.rules.masking import THRESHOLD, mask
from havn.surveys.rules.fitness import SPLITTABLE, is_routed
from havn.surveys.rules.grouping import LEAST, NONE, Group, code_of, codes_of, combination, groups_of

TICKED, NOT_TICKED = "yes", "no"
Json = dict[str, Any]
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Variable:
    """One table: a question, or a row of its matrix, or one of its choices to tick."""

    question: Question
    part: str
    codes: tuple[str, ...]
    answer: Callable[[Answers], str]

    @property
    def path(self) -> str:
        return f"{self.question.key}.{self.part}" if self.part else self.question.key


def variables_of(question: Question) -> list[Variable]:
    """The tables that a question gives; none for a note."""
    key = question.key
    match question.type:
        case Type.NOTE:
            return []
        case Type.MANY:
            return [Variable(question, code, (TICKED, NOT_TICKED), _ticked(key, code)) for code in question.codes]
        case Type.MATRIX:
            steps = range(int(question.least or 0), int(question.most or 0) + 1)
            columns = question.column_codes if question.cell == "one" else tuple(str(step) for step in steps)
            return [Variable(question, row, (*columns, NONE), _in_row(key, row)) for row in question.row_codes]
    return [Variable(question, "", codes_of(question), lambda answers: code_of(question, answers.get(key)))]


def results_of(definition: Definition, split_by: Sequence[str], rows: Sequence[tuple[Answers, frozenset[str]]]) -> Json:
    """Everything that is shown of a wave, as it is stored. `rows`: clean answers, and which questions were shown.

    {"respondents", "groups": [{"codes", "size"}], "tables": [{"path", "question", "part", "of", "withheld", "codes",
    "all", "groups"}]}. Numbers left out are None; "of" is how many were asked.
    """
    if len(rows) < LEAST:
        return {"respondents": None, "split_by": [], "groups": [], "tables": []}
    split = [definition.questions[key] for key in split_by if key in definition.questions]
    return _Tabulating(definition, split, rows).json()


class _Tabulating:
    def __init__(
        self, definition: Definition, split: Sequence[Question], rows: Sequence[tuple[Answers, frozenset[str]]]
    ) -> None:
        self.definition, self.split, self.rows = definition, split, rows
        self.groups = groups_of(split, [answers for answers, _shown in rows])
        place = {codes: at for at, group in enumerate(self.groups) for codes in group.codes}
        self.place = [place.get(combination(split, answers), 0) for answers, _shown in rows]
        self.in_full: set[str] = set()
        if self.groups and len(split) == 1 and all(len(group.codes) == 1 for group in self.groups):
            self.in_full.add(split[0].key)

    def json(self) -> Json:
        tables = [table for question in self.in_turn() for table in self.tables(question)]
        order = {key: at for at, key in enumerate(self.definition.questions)}
        return {
            "respondents": len(self.rows),
            "split_by": [one.key for one in self.split] if self.groups else [],
            "groups": [{"codes": [list(codes) for codes in one.codes], "size": one.size} for one in self.groups],
            "tables": sorted(tables, key=lambda table: order[table["question"]]),
        }

    def in_turn(self) -> list[Question]:
        """Questions for all first: those for some hang on them."""
        return sorted(self.definition.questions.values(), key=self.is_routed)

    def is_routed(self, question: Question) -> bool:
        return is_routed(question, self.definition.section_of[question.key])

    def tables(self, question: Question) -> list[Json]:
        if self.groups and question in self.split:
            # The sizes of the groups are its answers; a second table of the same could be set against them.
            return []
        found = [self.table(one) for one in variables_of(question)]
        if question.type == Type.MANY and not any(one["withheld"] for one in found) and self.is_tied(question, found):
            found = [_withheld(one, "tied") for one in found]
        if not self.is_routed(question) and all(_is_in_full(one) for one in found):
            self.in_full.add(question.key)
        return found

    def table(self, variable: Variable) -> Json:
        question = variable.question
        told: Json = {"path": variable.path, "question": question.key, "part": variable.part}
        told |= {"codes": list(variable.codes), "withheld": "", "all": [], "groups": []}
        if not self.is_routed(question):
            whole = [variable.answer(answers) for answers, _shown in self.rows]
            return self.by_group(told, variable, whole) or _for_all(told, variable, whole)
        if not self.gate_is_in_full(question):
            return _withheld(told, "routed")
        asked = [variable.answer(answers) for answers, shown in self.rows if question.key in shown]
        return _for_all(told, variable, asked)

    def by_group(self, told: Json, variable: Variable, answers: Sequence[str]) -> Json | None:
        """Numbers for all and by group.

        None where there are no groups, their sizes could not stay, or everybody of a group answered the same: then
        whoever knows that a child is in the group would know what it answered.
        """
        counts = Counter(zip(self.place, answers, strict=True))
        if not self.groups or any(
            counts[at, code] == group.size for at, group in enumerate(self.groups) for code in variable.codes
            if code != NONE
        ):  # fmt: skip
            return None
        masked = mask([[counts[at, code] for code in variable.codes] for at in range(len(self.groups))])
        if None in masked.row_totals or masked.total is None:
            return None
        return told | {"of": len(answers), "all": masked.column_totals, "groups": masked.cells}

    def gate_is_in_full(self, question: Question) -> bool:
        """Whether how many were asked follows from one answer of which every number for all is shown."""
        conditions = [one for one in (self.definition.section_of[question.key].show_if, question.show_if) if one]
        asks = {name[0] for one in conditions for name in one.names}
        if len(asks) != 1 or not asks <= self.in_full or any(one.prefixes for one in conditions):
            return False
        gate = self.definition.questions[min(asks)]
        if gate.type == Type.MANY:
            return len(conditions) == 1 and _asks_one_tick(conditions[0].node)
        return gate.type in SPLITTABLE

    def is_tied(self, question: Question, tables: Sequence[Json]) -> bool:
        """Whether how many a child may or must tick would tell something of a number that is left out."""
        if all(_is_in_full(one) and not _hides(one) for one in tables):
            return False
        routed = self.is_routed(question)
        asked = [(at, one) for at, (one, shown) in zip(self.place, self.rows, strict=True) if question.key in shown]
        for at in [None, *([] if routed else range(len(self.groups)))]:
            ticks = [len(one.get(question.key) or ()) for place, one in asked if at in (None, place)]
            if question.most is not None and int(question.most) * len(ticks) - sum(ticks) < THRESHOLD:
                return True
            if question.required and sum(ticks) - len(ticks) < THRESHOLD:
                return True
        return False


def _withheld(table: Json, why: str) -> Json:
    return table | {"of": None, "withheld": why, "all": [], "groups": []}


def _is_in_full(table: Json) -> bool:
    return not table["withheld"] and None not in table["all"]


def _hides(table: Json) -> bool:
    return any(number is None for group in table["groups"] for number in group)


def _for_all(told: Json, variable: Variable, answers: Sequence[str]) -> Json:
    """Numbers for all together; withheld where so few were asked that how many they are could not stay."""
    counts = Counter(answers)
    masked = mask([[counts[code] for code in variable.codes]], column_totals=False)
    if len(answers) < LEAST or masked.row_totals[0] is None or masked.total is None:
        return _withheld(told, "few")
    return told | {"of": len(answers), "all": masked.cells[0]}


def _asks_one_tick(node: Node) -> bool:
    """Whether a condition asks whether one choice was ticked, or was not. Two ticks would be a table of their own."""
    if node[0] == "not":
        return _asks_one_tick(node[1])
    return node[:2] in (("call", "selected"), ("binary", "in")) and {part[0] for part in node[2:]} == {"name", "value"}


def _ticked(key: str, code: str) -> Callable[[Answers], str]:
    return lambda answers: TICKED if code in (answers.get(key) or ()) else NOT_TICKED


def _in_row(key: str, row: str) -> Callable[[Answers], str]:
    def answer(answers: Answers) -> str:
        value = (answers.get(key) or {}).get(row)
        return NONE if value is None else str(value)

    return answer


def groups_in(results: Json) -> list[Group]:
    """The groups of stored results."""
    return [Group(tuple(tuple(codes) for codes in one["codes"]), one["size"]) for one in results["groups"]]


def tables_in(results: Json) -> Iterator[Json]:
    """The tables of stored results, in the order of the form."""
    yield from results["tables"]
