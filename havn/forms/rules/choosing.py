"""Conditions and checks that can be chosen from lists, as expressions, and expressions found again in the lists."""

import re
from dataclasses import dataclass

from havn.forms.rules.definition import Definition, Labels, Question, Type

COMPARE = ("==", "!=", "<", "<=", ">", ">=")
_NUMBER = re.compile(r"([a-z][a-z0-9_]*) (==|!=|<=|>=|<|>) (-?\d+(?:\.\d+)?)\Z")
_AMOUNT = r"(?:sum\([a-z][a-z0-9_]*\)|[a-z][a-z0-9_]*)"
_COMPARED = re.compile(rf"({_AMOUNT}) (==|!=|<=|>=|<|>) ({_AMOUNT})\Z")
_ADDED = re.compile(r"sum\(([a-z][a-z0-9_]*(?:, [a-z][a-z0-9_]*)*)\)\Z")
_SHARED = re.compile(rf"100 \* ({_AMOUNT}) / ({_AMOUNT})\Z")
_WORD = re.compile(r"[a-z][a-z0-9_]*\Z")
_CHANGED = re.compile(r"abs\(([a-z][a-z0-9_]*) - before\.\1\) <= (\d+(?:\.\d+)?) \* before\.\1\Z")


@dataclass(frozen=True)
class Chosen:
    """How an expression can be chosen: `way` is always, answer, number, compare, change or expression."""

    way: str
    first: str = ""
    sign: str = ""
    second: str = ""


def answers_to_choose(definition: Definition, section: str, without: str = "") -> dict[str, list[str]]:
    """Question key to the conditions on its answer, of every question that one of this section may wait for."""
    found: dict[str, list[str]] = {}
    for question in definition.questions.values():
        home = definition.section_of[question.key]
        if question.key != without and (home.repeat is None or home.key == section):
            found[question.key] = _conditions(question)
    return {key: conditions for key, conditions in found.items() if conditions}


def numbers_to_choose(definition: Definition, section: str, without: str = "") -> list[str]:
    """Keys of numbers, scales and computed values that a question of this section may wait for."""
    keys = [
        question.key
        for question in definition.questions.values()
        if question.type in (Type.NUMBER, Type.SCALE)
        and question.key != without
        and (definition.section_of[question.key].repeat is None or definition.section_of[question.key].key == section)
    ]
    return [*keys, *definition.computed_by_key]


def amounts_to_choose(definition: Definition) -> list[str]:
    """Expressions of amounts that a check may compare: numbers, sums of matrices and of repeated numbers, values."""
    found: list[str] = []
    for question in definition.questions.values():
        repeated = definition.section_of[question.key].repeat is not None
        if question.type is Type.MATRIX and question.cell == "number" and not repeated:
            found.append(f"sum({question.key})")
        elif question.type in (Type.NUMBER, Type.SCALE):
            found += [question.key, f"sum({question.key})"] if repeated else [question.key]
    return [*found, *definition.computed_by_key]


def split_condition(text: str, answers: dict[str, list[str]], numbers: list[str]) -> Chosen:
    """How a condition can be chosen; as an expression where no list has it."""
    if not text:
        return Chosen("always")
    if any(text in conditions for conditions in answers.values()):
        return Chosen("answer", text)
    found = _NUMBER.match(text)
    if found and found[1] in numbers:
        return Chosen("number", found[1], found[2], found[3])
    return Chosen("expression", text)


def split_check(text: str, amounts: list[str]) -> Chosen:
    """How a check can be chosen; as an expression where no list has it."""
    changed, compared = _CHANGED.match(text), _COMPARED.match(text)
    if changed and changed[1] in amounts:
        percent = round(float(changed[2]) * 100, 6)
        return Chosen("change", changed[1], "", f"{percent:g}")
    if compared and compared[1] in amounts and compared[3] in amounts:
        return Chosen("compare", compared[1], compared[2], compared[3])
    return Chosen("expression", text)


def change_within(name: str, percent: float) -> str:
    """Holds while a number differs from the last period by no more than so many per cent."""
    return f"abs({name} - before.{name}) <= {percent / 100:g} * before.{name}"


def split_value(text: str, names: list[str], amounts: list[str]) -> Chosen:
    """How a computed value can be chosen: `sum` with its names in `first`, `share`, or as an expression."""
    added, shared = _ADDED.match(text), _SHARED.match(text)
    if added and set(added[1].split(", ")) <= set(names):
        return Chosen("sum", added[1])
    if shared and {shared[1], shared[2]} <= set(amounts):
        return Chosen("share", shared[1], "", shared[2])
    return Chosen("expression", text)


def names_to_add(amounts: list[str]) -> list[str]:
    """Amounts as the names that `sum` takes, each once."""
    return list(dict.fromkeys(one.removeprefix("sum(").removesuffix(")") for one in amounts))


def names_inside(question: Question) -> list[tuple[str, Labels]]:
    """How an expression asks for one answer, row or column of a question, with what it is called."""
    key = question.key
    match question.type:
        case Type.ONE:
            return [(f'{key} == "{one.code}"', one.label) for one in question.choices]
        case Type.MANY:
            return [(f'selected({key}, "{one.code}")', one.label) for one in question.choices]
        case Type.MATRIX:
            columns = question.columns if question.cell == "number" else ()
            rows = [(f"{key}.{_quoted(one.code)}", one.label) for one in question.rows]
            return [*rows, *((f"{key}.*.{_quoted(one.code)}", one.label) for one in columns)]
    return []


def _quoted(code: str) -> str:
    return code if _WORD.match(code) else f'"{code}"'


def _conditions(question: Question) -> list[str]:
    key, answered = question.key, [f"filled({question.key})", f"not filled({question.key})"]
    match question.type:
        case Type.YES_NO:
            return [f"{key} == true", f"{key} == false", *answered]
        case Type.ONE:
            codes = question.codes
            return [*(f'{key} == "{one}"' for one in codes), *(f'{key} != "{one}"' for one in codes), *answered]
        case Type.MANY:
            codes = question.codes
            chosen = [f'selected({key}, "{one}")' for one in codes]
            return [*chosen, *(f"not {one}" for one in chosen), *answered]
        case Type.NOTE:
            return []
        case _:
            return answered
