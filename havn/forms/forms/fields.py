"""Fields that several screens of the builder share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.common import fields
from havn.common.fields import INPUT as INPUT
from havn.forms.rules import limits
from havn.forms.rules.reading import KEY, TAKEN

WORDS_KEPT = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


class OneLine(fields.OneLine):
    """A short text without line breaks, as long as a label may be."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": limits.LONGEST_LABEL, **options})


class Words(forms.CharField):
    """A longer text."""

    def __init__(self, rows: int = 3, **options: Any) -> None:
        widget = forms.Textarea(attrs={**INPUT, "rows": rows})
        super().__init__(**{"widget": widget, "max_length": limits.LONGEST_ABOUT, "required": False, **options})

    def clean(self, value: Any) -> str:
        """Line ends as everywhere else."""
        text: str = super().clean(value)
        return text.replace("\r\n", "\n").replace("\r", "\n")


class ExpressionField(Words):
    """An expression as experts write it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(rows=2, max_length=limits.LONGEST_EXPRESSION, **options)
        self.widget.attrs.update(WORDS_KEPT)

    def clean(self, value: Any) -> str:
        """On one line."""
        return " ".join(super().clean(value).split())


class KeyField(OneLine):
    """What answers are kept under."""

    def __init__(self, taken: Iterable[str] = (), **options: Any) -> None:
        known = {
            "label": gettext_lazy("Key, under which answers are kept"),
            "required": False,
            "max_length": 40,
            "help_text": gettext_lazy(
                "What answers are kept under, such as calls_total. Empty: made of the words. It stays for good."
            ),
        }
        super().__init__(**{**known, **options})
        self.taken = set(taken)
        self.widget.attrs.update(WORDS_KEPT)

    def clean(self, value: Any) -> str:
        """Small letters, digits and _, and nobody else's."""
        key = super().clean(value)
        if key and (not KEY.match(key) or key in TAKEN):
            raise ValidationError(_("A key is made of small letters, digits and _, and begins with a letter."))
        if key in self.taken:
            raise ValidationError(_("This key is taken by something else in the form."))
        return key


def whole_number(label: Any, **options: Any) -> forms.IntegerField:
    """A whole number that may be left empty."""
    least, most = options.pop("least", -limits.LARGEST_NUMBER), options.pop("most", limits.LARGEST_NUMBER)
    widget = forms.NumberInput(attrs=INPUT)
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most, widget=widget, **options)


def number(label: Any, **options: Any) -> forms.FloatField:
    """A number that may be left empty."""
    least, most = -limits.LARGEST_NUMBER, limits.LARGEST_NUMBER
    widget = forms.NumberInput(attrs={**INPUT, "step": "any"})
    return forms.FloatField(label=label, required=False, min_value=least, max_value=most, widget=widget, **options)


def tick(label: Any, **options: Any) -> forms.BooleanField:
    """A box to tick."""
    return forms.BooleanField(label=label, required=False, widget=forms.CheckboxInput(attrs=INPUT), **options)


def choose(label: Any, choices: Any, **options: Any) -> forms.ChoiceField:
    """One of a list."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.Select(attrs=INPUT), **options)


def radios(label: Any, choices: Any, **options: Any) -> forms.ChoiceField:
    """One of a few, all to be seen."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect(attrs=INPUT), **options)


def plain(value: float | None) -> int | float | None:
    """A whole number as such, so that the definition does not say 5.0."""
    return int(value) if value is not None and float(value).is_integer() else value
