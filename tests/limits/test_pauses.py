"""From the child's side: a pause of this browser and code and no other, letterbox and danger open; and slower."""

import re
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.test import Client

from havn.common.clock import now_ms
from havn.common.errors import Refused
from havn.helpline.actions.ending import end_talk
from havn.helpline.actions.visits import ask_again
from havn.helpline.forms_public import fresh_once
from havn.helpline.models import Turn
from havn.limits import brake
from havn.limits.actions import ladder
from havn.live import api as live
from havn.live.http import HttpError
from havn.live.models import Message
from tests.helpline.live_line import NO_SCRIPT, in_live
from tests.helpline.public import make_visitor
from tests.limits.conftest import Chat, begin

PAUSE = settings.PAUSE_COOKIE_NAME


@pytest.fixture
def stored_chat(real_transactions: None) -> Chat:
    return begin()


def _mark(chat: Chat) -> str:
    """What the browser keeps from the last page."""
    response = chat.visitor.client.get("/en/chat/ended")
    cookie = response.cookies[PAUSE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert 23 * 3600 < int(cookie["max-age"]) <= 24 * 3600 + 900
    return str(cookie.value)


def test_the_last_page_says_until_when_offers_a_letter_and_the_emergency_number(chat: Chat) -> None:
    chat.paused()
    page = chat.visitor.page("/en/chat/ended")
    assert "We take a break" in page
    assert "You can chat again from:" in page
    assert 'href="/en/letter"' in page
    assert 'href="tel:112"' in page
    assert "Get in line again" not in page
    assert "Begin a new chat" not in page


def test_the_mark_says_until_when_and_nothing_else(chat: Chat) -> None:
    chat.paused()
    mark = _mark(chat)
    assert re.fullmatch(r"\d{8}-[0-9a-f]{32}", mark)
    assert str(chat.id) not in mark
    # The same for every chat that is paused in the same quarter of an hour.
    assert int(mark.partition("-")[0]) % 15 == 0


def test_a_page_of_a_chat_without_a_pause_leaves_no_mark(chat: Chat) -> None:
    chat.slower()
    end_talk(actor=chat.anna.user, conversation_id=chat.id, key=chat.key, now_ms=now_ms())
    assert PAUSE not in chat.visitor.client.get("/en/chat/ended").cookies


def test_a_browser_with_the_mark_finds_the_letterbox_and_another_browser_the_chat(chat: Chat) -> None:
    chat.paused()
    marked = Client()
    marked.cookies[PAUSE] = _mark(chat)
    page = marked.get("/en/chat").content.decode()
    assert "We take a break" in page
    assert "Start the chat" not in page
    assert 'name="in_danger" value="1"' in page
    assert marked.get("/en/letter").status_code == 200
    assert "Start the chat" in Client().get("/en/chat").content.decode()


def test_a_forged_or_old_mark_stops_nobody(chat: Chat) -> None:
    chat.paused()
    mark = _mark(chat)
    for forged in (mark[:-1] + ("0" if mark[-1] != "0" else "1"), "9" * 40, "", "x-y", "99999999999-" + "0" * 32):
        browser = Client()
        browser.cookies[PAUSE] = forged
        assert "Start the chat" in browser.get("/en/chat").content.decode()


def test_lifted_early_the_mark_holds_no_longer_though_it_names_nobody(chat: Chat) -> None:
    chat.paused()
    browser = Client()
    browser.cookies[PAUSE] = _mark(chat)
    ladder.lift(actor=chat.kari.user, conversation_id=chat.id, keyring=chat.kari.keyring, now_ms=now_ms())
    assert "Start the chat" in browser.get("/en/chat").content.decode()
    again = chat.visitor.client.get("/en/chat/ended")
    assert "We take a break" not in again.content.decode()
    assert int(again.cookies[PAUSE]["max-age"]) == 0


def test_the_code_brings_nobody_back_in_line_until_it_is_over(chat: Chat) -> None:
    chat.paused()
    with pytest.raises(Refused, match="break"):
        ask_again(conversation_id=chat.id, key=chat.key, now_ms=now_ms())
    later = (chat.limit.paused_until_ms or 0) + 1
    ask_again(conversation_id=chat.id, key=chat.key, now_ms=later)
    assert chat.visitor.turn.state == "waiting"
    assert (chat.limit.step, chat.limit.paused_until_ms) == ("", None)


def test_what_a_paused_browser_may_begin_and_what_not(stored_chat: Chat) -> None:
    chat = stored_chat
    chat.paused()
    mark = _mark(chat)
    fields = {"service": chat.line.service.slug, "language": "en", "name": "Blue fox"}

    async def work(browser: Any) -> list[httpx.Response]:
        visit = {settings.VISITOR_COOKIE_NAME: chat.visitor.started.token or ""}
        sent = [
            ("/live/start", {"once": fresh_once()}, {PAUSE: mark}, False),
            ("/live/start", {"once": fresh_once()}, {PAUSE: mark}, True),
            # The mark was never fetched, but the visit is still there.
            ("/live/start", {"once": fresh_once()}, visit, False),
            ("/live/marks", {}, visit, True),
            ("/live/letter", {"once": fresh_once(), "text": "dear you"}, {PAUSE: mark}, False),
            ("/live/start", {"once": fresh_once(), "in_danger": "1"}, {PAUSE: mark}, False),
            ("/live/start", {"once": fresh_once()}, {}, False),
        ]
        return [
            await browser(cookies=cookies).post(path, fields | more, json=json, headers={} if json else NO_SCRIPT)
            for path, more, cookies, json in sent
        ]

    kept, script, visit, marks, letter, danger, other = in_live(work)
    assert [one.status_code for one in (kept, script, visit, marks)] == [409, 409, 409, 200]
    assert "We take a break" in kept.text
    assert "letter any time" in script.json()["error"]
    assert marks.headers["set-cookie"].startswith(f"{PAUSE}={mark};")
    assert "HttpOnly" in marks.headers["set-cookie"]
    assert letter.headers["location"] == "/en/letter/sent"
    assert (danger.status_code, danger.headers["location"]) == (303, "/en/chat/waiting")
    assert (other.status_code, other.headers["location"]) == (303, "/en/chat/waiting")
    assert Turn.objects.filter(channel="chat", state="waiting", in_danger=True).count() == 1


def test_slower_keeps_the_words_with_and_without_script_and_holds_back_nobody_else(stored_chat: Chat) -> None:
    chat = stored_chat
    chat.slower()
    other = make_visitor(chat.line)

    async def work(browser: Any) -> list[httpx.Response]:
        def mine() -> Any:
            return browser(cookies={settings.VISITOR_COOKIE_NAME: chat.visitor.started.token or ""})

        def theirs() -> Any:
            return browser(cookies={settings.VISITOR_COOKIE_NAME: other.started.token or ""})

        first = {"text": "one", "client_id": "11111111-aaaa"}
        return [
            await mine().post("/live/message", first, json=True),
            # Sent again because the answer was lost: it is stored already.
            await mine().post("/live/message", first, json=True),
            await mine().post("/live/message", {"text": "two"}, json=True),
            await mine().post("/live/write", {"text": "three, please keep"}, headers=NO_SCRIPT),
            await theirs().post("/live/message", {"text": "a"}, json=True),
            await theirs().post("/live/message", {"text": "b"}, json=True),
        ]

    first, again, second, third, *others = in_live(work)
    assert [one.status_code for one in (first, again, second, third, *others)] == [200, 200, 429, 429, 200, 200]
    assert (first.json()["new"], again.json()["new"]) == (True, False)
    assert second.json()["code"] == "too-soon"
    assert 1 <= int(second.headers["retry-after"]) <= 20
    assert re.search(r"in \d+ seconds", second.json()["error"])
    assert "three, please keep</textarea>" in third.text
    assert re.search(r'role="alert" id="error">That was quick', third.text)
    assert Message.objects.filter(conversation=chat.id, author="visitor", kind="text").count() == 1


def test_a_message_goes_after_its_seconds_and_lifting_lets_the_next_go_at_once(chat: Chat) -> None:
    chat.slower()
    brake.read_slower(now_ms())
    assert brake.holds(chat.id)
    texts = [_say(chat, text) for text in ("one", "two")]
    first, second = (Message.objects.get(conversation=chat.id, seq=seq) for seq in texts)
    Message.objects.filter(conversation=chat.id, seq=first.seq).update(at_ms=second.at_ms - 20_000)
    brake.check(chat.id, second.seq, second.at_ms)
    with pytest.raises(HttpError):
        brake.check(chat.id, second.seq, second.at_ms - 1)
    ladder.lift(actor=chat.kari.user, conversation_id=chat.id, keyring=chat.kari.keyring, now_ms=now_ms())
    # Also before this process has read that it was lifted.
    brake.check(chat.id, second.seq, second.at_ms - 1)
    brake.read_slower(now_ms())
    assert not brake.holds(chat.id)


@pytest.mark.parametrize("danger", [{"in_danger": True}, {"risk": "high"}, {"risk": "imminent"}])
def test_every_word_of_somebody_in_danger_goes_at_once(chat: Chat, danger: dict[str, Any]) -> None:
    chat.slower()
    _say(chat, "one")
    second = Message.objects.get(conversation=chat.id, seq=_say(chat, "two"))
    with pytest.raises(HttpError):
        brake.check(chat.id, second.seq, second.at_ms)
    Turn.objects.filter(pk=chat.id).update(**danger)
    brake.check(chat.id, second.seq, second.at_ms)


def _say(chat: Chat, text: str) -> int:
    return live.append(
        conversation_id=chat.id,
        key=chat.key,
        author="visitor",
        kind="text",
        text=text,
        participant_id=chat.visitor.started.participant_id,
    ).seq
