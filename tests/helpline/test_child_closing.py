"""What a child reads when nobody can come, and what the pages promise about letters: never more than is there."""

import re
from typing import Any
from unittest import mock

import httpx
import pytest
from django.db import transaction
from django.test import Client

from havn.centres.models import ContactPoint
from havn.common.clock import now_ms
from havn.helpline.actions.ending import finish, locked
from havn.helpline.models import Turn
from havn.helpline.queries.queue import QueueSnapshot
from tests.helpline.factories import Line, make_line
from tests.helpline.live_line import in_live
from tests.helpline.public import make_visitor
from tests.helpline.test_public_endpoints import start_fields

pytestmark = pytest.mark.usefixtures("real_transactions")


@pytest.fixture
def line(real_transactions: None) -> Line:
    return make_line()


def no_letters(line: Line) -> None:
    ContactPoint.objects.filter(service=line.service, channel="letter").delete()


def full_in(*languages: str) -> "mock._patch[Any]":
    """The wait passes closing in these languages."""
    return mock.patch.object(QueueSnapshot, "is_full", lambda _queue, language: language in languages)


@pytest.mark.parametrize("letters", [True, False])
def test_a_wait_that_closing_ended_offers_a_letter_only_where_one_is_answered(line: Line, letters: bool) -> None:
    if not letters:
        no_letters(line)
    visitor = make_visitor(line)
    with transaction.atomic():
        finish(locked(visitor.turn.pk), by="closing", key=visitor.started.key, now_ms=now_ms())
    html = visitor.page("/chat/ended")
    assert "We are sorry that we did not get to you" in html
    assert ("write a letter now" in html) is letters
    assert ('href="/letter"' in html) is letters


def test_a_talk_given_back_that_closing_ended_says_so_kindly_and_offers_the_code(line: Line) -> None:
    visitor = make_visitor(line)
    line.take(line.counsellor())
    with transaction.atomic():
        finish(locked(visitor.turn.pk), by="closing", key=visitor.started.key, now_ms=now_ms())
    html = visitor.page("/chat/ended")
    assert "nobody else could come to you" in html
    assert "Show my return code" in html


@pytest.mark.parametrize("letters", [True, False])
def test_with_nobody_on_duty_the_waiting_room_says_that_and_keeps_the_place(line: Line, letters: bool) -> None:
    if not letters:
        no_letters(line)
    html = make_visitor(line).page("/chat/waiting")
    shown = html.partition("<template")[0]
    assert "Nobody who answers in your language is here right now." in shown
    assert "We keep your place." in shown
    assert "You are next" not in shown
    assert "too little" not in shown
    assert ("You can also write a letter." in shown) is letters
    assert ('href="/letter"' in shown) is letters


def test_nobody_who_speaks_the_language_is_nobody_and_a_colleague_who_does_is_somebody(line: Line) -> None:
    dane = make_visitor(line, language="da")
    line.counsellor(languages=("en",))
    assert "Nobody who answers in your language" in dane.page("/chat/waiting").partition("<template")[0]
    line.counsellor(languages=("da",))
    assert "Nobody who answers in your language" not in dane.page("/chat/waiting").partition("<template")[0]


def test_the_script_of_the_waiting_room_says_the_same_sentences(line: Line) -> None:
    html = make_visitor(line).page("/chat/waiting")
    words = dict(re.findall(r'<template data-words="(\w+)">([^<]*)</template>', html))
    assert words["nobody"] == "Nobody who answers in your language is here right now."
    assert words["keep"] == "We keep your place."


def test_a_full_line_offers_the_letter_first_and_promises_no_more_than_the_centre_does(line: Line) -> None:
    ContactPoint.objects.filter(channel="letter").update(note={"en": "Usually within three days."})
    with full_in("en"):
        html = Client().get("/chat").content.decode()
    assert "Very many are waiting now" in html
    assert html.index('href="/letter"') < html.index("Wait in line")
    assert html.count('class="ds-button lamp') == 1
    assert "we answer every letter we can" in html
    assert "Usually within three days." in html
    assert "sure to" not in html


