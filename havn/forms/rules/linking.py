"""What the expressions of a definition ask for: every name must be there, and nothing may wait for itself."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from havn.forms.rules.definition import OTHER, Check, Definition, Question, Type
from havn.forms.rules.expressions import PERIODS, Expression
from havn.forms.rules.faults import DefinitionFault

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.]{0,120})\}")
"""A value that the message of a check shows: "{before.total}"."""


def linked(definition: Definition, places: Mapping[str, str]) -> tuple[Definition, list[DefinitionFault]]:
    """The definition with its order, and the faults of its expressions. What has a fault is left without it."""
    faults: list[DefinitionFault] = []
    for path, expression in _expressions(definition, places):
        faults += [DefinitionFault(path, code, {"name": name}) for code, name in unknown_names(definition, expression)]
    for check in definition.checks:
        if check.at not in definition.questions:
            faults.append(DefinitionFault(f"checks.{check.key}.at", "unknown-question", {"name": check.at[:40]}))
        for language, text in check.message.items():
            faults += [
                DefinitionFault(f"checks.{check.key}.message.{language}", "unknown-name", {"name": name})
                for name in PLACEHOLDER.findall(text)
                if not _known(definition, tuple(name.split(".")))
            ]
    order, circle = _order(definition)
    faults += [DefinitionFault(places.get(key, key), "circle", {"name": key}) for key in circle]
    checks = tuple(_placed(check) for check in definition.checks if check.at in definition.questions)
    return replace(definition, order=order, checks=checks), faults


def _placed(check: Check) -> Check:
    names = dict.fromkeys(name for text in check.message.values() for name in PLACEHOLDER.findall(text))
    return replace(check, placeholders=tuple(names))


def unknown_names(definition: Definition, expression: Expression) -> list[tuple[str, str]]:
    """(code of a fault, name) for everything that an expression asks for and this form does not have."""
    found = [("unknown-name", ".".join(parts)) for parts in sorted(expression.names) if not _known(definition, parts)]
    keys = _keys(definition)
    return found + [
        ("unknown-prefix", prefix)
        for prefix in sorted(expression.prefixes)
        if not any(key.startswith(prefix) for key in keys)
    ]


def _keys(definition: Definition) -> set[str]:
    return {*definition.questions, *definition.computed_by_key}


def _known(definition: Definition, parts: tuple[str, ...]) -> bool:
    if parts[0] in PERIODS:
        return len(parts) > 1 and parts[1] not in PERIODS and _known(definition, parts[1:])
    first, rest = parts[0], parts[1:]
    if first in definition.computed_by_key:
        return not rest
    section = definition.by_key.get(first)
    if section is not None:
        return section.repeat is not None and not rest
    question = definition.questions.get(first)
    if question is None or question.type == Type.NOTE:
        return False
    return not rest or _known_inside(question, rest)


def _known_inside(question: Question, parts: tuple[str, ...]) -> bool:
    if parts == ("basis",) and question.basis:
        return True
    if question.type == Type.MATRIX:
        row_there = parts[0] == "*" or bool(question.rows_from) or parts[0] in question.row_codes
        if len(parts) == 1 or not row_there:
            return row_there
        column_there = parts[1] == "*" or bool(question.columns_from) or parts[1] in question.column_codes
        return len(parts) == 2 and question.cell == "number" and column_there
    return parts == (OTHER,) and question.other


def _expressions(definition: Definition, places: Mapping[str, str]) -> Iterable[tuple[str, Expression]]:
    for section in definition.sections:
        if section.show_if:
            yield f"{places.get(section.key, section.key)}.show_if", section.show_if
        for question in section.questions:
            place = places.get(question.key, question.key)
            if question.show_if:
                yield f"{place}.show_if", question.show_if
            if question.required_if:
                yield f"{place}.required", question.required_if
    for one in definition.computed:
        yield f"{places.get(one.key, one.key)}.value", one.value
    for check in definition.checks:
        yield f"checks.{check.key}.holds", check.holds


def _order(definition: Definition) -> tuple[tuple[str, ...], list[str]]:
    """Every key after those that it waits for, and the keys that wait for one another in a circle."""
    waits = _waits(definition)
    order: list[str] = []
    state: dict[str, int] = {}
    circle: list[str] = []
    for start in waits:
        stack = [(start, iter(waits[start]))] if start not in state else []
        state.setdefault(start, 1)
        while stack:
            key, others = stack[-1]
            following = next((one for one in others if state.get(one) != 2), None)
            if following is None:
                state[key] = 2
                order.append(key)
                stack.pop()
            elif state.get(following) == 1:
                circle += [key] if key not in circle else []
            else:
                state[following] = 1
                stack.append((following, iter(waits[following])))
    return tuple(order), circle


def _waits(definition: Definition) -> dict[str, list[str]]:
    """Key to the keys that must be known before it, in the order of the form."""
    keys = _keys(definition)
    waits: dict[str, list[str]] = {}

    def asked_by(*expressions: Expression | None) -> list[str]:
        found: dict[str, None] = {}
        for expression in expressions:
            for parts in sorted(expression.names) if expression else ():
                if parts[0] not in PERIODS:
                    section = definition.by_key.get(parts[0])
                    found.update(dict.fromkeys([q.key for q in section.questions] if section else [parts[0]]))
            for prefix in sorted(expression.prefixes) if expression else ():
                found.update(dict.fromkeys(sorted(key for key in keys if key.startswith(prefix))))
        return [key for key in found if key in keys]

    for section in definition.sections:
        waits[section.key] = asked_by(section.show_if)
        for question in section.questions:
            waits[question.key] = [section.key, *asked_by(question.show_if)]
    for one in definition.computed:
        waits[one.key] = asked_by(one.value)
    return waits
