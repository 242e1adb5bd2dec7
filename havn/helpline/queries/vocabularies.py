"""The lists that records are coded with, as they are valid on a date."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from havn.helpline.models import VocabularyTerm


@dataclass(frozen=True, slots=True)
class Term:
    """One choice: its code, its label in the reader's language and what it means."""

    code: str
    label: str
    definition: str
    former_label: str


def terms_of(dimension: str, language: str, day: dt.date) -> list[Term]:
    """The terms of a dimension that are valid on `day`, in their order."""
    return [
        Term(
            code=row.code,
            label=row.labels.get(language) or row.labels.get("en") or row.code,
            definition=row.definition,
            former_label=row.former_label,
        )
        for row in _valid(dimension, day)
    ]


def codes_of(dimension: str, day: dt.date) -> list[str]:
    """Only the codes of the terms that are valid on `day`."""
    # Asked while a record is being stored: no rows, only what is needed of them.
    return list(_valid(dimension, day).values_list("code", flat=True))


def _valid(dimension: str, day: dt.date) -> QuerySet[VocabularyTerm]:
    return VocabularyTerm.objects.filter(
        Q(vocabulary__valid_to__isnull=True) | Q(vocabulary__valid_to__gte=day),
        vocabulary__dimension=dimension,
        vocabulary__valid_from__lte=day,
    )
