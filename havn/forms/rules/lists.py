"""A definition whose choices come from lists kept elsewhere, with these filled in."""

from collections.abc import Mapping
from dataclasses import replace

from havn.forms.rules.definition import Choice, Definition, Question

Lists = Mapping[str, tuple[Choice, ...]]
"""Dimension to the choices that held on a day."""


def with_lists(definition: Definition, lists: Lists) -> Definition:
    """The definition with choices, rows and columns from these lists; a list that is not there is empty."""
    sections = tuple(
        replace(section, questions=tuple(_filled(question, lists) for question in section.questions))
        for section in definition.sections
    )
    return replace(definition, sections=sections)


def _filled(question: Question, lists: Lists) -> Question:
    if not (question.choices_from or question.rows_from or question.columns_from):
        return question
    return replace(
        question,
        choices=lists.get(question.choices_from, question.choices),
        rows=lists.get(question.rows_from, question.rows),
        columns=lists.get(question.columns_from, question.columns),
    )
