"""The child's side: word for word, a plain form in talk and letter, English beside what nobody approved."""

import html
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.test import Client

from havn.accounts.models import Role
from havn.centres.models import ApprovedText
from havn.centres.safety_texts import fingerprint, words_of
from havn.common.clock import now, now_ms
from havn.handover.actions.asking import ask_child
from havn.handover.models import Handover, HandoverRoute, RouteWords
from havn.handover.safety import SAFETY_TEXTS
from havn.helpline.actions.ending import end_talk
from havn.helpline.actions.taking import take_letter
from havn.helpline.forms_public import fresh_once
from havn.live import api as live
from tests.handover.conftest import Hotline, make_routes
from tests.helpline.factories import Line, Person, make_line
from tests.helpline.live_line import NO_SCRIPT, in_live
from tests.helpline.public import Visitor, make_visitor

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "somebody calls <b>lantern_9</b>\nand asks"


@pytest.fixture
def line(hotline: Hotline) -> Line:
    line = make_line()
    make_routes(line)
    return line


def _asked(line: Line, visitor: Visitor, anna: Person, route: str = "inside") -> Handover:
    return ask_child(
        actor=anna.user,
        conversation_id=visitor.started.conversation_id,
        route=route,
        text=TEXT,
        once=fresh_once(),
        key=visitor.started.key,
        now_ms=now_ms(),
    )


def _end(visitor: Visitor, anna: Person) -> None:
    end_talk(actor=anna.user, conversation_id=visitor.turn.pk, key=visitor.started.key, now_ms=now_ms())
    assert visitor.leads_to("/en/chat/talk") == "/en/chat/ended"


def _chat(line: Line, **wish: Any) -> tuple[Visitor, Person]:
    anna = line.counsellor(name="Anna Berg", shown_name="Anna")
    visitor = make_visitor(line, **wish)
    line.take(anna)
    return visitor, anna


def _post(visitor: Visitor, handover: Handover, yes: str, **how: Any) -> httpx.Response:
    cookies = {settings.VISITOR_COOKIE_NAME: visitor.started.token or ""}

    async def work(browser: Any) -> httpx.Response:
        fields = {"handover": str(handover.pk), "yes": yes}
        return await browser(cookies=cookies).post("/live/handover", fields, headers=NO_SCRIPT, **how)

    return in_live(work)


def test_the_text_stands_word_for_word_with_two_buttons_and_what_happens(line: Line) -> None:
    visitor, anna = _chat(line)
    handover = _asked(line, visitor, anna)
    page = visitor.page("/en/chat/talk")
    assert f">{html.escape(TEXT)}</blockquote>" in page
    for key in ("handover-ask", "handover-does-hotline", "handover-nothing-else", "handover-choose"):
        assert html.escape(SAFETY_TEXTS[key] % {"to": "Our hotline"}) in page
    assert page.count('action="/live/handover"') == 2
    assert f'name="handover" value="{handover.pk}"' in page


def test_a_yes_without_script_leads_back_and_can_be_taken_back(line: Line) -> None:
    visitor, anna = _chat(line)
    handover = _asked(line, visitor, anna)
    answer = _post(visitor, handover, "1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/chat/talk")
    handover.refresh_from_db()
    assert (handover.state, handover.answered_in) == ("agreed", "en")
    page = visitor.page("/en/chat/talk")
    assert "It goes at" in page
    assert "t send it after all" in page
    assert _post(visitor, handover, "0").status_code == 303
    handover.refresh_from_db()
    assert handover.state == "declined"
    page = visitor.page("/en/chat/talk")
    assert "You said no. Nothing is sent to Our hotline." in page
    assert 'action="/live/handover"' not in page


def test_a_child_answers_only_its_own_question(line: Line) -> None:
    visitor, anna = _chat(line)
    handover = _asked(line, visitor, anna)
    other = make_visitor(line)
    for yes in ("1", "0"):
        assert _post(other, handover, yes, json=True).status_code == 409
    for number in ("", "x", "9" * 30, "-1"):
        handover.pk = number  # type: ignore[assignment]
        assert _post(visitor, handover, "1", json=True).status_code == 409
    assert Handover.objects.get().state == "asked"


