"""Answers checked against a definition: cleaned, hidden ones dropped, computed values, and what is wrong or missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from havn.forms.rules.definition import Band, Check, Definition, Level, Question, Section
from havn.forms.rules.evaluating import Scope, evaluate, is_filled
from havn.forms.rules.kinds import Typed, typed


@dataclass(frozen=True)
class Fault:
    """Something wrong with an answer. `path` is a key, "key.row.column", or "section.0.key" in a repeated section.

    `code` names the sentence (`api.sentence`); for a check that does not hold it is "check", and `check` is that one.
    """

    path: str
    code: str
    level: Level = Level.ERROR
    values: Mapping[str, str | int | float] = field(default_factory=dict)
    check: Check | None = None


@dataclass(frozen=True)
class Checked:
    """What came of checking: clean answers, computed values, faults in the order of the form, and what is shown.

    `answers` holds only what is shown and was answered, with every key in the order of the form; the same answers
    checked again give the same. `shown` names sections and questions, "section.0.key" in repeated ones. `bands` says
    which band a computed value lies in.
    """

    answers: dict[str, Any]
    values: dict[str, Any]
    faults: tuple[Fault, ...]
    shown: frozenset[str]
    bands: dict[str, Band]

    @property
    def errors(self) -> tuple[Fault, ...]:
        return tuple(one for one in self.faults if one.level == Level.ERROR)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        return tuple(one for one in self.faults if one.level == Level.WARNING)


def check(
    definition: Definition,
    answers: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
    year_before: Mapping[str, Any] | None = None,
    *,
    final: bool = True,
) -> Checked:
    """Check answers as they come from a form, a sheet or software. Pure; never raises for whatever answers hold.

    `before` and `year_before` are answers and values of earlier periods in one mapping. Only when `final` something
    required must be there; a draft may be saved without. Unknown keys are dropped, unknown codes are faults.
    """
    return _Checking(definition, answers, {"before": before or {}, "year_before": year_before or {}}, final).checked()


class _Checking:
    def __init__(
        self, definition: Definition, raw: Mapping[str, Any], periods: Mapping[str, Mapping[str, Any]], final: bool
    ) -> None:
        self.definition, self.raw, self.final = definition, raw, final
        self.found: dict[str, Any] = {}
        self.scope = Scope(self.found, periods, definition.scores)
        self.scope.columns = definition.repeated
        self.given: dict[str, list[dict[str, Any]]] = {}
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.shown: set[str] = set()
        self.faults: dict[str, list[Fault]] = {}
        self.values: dict[str, Any] = {}

    def checked(self) -> Checked:
        for key, section, question in self.definition.plan:
            if section is None:
                one = self.definition.computed_by_key[key]
                self.values[key] = self.found[key] = evaluate(one.value, self.scope)
            elif question is None:
                self.section(section)
            else:
                self.question(section, question)
        self.holds()
        answers = self.answers()
        values = {one.key: self.values[one.key] for one in self.definition.computed}
        return Checked(answers, values, self.in_order(), frozenset(self.shown), self.bands())

    def section(self, section: Section) -> None:
        if section.show_if and evaluate(section.show_if, self.scope) is not True:
            return
        self.shown.add(section.key)
        if section.repeat is None:
            return
        given = self.raw.get(section.key)
        if given is not None and not isinstance(given, list):
            self.fault(section.key, section.key, "not-rows")
        rows = [row if isinstance(row, dict) else {} for row in given] if isinstance(given, list) else []
        if len(rows) > section.repeat.most:
            self.fault(section.key, section.key, "too-many-rows", most=section.repeat.most)
            rows = rows[: section.repeat.most]
        if self.final and len(rows) < section.repeat.least:
            self.fault(section.key, section.key, "too-few-rows", least=section.repeat.least)
        self.given[section.key] = rows
        self.rows[section.key] = self.found[section.key] = [{} for _row in rows]

    def question(self, section: Section, question: Question) -> None:
        if section.key not in self.shown:
            return
        if section.repeat is None:
            self.one(question, question.key, self.raw, self.found)
            return
        for number, row in enumerate(self.rows[section.key]):
            self.scope.row, self.scope.within = row, section.key
            self.one(question, f"{section.key}.{number}.{question.key}", self.given[section.key][number], row)
        self.scope.row, self.scope.within = {}, ""

    def one(self, question: Question, path: str, raw: Mapping[str, Any], into: dict[str, Any]) -> None:
        if question.show_if and evaluate(question.show_if, self.scope) is not True:
            return
        self.shown.add(path)
        answer: Typed = typed(question, raw)
        into |= answer.values
        for where, code, values in answer.faults:
            self.fault(question.key, f"{path}{where}", code, **values)
        if not self.final or answer.faults:
            return
        if is_filled(answer.values.get(question.key)):
            if question.basis and f"{question.key}.basis" not in answer.values:
                self.fault(question.key, f"{path}.basis", "no-basis")
            return
        if question.required or (question.required_if and evaluate(question.required_if, self.scope) is True):
            self.fault(question.key, path, "required")

    def holds(self) -> None:
        """Ask every check; one that asks for something unknown neither holds nor fails."""
        for check in self.definition.checks:
            section = self.definition.section_of[check.at]
            if section.repeat is None:
                self.hold(check, check.at)
                continue
            for number, row in enumerate(self.rows.get(section.key, ())):
                self.scope.row, self.scope.within = row, section.key
                self.hold(check, f"{section.key}.{number}.{check.at}")
            self.scope.row, self.scope.within = {}, ""

    def hold(self, check: Check, path: str) -> None:
        if path in self.shown and evaluate(check.holds, self.scope) is False:
            values = {name: found for name in check.placeholders if (found := self.placed(name)) is not None}
            self.faults.setdefault(check.at, []).append(Fault(path, "check", check.level, values, check))

    def placed(self, name: str) -> str | int | float | None:
        found = self.scope.find(tuple(name.split(".")))
        return found if isinstance(found, (str, int, float)) else None

    def fault(self, key: str, path: str, code: str, **values: str | int | float) -> None:
        self.faults.setdefault(key, []).append(Fault(path, code, Level.ERROR, values))

    def answers(self) -> dict[str, Any]:
        """What was found, in the order of the form."""
        clean: dict[str, Any] = {}
        for section in self.definition.sections:
            if section.repeat is not None:
                rows = [self.ordered(section, row) for row in self.rows.get(section.key, ())]
                clean |= {section.key: rows} if rows else {}
            else:
                clean |= self.ordered(section, self.found)
        return clean

    def ordered(self, section: Section, source: Mapping[str, Any]) -> dict[str, Any]:
        return {name: source[name] for name in self.definition.answer_names[section.key] if name in source}

    def in_order(self) -> tuple[Fault, ...]:
        found: list[Fault] = []
        for section in self.definition.sections if self.faults else ():
            found += self.faults.get(section.key, [])
            of_section = [fault for q in section.questions for fault in self.faults.get(q.key, [])]
            found += sorted(of_section, key=_row_number) if section.repeat else of_section
        return tuple(found)

    def bands(self) -> dict[str, Band]:
        found: dict[str, Band] = {}
        for one in self.definition.computed:
            value = self.values[one.key]
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                reached = [band for band in one.bands if band.start <= value]
                found |= {one.key: reached[-1]} if reached else {}
        return found


def _row_number(fault: Fault) -> int:
    number = fault.path.split(".")[1]
    return int(number) if number.isdigit() else 0
