"""Easy to read: its sentences are short, its wish goes along without cookie or script, and whoever answers sees it."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from havn.common.clock import now_ms
from havn.helpline.actions.ending import finish, locked
from havn.helpline.actions.visits import ask_for_easy_words
from havn.helpline.easy import easy_context, in_easy_words, wishes_easy
from havn.helpline.models import Turn
from havn.helpline.safety_easy import EASY
from havn.helpline.words import place_words
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Line, make_line
from tests.helpline.live_line import in_live
from tests.helpline.public import Visitor, make_visitor
from tests.helpline.test_public_endpoints import cookies_of, start_fields
from tests.helpline.test_public_pages import say
from tests.vault.factories import PASSWORD

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "havn/helpline/templates/helpline"
LONGEST_WORDS = 11
CHAT, CODE = "You write to a grown-up.", "Without the code you cannot open the talk again."


@pytest.fixture
def line(real_transactions: None) -> Line:
    return make_line()


def shown(html: str) -> str:
    """What stands in the middle of a page."""
    return html.partition("<main")[2].partition("</main>")[0]


def easy_visitor(line: Line, channel: str = "chat") -> Visitor:
    return make_visitor(line, channel, easy_read=True, letter="Dear you" if channel == "letter" else "")


def test_every_easy_sentence_is_one_short_sentence() -> None:
    plain = [
        sentence
        for path in TEMPLATES.glob("public_easy_*.html")
        for sentence in re.findall(r'<p>\{% translate "([^"]+)" %\}</p>', path.read_text())
    ]
    assert len(plain) > 25
    for sentence in [*plain, *EASY.values()]:
        assert len(sentence.split()) <= LONGEST_WORDS, sentence
        assert re.fullmatch(r"[^.?!;:]+[.?]", sentence), sentence


@pytest.mark.parametrize(("fields", "easy"), [({}, False), ({"easy": "1"}, True), ({"easy": "yes"}, False)])
def test_only_the_very_wish_counts(fields: dict[str, str], easy: bool) -> None:
    assert wishes_easy(fields) is easy


def test_the_wish_joins_an_address_that_says_something_already() -> None:
    assert in_easy_words("/chat", True) == "/chat?easy=1"
    assert in_easy_words("/chat?service=x", True) == "/chat?service=x&easy=1"
    assert (in_easy_words("/chat", False), in_easy_words("", True)) == ("/chat", "")
    assert easy_context("/chat?service=x", True) == {
        "easy": True, "easy_url": "/chat?service=x", "query_in_language": "?service=x&easy=1",
    }  # fmt: skip
    assert easy_context("/chat", False) == {"easy": False, "easy_url": "/chat?easy=1", "query_in_language": ""}


def test_the_wait_is_said_in_fewer_words() -> None:
    place: Any = {"place": 2, "minutes_from": 5, "minutes_to": 9, "sure": "rough", "near": False, "late": False}
    assert place_words(place, easy=True)["sure"] == "It can be sooner or later."
    assert place_words(place)["sure"] == "This is a rough guess. It can be sooner or later."
    assert place_words(place, easy=True)["time"] == place_words(place)["time"]


def test_the_start_has_an_easy_version_one_press_away_and_back(line: Line) -> None:
    usual = Client().get("/en/chat").content.decode()
    assert CHAT not in usual
    assert 'href="/en/chat?easy=1"' in usual
    page = Client().get("/en/chat?easy=1")
    easy = page.content.decode()
    for sentence in (CHAT, "We do not see who you are.", "After 30 days we destroy what you wrote.", CODE):
        assert sentence in easy
    assert 'name="easy" value="1"' in easy
    assert 'href="/en/chat"' in shown(easy)
    assert 'href="/en/letter?easy=1"' in easy
    assert 'href="/nb/chat?easy=1"' in easy
    assert "Sam writes" not in easy
    assert not page.cookies


def test_a_picture_beside_the_words_is_no_words_for_a_screen_reader(line: Line) -> None:
    html = Client().get("/en/chat?easy=1").content.decode()
    drawings = re.findall(r"<svg[^>]*>", html)
    assert len([one for one in drawings if "pictogram" in one]) >= 8
    assert all('aria-hidden="true"' in one for one in drawings)


def test_the_first_page_leads_to_the_easy_start(line: Line) -> None:
    assert 'href="/en/chat?easy=1"' in Client().get("/en/").content.decode()


def test_parents_get_easy_words_of_their_own(line: Line) -> None:
    parents = make_line(centre_fields={"host": None}, audience="parents")
    parents.service.organisation = line.service.organisation
    parents.service.save()
    html = shown(Client().get(f"/en/chat?service={parents.service.slug}&easy=1").content.decode())
    assert "You write to someone who can help." in html
    assert "grown-up" not in html
    assert f"?service={parents.service.slug}" in html
    letter = shown(Client().get(f"/en/letter?service={parents.service.slug}&easy=1").content.decode())
    assert "Do not write the names of schools." in letter


def test_a_start_in_easy_words_goes_on_in_them_to_the_talk_and_after(line: Line) -> None:
    async def work(browser: Any) -> httpx.Response:
        return await browser().post("/live/start", start_fields(line, easy="1"))

    answer = in_live(work)
    turn = Turn.objects.get()
    assert turn.easy_read
    client = Client()
    client.cookies[settings.VISITOR_COOKIE_NAME] = answer.cookies[settings.VISITOR_COOKIE_NAME]
    waiting = client.get("/en/chat/waiting").content.decode()
    assert "Breathe in and count to 4." in waiting
    assert 'href="/en/letter?easy=1"' in waiting
    assert "Put both feet" not in waiting
    line.take(line.counsellor())
    assert "easy-words" in client.get("/en/chat/talk").content.decode()


def test_a_new_chat_after_an_easy_one_begins_in_easy_words(line: Line) -> None:
    visitor = easy_visitor(line)
    line.take(line.counsellor())
    say(visitor, "thank you")
    with transaction.atomic():
        finish(locked(visitor.turn.pk), by="counsellor", key=visitor.started.key, now_ms=now_ms())
    assert 'href="/en/chat?easy=1"' in visitor.page("/en/chat/ended")


def test_a_letter_in_easy_words_keeps_them_until_its_answer_is_read(line: Line) -> None:
    async def work(browser: Any) -> list[httpx.Response]:
        fields = start_fields(line, easy="1", text=" ")
        return [
            await browser().post("/live/letter", fields),
            await browser().post("/live/letter", fields | {"text": "Dear you"}),
        ]

    empty, sent = in_live(work)
    assert empty.status_code == 422
    assert "Do not write the name of your school." in empty.text
    assert 'name="easy" value="1"' in empty.text
    client = Client()
    client.cookies[settings.VISITOR_COOKIE_NAME] = sent.cookies[settings.VISITOR_COOKIE_NAME]
    assert "Write the code down now." in client.get("/en/letter/sent").content.decode()
    assert "Nobody has answered yet." in client.get("/en/letter/read").content.decode()
    assert 'name="easy" value="1"' in client.get("/en/letter/again").content.decode()


def test_a_closed_chat_in_easy_words_leads_back_to_easy_words(line: Line) -> None:
    line.service.channel_settings.filter(channel="chat").update(always_open=False)

    async def work(browser: Any) -> httpx.Response:
        return await browser().post("/live/start", start_fields(line, easy="1"))

    assert in_live(work).headers["location"] == "/en/chat?easy=1"
    assert "Someone here answers your letter." in Client().get("/en/chat?easy=1").content.decode()


def test_a_full_line_says_so_in_easy_words(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("havn.helpline.queries.queue.QueueSnapshot.is_full", lambda _self, _language: True)
    html = Client().get("/en/chat?easy=1").content.decode()
    assert "Maybe we cannot answer you before that." in html
    assert "We may not get to you" not in html


def test_a_child_in_line_switches_to_easy_words_and_back_by_a_plain_form(line: Line) -> None:
    visitor = make_visitor(line)
    assert "Breathe in and count to 4." not in visitor.page("/en/chat/waiting")

    async def work(browser: Any) -> list[httpx.Response]:
        mine = browser(cookies=cookies_of(visitor))
        return [
            await mine.post("/live/easy", {"on": "1", "next": "/en/chat/waiting"}),
            await browser().post("/live/easy", {"on": "1"}),
        ]

    mine, nobody = in_live(work)
    assert (mine.status_code, mine.headers["location"]) == (303, "/en/chat/waiting")
    assert nobody.status_code == 401
    assert "Breathe in and count to 4." in visitor.page("/en/chat/waiting")
    ask_for_easy_words(conversation_id=visitor.turn.pk, on=False)
    assert not visitor.turn.easy_read


def test_words_that_were_too_many_come_back_in_easy_words(line: Line) -> None:
    visitor = easy_visitor(line)
    line.take(line.counsellor())

    async def work(browser: Any) -> httpx.Response:
        fields = {"text": "a" * 5001, "easy": "1"}
        return await browser(cookies=cookies_of(visitor)).post("/live/write", fields)

    answer = in_live(work)
    assert answer.status_code == 422
    assert "easy-words" in answer.text
    assert "a" * 5001 in answer.text


def test_the_desk_says_that_easy_words_were_asked_for(line: Line) -> None:
    anna = line.counsellor(language="en")
    browser = signed_in_client(anna.user, password=PASSWORD)
    easy_visitor(line)
    line.take(anna)
    told = "Easy words: short sentences, one thing at a time"
    assert told in browser.get(reverse("helpline:desk")).content.decode()
    Turn.objects.update(easy_read=False)
    assert told not in browser.get(reverse("helpline:desk")).content.decode()


def test_pages_offer_to_be_read_aloud_and_say_that_others_hear_it(line: Line) -> None:
    visitor = easy_visitor(line)
    # In line its script is fetched once the page is at rest.
    pages = (
        (Client().get("/en/chat").content.decode(), "common/aloud"),
        (visitor.page("/en/chat/waiting"), "helpline/public_waiting"),
    )
    for html, script in pages:
        offered = html.partition("<havn-aloud")[2].partition("</havn-aloud>")[0]
        assert offered.partition(">")[0].endswith(" hidden")
        assert "Other people near you can hear it." in offered
        assert f"{script}.js" in html
