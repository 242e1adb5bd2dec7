"""What the first page of a centre shows of its pages: doors to learn, take part and news, and the newest articles."""

from typing import Any

from django.http import HttpRequest

from havn.awareness.models import ArticlePage, CampaignPage, ListingPage
from havn.awareness.queries import Pages, front_of, visible_pages
from havn.awareness.reading.campaigns import when_of
from havn.awareness.reading.dates import today_at
from havn.common.language import reader_language
from havn.tenancy.models import Centre

NEWEST = 3
_DOORS = list(ListingPage.Door.values)


def front_context(request: HttpRequest) -> dict[str, Any] | None:
    """The front in the reader's language with its `doors` and `newest`; None for a centre that publishes nothing."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    front = front_of(centre, reader_language())
    if front is None:
        return None
    below = visible_pages().descendant_of(front)
    listings = ListingPage.objects.filter(pk__in=below.values("pk")).exclude(door="").order_by("path")
    doors = sorted(listings, key=lambda one: _DOORS.index(one.door))
    articles = ArticlePage.objects.filter(pk__in=below.values("pk")).select_related("organisation", "locale")
    newest = list(articles.order_by("-published_on", "-pk")[:NEWEST])
    if not doors and not newest and not front.body:
        return None
    return {"page": front, "doors": doors, "newest": newest, "campaign": _next_campaign(below, centre)}


def _next_campaign(below: Pages, centre: Centre) -> dict[str, Any] | None:
    """The campaign that is under way or comes next, with its days and how long it still is."""
    campaigns = CampaignPage.objects.filter(pk__in=below.values("pk")).order_by("starts_on", "pk")
    today = today_at(centre)
    page = next((one for one in campaigns if one.last_day >= today), None)
    return {"page": page, **when_of(page)} if page else None