def test_a_browser_that_saw_the_talk_end_agrees_to_nothing(line: Line) -> None:
    visitor, anna = _chat(line)
    handover = _asked(line, visitor, anna)
    _end(visitor, anna)
    assert _post(visitor, handover, "1", json=True).status_code == 409
    assert "/live/handover" not in visitor.page("/en/chat/ended")
    assert _post(visitor, handover, "0", json=True).status_code == 200
    handover.refresh_from_db()
    assert handover.state == "declined"


def test_after_the_talk_what_has_not_gone_is_stopped_from_the_last_page(line: Line) -> None:
    visitor, anna = _chat(line)
    handover = _asked(line, visitor, anna)
    _post(visitor, handover, "1")
    _end(visitor, anna)
    page = visitor.page("/en/chat/ended")
    assert page.count('action="/live/handover"') == 1
    assert "It goes at" in page
    assert "t send it after all" in page
    assert "lantern_9" not in page
    assert "Our hotline" not in page
    answer = _post(visitor, handover, "0")
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/chat/ended")
    handover.refresh_from_db()
    assert handover.state == "declined"
    page = visitor.page("/en/chat/ended")
    assert "You said no. Nothing is sent." in page
    assert "/live/handover" not in page


def test_on_the_letter_s_page_it_is_asked_and_answered_too(line: Line) -> None:
    visitor = make_visitor(line, "letter")
    anna = line.counsellor(name="Anna Berg", shown_name="Anna")
    live.append(
        conversation_id=visitor.started.conversation_id,
        key=visitor.started.key,
        author="visitor",
        kind="text",
        text="dear you",
        participant_id=visitor.held.participant_id,
    )
    take_letter(actor=anna.user, service=line.service, keyring=anna.keyring, now_ms=now_ms())
    handover = _asked(line, visitor, anna)
    assert f">{html.escape(TEXT)}</blockquote>" in visitor.page("/en/letter/read")
    answer = _post(visitor, handover, "1")
    assert answer.headers["location"] == "/en/letter/read"
    assert "You said yes." in visitor.page("/en/letter/read")


def test_english_stands_beside_what_nobody_has_approved(line: Line) -> None:
    visitor, anna = _chat(line, language="nb")
    _asked(line, visitor, anna)
    english = SAFETY_TEXTS["handover-nothing-else"]
    assert english in visitor.page("/nb/chat/talk")
    _approve(line, "handover-nothing-else")
    translated = words_of("handover-nothing-else", "nb")
    assert (visitor.page("/nb/chat/talk").count(english) == 0) is (translated != english)


def test_a_route_s_own_words_stand_alone_once_approved(line: Line) -> None:
    route = HandoverRoute.objects.get(key="inside")
    RouteWords.objects.create(route=route, language="en", to="our own hotline", does="Two people look at it.")
    words = RouteWords.objects.create(route=route, language="nb", to="tipslinjen vår", does="To personer ser på det.")
    visitor, anna = _chat(line, language="nb")
    _asked(line, visitor, anna)
    page = visitor.page("/nb/chat/talk")
    assert "To personer ser på det." in page
    assert '<p lang="en" dir="ltr">Two people look at it.</p>' in page
    assert SAFETY_TEXTS["handover-does-hotline"] not in page
    words.approved_at = now()
    words.save()
    second, other = _chat(line, language="nb")
    _asked(line, second, other)
    assert "Two people look at it." not in second.page("/nb/chat/talk")
    assert "To personer ser på det." in second.page("/nb/chat/talk")


def test_a_question_taken_back_asks_no_more(line: Line) -> None:
    visitor, anna = _chat(line)
    handover = _asked(line, visitor, anna)
    client = Client()
    assert client.get("/en/chat/talk").status_code == 302
    Handover.objects.filter(pk=handover.pk).update(state="withdrawn")
    page = visitor.page("/en/chat/talk")
    assert 'action="/live/handover"' not in page
    assert "lantern_9" not in page


def _approve(line: Line, key: str) -> None:
    centre = line.service.organisation.centre
    ApprovedText.objects.create(
        centre=centre,
        key=key,
        language="nb",
        fingerprint=fingerprint(words_of(key, "nb")),
        approved_by=str(Role.COORDINATOR),
        approved_at=now(),
    )
