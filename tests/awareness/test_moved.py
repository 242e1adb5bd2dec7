"""An address that somebody kept leads on after a page was renamed or moved, at its own centre only."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from havn.awareness.models import EditorialPage
from havn.awareness.queries import locale_for
from tests.accounts.factories import make_staff, signed_in_client
from tests.awareness.factories import make_article, make_listing, make_site

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def leads(address: str, host: str = "testserver") -> tuple[int, str | None]:
    answer = Client(headers={"host": host}).get(address)
    return answer.status_code, answer.headers.get("Location")


Rename = Callable[[EditorialPage, str], None]


@pytest.fixture
def rename(django_capture_on_commit_callbacks: Any) -> Rename:
    """Publish a page under another slug. Wagtail notes the old address once that is committed."""

    def renamed(page: EditorialPage, slug: str) -> None:
        page.refresh_from_db()
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return renamed


def test_a_renamed_page_and_what_stands_below_it_are_found_at_their_old_addresses(rename: Rename) -> None:
    listing = make_listing(make_site())
    article = make_article(listing, slug="gammel")
    make_site("other.test")
    rename(article, "ny")
    assert leads("/nb/aktuelt/gammel") == (301, "/nb/aktuelt/ny")
    rename(listing, "nyheter")
    assert leads("/nb/aktuelt") == (301, "/nb/nyheter")
    assert leads("/nb/aktuelt/ny") == (301, "/nb/nyheter/ny")
    assert leads("/nb/aktuelt/gammel") == (301, "/nb/nyheter/ny")
    assert leads("/nb/aktuelt/gammel", "other.test") == (404, None)


def test_a_moved_page_is_found_at_its_old_address_in_whatever_language_it_is_asked_for() -> None:
    centre = make_site()
    listing, other = make_listing(centre), make_listing(centre, title="Råd", slug="rad")
    article = make_article(listing, slug="sak")
    publisher = signed_in_client(make_staff(centre, "publisher"))
    assert publisher.post(f"/desk/editor/pages/{article.pk}/move/{other.pk}/confirm/").status_code == 302
    assert leads("/nb/aktuelt/sak") == (301, "/nb/rad/sak")
    assert leads("/en/aktuelt/sak") == (302, "/nb/rad/sak")
    article.refresh_from_db()
    english_list = other.copy_for_translation(locale_for("en"))
    english_list.save_revision().publish()
    english = article.copy_for_translation(locale_for("en"))
    english.slug = "case"
    english.save_revision().publish()
    assert leads("/en/aktuelt/sak") == (302, f"/en/{english_list.slug}/case")


def test_a_page_that_took_the_old_address_is_shown_and_one_taken_back_leads_nowhere(rename: Rename) -> None:
    listing = make_listing(make_site())
    article = make_article(listing, slug="gammel")
    rename(article, "ny")
    article.refresh_from_db()
    article.unpublish()
    assert leads("/nb/aktuelt/gammel") == (404, None)
    make_article(listing, slug="gammel")
    assert leads("/nb/aktuelt/gammel") == (200, None)


def test_what_was_renamed_at_one_centre_leads_nowhere_at_another_with_the_same_address(rename: Rename) -> None:
    first = make_article(make_listing(make_site()), slug="sak")
    second = make_article(make_listing(make_site("other.test")), slug="sak")
    rename(first, "her")
    rename(second, "der")
    assert leads("/nb/aktuelt/sak") == (301, "/nb/aktuelt/her")
    assert leads("/nb/aktuelt/sak", "other.test") == (301, "/nb/aktuelt/der")
    assert Redirect.objects.count() == 2
