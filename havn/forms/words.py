"""Wrong answers as sentences, and answers in words: whoever answers sees them, in every language.

Conditions in words are in `condition_words.py`, what is wrong with a form in `words_definition.py`.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havn.common.dates import day
from havn.common.language import reader_language
from havn.forms.condition_words import basis_words, in_words
from havn.forms.rules.answering import Fault
from havn.forms.rules.definition import OTHER, Choice, Definition, Question, Type
from havn.forms.rules.linking import PLACEHOLDER

__all__ = [
    "answer_words",
    "basis_words",
    "choice_words",
    "computed_words",
    "in_words",
    "number_words",
    "path_words",
    "sentence",
]


def number_words(value: float) -> str:
    """ "12,345.5" as the reader's language writes it."""
    return format_decimal(value, "#,##0.#########", locale=reader_language().split("-")[0])


def computed_words(value: float) -> str:
    """A computed value as people read one: 66.5, 3.33 or 0.667 of many more decimals. What is stored stays exact."""
    size = abs(value)
    return number_words(round(float(value), 1 if size >= 10 else 2 if size >= 1 else 3) + 0.0)


def sentence(fault: Fault, definition: Definition, language: str) -> str:
    """What is wrong with an answer and what to do: of a check, its own message with values in it."""
    values = {
        name: number_words(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value
        for name, value in fault.values.items()
    }
    if fault.check is not None:
        said = definition.said(fault.check.message, language).text
        return PLACEHOLDER.sub(lambda found: str(values.get(found[1], "–")), said)
    return _sentence_of(fault.code, values)


def _sentence_of(code: str, values: Mapping[str, Any]) -> str:
    sentences = {
        "required": _("Answer this question."),
        "no-basis": _("Choose how this number is known."),
        "not-a-number": _("Write a number, such as 12."),
        "not-whole": _("Write a whole number, without decimals."),
        "too-small": _("Write %(least)s or more."),
        "too-large": _("Write %(most)s or less."),
        "not-on-scale": _("Choose a step from %(least)s to %(most)s."),
        "too-long": _("Use at most %(most)s characters. Now there are %(is)s."),
        "not-text": _("Write text."),
        "not-a-choice": _("Choose one of the answers in the list."),
        "too-many-chosen": _("Choose at most %(most)s."),
        "not-a-table": _("This must be a table with rows."),
        "unknown-row": _("There is a row that this form does not have."),
        "unknown-column": _("There is a column that this form does not have."),
        "not-a-date": _("Write a day as year-month-day, such as 2026-03-31."),
        "not-yes-or-no": _("Choose yes or no."),
        "not-a-file": _("Choose a file."),
        "wrong-kind": _("Choose a file of one of these kinds: %(kinds)s."),
        "file-too-large": _("Choose a file of at most %(most)s kilobytes that is not empty."),
        "not-rows": _("This must be a list of rows."),
        "too-many-rows": _("Use at most %(most)s rows."),
        "too-few-rows": _("Fill in at least %(least)s rows."),
    }
    return sentences[code] % values


def choice_words(choices: tuple[Choice, ...], code: str, definition: Definition, language: str) -> str:
    """What a choice, row or column is called; "Other" for the one that `other` adds."""
    for one in choices:
        if one.code == code:
            return definition.said(one.label, language).text or code
    return _("Something else") if code == OTHER else code


def answer_words(question: Question, answer: Any, definition: Definition, language: str) -> str:
    """An answer in one line of words; "" for none. A matrix is counted, not listed."""
    if answer is None or answer == "" or answer == []:
        return ""
    if question.type == Type.YES_NO and isinstance(answer, bool):
        return _("Yes") if answer else _("No")
    if question.type == Type.ONE:
        return choice_words(question.choices, str(answer), definition, language)
    if question.type == Type.MANY and isinstance(answer, list):
        return ", ".join(choice_words(question.choices, str(one), definition, language) for one in answer)
    if question.type == Type.DATE and isinstance(answer, str):
        return day(dt.date.fromisoformat(answer))
    if question.type == Type.FILE and isinstance(answer, dict):
        return str(answer.get("name", ""))
    if question.type == Type.MATRIX and isinstance(answer, dict):
        return ngettext("%(count)s row", "%(count)s rows", len(answer)) % {"count": len(answer)}
    if isinstance(answer, (int, float)) and not isinstance(answer, bool):
        unit = definition.said(question.unit, language).text
        return f"{number_words(answer)} {unit}".strip()
    return str(answer)


def path_words(definition: Definition, path: str, language: str, *, within: str = "") -> str:
    """What a path leads to: "Reasons, Cyberbullying, Girls"; "Trip 2, When?"; with `within`, only what follows it."""
    parts, words = path.split("."), []
    section = definition.by_key.get(parts[0])
    if section is not None:
        labels = section.repeat.title if section.repeat and section.repeat.title else section.title
        words.append(definition.said(labels, language).text)
        if len(parts) > 1:
            words[0] = _("%(name)s %(number)s") % {"name": words[0], "number": int(parts[1]) + 1}
        parts = parts[2:]
    question = definition.questions.get(parts[0]) if parts else None
    if question is None:
        return ", ".join(words)
    words.append(definition.said(question.label, language).text)
    besides = {"basis": _("how it is known"), OTHER: _("in your words")}
    for place, part in enumerate(parts[1:]):
        if question.type == Type.MATRIX and not (question.basis and parts[1:] == ["basis"]):
            words.append(choice_words((question.rows, question.columns)[min(place, 1)], part, definition, language))
        else:
            words.append(besides.get(part, part))
    known = 0 if not within else 1 if within in definition.questions else 2
    return ", ".join(words[known:])
