"""Reads of vocabularies."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from havn.vocabularies.facts import FormerLabel, Term
from havn.vocabularies.models import Vocabulary, VocabularyTerm


def terms_valid(dimension: str, on: dt.date, centre_id: int | None) -> QuerySet[VocabularyTerm]:
    """The rows of a list on a day, in their order: the shared ones, then the centre's own."""
    return VocabularyTerm.objects.filter(
        Q(vocabulary__valid_to__isnull=True) | Q(vocabulary__valid_to__gte=on),
        Q(vocabulary__centre__isnull=True) | Q(vocabulary__centre=centre_id),
        vocabulary__dimension=dimension,
        vocabulary__valid_from__lte=on,
    ).order_by(F("vocabulary__centre").asc(nulls_first=True), "order", "code")


def version_valid(dimension: str, on: dt.date) -> str:
    """The code of the shared version that holds on a day, the newest of several; "" before there was any."""
    found = (
        Vocabulary.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on), dimension=dimension, centre=None, valid_from__lte=on
        )
        .order_by("-valid_from")
        .values_list("code", flat=True)
    )
    return found.first() or ""


def versions_in(dimension: str) -> QuerySet[Vocabulary]:
    """The shared versions of a list, the oldest first."""
    return Vocabulary.objects.filter(dimension=dimension, centre=None).order_by("valid_from", "code")


def terms_in_version(code: str) -> QuerySet[VocabularyTerm]:
    """The terms of one version, in their order."""
    return VocabularyTerm.objects.filter(vocabulary__code=code)


def term_named(dimension: str, code: str) -> Term | None:
    """A term by its code as the newest version has it, also one that holds no longer."""
    row = (
        VocabularyTerm.objects.filter(vocabulary__dimension=dimension, code=code)
        .order_by("-vocabulary__valid_from")
        .first()
    )
    return as_term(row) if row else None


def terms_by_code(dimension: str, codes: Iterable[str]) -> dict[str, Term]:
    """As `term_named`, of several codes; what is unknown is left out."""
    rows = VocabularyTerm.objects.filter(vocabulary__dimension=dimension, code__in=list(codes))
    # The last one of a code stays.
    return {row.code: as_term(row) for row in rows.order_by("vocabulary__valid_from", "-pk")}


def successors_of(dimension: str) -> dict[str, str]:
    """Code to successor over all versions. Where versions differ on a term, the newest is right."""
    return dict(
        VocabularyTerm.objects.filter(vocabulary__dimension=dimension)
        .order_by("vocabulary__valid_from", "pk")
        .values_list("code", "replaced_by")
    )


def as_term(row: VocabularyTerm) -> Term:
    """The row as plain values."""
    return Term(
        code=row.code,
        labels=row.labels,
        definition=row.definition,
        former_labels=tuple(
            FormerLabel(one["label"], one["language"], dt.date.fromisoformat(one["until"]) if one["until"] else None)
            for one in row.former_labels
        ),
        replaced_by=row.replaced_by,
        broader=row.broader,
        four_c=row.four_c,
    )
