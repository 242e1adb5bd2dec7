"""A lesson step by step, for those who may read the resource and nobody else."""

import datetime as dt

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from havn.awareness.queries import locale_for
from havn.awareness.rules.steps import step_asked
from havn.common.clock import now
from tests.awareness.factories import make_article, make_listing, make_site
from tests.awareness.resources import make_file, make_resource, sentence, step

pytestmark = pytest.mark.django_db
LESSON = [step("Først", minutes=5, words="<p>Se på bildet.</p>", teacher="<p>Vent.</p>"), step("Så"), step("Til slutt")]
EASY = [sentence("Du bestemmer.")]


def page(address: str) -> tuple[int, str]:
    answer = Client(headers={"host": "testserver"}).get(address)
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def test_a_step_says_where_it_stands_how_long_it_takes_and_what_the_teacher_does() -> None:
    make_resource(make_listing(make_site()), slug="time", lesson=LESSON)
    status, text = page("/en/aktuelt/time/lesson")
    assert status == 200
    assert "Step 1 of 3" in text
    assert "5 minutes" in text
    assert "Se på bildet." in text
    assert "For the teacher" in text
    assert "Vent." in text
    assert 'rel="next" href="?step=2"' in text
    assert 'rel="prev"' not in text


def test_the_last_step_leads_back_to_the_resource_in_the_readers_language() -> None:
    make_resource(make_listing(make_site()), slug="time", lesson=LESSON)
    status, text = page("/en/aktuelt/time/lesson?step=3")
    assert status == 200
    assert 'rel="prev" href="?step=2"' in text
    assert 'rel="next"' not in text
    assert 'href="/en/aktuelt/time"' in text
    assert "We do not have this page in your language yet" in text
    assert '<article class="stage__step" lang="nb">' in text


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("0", 1),
        ("x", 1),
        ("", 1),
        ("-1", 1),
        ("999", 3),
        ("9" * 40, 3),
        ("2", 2),
        ("²", 1),
        ("1e1", 1),
        ("%00", 1),
        ("٢", 1),
    ],
)
def test_any_step_asked_for_leads_to_one_that_there_is(asked: str, shown: int) -> None:
    make_resource(make_listing(make_site()), slug="time", lesson=LESSON)
    status, text = page(f"/en/aktuelt/time/lesson?step={asked}")
    assert status == 200
    assert f"Step {shown} of 3" in text
    assert step_asked(asked, 3) == shown


def test_what_has_no_lesson_or_is_no_resource_has_no_such_screen() -> None:
    listing = make_listing(make_site())
    make_resource(listing, slug="film")
    make_article(listing, slug="sak")
    for path in ("aktuelt/film", "aktuelt/sak", "aktuelt", "ingenting", "a%00b", "%E2%80%AE"):
        assert page(f"/nb/{path}/lesson")[0] == 404, path
        assert page(f"/nb/{path}/easy")[0] == 404, path


def test_a_page_whose_own_address_ends_so_is_shown() -> None:
    listing = make_listing(make_site())
    make_article(listing, slug="lesson", title="Om timer")
    make_article(listing, slug="easy", title="Om det enkle")
    assert "Om timer" in page("/nb/aktuelt/lesson")[1]
    assert "Om det enkle" in page("/nb/aktuelt/easy")[1]


def test_drafts_expired_and_restricted_resources_have_neither_lesson_nor_twin() -> None:
    listing = make_listing(make_site())
    make_resource(listing, slug="utkast", live=False, lesson=LESSON, easy=EASY)
    make_resource(listing, slug="borte", lesson=LESSON, easy=EASY).unpublish()
    late = make_resource(listing, slug="forbi", lesson=LESSON, easy=EASY)
    Page.objects.filter(pk=late.pk).update(expire_at=now() - dt.timedelta(minutes=1))
    secret = make_resource(listing, slug="bare-for-oss", lesson=LESSON, easy=EASY)
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    for slug in ("utkast", "borte", "forbi", "bare-for-oss"):
        for ending in ("lesson", "easy"):
            assert page(f"/nb/aktuelt/{slug}/{ending}")[0] == 404, (slug, ending)


def test_a_resource_of_one_centre_is_not_there_at_the_other() -> None:
    make_resource(make_listing(make_site()), slug="time", lesson=LESSON)
    make_site("other.test", ("nb", "en"))
    client = Client(headers={"host": "other.test"})
    assert client.get("/nb/aktuelt/time/lesson").status_code == 404


def test_the_address_in_one_language_leads_to_the_lesson_of_the_translation() -> None:
    listing = make_listing(make_site())
    resource = make_resource(listing, slug="time", lesson=LESSON)
    english_listing = listing.copy_for_translation(locale_for("en"))
    english_listing.slug = "news"
    english_listing.save_revision().publish()
    english = resource.copy_for_translation(locale_for("en"))
    english.slug = "class"
    english.save_revision().publish()
    assert page("/en/aktuelt/time/lesson?step=2") == (302, "/en/news/class/lesson?step=2")
    assert page("/en/news/class/lesson")[0] == 200


def test_a_film_of_a_step_is_our_own_and_has_captions() -> None:
    centre = make_site()
    film = {
        "film": make_file(centre, "film.mp4"),
        "captions": make_file(centre, "film.vtt", b"WEBVTT\n", language="nb"),
        "transcript": "<p>Ingen sier noe.</p>",
        "title": "Uten ord",
    }
    make_resource(make_listing(centre), slug="time", lesson=[step("Se", film=[film])])
    text = page("/nb/aktuelt/time/lesson")[1]
    assert '<source src="/files/' in text or '<source src="/nb/files/' in text
    assert '<track kind="captions"' in text
    assert "Ingen sier noe." in text


def test_nothing_is_posted_to_a_lesson() -> None:
    make_resource(make_listing(make_site()), slug="time", lesson=LESSON)
    assert Client(headers={"host": "testserver"}).post("/nb/aktuelt/time/lesson").status_code == 405
