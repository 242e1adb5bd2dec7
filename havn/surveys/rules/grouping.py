"""Groups that results are shown by, each of `LEAST` children or more.

Groups are the combinations of the answers to one or two questions. Those that are too small are put together, with the
smallest of the others if need be, so that every child is in exactly one group and no group is left out: what is left
out could be found by subtracting the others from all.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from havn.forms.rules.definition import Question, Type

LEAST = 10
NONE = "-"
"""The code of no answer. No choice can have it: codes begin with a letter or a number."""
Codes = tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Children who gave one of these combinations of answers, and how many they are."""

    codes: tuple[Codes, ...]
    size: int


def code_of(question: Question, value: Any) -> str:
    """The answer to a question with one choice, as a code."""
    if value is None:
        return NONE
    return ("yes" if value else "no") if question.type == Type.YES_NO else str(value)


def codes_of(question: Question) -> tuple[str, ...]:
    """Every code that `code_of` may give, no answer last."""
    if question.type == Type.YES_NO:
        return ("yes", "no", NONE)
    if question.type == Type.SCALE:
        return (*(str(step) for step in range(int(question.least or 0), int(question.most or 0) + 1)), NONE)
    return (*question.codes, NONE)


def combination(questions: Sequence[Question], answers: Mapping[str, Any]) -> Codes:
    """What one child answered to the questions that groups are made by."""
    return tuple(code_of(question, answers.get(question.key)) for question in questions)


def groups_of(questions: Sequence[Question], answers: Sequence[Mapping[str, Any]]) -> list[Group]:
    """The groups in the order of the form, those put together last; none where there would be but one."""
    if not questions:
        return []
    sizes = Counter(combination(questions, one) for one in answers)
    orders = [{code: at for at, code in enumerate(codes_of(question))} for question in questions]
    in_order = sorted(sizes, key=lambda codes: [order[code] for order, code in zip(orders, codes, strict=True)])
    small = [codes for codes in in_order if sizes[codes] < LEAST]
    large = [codes for codes in in_order if sizes[codes] >= LEAST]
    while small and sum(sizes[codes] for codes in small) < LEAST and large:
        smallest = min(large, key=lambda codes: sizes[codes])
        large.remove(smallest)
        small = [codes for codes in in_order if codes in small or codes == smallest]
    found = [Group((codes,), sizes[codes]) for codes in large]
    if small:
        found.append(Group(tuple(small), sum(sizes[codes] for codes in small)))
    return found if len(found) > 1 else []
