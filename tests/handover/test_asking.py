"""The question: who may put it, what is in it, and that nothing of the talk is in it but what was ticked."""

import re

import pytest
from django.urls import reverse

from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.handover.actions.asking import take_question_back
from havn.handover.models import Handover, HandoverCount, HandoverRoute
from havn.handover.queries.handovers import asked_in
from havn.helpline.actions.ending import end_talk
from havn.helpline.forms_public import fresh_once
from tests.accounts.factories import signed_in_client
from tests.handover.conftest import TEXT, Talk
from tests.vault.factories import PASSWORD

ONCE = fresh_once()


def test_a_question_is_sealed_counted_told_and_on_the_trail(talk: Talk) -> None:
    handover = talk.ask()
    assert TEXT.encode() not in bytes(handover.sealed)
    asked = asked_in(handover, talk.child.key)
    assert (asked.text, asked.label, asked.address) == (TEXT, "Our hotline", "hotline")
    assert talk.child.events()[-1] == "handover-asked"
    count = HandoverCount.objects.get()
    assert (count.route, count.kind, count.state) == ("inside", "hotline", "asked")
    assert count.half_hour_ms % (30 * 60_000) == 0
    entry = Entry.objects.latest("seq")
    assert entry.action == "handover.asked"
    assert str(talk.id) not in f"{entry.subject}{entry.codes}"


def test_the_same_press_is_one_question_and_one_route_is_asked_once_at_a_time(talk: Talk) -> None:
    first = talk.ask(once=ONCE)
    assert talk.ask(once=ONCE).pk == first.pk
    with pytest.raises(Refused, match="already"):
        talk.ask()
    talk.says(False, first)
    assert talk.ask().pk != first.pk
    assert HandoverCount.objects.count() == 2


@pytest.mark.parametrize("text", ["", "   ", "a" * 4001])
def test_an_empty_or_endless_text_is_refused(talk: Talk, text: str) -> None:
    with pytest.raises(Refused):
        talk.ask(text=text)


@pytest.mark.parametrize("route", ["", "nowhere", "in\x00side"])
def test_a_route_that_is_not_there_is_refused(talk: Talk, route: str) -> None:
    with pytest.raises(Refused, match="Choose"):
        talk.ask(route)


def test_a_route_out_of_use_and_one_by_mail_without_a_server_can_t_be_chosen(talk: Talk) -> None:
    with pytest.raises(Refused, match="Choose"):
        talk.ask("kripos")
    HandoverRoute.objects.update(in_use=False)
    with pytest.raises(Refused, match="Choose"):
        talk.ask("form")


def test_only_the_counsellor_of_a_running_talk_asks(talk: Talk) -> None:
    other = talk.line.counsellor(name="Ola Vik")
    mine, talk.anna = talk.anna, other
    with pytest.raises(NotAllowed):
        talk.ask()
    talk.anna = mine
    end_talk(actor=mine.user, conversation_id=talk.id, key=talk.child.key, now_ms=now_ms())
    with pytest.raises(Refused, match="ended"):
        talk.ask()


def test_a_question_can_be_taken_back_by_a_colleague_before_it_has_gone(talk: Talk) -> None:
    handover = talk.ask()
    take_question_back(actor=talk.kari.user, handover_id=handover.pk, key=talk.child.key)
    assert talk.child.events()[-1] == "handover-back"
    with pytest.raises(Refused):
        talk.says(True, handover)
    assert HandoverCount.objects.get().state == "withdrawn"


def test_what_is_changed_of_the_route_later_changes_nothing_of_the_question(talk: Talk) -> None:
    handover = talk.ask("form")
    HandoverRoute.objects.filter(key="form").update(page_url="https://elsewhere.example/", name="Other")
    handover = Handover.objects.get(pk=handover.pk)
    assert asked_in(handover, talk.child.key).address == "https://board.example/form"
    assert asked_in(handover, talk.child.key).label == "Board"


def test_on_the_page_nothing_is_taken_unless_ticked_and_ticked_words_are_shown_before_they_are_asked_for(
    talk: Talk,
) -> None:
    client = signed_in_client(talk.anna.user, password=PASSWORD)
    address = reverse("handover:ask", args=[talk.id])
    page = client.get(address).content.decode()
    assert "lantern_9" in page
    assert not re.search(r'name="take"[^>]*checked', page)
    seq = re.findall(r'name="take" value="(\d+)"', page)[0]
    fields = {"route": "inside", "text": "Please look:", "once": ONCE}
    shown = client.post(address, {**fields, "take": seq, "step": "ask"}).content.decode()
    assert not Handover.objects.exists()
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", shown, re.DOTALL)
    assert text is not None
    assert text[1] == "Please look:\n\nthey call themselves lantern_9"
    answer = client.post(address, {**fields, "text": text[1], "step": "ask"})
    assert answer.status_code == 302
    again = client.post(address, {**fields, "text": text[1], "step": "ask"})
    assert again.status_code == 302
    handover = Handover.objects.get()
    asked = asked_in(handover, talk.child.key)
    assert asked.text == text[1]
    assert "harbour" not in asked.text


def test_a_refused_question_keeps_every_word(talk: Talk) -> None:
    client = signed_in_client(talk.anna.user, password=PASSWORD)
    answer = client.post(reverse("handover:ask", args=[talk.id]), {"text": "dear you", "step": "ask"})
    assert answer.status_code == 409
    assert "dear you</textarea>" in answer.content.decode()


def test_an_imminent_danger_leads_to_the_checklist_instead(talk: Talk) -> None:
    turn = talk.child.turn
    turn.risk = "imminent"
    turn.save()
    client = signed_in_client(talk.anna.user, password=PASSWORD)
    page = client.get(reverse("handover:ask", args=[talk.id])).content.decode()
    assert reverse("supervision:escalation", args=[talk.id]) in page


def test_a_colleague_is_refused_and_another_centre_sees_nothing(talk: Talk) -> None:
    handover = talk.ask()
    other = talk.line.counsellor(name="Ola Vik")
    client = signed_in_client(other.user, password=PASSWORD)
    assert client.get(reverse("handover:ask", args=[talk.id])).status_code == 403
    assert client.get(reverse("handover:handover", args=[handover.pk + 1])).status_code == 403


def test_the_desk_shows_the_button_and_how_it_stands(talk: Talk) -> None:
    handover = talk.ask("form")
    client = signed_in_client(talk.anna.user, password=PASSWORD)
    page = client.get(reverse("helpline:desk"), {"service": talk.line.service.pk, "talk": talk.id}).content.decode()
    assert reverse("handover:ask", args=[talk.id]) in page
    assert "Asked: no answer yet" in page
    assert reverse("handover:handover", args=[handover.pk]) in page
    assert TEXT not in page
