"""Finding asks and their follow-up by words, id, verb, status and chapter."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from havn.recommendations.models import Ask, Factsheet, FollowUp

MOST = 200


@dataclass(frozen=True)
class Wish:
    """What is looked for; "" asks for nothing."""

    words: str = ""
    ref: str = ""
    verb: str = ""
    status: str = ""
    chapter: str = ""


def asks_found(factsheets: QuerySet[Factsheet], wish: Wish, *, only_validated: bool) -> QuerySet[Ask]:
    """Asks in these factsheets, by country and in their order. `only_validated`: nobody finds a draft by its words."""
    said = FollowUp.objects.filter(ask=OuterRef("pk"))
    if only_validated:
        said = said.filter(state=FollowUp.State.VALIDATED)
    found = Ask.objects.filter(factsheet__in=factsheets)
    for word in wish.words.split():
        found = found.filter(
            Q(text__icontains=word) | Q(lead__icontains=word) | Exists(said.filter(text__icontains=word))
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
