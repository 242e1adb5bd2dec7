"""What readers find at an address: the page in their language, another language said so, or nothing."""

import datetime as dt

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from havn.awareness.queries import fronts_of, locale_for, site_of
from havn.common.clock import now
from tests.awareness.factories import make_article, make_listing, make_site

pytestmark = pytest.mark.django_db


def page(address: str, host: str = "testserver") -> tuple[int, str]:
    """Status and text, or status and where it leads."""
    answer = Client(headers={"host": host}).get(address)
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def test_a_published_article_is_read_at_its_address_in_its_language() -> None:
    centre = make_site()
    make_article(make_listing(centre), title="Bilder på avveie", slug="bilder")
    status, text = page("/nb/aktuelt/bilder")
    assert status == 200
    assert "Bilder på avveie" in text
    assert '<link rel="canonical" href="http://testserver/nb/aktuelt/bilder">' in text
    assert "no-store" in Client(headers={"host": "testserver"}).get("/nb/aktuelt/bilder").headers["Cache-Control"]


def test_drafts_expired_and_restricted_pages_are_not_there_for_anybody() -> None:
    listing = make_listing(make_site())
    make_article(listing, slug="utkast", live=False)
    gone = make_article(listing, slug="borte")
    gone.unpublish()
    secret = make_article(listing, slug="bare-for-oss")
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    assert [page(f"/nb/aktuelt/{slug}")[0] for slug in ("utkast", "borte", "bare-for-oss")] == [404, 404, 404]


def test_a_page_of_one_centre_is_not_there_at_the_other() -> None:
    make_article(make_listing(make_site()), slug="her")
    make_site("other.test", ("da", "en"))
    assert page("/nb/aktuelt/her")[0] == 200
    assert page("/nb/aktuelt/her", "other.test")[0] == 404


def test_a_missing_translation_shows_the_page_and_says_in_which_language_it_is() -> None:
    make_article(make_listing(make_site()), slug="bilder", title="Bilder på avveie")
    status, text = page("/en/aktuelt/bilder")
    assert status == 200
    assert "We do not have this page in your language yet" in text
    assert '<article class="reading" lang="nb">' in text


def test_the_address_in_one_language_leads_to_the_translation_asked_for() -> None:
    centre = make_site()
    listing = make_listing(centre)
    article = make_article(listing, slug="bilder")
    english_listing = listing.copy_for_translation(locale_for("en"))
    english_listing.slug = "news"
    english_listing.save_revision().publish()
    english = article.copy_for_translation(locale_for("en"))
    english.slug = "pictures"
    english.save_revision().publish()
    assert page("/en/aktuelt/bilder") == (302, "/en/news/pictures")
    assert 'hreflang="nb" href="http://testserver/nb/aktuelt/bilder"' in page("/en/news/pictures")[1]


def test_a_page_past_its_review_date_says_so() -> None:
    yesterday = now().date() - dt.timedelta(days=2)
    make_article(make_listing(make_site()), slug="gammel", review_by=yesterday)
    assert "may be out of date" not in page("/nb/aktuelt/gammel")[1]
    assert "kan være utdatert" in page("/nb/aktuelt/gammel")[1]


def test_a_slash_at_the_end_leads_to_the_address_without_it() -> None:
    make_article(make_listing(make_site()), slug="bilder")
    assert page("/nb/aktuelt/bilder/") == (301, "/nb/aktuelt/bilder")


def test_an_old_address_leads_to_the_new_one_of_its_own_centre_only() -> None:
    centre = make_site()
    article = make_article(make_listing(centre), slug="ny")
    make_site("other.test")
    Redirect.objects.create(old_path="/gammel", site=site_of(centre), redirect_page=article)
    assert page("/nb/gammel") == (301, "/nb/aktuelt/ny")
    assert page("/nb/gammel", "other.test")[0] == 404


def test_nothing_is_posted_to_a_page() -> None:
    make_article(make_listing(make_site()), slug="bilder")
    assert Client(headers={"host": "testserver"}).post("/nb/aktuelt/bilder").status_code == 404


def test_a_centre_has_a_front_in_each_of_its_languages_and_opening_it_again_adds_none() -> None:
    from havn.awareness.actions.sites import open_site

    centre = make_site()
    open_site(centre)
    assert sorted(one.language for one in fronts_of(centre)) == ["en", "nb"]


def test_a_page_leads_on_within_its_own_site_whatever_name_and_port_it_is_read_under() -> None:
    article = make_article(make_listing(make_site()), slug="bilder")
    make_site("other.test")
    assert article.url == "/nb/aktuelt/bilder"
    answer = Client(headers={"host": "testserver:8443"}).get("/nb/aktuelt")
    assert 'href="/nb/aktuelt/bilder"' in answer.content.decode()
