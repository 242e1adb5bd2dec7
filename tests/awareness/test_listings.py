"""Lists of pages: newest first, narrowed by words of the vocabularies, ten at a time."""

import pytest
from django.test import Client

from havn.awareness.models import PageTerm
from havn.vocabularies.api import load_public
from tests.awareness.factories import make_article, make_listing, make_site

pytestmark = pytest.mark.django_db


def text_of(address: str) -> str:
    return Client(headers={"host": "testserver"}).get(address).content.decode()


def test_a_listing_shows_ten_pages_and_leads_to_the_older_ones() -> None:
    listing = make_listing(make_site())
    for number in range(11):
        make_article(listing, title=f"Nummer {number:02}")
    first = text_of("/nb/aktuelt")
    assert "Nummer 10" in first
    assert "Nummer 00" not in first
    assert "Nummer 00" in text_of("/nb/aktuelt?page=2")


def test_a_list_is_narrowed_by_topic_and_counts_what_each_choice_leaves() -> None:
    load_public()
    listing = make_listing(make_site())
    make_article(listing, title="Om mobbing", topics=["cyberbullying"], audiences=["parents-carers"])
    make_article(listing, title="Om spill", topics=["e-crime"], audiences=["parents-carers"])
    page = text_of("/nb/aktuelt?topic=cyberbullying")
    assert "Om mobbing" in page
    assert "Om spill" not in page
    assert 'value="cyberbullying" selected' in page


@pytest.mark.parametrize("wish", ["topic=nothing-of-ours", "page=x", "page=99999999999", "topic=%00", "topic[]=a"])
def test_a_wish_that_means_nothing_shows_the_whole_list(wish: str) -> None:
    make_article(make_listing(make_site()), title="Om spill")
    assert "Om spill" in text_of(f"/nb/aktuelt?{wish}")


def test_a_draft_has_no_terms_and_is_not_listed() -> None:
    load_public()
    listing = make_listing(make_site())
    make_article(listing, title="Ikke ferdig", topics=["cyberbullying"], live=False)
    out = make_article(listing, title="Tatt tilbake", topics=["cyberbullying"])
    out.unpublish()
    assert not PageTerm.objects.filter(dimension="topic").exists()
    page = text_of("/nb/aktuelt")
    assert "Ikke ferdig" not in page
    assert "Tatt tilbake" not in page


def test_a_page_coded_with_a_former_term_is_found_by_its_successor() -> None:
    load_public()
    listing = make_listing(make_site())
    make_article(listing, title="Eldre sak", topics=["sextortion"])
    from havn.vocabularies.api import current_of

    assert "Eldre sak" in text_of(f"/nb/aktuelt?topic={current_of('topic', 'sextortion')}")
