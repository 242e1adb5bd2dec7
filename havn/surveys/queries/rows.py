"""The answers of a wave as counting needs them."""

from typing import Any

from havn.forms.api import Definition, check
from havn.surveys.models import Answer, Wave

Rows = list[tuple[dict[str, Any], frozenset[str]]]


def rows_of(wave: Wave, definition: Definition) -> Rows:
    """Clean answers, each with the questions that were shown. In the order of their random numbers."""
    rows: Rows = []
    for answers in Answer.objects.filter(wave=wave).order_by("pk").values_list("answers", flat=True).iterator():
        checked = check(definition, answers, final=False)
        rows.append((checked.answers, checked.shown))
    return rows
