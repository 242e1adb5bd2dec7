"""Lists for machines: the Atom feed of a listing, and the map of the site."""

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as render_sitemap
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from havn.awareness.models import EditorialPage, ListingPage
from havn.awareness.queries import page_at, site_of, visible_pages
from havn.awareness.reading.listings import chosen_of, narrowed, pages_below
from havn.common.access import public
from havn.common.language import reader_language
from havn.common.page_cache import PAGES_SECONDS, keepable
from havn.common.site_maps import Address, addresses_for
from havn.tenancy.models import Centre

IN_A_FEED = 30


class _Atom(Atom1Feed):
    """RFC 4287, with each entry's language where it differs from the feed's."""

    def item_attributes(self, item: dict[str, object]) -> dict[str, str]:
        return {**super().item_attributes(item), "xml:lang": str(item["language"])}


@public
@require_safe
@keepable(PAGES_SECONDS)
def feed(request: HttpRequest, path: str) -> HttpResponse:
    """The newest pages of a listing as Atom, narrowed as the listing itself may be."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    request._wagtail_site = site_of(centre)  # type: ignore[attr-defined]
    listing = page_at(centre, path.strip("/"), reader_language())
    if not isinstance(listing, ListingPage):
        raise Http404
    address = request.build_absolute_uri(listing.get_url(request) or "/")
    atom = _Atom(
        title=f"{listing.title} · {centre.shown_name}",
        link=address,
        description=listing.summary,
        language=listing.language,
        feed_url=request.build_absolute_uri(),
        feed_guid=address,
    )
    pages = narrowed(pages_below(listing), chosen_of(request.GET))[:IN_A_FEED].specific()
    for page in pages:
        _entry(atom, page, request)
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _entry(atom: Atom1Feed, page: EditorialPage, request: HttpRequest) -> None:
    address = request.build_absolute_uri(page.get_url(request) or "/")
    atom.add_item(
        title=page.title,
        link=address,
        unique_id=f"urn:uuid:{page.translation_key}:{page.language}",
        description=page.summary,
        pubdate=page.first_published_at,
        updateddate=page.last_published_at,
        author_name=page.organisation.shown_name if page.organisation else None,
        language=page.language,
    )


class _Beside(Sitemap[Address]):
    """What other apps want on the map."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def items(self) -> list[Address]:
        return addresses_for(self.request)

    def location(self, item: Address) -> str:
        return item.path

    def lastmod(self, item: Address) -> object:
        return item.changed

    def get_domain(self, site: object = None) -> str:
        return self.request.get_host()

    def get_protocol(self, protocol: str | None = None) -> str:
        return self.request.scheme or "https"


class _Pages(Sitemap[EditorialPage]):
    """Everything of a centre that anybody may read."""

    limit = 5000

    def __init__(self, request: HttpRequest, centre: Centre) -> None:
        self.request = request
        self.centre = centre

    def items(self) -> list[EditorialPage]:
        """By address, so that pages of the map stay as they are."""
        pages = visible_pages(self.centre).order_by("path").specific()
        return [page for page in pages if isinstance(page, EditorialPage)]

    def location(self, item: EditorialPage) -> str:
        return item.get_url(self.request) or "/"

    def lastmod(self, item: EditorialPage) -> object:
        return item.last_published_at

    def get_domain(self, site: object = None) -> str:
        return self.request.get_host()

    def get_protocol(self, protocol: str | None = None) -> str:
        return self.request.scheme or "https"


@public
@require_safe
@keepable(PAGES_SECONDS)
def site_map(request: HttpRequest) -> HttpResponse:
    """The map of the centre's pages (sitemaps.org)."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    request._wagtail_site = site_of(centre)  # type: ignore[attr-defined]
    response = render_sitemap(request, {"pages": _Pages(request, centre), "beside": _Beside(request)})
    response.render()
    # Django would have engines leave the map itself out of their answers, which is right; and say it was made now.
    response.headers.pop("Last-Modified", None)
    return response
