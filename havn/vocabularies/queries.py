"""Reads of vocabularies. A centre reads the shared lists and its own; without a centre the shared ones alone."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from havn.vocabularies.facts import FormerLabel, Term
from havn.vocabularies.models import Draft, TermMapping, Vocabulary, VocabularyTerm
from havn.vocabularies.rules.versions import Version, held


def terms_valid(dimension: str, on: dt.date, centre_id: int | None) -> QuerySet[VocabularyTerm]:
    """The rows of a list on a day, in their order: the centre's own version where one holds, else the shared ones."""
    valid = VocabularyTerm.objects.filter(
        Q(vocabulary__valid_to__isnull=True) | Q(vocabulary__valid_to__gte=on),
        vocabulary__dimension=dimension,
        vocabulary__valid_from__lte=on,
        retired=False,
    )
    if centre_id is not None:
        own = _valid(dimension, on).filter(centre=centre_id).values_list("pk", flat=True).first()
        if own is not None:
            return valid.filter(vocabulary=own).order_by("order", "code")
    return valid.filter(vocabulary__centre=None).order_by("order", "code")


def terms_valid_in(dimensions: Iterable[str], on: dt.date, centre_id: int | None) -> dict[str, list[VocabularyTerm]]:
    """What `terms_valid` gives of each of these lists, in one query for all."""
    rows = VocabularyTerm.objects.filter(
        Q(vocabulary__valid_to__isnull=True) | Q(vocabulary__valid_to__gte=on),
        Q(vocabulary__centre=None) | Q(vocabulary__centre=centre_id),
        vocabulary__dimension__in=list(dimensions),
        vocabulary__valid_from__lte=on,
        retired=False,
    )
    found: dict[str, list[VocabularyTerm]] = {dimension: [] for dimension in dimensions}
    for row in rows.select_related("vocabulary").order_by("order", "code"):
        found[row.vocabulary.dimension].append(row)
    return {dimension: _of_the_centre(terms) for dimension, terms in found.items()}


def _of_the_centre(terms: list[VocabularyTerm]) -> list[VocabularyTerm]:
    """Those of the newest own version where there is one, else the shared ones."""
    own = [one.vocabulary for one in terms if one.vocabulary.centre_id is not None]
    chosen = max(own, key=lambda one: one.valid_from).pk if own else None
    return [one for one in terms if (one.vocabulary_id == chosen if own else one.vocabulary.centre_id is None)]


def version_valid(dimension: str, on: dt.date, centre_id: int | None = None) -> str:
    """The code of the version that holds on a day, the centre's own before the shared one; "" before there was any."""
    found = _valid(dimension, on).filter(Q(centre=None) | Q(centre=centre_id)).values_list("code", flat=True)
    return found.first() or ""


def versions_in(dimension: str, centre_id: int | None = None) -> list[Version]:
    """The versions that hold for a centre (None: the shared ones), the oldest first, each with its days there."""
    rows = Vocabulary.objects.filter(Q(centre=None) | Q(centre=centre_id), dimension=dimension)
    found = [
        Version(row.code, row.valid_from, row.valid_to, row.centre_id is not None)
        for row in rows.order_by("valid_from", "code")
    ]
    return held([one for one in found if not one.own], [one for one in found if one.own])


def terms_in_version(code: str) -> QuerySet[VocabularyTerm]:
    """The terms of one version, in their order."""
    return VocabularyTerm.objects.filter(vocabulary__code=code, retired=False)


def retired_in_version(code: str) -> QuerySet[VocabularyTerm]:
    """The terms that one version retired."""
    return VocabularyTerm.objects.filter(vocabulary__code=code, retired=True)


def term_named(dimension: str, code: str, centre_id: int | None = None) -> Term | None:
    """A term by its code as the newest version has it, also one that holds no longer."""
    return terms_by_code(dimension, [code], centre_id).get(code)


def terms_by_code(dimension: str, codes: Iterable[str], centre_id: int | None = None) -> dict[str, Term]:
    """As `term_named`, of several codes; what is unknown is left out."""
    # The last one of a code stays: the centre's own after the shared ones, the newest last.
    return {row.code: as_term(row) for row in _every(dimension, centre_id).filter(code__in=list(codes))}


def successors_of(dimension: str, centre_id: int | None = None) -> dict[str, str]:
    """Code to successor over all versions. Where versions differ on a term, the newest is right, the centre's first."""
    return dict(_every(dimension, centre_id).values_list("code", "replaced_by"))


def codes_used(dimension: str, centre_id: int) -> set[str]:
    """Every code that a list ever had, shared or the centre's own, in force or retired: none is given again."""
    return set(_every(dimension, centre_id).values_list("code", flat=True))


def draft_of(centre_id: int, dimension: str) -> Draft | None:
    """The centre's draft of a list."""
    return Draft.objects.filter(centre=centre_id, dimension=dimension).select_related("changed_by").first()


def mappings_said(centre_id: int, dimension: str) -> dict[str, dict[str, str]]:
    """Scheme to code to target: what the centre said, and nothing that is usual."""
    found: dict[str, dict[str, str]] = {}
    rows = TermMapping.objects.filter(centre=centre_id, dimension=dimension)
    for scheme, code, target in rows.values_list("scheme", "code", "target"):
        found.setdefault(scheme, {})[code] = target
    return found


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


def _valid(dimension: str, on: dt.date) -> QuerySet[Vocabulary]:
    """Versions that hold on a day: a centre's own ones first, then the newest."""
    return Vocabulary.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), dimension=dimension, valid_from__lte=on
    ).order_by(F("centre").asc(nulls_last=True), "-valid_from")


def _every(dimension: str, centre_id: int | None) -> QuerySet[VocabularyTerm]:
    return VocabularyTerm.objects.filter(
        Q(vocabulary__centre=None) | Q(vocabulary__centre=centre_id), vocabulary__dimension=dimension
    ).order_by(F("vocabulary__centre").asc(nulls_first=True), "vocabulary__valid_from", "-pk")
