"""After the end: only the return code opens the talk, and nothing the child had not read is lost."""

import re
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from havn.common.clock import now_ms
from havn.helpline.actions.ending import finish, locked
from havn.helpline.models import Record, Turn
from havn.helpline.rules.visits import Case, may_ask_again, why_not_delete
from havn.live import api as live
from havn.live.models import Participant, VisitorSession
from tests.helpline.factories import Line, make_line
from tests.helpline.live_line import Browser, in_live
from tests.helpline.public import Visitor, make_visitor
from tests.helpline.test_public_endpoints import cookies_of
from tests.helpline.test_public_pages import say
from tests.live.rig import aside

pytestmark = pytest.mark.usefixtures("real_transactions")


@pytest.fixture
def line(real_transactions: None) -> Line:
    return make_line()


@pytest.fixture
def talk(line: Line) -> Visitor:
    """A talk with a word from each side, both read."""
    visitor = make_visitor(line)
    line.take(line.counsellor())
    say(visitor, "MY-SECRET")
    answer(visitor, "WHAT-SHE-SAID")
    visitor.page("/chat/talk")
    return visitor


def answer(visitor: Visitor, text: str) -> None:
    live.append(conversation_id=visitor.turn.pk, key=visitor.started.key, author="staff", kind="text", text=text)


def end(visitor: Visitor, by: str = "counsellor") -> None:
    with transaction.atomic():
        finish(locked(visitor.turn.pk), by=by, key=visitor.started.key, now_ms=now_ms())


def with_the_code(visitor: Visitor) -> Visitor:
    """Another browser that typed the code."""
    opened = live.open_with_code(
        visitor.started.code, centre_id=visitor.turn.service.organisation.centre_id, now_ms=now_ms() + 1
    )
    assert opened is not None
    client = Client()
    client.cookies[settings.VISITOR_COOKIE_NAME] = opened.token
    return Visitor(client, visitor.started)


@pytest.mark.parametrize("by", ["visitor", "counsellor", "silence", "closing"])
def test_after_the_end_the_cookie_opens_no_word_of_the_talk(talk: Visitor, by: str) -> None:
    end(talk, by)
    for path in ("/chat/talk", "/chat/copy", "/chat/write"):
        assert talk.leads_to(path) == "/chat/ended"
    for path in ("/chat/ended", "/chat", "/chat/delete", "/chat/danger"):
        html = talk.page(path)
        assert "SECRET" not in html
        assert "WHAT-SHE-SAID" not in html


def test_after_the_end_the_start_page_offers_nothing_to_go_on_with(talk: Visitor) -> None:
    assert "Go on where you were" in talk.page("/chat")
    end(talk)
    assert "Go on where you were" not in talk.page("/chat")


def test_the_last_page_keeps_what_was_promised_feedback_code_and_deleting(talk: Visitor) -> None:
    end(talk)
    html = talk.page("/chat/ended")
    for promised in ("/live/feedback", "/chat/keep", "/chat/delete", "/live/done"):
        assert promised in html
    for gone in ('href="/chat/talk"', 'href="/chat/copy"', "/live/again"):
        assert gone not in html
    assert talk.started.code.split("-")[0] in talk.page("/chat/keep")
    assert "/live/delete" in talk.page("/chat/delete")


def test_the_code_opens_everything_again(talk: Visitor) -> None:
    end(talk)
    back = with_the_code(talk)
    for path in ("/chat/talk", "/chat/copy"):
        assert "MY-SECRET" in back.page(path)
    assert "/live/again" in back.page("/chat/ended")


def test_a_code_typed_during_the_talk_opens_nothing_after_its_end(talk: Visitor) -> None:
    second = with_the_code(talk)
    assert "MY-SECRET" in second.page("/chat/talk")
    with transaction.atomic():
        finish(locked(talk.turn.pk), by="visitor", key=talk.started.key, now_ms=now_ms() + 5)
    assert second.leads_to("/chat/talk") == "/chat/ended"


def test_what_the_child_had_not_read_stands_on_the_last_page_once(talk: Visitor) -> None:
    answer(talk, "GOODBYE-AND-TAKE-CARE")
    end(talk)
    html = talk.page("/chat/ended")
    assert "GOODBYE-AND-TAKE-CARE" in html
    assert "WHAT-SHE-SAID" not in html
    assert "GOODBYE-AND-TAKE-CARE" not in talk.page("/chat/ended")


def test_a_stream_opened_after_the_end_says_how_it_stands_and_carries_no_message(talk: Visitor) -> None:
    end(talk)

    async def work(browser: Any) -> str:
        return await first_of_stream(browser(cookies=cookies_of(talk)))

    told = in_live(work)
    assert '"state":"ended"' in told
    assert "event: message" not in told
    assert "SECRET" not in told


def test_a_stream_of_a_browser_with_the_code_carries_the_talk(talk: Visitor) -> None:
    end(talk)
    token = with_the_code(talk).client.cookies[settings.VISITOR_COOKIE_NAME].value

    async def work(browser: Any) -> str:
        return await first_of_stream(browser(cookies={settings.VISITOR_COOKIE_NAME: token}), until="MY-SECRET")

    assert "MY-SECRET" in in_live(work)


def test_getting_in_line_again_needs_the_code_where_something_was_said(talk: Visitor) -> None:
    end(talk)

    async def work(browser: Any) -> list[httpx.Response]:
        one: Browser = browser(cookies=cookies_of(talk))
        refused = await one.post("/live/again")
        assert await aside(lambda: Turn.objects.get().state) == "ended"
        with_code: Browser = browser()
        await with_code.post("/live/come-back", {"code": talk.started.code})
        again = await with_code.post("/live/again")
        return [refused, again, await browser(cookies=cookies_of(talk)).get("/live/here")]

    refused, again, the_old_browser = in_live(work)
    assert refused.status_code == 409
    assert again.headers["location"] == "/en/chat/waiting"
    assert the_old_browser.status_code == 401, "it saw the end and must not come back to life with the talk"


