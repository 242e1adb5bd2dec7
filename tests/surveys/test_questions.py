"""A child answers, page by page, without JavaScript."""

import datetime as dt
import html
import logging
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from havn.surveys.actions.forgetting import forget_pages
from havn.surveys.models import Answer, WaitingAnswer, Wave
from havn.surveys.rules.states import hour_of
from havn.surveys.sealing import LONGEST, Carried, seal, unseal
from havn.surveys.views import public_questions
from havn.tenancy.models import Centre
from tests.surveys.factories import definition, make_survey, make_version, make_wave, one

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(centre: Centre) -> Wave:
    return make_wave(make_survey(centre, slug="club"))


class Child:
    """Somebody at a page of the survey: presses buttons with what the page itself carries."""

    def __init__(self, client: Client, slug: str = "club") -> None:
        self.client, self.address = client, f"/surveys/{slug}/questions"
        self.show(client.post(self.address))

    def show(self, response: Any) -> None:
        self.response, self.page = response, html.unescape(response.content.decode())

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        return found[1] if found else ""

    def press(self, button: str, **answers: Any) -> "Child":
        carried = {name: self.hidden(name) for name in ("form_token", "state", "page")}
        told = {f"q-{key}": value for key, value in answers.items()}
        self.show(self.client.post(self.address, {**carried, **told, button: "1"}))
        return self


def test_a_child_answers_and_nothing_is_kept_before_it_sends(child: Client, wave: Wave) -> None:
    pages = Child(child)
    assert "Part 1 of 2" in pages.page
    assert "About you" in pages.page
    pages.press("next", age="older", gender="girl")
    assert "Part 2 of 3" in pages.page
    pages.press("next", plays="true", where="home", likes=["fun", "friends"])
    assert "For older ones" in pages.page
    pages.press("next", money="false")
    assert "That was the last question" in pages.page
    assert not WaitingAnswer.objects.exists()
    pages.press("send")
    assert (pages.response.status_code, pages.response["Location"]) == (302, "/surveys/club/thanks")
    assert WaitingAnswer.objects.get().answers == {
        "age": "older", "gender": "girl", "plays": True, "where": "home", "likes": ["fun", "friends"], "money": False,
    }  # fmt: skip
    assert "Thank you" in child.get("/surveys/club/thanks").content.decode()


def test_what_was_answered_is_not_readable_in_the_page(child: Client, wave: Wave) -> None:
    pages = Child(child).press("next", age="older", gender="girl")
    assert "older" not in pages.page.replace("For older ones", "")
    assert "girl" not in pages.page


def test_back_shows_what_was_answered(child: Client, wave: Wave) -> None:
    pages = Child(child).press("next", age="older").press("back", plays="true")
    assert "Part 1 of" in pages.page
    assert re.search(r'value="older" checked', pages.page)
    pages.press("next", age="older")
    assert re.search(r'value="true" checked', pages.page)


def test_a_part_that_is_not_for_the_child_any_more_leaves_nothing(child: Client, wave: Wave) -> None:
    pages = Child(child).press("next", age="older").press("next", plays="false").press("next", money="true")
    pages.press("back").press("back").press("back").press("next", age="young").press("next", plays="false")
    pages.press("send")
    assert WaitingAnswer.objects.get().answers == {"age": "young", "plays": False}


def test_everything_may_be_skipped_but_nothing_at_all_is_not_sent(child: Client, wave: Wave) -> None:
    pages = Child(child).press("next").press("next")
    pages.press("send")
    assert pages.response.status_code == 422
    assert "You have not answered anything yet" in pages.page
    assert not WaitingAnswer.objects.exists()


def test_what_must_be_answered_stops_its_page_and_loses_nothing(child: Client, centre: Centre) -> None:
    raw = definition(one("must", "a", "b", required=True), key="strict")
    make_wave(make_survey(centre, slug="club"), form_version=make_version(centre, raw))
    pages = Child(child).press("next", age="young").press("next", plays="true", where="home")
    assert pages.response.status_code == 422
    assert 'href="#q-must"' in pages.page
    assert re.search(r'value="home" checked', pages.page)
    pages.press("next", plays="true", where="home", must="a").press("send")
    assert WaitingAnswer.objects.get().answers["must"] == "a"


def test_a_page_that_is_jumped_over_is_asked_before_anything_is_sent(child: Client, centre: Centre) -> None:
    raw = definition(one("must", "a", "b", required=True), key="strict")
    wave = make_wave(make_survey(centre, slug="club"), form_version=make_version(centre, raw))
    state = seal(Carried(wave.pk, hour_of(timezone.now()), answers={"age": "young"}))
    response = child.post("/surveys/club/questions", {"state": state, "page": "end", "send": "1"})
    assert response.status_code == 422
    assert "Playing" in response.content.decode()


def test_a_choice_that_there_is_not_is_said_at_its_question(child: Client, wave: Wave) -> None:
    pages = Child(child).press("next", age="<script>")
    assert pages.response.status_code == 422
    assert "Part 1 of 2" in pages.page


