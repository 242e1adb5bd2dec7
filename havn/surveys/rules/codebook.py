"""What each variable of a wave means: the columns that its tables have, with their codes."""

from dataclasses import dataclass

from havn.forms.rules.definition import Definition, Labels, Question, Type
from havn.surveys.rules.grouping import NONE
from havn.surveys.rules.results import variables_of

YES_NO_CODES = ("yes", "no")


@dataclass(frozen=True)
class Entry:
    """One variable: `label` of its question, of its part (row or choice to tick), and (code, label) of its codes.

    A label of None is a word of our own: yes, no, no answer, or the step of a scale itself.
    """

    path: str
    question: Question
    part: Labels | None
    codes: tuple[tuple[str, Labels | None], ...]


def entries_of(definition: Definition) -> list[Entry]:
    """Every variable, in the order of the form."""
    return [entry for question in definition.questions.values() for entry in _entries(question)]


def _entries(question: Question) -> list[Entry]:
    parts = {one.code: one.label for one in (*question.choices, *question.rows)}
    labels = {one.code: one.label for one in (*question.choices, *question.columns)}
    ticks = question.type == Type.MANY
    return [
        Entry(
            variable.path,
            question,
            parts.get(variable.part) if variable.part else None,
            tuple((code, None if ticks or code == NONE else _label(question, code, labels)) for code in variable.codes),
        )
        for variable in variables_of(question)
    ]


def _label(question: Question, code: str, labels: dict[str, Labels]) -> Labels | None:
    if question.type == Type.SCALE or question.cell == "scale":
        steps = {str(int(question.least or 0)): question.low, str(int(question.most or 0)): question.high}
        return steps.get(code) or None
    return labels.get(code)
