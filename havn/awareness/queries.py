"""Reads of what is published. `visible_pages` is the one place that says what the public may see."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from wagtail.models import Locale, Page, Site

from havn.awareness.models import CentreSite, EditorialPage, FrontPage, PublishedFile
from havn.common.clock import now
from havn.common.once import once
from havn.tenancy.models import Centre

MOST_FOUND = 1000

# Wagtail's page query sets have no types: `live`, `public`, `child_of` and `specific` are theirs.
Pages = Any


def visible_pages(centre: Centre | None = None) -> Pages:
    """Pages that anybody may read: published, not expired, not for members only; of one centre or of all.

    Every list, search, feed, API, map of the site, printable and harvest starts from here.
    """
    # The hour to take a page back counts at once; the worker that takes it back comes a little later.
    lasting = Q(expire_at__isnull=True) | Q(expire_at__gt=now())
    private = once("private pages", lambda: Page.objects.all().private_q())
    pages: Pages = Page.objects.live().exclude(private).filter(lasting, depth__gt=1)
    if centre is not None:
        fronts = list(fronts_of(centre).values_list("path", flat=True))
        pages = pages.filter(_below(fronts)) if fronts else pages.none()
    return pages


def visible_files(centre: Centre, *, to_members: bool = False) -> Pages:
    """The centre's files that anybody may open; `to_members`: also those for people who are signed in there."""
    row = CentreSite.objects.select_related("collection").filter(centre=centre).first()
    if row is None:
        return PublishedFile.objects.none()
    files = PublishedFile.objects.filter(collection__path__startswith=row.collection.path)
    return files if to_members else files.filter(members_only=False)


def site_of(centre: Centre) -> Site | None:
    """Wagtail's row of the centre's pages, whatever host name or port they are read at; None before there are any."""
    rows = CentreSite.objects.select_related("site__root_page").filter(centre=centre)
    row = once(("site", centre.pk), rows.first)
    return row.site if row else None


def fronts_of(centre: Centre) -> Pages:
    """The roots of the centre's trees, one a language, published or not."""
    site = site_of(centre)
    if site is None:
        return FrontPage.objects.none()
    return FrontPage.objects.filter(translation_key=site.root_page.translation_key).select_related("locale")


def front_of(centre: Centre, language: str) -> FrontPage | None:
    """The published front in this language, if there is one."""
    front: FrontPage | None = fronts_of(centre).live().filter(locale__language_code=language).first()
    return front


def page_at(centre: Centre, path: str, language: str) -> EditorialPage | None:
    """The visible page at a path below the front in this language; None when nothing may be shown there."""
    front = front_of(centre, language)
    # PostgreSQL refuses to be asked for this character; SQLite finds nothing.
    if front is None or not path or "\x00" in path:
        return None
    found = visible_pages().filter(url_path=f"{front.url_path}{path}/", path__startswith=front.path)
    page = found.select_related("locale").specific().first()
    return page if isinstance(page, EditorialPage) else None


def page_elsewhere(centre: Centre, path: str, language: str) -> EditorialPage | None:
    """The page at this path in another language of the centre: what to lead on from when one is missing."""
    for other in centre.languages:
        if other != language and (page := page_at(centre, path, other)):
            return page
    return None


def translations_of(page: Page) -> list[EditorialPage]:
    """The page in every language in which the public may read it, itself among them, by language code."""
    found = visible_pages().filter(translation_key=page.translation_key).select_related("locale")
    return sorted((one for one in found.specific() if isinstance(one, EditorialPage)), key=lambda one: one.language)


def translation_in(page: Page, language: str) -> EditorialPage | None:
    """The page in this language, if the public may read it."""
    return next((one for one in translations_of(page) if one.language == language), None)


def locale_for(language: str) -> Locale:
    """Wagtail's row of a language, made when it is missing."""
    locale, _new = Locale.objects.get_or_create(language_code=language)
    return locale


def _below(paths: Iterable[str]) -> Q:
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__startswith=path)
    return below