def test_send_twice_counts_once(child: Client, wave: Wave) -> None:
    pages = Child(child).press("next", age="young").press("next")
    last = {name: pages.hidden(name) for name in ("form_token", "state", "page")} | {"send": "1"}
    for _time in range(2):
        assert child.post(pages.address, last).status_code == 302
    assert WaitingAnswer.objects.count() == 1


def test_a_page_sent_again_the_next_day_counts_once_and_keeps_what_was_answered(child: Client, wave: Wave) -> None:
    pages = Child(child).press("next", age="young").press("next")
    last = {name: pages.hidden(name) for name in ("form_token", "state", "page")} | {"send": "1"}
    assert child.post(pages.address, last).status_code == 302
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        forget_pages(timezone.now())
        pages.show(child.post(pages.address, last))
        assert pages.response.status_code == 422
        assert "Then you are done and can close this page" in pages.page
        assert WaitingAnswer.objects.count() == 1
        # Somebody who had not sent it presses once more: nothing typed is lost.
        pages.press("send")
        assert pages.response.status_code == 302
    assert WaitingAnswer.objects.count() == 2


def test_whoever_takes_hours_over_the_questions_notices_nothing(child: Client, wave: Wave) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(hours=5)):
        pages = Child(child).press("next", age="young")
    with time_machine.travel(timezone.now() + dt.timedelta(hours=10)):
        pages.press("next", plays="true").press("send")
        assert pages.response.status_code == 302
    assert WaitingAnswer.objects.get().answers == {"age": "young", "plays": True}


@pytest.mark.parametrize("state", ["x", "AAAA", "ø", "A" * (LONGEST + 1), "A" * 400, "\0"])
def test_a_page_that_is_not_ours_any_more_says_so_kindly(child: Client, wave: Wave, state: str) -> None:
    response = child.post("/surveys/club/questions", {"state": state, "page": "who", "next": "1"})
    assert response.status_code == 422
    assert "begin again" in response.content.decode()


def test_a_page_of_another_survey_is_worth_nothing_here(child: Client, centre: Centre, wave: Wave) -> None:
    other = make_wave(make_survey(centre, slug="other"))
    state = seal(Carried(other.pk, hour_of(timezone.now())))
    response = child.post("/surveys/club/questions", {"state": state, "page": "end", "send": "1"})
    assert response.status_code == 410


def test_it_closed_meanwhile(child: Client, wave: Wave) -> None:
    pages = Child(child).press("next", age="young")
    Wave.objects.filter(pk=wave.pk).update(closes_at=timezone.now() - dt.timedelta(hours=2))
    pages.press("next")
    assert pages.response.status_code == 410
    assert "It is not your fault" in pages.page


def test_whoever_began_in_time_may_still_send(child: Client, wave: Wave) -> None:
    pages = Child(child).press("next", age="young").press("next")
    Wave.objects.filter(pk=wave.pk).update(closes_at=timezone.now() - dt.timedelta(minutes=30))
    pages.press("send")
    assert pages.response.status_code == 302
    assert WaitingAnswer.objects.count() == 1
    assert child.post("/surveys/club/questions").status_code == 410


def test_very_many_at_once_wait_and_lose_nothing(child: Client, wave: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = Child(child).press("next", age="young").press("next")
    monkeypatch.setattr(public_questions._bucket, "take", lambda key, now_ms: False)
    pages.press("send")
    assert pages.response.status_code == 503
    assert "Your answers are still here" in pages.page
    monkeypatch.undo()
    pages.press("send")
    assert WaitingAnswer.objects.count() == 1


def test_a_machine_that_fills_every_field_is_thanked_and_not_counted(child: Client, wave: Wave) -> None:
    state = seal(Carried(wave.pk, hour_of(timezone.now()), answers={"age": "young"}))
    response = child.post(
        "/surveys/club/questions", {"state": state, "page": "end", "send": "1", "website": "https://spam.example"}
    )
    assert response.status_code == 302
    assert not WaitingAnswer.objects.exists()


def test_a_form_of_another_site_is_refused(wave: Wave) -> None:
    stranger = Client(headers={"host": "testserver", "origin": "https://evil.example"})
    assert stranger.post("/surveys/club/questions").status_code == 403


def test_questions_are_reached_from_the_first_page(child: Client, wave: Wave) -> None:
    response = child.get("/surveys/club/questions")
    assert (response.status_code, response["Location"]) == (302, "/surveys/club")


def test_nothing_is_logged(child: Client, wave: Wave, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="havn")
    Child(child).press("next", age="older").press("next", plays="true").press("next").press("send")
    assert WaitingAnswer.objects.count() == 1
    assert "older" not in caplog.text
    assert "club" not in caplog.text


def test_another_centre_does_not_know_it(centre: Centre, wave: Wave) -> None:
    from tests.tenancy.factories import make_centre

    make_centre(host="other.example")
    stranger = Client(headers={"host": "other.example", "origin": "http://other.example"})
    assert stranger.get("/surveys/club").status_code == 404
    assert stranger.post("/surveys/club/questions").status_code == 404
    assert not Answer.objects.exists()


def test_what_a_page_carries_comes_back_whole() -> None:
    carried = Carried(7, hour_of(timezone.now()), answers={"likes": ["fun"], "age": "older"})
    assert unseal(seal(carried)) == carried
    assert seal(carried) != seal(carried)
