"""Fields of forms that several apps ask by."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

INPUT = {"class": "ds-input"}
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


class OneLine(forms.CharField):
    """A short text without line breaks: it may stand in the head of a letter."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"widget": forms.TextInput(attrs=INPUT), **options})

    def clean(self, value: Any) -> str:
        """Also refuses control characters."""
        text: str = super().clean(value)
        if text and not text.isprintable():
            raise ValidationError(_("Write this on one line."))
        return text


class Words(forms.CharField):
    """Text as people write it, without letters that a database can't keep."""

    def clean(self, value: Any) -> str:
        """Line breaks stay; a NUL is no letter."""
        text: str = super().clean(value.replace("\0", "") if isinstance(value, str) else value)
        return text.strip()


class Day(forms.DateField):
    """A day in a year in which people could have been online."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={**INPUT, "type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": widget, **options})

    def clean(self, value: Any) -> dt.date | None:
        """Refuses years that are a slip of the hand."""
        day: dt.date | None = super().clean(value)
        if day is not None and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise ValidationError(_("Look at the year again."))
        return day
