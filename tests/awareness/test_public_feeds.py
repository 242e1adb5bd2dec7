"""Feeds and the map of the site, read back by parsers of others."""

import xml.etree.ElementTree as ET

import feedparser
import pytest
from django.test import Client

from havn.vocabularies.api import load_public
from tests.awareness.factories import make_article, make_listing, make_site

pytestmark = pytest.mark.django_db


def get(address: str) -> object:
    return Client(headers={"host": "testserver"}).get(address)


def test_a_feed_is_well_formed_and_has_published_pages_only() -> None:
    listing = make_listing(make_site())
    make_article(listing, title="Ute & åpen", slug="ute")
    make_article(listing, title="Utkast", live=False)
    found = feedparser.parse(get("/nb/aktuelt/feed.atom").content)  # type: ignore[attr-defined]
    assert not found.bozo
    assert found.version == "atom10"
    assert [(one.title, one.link) for one in found.entries] == [("Ute & åpen", "http://testserver/nb/aktuelt/ute")]
    assert found.feed.language == "nb"


def test_a_feed_is_narrowed_as_its_list_is() -> None:
    load_public()
    listing = make_listing(make_site())
    make_article(listing, title="Om mobbing", topics=["cyberbullying"])
    make_article(listing, title="Om spill", topics=["e-crime"])
    found = feedparser.parse(get("/nb/aktuelt/feed.atom?topic=e-crime").content)  # type: ignore[attr-defined]
    assert [one.title for one in found.entries] == ["Om spill"]


def test_only_a_listing_has_a_feed() -> None:
    make_article(make_listing(make_site()), slug="ute")
    assert get("/nb/aktuelt/ute/feed.atom").status_code == 404  # type: ignore[attr-defined]
    assert get("/nb/ingenting/feed.atom").status_code == 404  # type: ignore[attr-defined]


def test_the_map_names_the_published_pages_of_this_centre_by_their_whole_address() -> None:
    listing = make_listing(make_site())
    make_article(listing, slug="ute")
    make_article(listing, slug="utkast", live=False)
    make_article(make_listing(make_site("other.test")), slug="der")
    tree = ET.fromstring(get("/sitemap.xml").content)  # type: ignore[attr-defined]
    names = {one.text for one in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert names == {
        "http://testserver/nb/",
        "http://testserver/en/",
        "http://testserver/nb/aktuelt",
        "http://testserver/nb/aktuelt/ute",
    }
