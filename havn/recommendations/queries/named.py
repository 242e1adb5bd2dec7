"""Whom a Party named for a follow-up or a chapter beforehand, and what is therefore whose."""

from collections.abc import Iterable

from django.db.models import Q

from havn.recommendations.models import FollowUp, SheetChapter
from havn.tenancy.models import Centre


def part_of(follow_up: FollowUp) -> SheetChapter | None:
    """The chapter of its factsheet that a follow-up stands in."""
    found = SheetChapter.objects.filter(factsheet=follow_up.factsheet_id, chapter=follow_up.chapter_id)
    return found.select_related("responsible", "alternate", "validator").first()


def validator_of(follow_up: FollowUp) -> int | None:
    """Whom the Party named to validate it: for itself, else for its chapter."""
    part = part_of(follow_up) if follow_up.validator_id is None else None
    named: int | None = part.validator_id if part else follow_up.validator_id
    return named


def authors_of(follow_up: FollowUp) -> frozenset[int | None]:
    """Everybody who wrote a version of it."""
    return frozenset({follow_up.written_by_id, *follow_up.versions.values_list("written_by", flat=True)})


def parts_of(factsheets: Iterable[int]) -> dict[tuple[int, int], SheetChapter]:
    """The chapters of factsheets by the keys of factsheet and chapter. One query."""
    found = SheetChapter.objects.filter(factsheet__in=set(factsheets)).select_related("chapter")
    return {(one.factsheet_id, one.chapter_id): one for one in found}


def chapters_named_for(party: Centre, person: int) -> list[SheetChapter]:
    """The chapters of a Party's factsheets for which the person is named in any way."""
    mine = Q(responsible=person) | Q(alternate=person) | Q(validator=person)
    found = SheetChapter.objects.filter(mine, factsheet__party=party, factsheet__is_ready=True)
    return list(found.select_related("factsheet__round", "factsheet__party", "chapter"))
