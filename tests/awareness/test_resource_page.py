"""The page of a resource: its facts, its files, and the ways to use it."""

from typing import Any

import pytest
from django.test import Client

from havn.awareness.fields import choices_of
from havn.awareness.models import ResourcePage
from havn.awareness.reading.resources import licence_allows
from havn.tenancy.models import Centre
from havn.vocabularies.api import load_public
from tests.awareness.factories import make_article, make_listing, make_site
from tests.awareness.resources import make_file, make_resource, sentence, step

pytestmark = pytest.mark.django_db


def text_of(address: str) -> str:
    answer = Client(headers={"host": "testserver"}).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def centre() -> Centre:
    load_public()
    return make_site()


def full(centre: Centre, **values: Any) -> ResourcePage:
    listing = make_listing(centre, slug="laer")
    return make_resource(
        listing,
        **{
            "slug": "opplegg", "type": "lesson", "age_min": 9, "age_max": 10, "minutes": 45, "settings": ["class"],
            "topics": ["cyberbullying"], "audiences": ["teachers-professionals"], "aims": ["lk20-4-saf-privacy"],
            "licence": "cc-by-nd-4.0", "credit": "Kari og Ola", "version": "2", "accessibility_notes": "Alt er tekst.",
            "link": "https://eksempel.example/spill",
            "lesson": [step("Hva er en hemmelighet?", minutes=10)], "easy": [sentence("Du bestemmer.")],
            **values,
        },
    )  # fmt: skip


def test_its_facts_are_told_and_its_words_lead_to_lists_that_they_narrow(centre: Centre) -> None:
    full(centre)
    page = text_of("/en/laer/opplegg")
    for said in ("9 to 10 years", "45 minutes", "Kari og Ola", "Alt er tekst.", "CC BY-ND 4.0"):
        assert said in page
    for leads in ("/nb/laer?type=lesson", "/nb/laer?topic=cyberbullying", "/nb/laer?setting=class"):
        assert f'href="{leads}"' in page
    assert 'href="/en/learn/aims?aim=lk20-4-saf-privacy#found"' in page
    assert "Do not share a changed version." in page


def test_it_leads_to_its_lesson_and_its_twin_in_the_readers_language(centre: Centre) -> None:
    full(centre)
    page = text_of("/en/laer/opplegg")
    for ending in ("lesson", "easy", "lesson?step=1"):
        assert f'href="/en/laer/opplegg/{ending}"' in page


def test_without_lesson_and_twin_nothing_leads_there(centre: Centre) -> None:
    full(centre, lesson=[], easy=[])
    page = text_of("/nb/laer/opplegg")
    assert "/opplegg/lesson" not in page
    assert "/opplegg/easy" not in page


def test_a_file_says_its_kind_and_size_and_a_link_says_that_it_leads_away(centre: Centre) -> None:
    file = make_file(centre, "ark.pdf", b"%PDF" + b"x" * 2044)
    full(centre, files=[("file", {"file": file, "about": "Arbeidsark"})])
    page = text_of("/en/laer/opplegg")
    assert "Arbeidsark" in page
    assert "(PDF, 2.0\xa0KB)" in page
    assert "leads away from here, to eksempel.example" in page


def test_a_file_for_members_is_not_told_of(centre: Centre) -> None:
    file = make_file(centre, "fasit.pdf", members_only=True)
    full(centre, files=[("file", {"file": file, "about": "Fasit"})])
    page = text_of("/en/laer/opplegg")
    assert "Fasit" not in page
    assert "fasit.pdf" not in page


@pytest.mark.parametrize("licence", ResourcePage.Licence.values)
def test_each_licence_says_what_it_allows(licence: str) -> None:
    said = licence_allows(licence)
    assert ("Do not share a changed version." in said) == ("-nd-" in licence)
    assert ("Do not use it to earn money." in said) == ("-nc-" in licence)
    assert ("Say who made it, and whether you changed it." in said) == licence.startswith("cc-by")
    assert ("Ask us before you copy or change it." in said) == (licence == "reserved")


def test_a_list_is_narrowed_by_type_and_by_an_aim_from_a_link(centre: Centre) -> None:
    listing = make_listing(centre, slug="laer")
    make_resource(listing, title="En time", type="lesson", aims=["lk20-4-saf-privacy"])
    make_resource(listing, title="En film", type="film")
    make_article(listing, title="En sak")
    page = text_of("/en/laer?type=film")
    assert "En film" in page
    assert "En time" not in page
    assert '<option value="film" selected>Film (1)</option>' in page
    page = text_of("/en/laer?aim=lk20-4-saf-privacy")
    assert "En time" in page
    assert "En sak" not in page
    assert 'value="lk20-4-saf-privacy" selected' in page
    assert 'name="aim"' not in text_of("/en/laer")


@pytest.mark.parametrize("wish", ["type=nothing", "aim=nothing", "aim=%00", "setting=x", "type=lesson%00x"])
def test_a_wish_that_means_nothing_narrows_nothing(centre: Centre, wish: str) -> None:
    make_resource(make_listing(centre, slug="laer"), title="En time")
    assert "En time" in text_of(f"/nb/laer?{wish}")


def test_editors_choose_aims_below_their_year_and_subject_and_no_year_or_subject(centre: Centre) -> None:
    groups = dict(choices_of("aim"))
    assert "After year 4 · Social studies" in groups
    assert "lk20-4-saf-privacy" in dict(groups["After year 4 · Social studies"])
    codes = {code for choices in groups.values() for code, _label in choices}
    assert not codes & {"lk20-4", "lk20-4-saf"}
