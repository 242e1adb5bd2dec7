"""What anybody reads: found by words, topic and language; on the map; nothing before it is published, nothing after."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from havn.common.page_cache import KEEP
from havn.letterbox.models import PublishedAnswer, PublishedTopic, PublishedWord
from havn.letterbox.queries.published import answers_of, language_counts, topic_choices
from havn.letterbox.rules.publishing import slug_of, words_of
from havn.tenancy.models import Centre
from tests.helpline.factories import make_line
from tests.letterbox.factories import Letters, make_letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters() -> Letters:
    return make_letters()


def _answer(
    letters: Letters, title: str, *, language: str = "en", topic: str = "cyberbullying", number: int = 0
) -> None:
    made = PublishedAnswer.objects.create(
        centre_id=letters.centre_id,
        service_id=letters.service_id,
        language=language,
        slug=slug_of(title),
        title=title,
        question="somebody shares a picture",
        answer="<b>it is not your fault</b>\n\nsay so",
        published_on=f"2026-01-{number % 28 + 1:02}",
        withdraw_hash=title.encode().ljust(32, b"\0")[:32],
    )
    PublishedTopic.objects.create(answer=made, code=topic)
    PublishedWord.objects.bulk_create(
        PublishedWord(answer=made, word=word) for word in words_of(f"{title} {made.question} {made.answer}")
    )


def _page(query: str = "", prefix: str = "/en") -> str:
    answer = Client().get(f"{prefix}/answers{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_an_empty_list_says_so_and_the_first_page_has_no_door(letters: Letters) -> None:
    assert "There is nothing here yet." in _page()
    assert "/answers" not in Client().get("/en/").content.decode()


def test_found_by_the_beginnings_of_all_words(letters: Letters) -> None:
    _answer(letters, "Alone at night")
    _answer(letters, "Alone in class")
    assert "2 answers" in _page("?q=alon")
    page = _page("?q=Nigh+alone")
    assert "Alone at night" in page
    assert "Alone in class" not in page
    assert "Nothing was found" in _page("?q=alone+elephants")
    for odd in ("?q=%00", "?q=%25", "?q=_", "?q='\"", "?topic=%00", "?page=x", "?page=999", "?in=zz"):
        _page(odd)


def test_narrowed_by_topic_and_language(letters: Letters) -> None:
    _answer(letters, "Alone at night", topic="well-being")
    _answer(letters, "A picture of me")
    # A reader whose language has none sees all.
    assert "A picture of me" in _page("", "/nb")
    _answer(letters, "Et bilde av meg", language="nb")
    page = _page("?topic=well-being")
    assert "Alone at night" in page
    assert "A picture of me" not in page
    assert "Et bilde av meg" not in _page()
    everywhere = _page("?in=all")
    assert 'lang="nb" hreflang="nb">Et bilde av meg' in everywhere
    assert "Et bilde av meg" in _page("", "/nb")


def test_pages_of_ten(letters: Letters) -> None:
    for number in range(12):
        _answer(letters, f"Question {number}", number=number)
    first, second = _page(), _page("?page=2")
    assert "Page 1 of 2" in first
    assert first.count("<h2") == 10
    assert second.count("<h2") == 2


def test_one_answer_is_text_and_never_markup(letters: Letters) -> None:
    _answer(letters, "Alone at night")
    page = Client().get("/en/answers/alone-at-night").content.decode()
    assert "&lt;b&gt;it is not your fault&lt;/b&gt;" in page
    assert "112" in page
    assert Client().get("/en/answers/never").status_code == 404


def test_another_centres_answers_are_not_here(letters: Letters) -> None:
    other = Letters(make_line(centre_fields={"slug": "other", "host": "other.test"}))
    _answer(other, "Elsewhere only")
    assert "Elsewhere only" not in _page()
    assert Client().get("/en/answers/elsewhere-only").status_code == 404
    assert Client(headers={"host": "other.test"}).get("/en/answers/elsewhere-only").status_code == 200


def test_the_map_of_the_site_has_them(letters: Letters) -> None:
    from havn.awareness.actions.sites import open_site

    open_site(Centre.objects.get(pk=letters.centre_id))
    assert "/answers" not in Client().get("/sitemap.xml").content.decode()
    _answer(letters, "Alone at night")
    site_map = Client().get("/sitemap.xml").content.decode()
    assert f"http://testserver{reverse('letterbox:answer', args=['alone-at-night'])}" in site_map
    assert f"http://testserver{reverse('letterbox:answers')}<" in site_map


def test_a_search_is_kept_by_nobody_and_the_rest_by_everybody(letters: Letters) -> None:
    _answer(letters, "Alone at night")
    assert int(Client().get("/en/answers").headers[KEEP]) > 0
    assert Client().get("/en/answers?q=alone").headers[KEEP] == "0"
    assert KEEP not in Client().get("/en/answers/withdraw").headers


def test_the_first_page_leads_there_once_there_is_something(letters: Letters) -> None:
    _answer(letters, "Alone at night")
    assert "/en/answers" in Client().get("/en/").content.decode()


def test_the_pages_are_small(letters: Letters) -> None:
    for number in range(10):
        _answer(letters, f"Question {number}", number=number)
    for path in ("/en/answers", "/en/answers/question-1", "/en/answers/withdraw"):
        assert len(Client().get(path).content) < 60_000


def test_words_are_found_by_an_index_and_counted_where_they_lie(letters: Letters) -> None:
    for number in range(3):
        _answer(letters, f"Alone {number}", number=number)
    centre = Centre.objects.get(pk=letters.centre_id)
    found = answers_of(centre, words="alon sha")
    assert len(found) == 3
    assert not answers_of(centre, words="lone")
    if connection.vendor == "sqlite":
        assert "LIKE" not in str(found.query)
        assert "SCAN" not in found.explain()
    other = Centre.objects.create(slug="other", country_code="DK", name="Other")
    assert not answers_of(other, words="alone")
    with CaptureQueriesContext(connection) as queries:
        assert language_counts(centre) == {"en": 3}
        assert [choice.count for choice in topic_choices(centre, "en", "")] == [3]
    assert sum("COUNT(" in one["sql"] for one in queries) == 2
