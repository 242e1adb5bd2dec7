"""What the template of a page is given."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from havn.awareness.models import EditorialPage, ListingPage
from havn.awareness.queries import translations_of, visible_pages
from havn.awareness.reading.listings import listing_context
from havn.common.language import reader_language


@dataclass(frozen=True)
class Translation:
    """A page in one language and its whole address."""

    language: str
    address: str


def context_of(page: EditorialPage, request: HttpRequest) -> dict[str, Any]:
    """Its addresses in every language, the way to it, and what stands below it or is listed there."""
    listed = listing_context(page, request.GET, reader_language()) if isinstance(page, ListingPage) else {}
    return {
        **listed,
        "canonical": request.build_absolute_uri(page.get_url(request) or "/"),
        "translations": [
            Translation(one.language, request.build_absolute_uri(one.get_url(request) or "/"))
            for one in translations_of(page)
        ],
        "crumbs": list(visible_pages().ancestor_of(page).filter(depth__gt=2).specific()),
        "below": _below(page),
    }


def _below(page: Page) -> list[Page]:
    if isinstance(page, ListingPage):
        return []
    return list(visible_pages().child_of(page).filter(show_in_menus=True).specific())
