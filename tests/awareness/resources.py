"""Resources for tests."""

import itertools
from typing import Any

from django.core.files.base import ContentFile

from havn.awareness.models import EditorialPage, PublishedFile, ResourcePage
from havn.awareness.queries import locale_for, site_of
from havn.tenancy.models import Centre

_numbers = itertools.count(1)


def step(title: str, **values: Any) -> tuple[str, dict[str, Any]]:
    """One step of a lesson."""
    empty = {"minutes": None, "words": "", "picture": [], "film": [], "teacher": ""}
    return ("step", {"title": title, **empty, **values})


def sentence(words: str, **values: Any) -> tuple[str, dict[str, Any]]:
    """One sentence of an easy-read twin."""
    return ("sentence", {"words": words, "picture": [], "sound": None, **values})


def make_resource(listing: EditorialPage, *, live: bool = True, **values: Any) -> ResourcePage:
    """A resource below a listing, published unless told otherwise."""
    number = next(_numbers)
    page = ResourcePage(
        **{"title": f"Opplegg {number}", "slug": f"opplegg-{number}", "summary": "Kort sagt.", **values}
    )
    page.locale = locale_for(listing.language)
    page.live = live
    listing.add_child(instance=page)
    revision = page.save_revision(clean=False)
    if live:
        revision.publish()
    page.refresh_from_db()
    return page


def make_file(centre: Centre, name: str, body: bytes = b"x", **values: Any) -> PublishedFile:
    """A file that anybody may open."""
    site = site_of(centre)
    assert site is not None
    file = PublishedFile(**{"title": name, "collection": site.centre_site.collection, **values})
    file.file.save(name, ContentFile(body))
    return file
