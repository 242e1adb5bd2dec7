"""Choosing words from the vocabularies. A page keeps their codes: a renamed term needs no change of any page."""

from typing import Any

from django import forms
from django.db import models

from havn.common.clock import now
from havn.common.language import reader_language
from havn.vocabularies.api import Term, label_of, term_of, terms_of

# Lists whose upper levels only say where a term stands: nothing is coded with a year or a subject of a curriculum.
LEAVES_ONLY = frozenset({"aim"})
Choices = list[tuple[str, Any]]


def choices_of(dimension: str) -> Choices:
    """Code and label of every term that holds today, in the language of the screen; some below their headings."""
    language = reader_language()
    terms = {term.code: term for term in terms_of(dimension, on=now().date())}
    labels = {code: label_of(term, language).text for code, term in terms.items()}
    if dimension not in LEAVES_ONLY:
        return list(labels.items())
    upper = {term.broader for term in terms.values()}
    groups: dict[str, Choices] = {}
    for code, term in terms.items():
        if code not in upper:
            groups.setdefault(term.broader, []).append((code, labels[code]))
    return [(_heading(group, terms, labels), choices) for group, choices in groups.items()]


def _heading(group: str, terms: dict[str, Term], labels: dict[str, str]) -> str:
    above = terms[group].broader if group in terms else ""
    return " · ".join(labels[code] for code in (above, group) if code in labels)


class TermsFormField(forms.MultipleChoiceField):
    """Tick any number. What was ticked stays readable when its term holds no longer."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, dimension: str, **options: Any) -> None:
        self.dimension = dimension
        super().__init__(choices=lambda: choices_of(dimension), **options)

    def valid_value(self, value: object) -> bool:
        """A term of today or of the past; never an invented one."""
        return super().valid_value(value) or term_of(self.dimension, str(value)) is not None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return sorted(initial or []) != sorted(data or [])


class TermsField(models.JSONField):
    """Codes of terms of one dimension, as a list."""

    def __init__(self, *args: Any, dimension: str = "", **options: Any) -> None:
        self.dimension = dimension
        options.setdefault("default", list)
        options.setdefault("blank", True)
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "dimension": self.dimension}

    def formfield(self, **options: Any) -> Any:
        options = {"label": self.verbose_name, "required": not self.blank, "help_text": self.help_text}
        return TermsFormField(dimension=self.dimension, **options)


class TermSelect(forms.Select):
    """Choose one term, or none."""

    def __init__(self, dimension: str) -> None:
        self.dimension = dimension
        super().__init__()

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        self.choices = [("", "–"), *choices_of(self.dimension)]
        return super().optgroups(name, value, attrs)
