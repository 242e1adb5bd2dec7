"""Search finds what anybody may read, at this centre, and nothing else."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.awareness.factories import make_article, make_listing, make_site

pytestmark = pytest.mark.django_db


def found(words: str, language: str = "nb", more: str = "") -> str:
    answer = Client(headers={"host": "testserver"}).get(
        f"/{language}/search", {"q": words, **({"in": more} if more else {})}
    )
    assert answer.status_code == 200
    return answer.content.decode()


def test_words_of_the_title_the_lead_and_the_body_are_found() -> None:
    listing = make_listing(make_site())
    make_article(listing, title="Om skjermtid")
    make_article(listing, title="To", summary="Handler om svindel.")
    make_article(listing, title="Tre", body=[("words", "<p>En tekst om lommepenger.</p>")])
    assert "Om skjermtid" in found("skjermtid")
    assert ">To<" in found("svindel")
    assert ">Tre<" in found("lommepenger")
    assert "Nothing was found" in found("sjiraff", "en")


def test_drafts_restricted_pages_and_other_centres_pages_are_not_found() -> None:
    listing = make_listing(make_site())
    make_article(listing, title="Skjult utkast", live=False)
    secret = make_article(listing, title="Skjult for alle")
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    gone = make_article(listing, title="Skjult og borte")
    gone.unpublish()
    make_article(make_listing(make_site("other.test")), title="Skjult hos andre")
    assert "Skjult" not in found("skjult")


def test_other_languages_are_found_when_asked_for() -> None:
    make_article(make_listing(make_site()), title="Om skjermtid")
    assert "Om skjermtid" not in found("skjermtid", "en")
    assert "Om skjermtid" in found("skjermtid", "en", "all")


@pytest.mark.parametrize("words", ["", "  ", "'", '"', "%", "* OR", "a" * 5000, "NEAR(", "<script>", "&|!:*", "\\"])
def test_no_words_break_it(words: str) -> None:
    make_article(make_listing(make_site()), title="Om skjermtid")
    assert "<script>" not in found(words).partition("<main")[2].partition("</main>")[0]
