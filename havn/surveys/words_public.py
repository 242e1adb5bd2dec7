"""Words of results, for children and whoever else reads them, in every language."""

from django.utils.translation import gettext as _

from havn.forms.api import Definition, Question
from havn.surveys.rules.grouping import NONE, Group


def withheld_words(code: str) -> str:
    """Why a table is not shown."""
    return {
        "few": _("Too few were asked this, so nothing is shown."),
        "routed": _("Only some were asked this. How many they were would tell too much, so nothing is shown."),
        "tied": _("These numbers would tell too much about single children, so nothing is shown."),
    }.get(code, "")


def group_words(group: Group, questions: list[Question], definition: Definition, language: str) -> str:
    """What a group is called: its answers, or that it is several together."""
    if len(group.codes) > 1:
        return _("All others together")
    codes = group.codes[0]
    return ", ".join(
        code_words(question, code, definition, language) for question, code in zip(questions, codes, strict=True)
    )


def code_words(question: Question, code: str, definition: Definition, language: str) -> str:
    """What a code of a table means."""
    labels = {one.code: one.label for one in (*question.choices, *question.columns)}
    if code == NONE:
        return _("No answer")
    if code in labels and question.type != "many":
        return definition.said(labels[code], language).text
    return own_words(code)


def own_words(code: str) -> str:
    """A code that Havn itself gives: yes, no, no answer, or the step of a scale."""
    return {"yes": _("Yes"), "no": _("No"), NONE: _("No answer")}.get(code, code)
