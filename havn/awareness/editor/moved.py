"""Where an address that somebody kept leads now. Written down by Wagtail when a page is renamed or moved."""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.contrib.redirects.models import Redirect

from havn.awareness.models import EditorialPage
from havn.awareness.queries import translation_in, visible_pages
from havn.tenancy.models import Centre


@dataclass(frozen=True)
class Led:
    """`permanent` only where nothing but the page decides: a translation made tomorrow would lead elsewhere."""

    address: str
    permanent: bool


def led_on(centre: Centre, path: str, language: str, request: HttpRequest) -> Led | None:
    """The new address of an old one of this centre, in the language asked for if there is one. None: it never was.

    Only pages that the public may read are led to, and only within the centre.
    """
    others = [one for one in centre.languages if one != language]
    paths = [
        Redirect.normalise_path(old)
        for old in (f"/{language}/{path}", f"/{path}", *(f"/{one}/{path}" for one in others))
    ]
    rows = Redirect.objects.filter(old_path__in=paths, site__centre_site__centre=centre).order_by("pk")
    found = min(rows, key=lambda row: paths.index(row.old_path), default=None)
    if found is None:
        return None
    if found.redirect_page_id is None:
        return Led(found.redirect_link, found.is_permanent) if found.redirect_link else None
    page = visible_pages(centre).filter(pk=found.redirect_page_id).specific().first()
    if not isinstance(page, EditorialPage):
        return None
    there = page if page.language == language else translation_in(page, language)
    address = (there or page).get_url(request)
    return Led(address, found.is_permanent and page.language == language) if address else None
