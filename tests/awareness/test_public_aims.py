"""Competence aims as a map, and what serves each."""

import datetime as dt

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from havn.awareness.queries import locale_for
from havn.awareness.rules.aims import tree
from havn.tenancy.models import Centre
from havn.vocabularies.api import Term, VocabularyFacts, load, load_public
from tests.awareness.factories import make_listing, make_site
from tests.awareness.resources import make_resource

pytestmark = pytest.mark.django_db
AIM = "lk20-4-saf-privacy"


def text_of(address: str, host: str = "testserver") -> str:
    answer = Client(headers={"host": host}).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def centre() -> Centre:
    load_public()
    return make_site()


def test_a_curriculum_is_years_then_subjects_then_aims() -> None:
    flat = {"4": "", "4-saf": "4", "4-saf-a": "4-saf", "10": "", "10-nor": "10", "lost": "nowhere", "deep": "4-saf-a"}
    assert tree(flat) == {"4": {"4-saf": ["4-saf-a"]}, "10": {"10-nor": []}}


def test_the_map_counts_what_serves_each_aim_and_an_aim_shows_it(centre: Centre) -> None:
    listing = make_listing(centre)
    make_resource(listing, title="Hvem ser hva?", aims=[AIM], age_min=9, age_max=10, minutes=45)
    make_resource(listing, title="Uten mål")
    text = text_of(f"/nb/learn/aims?aim={AIM}")
    assert "Hvem ser hva?" in text
    assert "Uten mål" not in text
    assert "samtale om reglar og normer for personvern" in text
    assert 'lang="nn" aria-current="true"' in text
    assert text.count('class="map__has"') == 1


def test_a_resource_in_two_languages_is_counted_once_and_shown_in_the_readers(centre: Centre) -> None:
    listing = make_listing(centre)
    resource = make_resource(listing, title="Hvem ser hva?", aims=[AIM])
    copied = listing.copy_for_translation(locale_for("en"))
    copied.slug = "news"
    copied.save_revision().publish()
    english = resource.copy_for_translation(locale_for("en"))
    english.title = "Who sees what?"
    english.save_revision().publish()
    assert "1 resource for this aim" in text_of(f"/en/learn/aims?aim={AIM}")
    assert "Who sees what?" in text_of(f"/en/learn/aims?aim={AIM}")
    assert "Hvem ser hva?" in text_of(f"/nb/learn/aims?aim={AIM}")


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ("age=9", True), ("age=8", False), ("age=11", False), ("minutes=45", True), ("minutes=30", False),
        ("type=lesson", True), ("type=film", False), ("age=10&minutes=60&type=lesson", True),
        ("age=x", True), ("age=99999", True), ("minutes=1", True), ("type=%00", True), ("age=-1", True),
        ("age=٩", True),
    ],
)  # fmt: skip
def test_resources_are_narrowed_by_age_time_and_type(centre: Centre, wish: str, found: bool) -> None:
    make_resource(make_listing(centre), title="Hvem ser hva?", aims=[AIM], age_min=9, age_max=10, minutes=45)
    assert ("Hvem ser hva?" in text_of(f"/nb/learn/aims?aim={AIM}&{wish}")) == found


@pytest.mark.parametrize("aim", ["lk20-4", "lk20-4-saf", "nothing", "%00", "x" * 300, ""])
def test_what_is_no_aim_shows_the_map_alone(centre: Centre, aim: str) -> None:
    make_resource(make_listing(centre), aims=[AIM])
    text = text_of(f"/en/learn/aims?aim={aim}")
    assert 'id="found"' not in text
    assert "Years and subjects" in text


def test_hidden_resources_are_neither_counted_nor_shown(centre: Centre) -> None:
    listing = make_listing(centre)
    make_resource(listing, title="Utkast", aims=[AIM], live=False)
    secret = make_resource(listing, title="Bare for oss", aims=[AIM])
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    text = text_of(f"/en/learn/aims?aim={AIM}")
    assert "Nothing here serves this aim yet." in text
    assert "Utkast" not in text
    assert "Bare for oss" not in text


def test_a_resource_coded_with_a_former_aim_serves_the_one_that_took_over(centre: Centre) -> None:
    former = Term("lk06-4-privacy", {"en": "know the rules"}, replaced_by=AIM)
    load(vocabularies=[VocabularyFacts("aim", "lk06", dt.date(2006, 8, 1), dt.date(2020, 7, 31), terms=[former])])
    make_resource(make_listing(centre), title="Eldre opplegg", aims=["lk06-4-privacy"])
    assert "Eldre opplegg" in text_of(f"/nb/learn/aims?aim={AIM}")
    assert "Eldre opplegg" in text_of("/nb/learn/aims?aim=lk06-4-privacy")


def test_schools_of_another_country_see_the_map_only_when_something_here_serves_an_aim(centre: Centre) -> None:
    other = make_site("other.test", ("da", "en"))
    other.country_code = "DK"
    other.save()
    client = Client(headers={"host": "other.test"})
    assert client.get("/da/learn/aims").status_code == 404
    make_resource(make_listing(other, "da"), title="Hvem ser hvad?", aims=[AIM])
    assert "Hvem ser hvad?" in text_of(f"/da/learn/aims?aim={AIM}", "other.test")


def test_a_list_to_learn_from_leads_to_the_map_where_schools_have_one(centre: Centre) -> None:
    make_listing(centre, slug="laer", door="learn")
    make_listing(centre, slug="aktuelt", door="news")
    assert 'href="/nb/learn/aims"' in text_of("/nb/laer")
    assert "/learn/aims" not in text_of("/nb/aktuelt")
    centre.country_code = "DK"
    centre.save()
    assert "/learn/aims" not in text_of("/nb/laer")


def test_the_map_asks_the_database_little(centre: Centre, django_assert_max_num_queries: object) -> None:
    listing = make_listing(centre)
    for number in range(12):
        make_resource(listing, aims=[AIM, "lk20-4-saf-rights"], title=f"Opplegg {number}")
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        text_of(f"/nb/learn/aims?aim={AIM}")
