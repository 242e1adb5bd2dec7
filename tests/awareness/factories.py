"""Pages for tests, without the demo."""

import itertools
from typing import Any

from havn.awareness.actions.sites import open_site
from havn.awareness.models import ArticlePage, EditorialPage, ListingPage
from havn.awareness.queries import fronts_of, locale_for
from havn.tenancy.models import Centre
from tests.accounts.factories import make_centre

_numbers = itertools.count(1)


def make_site(host: str = "testserver", languages: tuple[str, ...] = ("nb", "en")) -> Centre:
    """A centre with its tree of pages in these languages."""
    centre = make_centre(host=host)
    centre.languages = list(languages)
    centre.save()
    open_site(centre)
    return centre


def make_listing(centre: Centre, language: str = "nb", **values: Any) -> ListingPage:
    """A published listing below the front."""
    front = fronts_of(centre).get(locale__language_code=language)
    return _add(front, ListingPage(**{"title": "Aktuelt", "slug": "aktuelt", **values}), language)  # type: ignore[return-value]


def make_article(listing: EditorialPage, *, live: bool = True, **values: Any) -> ArticlePage:
    """An article below a listing, published unless told otherwise."""
    number = next(_numbers)
    page = ArticlePage(**{"title": f"Sak {number}", "slug": f"sak-{number}", "summary": "Kort sagt.", **values})
    return _add(listing, page, listing.language, live=live)  # type: ignore[return-value]


def _add(parent: EditorialPage, page: EditorialPage, language: str, *, live: bool = True) -> EditorialPage:
    page.locale = locale_for(language)
    page.live = live
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    page.refresh_from_db()
    return page
