"""What the first page of a centre shows of its pages: doors to learn, take part and news, and the newest articles."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from havn.awareness.models import ArticlePage, ListingPage
from havn.awareness.queries import front_of, visible_pages
from havn.tenancy.models import Centre

NEWEST = 3


def front_context(request: HttpRequest) -> dict[str, Any] | None:
    """The front in the reader's language with its `doors` and `newest`; None for a centre that publishes nothing."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    front = front_of(centre, get_language() or centre.default_language)
    if front is None:
        return None
    below = visible_pages().descendant_of(front)
    doors = list(ListingPage.objects.filter(pk__in=below.values("pk")).exclude(door="").order_by("path"))
    articles = ArticlePage.objects.filter(pk__in=below.values("pk")).select_related("organisation", "locale")
    newest = list(articles.order_by("-published_on", "-pk")[:NEWEST])
    if not doors and not newest and not front.body:
        return None
    return {"page": front, "doors": doors, "newest": newest}