def test_a_full_line_without_letters_is_simply_a_line(line: Line) -> None:
    no_letters(line)
    with full_in("en"):
        html = Client().get("/chat").content.decode()
    assert "Start the chat" in html
    assert "letter" not in html.partition("<main")[2].partition("</main>")[0]


def test_full_is_decided_for_the_language_chosen_in_the_form_and_nobody_is_refused(line: Line) -> None:
    async def work(browser: Any) -> list[httpx.Response]:
        one = browser()
        fields = start_fields(line, language="da", decided="en", name="Blue fox")
        asked = await one.post("/live/start", fields)
        decided = re.search(r'name="decided" value="([^"]*)"', asked.text)
        assert decided
        return [asked, await one.post("/live/start", fields | {"decided": decided[1]})]

    with full_in("da"):
        asked, pressed_again = in_live(work)
    assert asked.status_code == 200
    assert "Very many are waiting now" in asked.text
    assert 'value="Blue fox"' in asked.text
    assert 'href="/en/letter"' in asked.text
    assert (pressed_again.status_code, pressed_again.headers["location"]) == (303, "/da/chat/waiting")
    assert Turn.objects.count() == 1


def test_a_line_with_room_in_the_chosen_language_starts_at_once(line: Line) -> None:
    async def work(browser: Any) -> httpx.Response:
        return await browser().post("/live/start", start_fields(line, language="da", decided="en"))

    with full_in("en"):
        assert in_live(work).headers["location"] == "/da/chat/waiting"


def test_a_form_shown_again_by_the_live_process_speaks_the_pages_language(line: Line) -> None:
    async def work(browser: Any) -> httpx.Response:
        return await browser().post("/live/start", start_fields(line, language="da", decided="nb", lang="nb"))

    with full_in("da"):
        answer = in_live(work)
    assert "Under 9" in answer.text or "Under 9 år" in answer.text
    assert "12 to 14" not in answer.text
    assert 'href="/nb/letter"' in answer.text


def test_where_nobody_answers_letters_the_letter_page_shows_what_there_is(line: Line) -> None:
    no_letters(line)
    html = Client().get("/letter").content.decode()
    assert "Nobody answers letters here" in html
    assert "<form" not in html.partition("<main")[2].partition("</main>")[0]
    assert 'href="/chat"' in html


def test_a_letter_that_nobody_takes_comes_back_with_every_word(line: Line) -> None:
    no_letters(line)

    async def work(browser: Any) -> httpx.Response:
        return await browser().post("/live/letter", start_fields(line, text="Dear you, I am 11."))

    answer = in_live(work)
    assert answer.status_code == 404
    assert "Dear you, I am 11." in answer.text
    assert "What you wrote was not sent" in answer.text


def test_the_start_page_promises_this_helplines_own_clock_and_the_days_of_the_backups(line: Line) -> None:
    other = make_line(centre_fields={"host": None})
    other.service.organisation = line.service.organisation
    other.service.save()
    other.set(keep_days=90)
    line.set(keep_days=11)
    html = Client().get("/chat").content.decode()
    assert "11 days after the last message it is destroyed" in html
    assert "up to 7 days more" in html
    assert "90 days" not in html


def test_a_closed_chat_leads_back_to_the_page_of_the_same_helpline(line: Line) -> None:
    parents = make_line(centre_fields={"host": None}, audience="parents")
    parents.service.organisation = line.service.organisation
    parents.service.save()
    parents.service.channel_settings.filter(channel="chat").update(always_open=False)

    async def work(browser: Any) -> httpx.Response:
        return await browser().post("/live/start", start_fields(parents))

    assert in_live(work).headers["location"] == f"/en/chat?service={parents.service.slug}"
