"""Reads of offers to the network's portal."""

import itertools
from typing import Any

from django.db.models import QuerySet

from havn.awareness.models import CampaignPage, EditorialPage, ListingPage, Offer
from havn.awareness.queries import visible_pages
from havn.tenancy.models import Centre

NEWEST = 20


def receives_offers() -> bool:
    """Whether the network's portal runs on this installation and has pages."""
    return Centre.objects.hosted().filter(kind=Centre.Kind.NETWORK, editorial_site__isnull=False).exists()


def is_offerable(page: Any) -> bool:
    """Whether pages of this kind can stand in a list of the portal."""
    if not isinstance(page, EditorialPage) or isinstance(page, ListingPage | CampaignPage):
        return False
    return ListingPage in page.allowed_parent_page_models()


def offered_page(offer: Offer) -> EditorialPage | None:
    """The page offered, while the public may still read it."""
    page = visible_pages().filter(pk=offer.page_id).specific().first()
    return page if is_offerable(page) else None


def waiting_offers() -> QuerySet[Offer]:
    """What waits for the network's answer, the longest waiting first."""
    return Offer.objects.filter(state=Offer.State.WAITING).select_related("page", "centre").order_by("offered_at", "pk")


def offers_of(centre: Centre) -> QuerySet[Offer]:
    """What a centre offered, the newest first."""
    rows = Offer.objects.filter(centre=centre).select_related("page", "decided_by", "copy")
    return rows.order_by("-offered_at", "-pk")


def newest_offerable(centre: Centre, words: str) -> list[EditorialPage]:
    """The centre's newest published pages that may be offered, with these words in the title."""
    pages = visible_pages(centre).order_by("-last_published_at", "-pk")
    if words:
        pages = pages.filter(title__icontains=words)
    waiting = Offer.objects.filter(centre=centre, state=Offer.State.WAITING).values("page_id")
    accepted = Offer.objects.filter(centre=centre, state=Offer.State.ACCEPTED, copy__isnull=False).values("page_id")
    pages = pages.exclude(pk__in=waiting).exclude(pk__in=accepted).specific()
    return list(itertools.islice((page for page in pages.iterator() if is_offerable(page)), NEWEST))
