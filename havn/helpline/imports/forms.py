"""The form that says what a file means: a column for each field, a code for each word, what holds for all rows."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy

from havn.helpline.imports.rules import CODED, CONSTANTS, FIELDS, Known, Meaning


class FileForm(forms.Form):
    """A table."""

    file = forms.FileField(
        label=gettext_lazy("Table, CSV or XLSX"),
        widget=forms.ClearableFileInput(attrs={"class": "ds-input", "accept": ".csv,.xlsx"}),
    )


def columns_said(values: Mapping[str, str], heads: Sequence[str]) -> dict[str, int]:
    """Field to the number of its column, but none that is gone. One that was named for two fields serves both."""
    found = {}
    for name in FIELDS:
        text = values.get(f"column-{name}", "")
        if text.isdecimal() and len(text) < 4 and any(heads[int(text) : int(text) + 1]):
            found[name] = int(text)
    return found


def meaning_said(
    values: Mapping[str, str], columns: dict[str, int], words: Mapping[str, list[str] | None], known: Known
) -> Meaning:
    """What the form says. A word whose field was not on the page yet keeps no code; an unknown code is none.

    Codes are sent by the place of their word in the column that the page showed: for another column they say nothing.
    """
    said: dict[str, dict[str, str]] = {}
    for name in CODED:
        if values.get(f"was-column-{name}") != str(columns.get(name)):
            continue
        for place, word in enumerate(words.get(name) or []):
            code = values.get(f"value-{name}-{place}")
            if code is not None:
                said.setdefault(name, {})[word] = code if code in known.codes[name] else ""
    constants = {name: values.get(f"constant-{name}", "") for name in CONSTANTS}
    return Meaning(columns, said, {name: code for name, code in constants.items() if code in known.codes[name]})
