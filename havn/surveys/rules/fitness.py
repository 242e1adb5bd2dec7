"""Which forms may be asked anonymously: those in which nobody can write who they are.

Words are never asked, nor days, numbers and files: a name, a birthday or a town in one of them would end the promise.
What is left are choices. Each question also stands for itself, because results are made safe one table at a time
(rules/results.py): no check may tie one answer to another.
"""

from dataclasses import dataclass

from havn.forms.rules.definition import Definition, Question, Section, Type

ALLOWED = (Type.NOTE, Type.ONE, Type.MANY, Type.SCALE, Type.MATRIX, Type.YES_NO)
SPLITTABLE = (Type.ONE, Type.YES_NO, Type.SCALE)
MOST_QUESTIONS = 60
MOST_SPLITS = 2


@dataclass(frozen=True)
class Unfit:
    """Why a form cannot be asked: `code` names the sentence, `at` the key of what it is about ("" for all)."""

    code: str
    at: str = ""


def faults_of(definition: Definition) -> list[Unfit]:
    """Everything that stands against it, in the order of the form; nothing for a fit one."""
    found = [Unfit("repeat", section.key) for section in definition.sections if section.repeat is not None]
    for question in definition.questions.values():
        found += [Unfit(code, question.key) for code in _faults(question)]
    if definition.checks:
        found.append(Unfit("checks", definition.checks[0].at))
    asked = [one for one in definition.questions.values() if one.type != Type.NOTE]
    if not asked:
        found.append(Unfit("nothing"))
    if len(asked) > MOST_QUESTIONS:
        found.append(Unfit("too-many"))
    return found


def _faults(question: Question) -> list[str]:
    if question.type not in ALLOWED:
        return [f"type-{question.type}"]
    found = ["other"] if question.other else []
    if question.type == Type.MATRIX and question.cell == "number":
        found.append("matrix-number")
    if question.required_if is not None:
        found.append("required-if")
    if question.type == Type.MANY and question.most == 1:
        found.append("many-of-one")
    return found


def is_routed(question: Question, section: Section) -> bool:
    """Whether only some are asked it."""
    return question.show_if is not None or section.show_if is not None


def may_split(definition: Definition) -> list[Question]:
    """Questions that results may be shown by: one choice, asked of everybody."""
    return [
        one
        for one in definition.questions.values()
        if one.type in SPLITTABLE and not is_routed(one, definition.section_of[one.key])
    ]