def test_who_left_the_line_before_a_word_was_said_gets_in_again_with_one_press(line: Line) -> None:
    visitor = make_visitor(line)
    end(visitor, "visitor")
    assert "/live/again" in visitor.page("/chat/ended")


def test_an_answered_letter_is_read_by_the_browser_that_wrote_it(line: Line) -> None:
    visitor = make_visitor(line, "letter", letter="Dear you")
    Turn.objects.filter(pk=visitor.turn.pk).update(state="talking")
    answer(visitor, "DEAR-CHILD")
    end(visitor)
    assert "DEAR-CHILD" in visitor.page("/letter/read")


def test_may_ask_again_looks_at_what_there_is_to_open() -> None:
    ended = {"state": "ended", "channel": "chat", "admits": True}
    assert may_ask_again(**ended, shut=False, has_words=True)
    assert may_ask_again(**ended, shut=True, has_words=False)
    assert not may_ask_again(**ended, shut=True, has_words=True)


@pytest.mark.parametrize("press", ["child", "counsellor"])
def test_ending_a_talk_does_not_settle_its_danger_and_a_complete_record_does(
    line: Line, talk: Visitor, press: str
) -> None:
    pk = talk.turn.pk
    danger: dict[str, Any] = {"in_danger": True} if press == "child" else {"risk": "high"}
    Turn.objects.filter(pk=pk).update(**danger)
    end(talk, "visitor")

    async def work(browser: Any) -> int:
        return (await browser(cookies=cookies_of(talk)).post("/live/delete")).status_code

    assert in_live(work) == 409
    assert "we want to be sure that help comes" in talk.page("/chat/delete")
    Record.objects.update_or_create(pk=pk, defaults={"completed_at": "2026-01-01T00:00Z"})
    assert in_live(work) == 303
    assert not Turn.objects.filter(pk=pk).exists()


@pytest.mark.parametrize("state", ["waiting", "talking", "ended", "left"])
@pytest.mark.parametrize("in_danger", [True, False])
@pytest.mark.parametrize("risk", ["", "high", "imminent"])
@pytest.mark.parametrize("complete", [True, False])
def test_danger_keeps_a_talk_until_it_is_settled(state: str, in_danger: bool, risk: str, complete: bool) -> None:
    why = why_not_delete(Case(state=state, in_danger=in_danger, risk=risk, record_complete=complete, held=False))
    if not in_danger and not risk:
        assert why is None
    elif state in ("waiting", "talking"):
        assert why == "danger"
    elif complete or (state == "left" and not risk):
        assert why is None
    else:
        assert why == "danger"


def test_a_letter_from_the_waiting_room_offers_the_code_first_and_loses_no_word(line: Line) -> None:
    visitor = make_visitor(line)
    fields = {"text": "Dear you, I waited.", "service": line.service.slug, "language": "en"}

    async def work(browser: Any) -> list[httpx.Response]:
        one: Browser = browser(cookies=cookies_of(visitor))
        first = await one.post("/live/letter", fields)
        assert await aside(Turn.objects.count) == 1
        assert re.search(r'name="place_seen" value="1"', first.text)
        return [first, await one.post("/live/letter", fields | {"place_seen": "1"})]

    first, second = in_live(work)
    assert first.status_code == 409
    assert "Dear you, I waited." in first.text
    assert "You have a place in line in this browser" in first.text
    assert 'href="/en/chat/keep"' in first.text
    assert second.headers["location"] == "/en/letter/sent"
    assert visitor.turn.state == "waiting", "the code still finds the place"


def test_the_letter_page_says_at_once_that_a_chat_is_open_here(line: Line) -> None:
    visitor = make_visitor(line)
    assert "You have a place in line in this browser" in visitor.page("/letter")
    line.take(line.counsellor())
    assert "You have a talk open in this browser" in visitor.page("/letter")
    end(visitor)
    html = visitor.page("/letter")
    assert "in this browser" not in html
    assert "place_seen" not in html


def test_a_session_knows_when_it_began(line: Line) -> None:
    before = now_ms()
    make_visitor(line)
    assert before <= VisitorSession.objects.get().opened_ms <= now_ms()
    assert Participant.objects.filter(role="visitor").count() == 1


async def first_of_stream(browser: Browser, until: str = "event: hello", seconds: float = 5) -> str:
    """What a stream says at first; httpx's transport gives a body only at its end, so the line is cut after a while."""
    import asyncio

    told: list[bytes] = []
    app = browser.client._transport.app  # type: ignore[attr-defined]
    cookie = "; ".join(f"{one.name}={one.value}" for one in browser.client.cookies.jar)
    scope = {
        "type": "http", "method": "GET", "path": "/live/stream", "query_string": b"after=0&lang=en",
        "headers": [(b"host", b"testserver"), (b"cookie", cookie.encode()), (b"sec-fetch-site", b"same-origin")],
    }  # fmt: skip
    cut = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if not told:
            told.append(b"")
            return {"type": "http.request", "body": b"", "more_body": False}
        await cut.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        told.append(message.get("body", b""))

    line = asyncio.create_task(app(scope, receive, send))
    for _ in range(int(seconds * 20)):
        await asyncio.sleep(0.05)
        if until.encode() in b"".join(told):
            break
    await asyncio.sleep(0.3)
    cut.set()
    await asyncio.wait([line], timeout=5)
    return b"".join(told).decode()
