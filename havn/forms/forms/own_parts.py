"""The fields of a table of rows and columns in parts: some matter for some kinds of cells only."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

_OF_CELLS: list[tuple[str, Any, tuple[str, ...]]] = [
    ("", "", ("rows", "rows_from", "cell")),
    ("number one", gettext_lazy("The columns"), ("columns", "columns_from")),
    ("number", gettext_lazy("Numbers in the cells"), ("whole", "least", "most", "basis")),
    ("scale", gettext_lazy("The scale of every row"), ("scale_least", "scale_most", "low", "high")),
]


@dataclass(frozen=True)
class OwnPart:
    """Fields of a type. `when`: the kinds of cells that they matter for, "" for always."""

    when: str
    title: Any
    fields: list[forms.BoundField]


def parts_of_table(form: forms.Form) -> list[OwnPart]:
    """The fields of the form of a table, in the order in which they are filled in."""
    return [OwnPart(when, title, [form[name] for name in names]) for when, title, names in _OF_CELLS]
