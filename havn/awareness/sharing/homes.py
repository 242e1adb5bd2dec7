"""Which centre a page belongs to, and its whole address there, whoever's host name the reader came by."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from havn.awareness.models import CentreSite, EditorialPage, FrontPage, ListingPage
from havn.awareness.queries import fronts_of
from havn.tenancy.models import Centre, CentreHost

_FRONT = Page.steplen * 2
"""Every tree's front stands right below Wagtail's root: so many letters of a path name it."""


class Homes:
    """Every centre's trees, read once for as many pages as are asked about."""

    def __init__(self) -> None:
        sites = CentreSite.objects.select_related("centre", "site__root_page")
        centres = {row.site.root_page.translation_key: row.centre for row in sites}
        fronts = FrontPage.objects.filter(translation_key__in=centres).values_list("path", "translation_key")
        self._centres = {path: centres[key] for path, key in fronts}

    def centre_of(self, page: Page) -> Centre | None:
        """The centre in whose tree the page stands; None outside of every tree."""
        return self._centres.get(page.path[:_FRONT])

    def address_of(self, page: EditorialPage, request: HttpRequest) -> str:
        """Where everybody reads it: at its own centre's name. "" for a centre without one."""
        centre = self.centre_of(page)
        parts = page.get_url_parts()
        if centre is None or parts is None or not parts[2]:
            return ""
        if centre.pk == request.centre.pk:  # type: ignore[attr-defined]
            return request.build_absolute_uri(parts[2])
        host = CentreHost.objects.filter(centre=centre).order_by("pk").values_list("host", flat=True).first()
        return f"{request.scheme}://{host}{_port(request)}{parts[2]}" if host else ""


def _port(request: HttpRequest) -> str:
    """The port of the address asked for, with its colon. One installation answers every centre at one port."""
    _name, colon, port = request.get_host().rpartition(":")
    return f":{port}" if colon and port.isdigit() else ""


def listings_of(centre: Centre) -> list[ListingPage]:
    """Lists into which the centre's people may put something, by language and in the order of the tree."""
    listings: list[ListingPage] = []
    for front in fronts_of(centre).order_by("locale__language_code"):
        below: Any = ListingPage.objects.descendant_of(front).select_related("locale").order_by("path")
        listings.extend(below)
    return listings
