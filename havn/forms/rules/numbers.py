"""The numbers in answers, one by one: to compare them, to add them up, to write them into a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from havn.forms.rules.definition import Definition, Labels, Question, Type
from havn.forms.rules.evaluating import is_number


@dataclass(frozen=True)
class Number:
    """One number, its path ("reasons.cyberbullying.girls") and the labels that name it: question, row, column."""

    path: str
    labels: tuple[Labels, ...]
    value: int | float


def numbers_of(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Number]:
    """Every number among clean answers by its path, in the order of the form; those of repeated sections left out."""
    found: list[Number] = []
    for section in definition.sections:
        if section.repeat is None:
            for question in section.questions:
                found += _numbers(question, answers.get(question.key))
    return {one.path: one for one in found}


def _numbers(question: Question, answer: Any) -> list[Number]:
    if question.type in (Type.NUMBER, Type.SCALE) and is_number(answer):
        return [Number(question.key, (question.label,), answer)]
    if question.type != Type.MATRIX or not isinstance(answer, dict):
        return []
    found: list[Number] = []
    for row in question.rows:
        cell = answer.get(row.code)
        if is_number(cell):
            found.append(Number(f"{question.key}.{row.code}", (question.label, row.label), cell))
        cells = cell if isinstance(cell, dict) else {}
        for column in question.columns:
            if is_number(value := cells.get(column.code)):
                labels = (question.label, row.label, column.label)
                found.append(Number(f"{question.key}.{row.code}.{column.code}", labels, value))
    return found
