"""The door as other sites show it: true, small, without a cookie, and in a window of ours."""

import gzip
import re
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.test.utils import override_settings

import havn.door
from havn.centres.models import ChannelSettings, ContactPoint
from havn.common.page_cache import KEEP
from havn.door.queries import wait_words
from havn.helpline.queries.queue import Place
from havn.helpline.rules.wait import NOBODY, UNKNOWN, Wait
from tests.centres.factories import make_hours, make_point
from tests.helpline.factories import Line, make_line

pytestmark = pytest.mark.django_db
MOST = 5 * 1024
WAY = re.compile(r'<a class="door__way[^"]*" href="([^"]*)" target="_blank" rel="noopener noreferrer">([^<]*)</a>')


@pytest.fixture
def line() -> Line:
    line = make_line()
    for channel in ("chat", "letter"):
        make_point(line.service, channel)
    return line


def open_from_to(line: Line, opens: str, closes: str) -> None:
    ChannelSettings.objects.filter(service=line.service, channel="chat").delete()
    make_hours(line.service, "chat", opens, closes)


def ways(path: str = "/en/door") -> list[tuple[str, str]]:
    return WAY.findall(Client().get(path).content.decode())


def test_an_open_chat_says_so_and_opens_in_a_window_of_ours(line: Line) -> None:
    line.counsellor()
    html = Client().get("/en/door").content.decode()
    assert "Open now" in html
    assert line.service.name in html
    assert [words for _path, words in ways()] == ["Chat with us", "Write a letter"]
    assert ways()[0][0].startswith("/en/chat")


def test_a_closed_chat_offers_a_letter_and_when_it_opens(line: Line) -> None:
    open_from_to(line, "14:00", "15:00")
    with time_machine.travel("2026-11-30T09:00:00Z", tick=False):
        html = Client().get("/en/door").content.decode()
        assert "Opens today at 14:00" in html
        assert [words for _path, words in ways()] == ["Write a letter", "See when we open"]


def test_a_chat_that_will_not_get_to_a_newcomer_offers_a_letter_first(line: Line) -> None:
    open_from_to(line, "14:00", "22:00")
    with time_machine.travel("2026-11-30T20:55:00Z", tick=False):
        person = line.counsellor(seats=1)
        line.child()
        line.take(person)
        for _ in range(5):
            line.child()
        assert [words for _path, words in ways()] == ["Write a letter", "Chat with us"]
        assert "may not get to you before we close" in Client().get("/en/door").content.decode()


def test_a_helpline_without_letters_offers_none(line: Line) -> None:
    ContactPoint.objects.filter(service=line.service, channel="letter").delete()
    assert [words for _path, words in ways()] == ["Chat with us"]


def test_a_centre_without_a_chat_has_no_door(line: Line) -> None:
    ContactPoint.objects.filter(service=line.service).delete()
    assert Client().get("/en/door").status_code == 404
    assert Client().get("/en/door.js").status_code == 404


@pytest.mark.parametrize("service", ["", "nobody", "x" * 500, "%00", "²"])
def test_a_service_that_is_not_there_leads_to_the_usual_one(line: Line, service: str) -> None:
    assert Client().get(f"/en/door?service={service}").status_code == 200


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (UNKNOWN, "Open now"),
        (NOBODY, "nobody who answers in this language"),
        (Wait(3, 9, "no"), "Open now"),
        (Wait(0, 1, "good"), "answers at once"),
        (Wait(0, 9, "rough"), "up to 9 minutes"),
        (Wait(3, 9, "good"), "about 3 to 9 minutes"),
    ],
)
def test_the_wait_is_said_no_surer_than_it_is(wait: Wait, words: str) -> None:
    said = wait_words(Place(1, wait, near=False, late=False))
    assert words in said
    assert bool(re.search(r"\d", said)) == bool(re.search(r"\d", words))


@pytest.mark.parametrize("language", ["en", "nb", "da"])
def test_page_and_script_are_small_and_say_their_language(line: Line, language: str) -> None:
    style = gzip.compress((Path(havn.door.__file__).parent / "static/door/door.css").read_bytes())
    answers = {
        path: Client().get(f"/{language}{path}", headers={"accept-encoding": "gzip"}) for path in ("/door", "/door.js")
    }
    assert len(answers["/door"].content) + len(style) <= MOST
    assert len(answers["/door.js"].content) <= MOST
    assert {answer.headers["Content-Language"] for answer in answers.values()} == {language}


def test_nothing_of_it_sets_or_reads_a_cookie_and_it_is_kept_for_moments(line: Line) -> None:
    for path in ("/en/door", "/en/door.js"):
        answer = Client().get(path)
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert answer.headers["Cache-Control"] == "public, max-age=30"
        assert answer.headers[KEEP] == "3"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_any_site_may_frame_the_page_which_needs_no_script(line: Line) -> None:
    answer = Client().get("/en/door")
    assert "X-Frame-Options" not in answer.headers
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == {
        "default-src 'none'", "style-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors *",
    }  # fmt: skip
    assert "<script" not in answer.content.decode()


def test_the_script_asks_nothing_of_the_page_around_it(line: Line) -> None:
    line.service.name = "</script><b>Æ\u2028"
    line.service.save()
    text = Client().get("/nb/door.js").content.decode()
    assert "<" not in text
    assert not re.search(r"https?://|\.style\b|innerHTML|cookie|localStorage|fetch\(", text)
    assert "/nb/chat" in text


@override_settings(DEMO=True)
def test_a_demonstration_says_so(line: Line) -> None:
    for path in ("/en/door", "/en/door.js"):
        assert "This is a demonstration. Nobody answers here for real." in Client().get(path).content.decode()
