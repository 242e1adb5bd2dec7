"""Search finds what anybody may read, at this centre, and nothing else."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from havn.awareness.reading.finding import everything_found
from havn.vocabularies.api import load_public
from tests.awareness.factories import make_article, make_listing, make_site
from tests.directory.factories import make_country, make_line
from tests.events.factories import make_event

pytestmark = pytest.mark.django_db


def found(words: str, language: str = "nb", more: str = "", **facets: str) -> str:
    answer = Client(headers={"host": "testserver"}).get(
        f"/{language}/search", {"q": words, **({"in": more} if more else {}), **facets}
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


def test_a_word_of_another_centre_s_many_pages_does_not_push_out_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("havn.awareness.reading.finding.MOST_FOUND", 3)
    other = make_listing(make_site("other.test"))
    for _ in range(5):
        make_article(other, title="Felles ord")
    make_article(make_listing(make_site()), title="Vårt felles ord")
    assert "Vårt felles ord" in found("felles")


def test_the_title_counts_more_than_the_body_and_all_words_must_be_there() -> None:
    listing = make_listing(make_site())
    make_article(listing, title="Noe annet helt", body=[("words", "<p>" + "fyll " * 50 + "svindel</p>")])
    make_article(listing, title="Svindel")
    make_article(listing, title="Svindel på nett")
    page = found("svindel")
    assert page.index(">Svindel<") < page.index("Noe annet helt")
    both = found("svindel nett")
    assert "Svindel på nett" in both
    assert "Noe annet helt" not in both


def test_it_shows_ten_and_leads_on_with_every_choice() -> None:
    load_public()
    listing = make_listing(make_site())
    for number in range(12):
        make_article(listing, title=f"Svindel {number:02}", topics=["e-crime"])
    first = found("svindel")
    assert first.count('class="card__title"') == 10
    assert "12 treff" in first
    second = found("svindel", page="2", topic="e-crime")
    assert second.count('class="card__title"') == 2
    assert "topic=e-crime&amp;page=1" in second


def test_facets_narrow_and_count_what_each_choice_leaves() -> None:
    load_public()
    listing = make_listing(make_site())
    make_article(listing, title="Svindel en", topics=["e-crime"], audiences=["parents-carers"])
    make_article(listing, title="Svindel to", topics=["cyberbullying"], audiences=["parents-carers"])
    page = found("svindel", topic="e-crime")
    assert "Svindel en" in page
    assert "Svindel to" not in page
    assert 'value="e-crime" selected' in page
    # The other topic is still there to choose.
    assert 'value="cyberbullying">' in page
    assert "Svindel to" in found("svindel", topic="nothing-of-ours")
    assert "Svindel en" in found("svindel", kind="article")


def test_languages_can_be_chosen_and_are_counted() -> None:
    centre = make_site()
    make_article(make_listing(centre), title="Snapchat norsk")
    make_article(make_listing(centre, "en", slug="news"), title="Snapchat English")
    page = found("snapchat")
    assert "Snapchat English" not in page
    assert "English (1)" in page
    assert "Snapchat English" in found("snapchat", more="en")
    assert "Snapchat English" in found("snapchat", more="all")
    assert "Snapchat English" in found("snapchat", "en", more="xx")


def test_public_events_are_found_and_members_events_are_not() -> None:
    centre = make_site()
    make_event(centre, title="Dag om svindel", language="nb")
    make_event(centre, title="Svindel for medlemmer", language="nb", visibility="members")
    make_event(centre, title="Svindel som kladd", language="nb", state="draft")
    page = found("svindel")
    assert "Dag om svindel" in page
    assert "Svindel for" not in page
    assert "Svindel som" not in page


def test_centres_are_found_by_country_name_and_line() -> None:
    make_site()
    make_line(make_country("PL"), "Telefon zaufania")
    assert "/en/directory/pl" in found("poland", "en")
    assert "/nb/directory/pl" in found("zaufania")


def test_something_in_no_language_does_not_bring_in_all_of_them() -> None:
    make_article(make_listing(make_site()), title="Om Polen og Poland")
    make_line(make_country("PL"), "Telefon zaufania")
    page = found("poland", "en")
    assert "/en/directory/pl" in page
    assert "Om Polen" not in page


def test_a_thousand_hits_cost_no_more_queries_than_one(django_assert_max_num_queries: Any) -> None:
    centre = make_site()
    listing = make_listing(centre)
    for number in range(30):
        make_article(listing, title=f"Svindel {number}")
    everything_found(centre, "svindel")
    with django_assert_max_num_queries(9):
        assert len(everything_found(centre, "svindel").hits) == 30


@pytest.mark.parametrize("words", ["", "  ", "'", '"', "%", "* OR", "a" * 5000, "NEAR(", "<script>", "&|!:*", "\\"])
def test_no_words_break_it(words: str) -> None:
    make_article(make_listing(make_site()), title="Om skjermtid")
    assert "<script>" not in found(words).partition("<main")[2].partition("</main>")[0]
