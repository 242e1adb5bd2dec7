"""What is wrong with a form, for those who build it."""

from typing import Any

from django.utils.translation import gettext as _

from havn.forms.rules.faults import DefinitionFault


def beginning_words(beginning: str) -> str:
    """Why a key cannot leave or join a beginning that an expression asks for."""
    return _(
        "An expression takes in everything whose key begins with “%(beginning)s”. With this key its result would be "
        "another. Keep the beginning, or change the expression first."
    ) % {"beginning": beginning}


def definition_sentence(fault: DefinitionFault) -> str:
    """What is wrong with a definition and what to do."""
    found = _DEFINITION_SENTENCES.get(fault.code)
    return found() % fault.values if found else _("This is not right.")


_DEFINITION_SENTENCES: dict[str, Any] = {
    "not-an-object": lambda: _("This must be an object with names and values."),
    "not-a-list": lambda: _("This must be a list."),
    "unknown-field": lambda: _("“%(name)s” does not belong here."),
    "too-many": lambda: _("There may be at most %(most)s."),
    "too-many-questions": lambda: _("A form may have at most %(most)s questions."),
    "too-many-cells": lambda: _("A matrix may have at most %(most)s cells."),
    "too-many-repeated": lambda: _(
        "In all its rows together a section may ask for at most %(most)s answers, not %(now)s."
    ),
    "key": lambda: _("A key has small letters a to z, digits and _, begins with a letter and has at most 40 signs."),
    "key-taken": lambda: _("“%(key)s” is a word of the expressions. Choose another key."),
    "key-twice": lambda: _("“%(key)s” is there twice. Every key stands for one thing."),
    "code": lambda: _("A code has small letters a to z, digits, _ and -, and at most 60 signs."),
    "needs-text": lambda: _("Write a text in the form's own language."),
    "texts-by-language": lambda: _('Give texts by language, such as {"en": "…"}.'),
    "language": lambda: _("Write the code of a language, such as en or nb."),
    "language-not-offered": lambda: _("The form is not offered in the language “%(language)s”."),
    "not-text": lambda: _("This must be text."),
    "text-too-long": lambda: _("Use at most %(most)s characters."),
    "one-of": lambda: _("Choose one of: %(allowed)s."),
    "true-or-false": lambda: _("This must be true or false."),
    "not-a-number": lambda: _("This must be a number."),
    "number-too-large": lambda: _("The number may be at most %(most)s."),
    "whole-between": lambda: _("Write a whole number from %(least)s to %(most)s."),
    "least-above-most": lambda: _("The least is more than the most."),
    "bands-in-order": lambda: _("Each band begins at a higher value than the one before."),
    "needs-section": lambda: _("A form needs at least one section."),
    "needs-choice": lambda: _("Give at least one choice."),
    "scale-has-no-columns": lambda: _("A matrix of scales has rows only: its columns are the steps."),
    "unknown-question": lambda: _("There is no question “%(name)s” in this form."),
    "unknown-name": lambda: _("There is nothing called “%(name)s” in this form."),
    "unknown-prefix": lambda: _("No key in this form begins with “%(name)s”."),
    "circle": lambda: _("“%(name)s” waits for itself: what it depends on depends on it again."),
    "needs-expression": lambda: _("Write an expression."),
    "expression-empty": lambda: _("Write an expression."),
    "expression-too-long": lambda: _("This expression is too long. Split it into computed values."),
    "expression-too-deep": lambda: _("This expression has too many brackets in one another."),
    "expression-sign": lambda: _("“%(found)s” at sign %(at)s cannot be read."),
    "expression-left-over": lambda: _("“%(found)s” at sign %(at)s is one too many."),
    "expression-unexpected": lambda: _("“%(found)s” at sign %(at)s does not belong here."),
    "expression-ends": lambda: _("Something is missing at the end."),
    "expression-missing": lambda: _("“%(found)s” is missing at sign %(at)s."),
    "expression-function": lambda: _("There is no function “%(found)s”."),
    "expression-arguments": lambda: _("“%(found)s” wants another number of values."),
    "expression-wants-name": lambda: _("“%(found)s” wants the key of a question."),
    "expression-plain-values": lambda: _("After “in (” there may only be numbers and words in quotes."),
}
