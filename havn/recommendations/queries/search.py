"""Finding asks and their follow-up by words, id, verb, status and chapter."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from havn.recommendations.models import Ask, Citation, Factsheet, FollowUp, Observation

MOST = 50


@dataclass(frozen=True)
class Wish:
    """What is looked for; "" asks for nothing."""

    words: str = ""
    ref: str = ""
    verb: str = ""
    status: str = ""
    chapter: str = ""


def asks_found(factsheets: QuerySet[Factsheet], wish: Wish, readable: QuerySet[FollowUp]) -> QuerySet[Ask]:
    """Asks in these factsheets, by country and in their order. Nobody finds a follow-up that is not readable."""
    said = readable.filter(ask=OuterRef("pk"))
    cited = Citation.objects.filter(ask=OuterRef("pk"))
    found = Ask.objects.filter(factsheet__in=factsheets)
    for word in wish.words.split():
        found = found.filter(
            Q(text__icontains=word)
            | Q(lead__icontains=word)
            | Exists(said.filter(text__icontains=word))
            | Exists(cited.filter(recommendation__text__icontains=word))
        )
    if wish.ref:
        found = found.filter(citations__recommendation__ref__iexact=wish.ref)
    if wish.verb:
        found = found.filter(verb=wish.verb)
    if wish.status:
        found = found.filter(Exists(said.filter(status=wish.status)))
    if wish.chapter:
        found = found.filter(chapter__number=wish.chapter)
    found = found.select_related("factsheet__party", "factsheet__round", "chapter").distinct()
    return found.prefetch_related("citations__recommendation").order_by("factsheet__party__name", "factsheet", "number")


def observations_found(factsheets: QuerySet[Factsheet], wish: Wish) -> QuerySet[Observation]:
    """What the Committee said without asking for anything. None when an id, a verb or a status is looked for."""
    found = Observation.objects.filter(factsheet__in=factsheets)
    if wish.ref or wish.verb or wish.status or not wish.words:
        return found.none()
    return _by_words(found, wish).select_related("factsheet__party", "factsheet__round", "chapter")[:MOST]


def practices_found(factsheets: QuerySet[Factsheet], wish: Wish, readable: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    """Promising practices of a chapter, which answer no ask. None when an id or a verb is looked for."""
    found = readable.filter(factsheet__in=factsheets, ask=None)
    if wish.ref or wish.verb or not (wish.words or wish.status):
        return found.none()
    if wish.status:
        found = found.filter(status=wish.status)
    return _by_words(found, wish).select_related("factsheet__party", "factsheet__round", "chapter")[:MOST]


_Placed = TypeVar("_Placed", Observation, FollowUp)


def _by_words(found: QuerySet[_Placed], wish: Wish) -> QuerySet[_Placed]:
    for word in wish.words.split():
        found = found.filter(text__icontains=word)
    if wish.chapter:
        found = found.filter(chapter__number=wish.chapter)
    return found.order_by("factsheet__party__name", "factsheet", "pk")
