"""Passing on: only after the yes, exactly that text, once; a no until it has gone; what fails can be tried again."""

import datetime as dt

import pytest
from django.urls import reverse

from havn.audit.models import Entry
from havn.common.clock import now, now_ms
from havn.common.errors import NotAllowed, Refused
from havn.handover import tasks
from havn.handover.actions.again import try_again
from havn.handover.actions.answering import answer_heard
from havn.handover.actions.passing import fail_sending, follow_letter, pass_agreed, passed_by_hand
from havn.handover.models import Handover, HandoverCount, HandoverWaiting
from havn.handover.queries import handovers
from havn.handover.queries.handovers import open_at, outcomes_of
from havn.handover.tasks import pass_due
from havn.helpline.retention.destroy import destroy_at_once
from havn.live.models import Message
from havn.mail.actions import forget_timed
from havn.mail.models import LetterOut
from havn.phone.actions.calls import start_call
from havn.tasks.api import run_due
from tests.accounts.factories import signed_in_client
from tests.handover.conftest import TEXT, Hotline, Server, Talk, make_talk
from tests.vault.factories import PASSWORD

MINUTE = 60_000


def _state(handover: Handover) -> str:
    state = Handover.objects.get(pk=handover.pk).state
    assert HandoverCount.objects.get(pk=handover.count_id).state == state
    return state


def test_inside_it_goes_when_the_minutes_are_over_and_only_once(talk: Talk, hotline: Hotline) -> None:
    handover = talk.says(True, talk.ask())
    assert (_state(handover), hotline.taken) == ("agreed", [])
    due = handover.due_at_ms or 0
    assert due - now_ms() > 4 * MINUTE
    assert not pass_agreed(handover_id=handover.pk, at_ms=due - 1)
    assert pass_agreed(handover_id=handover.pk, at_ms=due)
    assert not pass_agreed(handover_id=handover.pk, at_ms=due)
    (passed,) = hotline.taken
    assert (passed.text, passed.route, passed.kind) == (TEXT, "inside", "hotline")
    assert _state(handover) == "gone"
    assert not HandoverWaiting.objects.exists()
    assert talk.child.events()[-1] == "handover-gone"


def test_without_a_yes_nothing_leaves(talk: Talk, hotline: Hotline) -> None:
    talk.minutes(0)
    handover = talk.ask()
    assert not pass_agreed(handover_id=handover.pk, at_ms=now_ms() + 60 * MINUTE)
    talk.says(False, handover)
    assert not pass_agreed(handover_id=handover.pk, at_ms=now_ms() + 60 * MINUTE)
    run_due()
    assert (hotline.taken, _state(handover)) == ([], "declined")
    with pytest.raises(Refused):
        talk.says(True, handover)


def test_a_yes_can_be_taken_back_until_it_has_gone(talk: Talk, hotline: Hotline) -> None:
    handover = talk.says(True, talk.ask())
    talk.says(False, handover)
    assert (_state(handover), HandoverWaiting.objects.count()) == ("declined", 0)
    assert not pass_agreed(handover_id=handover.pk, at_ms=now_ms() + 60 * MINUTE)
    assert hotline.taken == []
    again = talk.says(True, talk.ask())
    pass_agreed(handover_id=again.pk, at_ms=again.due_at_ms or 0)
    with pytest.raises(Refused, match="gone"):
        talk.says(False, again)


def test_the_same_press_twice_is_one_answer(talk: Talk) -> None:
    handover = talk.ask()
    first = talk.says(True, handover)
    second = talk.says(True, handover, at_ms=now_ms() + MINUTE)
    assert second.due_at_ms == first.due_at_ms
    assert talk.child.events().count("handover-yes") == 1
    talk.says(False, handover)
    talk.says(False, handover)
    assert talk.child.events().count("handover-no") == 1


def test_another_child_answers_nothing(talk: Talk) -> None:
    handover = talk.ask()
    other = talk.line.child()
    mine, talk.child = talk.child, other
    with pytest.raises(Refused, match="no such"):
        talk.says(True, handover)
    talk.child = mine


def test_by_mail_exactly_that_text_arrives_and_the_row_goes(talk: Talk, mail_server: Server) -> None:
    talk.minutes(0)
    handover = talk.says(True, talk.ask("kripos"))
    assert run_due() >= 2
    (letter,) = mail_server.received
    assert letter["To"] == "tips@police.example"
    assert letter.get_content().strip() == TEXT
    assert "Vera" not in str(letter)
    assert _state(handover) == "sending"
    assert follow_letter(handover_id=handover.pk, at_ms=now_ms())
    assert _state(handover) == "gone"
    assert not LetterOut.objects.exists()
    assert talk.child.events()[-1] == "handover-gone"


def test_on_its_way_it_is_stopped_before_anybody_tried(talk: Talk, mail_server: Server) -> None:
    talk.minutes(0)
    handover = talk.says(True, talk.ask("kripos"))
    pass_agreed(handover_id=handover.pk, at_ms=now_ms())
    talk.says(False, handover)
    assert (_state(handover), LetterOut.objects.count()) == ("declined", 0)
    run_due()
    assert mail_server.received == []


def test_between_two_tries_it_is_stopped_too(talk: Talk, mail_server: Server) -> None:
    talk.minutes(0)
    mail_server.answers = ["451 Later"]
    handover = talk.says(True, talk.ask("kripos"))
    run_due()
    assert (_state(handover), LetterOut.objects.get().tries) == ("sending", 1)
    talk.says(False, handover)
    assert (_state(handover), LetterOut.objects.count()) == ("declined", 0)


def test_while_a_worker_sends_it_it_can_t_be_stopped(talk: Talk, mail_server: Server) -> None:
    talk.minutes(0)
    handover = talk.says(True, talk.ask("kripos"))
    pass_agreed(handover_id=handover.pk, at_ms=now_ms())
    LetterOut.objects.update(held_until=now() + dt.timedelta(minutes=1))
    with pytest.raises(Refused, match="on its way"):
        talk.says(False, handover)
    assert not follow_letter(handover_id=handover.pk, at_ms=now_ms())
    assert _state(handover) == "sending"


def test_an_e_mail_that_was_refused_shows_itself_and_is_tried_again(talk: Talk, mail_server: Server) -> None:
    talk.minutes(0)
    mail_server.answers = ["550 No such person"]
    handover = talk.says(True, talk.ask("kripos"))
    run_due()
    assert follow_letter(handover_id=handover.pk, at_ms=now_ms())
    assert _state(handover) == "failed"
    assert [one.pk for one in open_at([talk.line.service.pk])] == [handover.pk]
    client = signed_in_client(talk.anna.user, password=PASSWORD)
    page = client.get(reverse("handover:handovers")).content.decode()
    assert "Could not be passed on" in page
    assert TEXT not in page
    address = reverse("handover:try_again", args=[handover.pk])
    assert client.post(address).status_code == client.post(address).status_code == 302
    assert _state(handover) == "agreed"
    run_due()
    pass_due.call()
    assert (_state(handover), len(mail_server.received)) == ("gone", 1)


def test_a_receiver_that_refuses_leaves_it_failed_and_a_no_still_counts(talk: Talk, hotline: Hotline) -> None:
    talk.minutes(0)
    hotline.refuses = True
    handover = talk.says(True, talk.ask())
    assert not pass_agreed(handover_id=handover.pk, at_ms=now_ms())
    assert _state(handover) == "failed"
    talk.says(False, handover)
    assert _state(handover) == "declined"


def test_a_receiver_that_breaks_stops_no_other_and_no_word_is_logged(
    talk: Talk, hotline: Hotline, caplog: pytest.LogCaptureFixture
) -> None:
    talk.minutes(0)
    hotline.breaks_at = "lantern_9"
    first = talk.says(True, talk.ask())
    mine, talk.child = talk.child, talk.line.child()
    talk.line.take(talk.anna)
    second = talk.says(True, talk.ask(text="something else"))
    pass_due.call()
    assert (_state(first), _state(second), len(hotline.taken)) == ("failed", "gone", 1)
    assert "KeyError" in caplog.text
    assert "lantern_9" not in caplog.text
    talk.child = mine


def test_one_that_can_t_be_looked_after_stops_no_other(
    talk: Talk, mail_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.minutes(0)
    handover = talk.says(True, talk.ask("kripos"))
    run_due()
    monkeypatch.setattr(tasks, "due_ids", lambda at, most: [1])
    monkeypatch.setattr(tasks, "pass_agreed", lambda **which: 1 // 0)
    assert pass_due.call() == 1
    assert _state(handover) == "gone"


def test_a_letter_that_waits_goes_with_its_talk(talk: Talk, mail_server: Server) -> None:
    talk.minutes(0)
    talk.says(True, talk.ask("kripos"))
    pass_agreed(handover_id=Handover.objects.get().pk, at_ms=now_ms())
    assert LetterOut.objects.get().until is not None
    destroy_at_once([talk.id])
    assert not LetterOut.objects.exists()
    run_due()
    assert mail_server.received == []


def test_an_e_mail_that_does_not_go_in_a_day_is_given_up(talk: Talk, mail_server: Server) -> None:
    talk.minutes(0)
    handover = talk.says(True, talk.ask("kripos"))
    pass_agreed(handover_id=handover.pk, at_ms=now_ms())
    forget_timed(moment=now() + dt.timedelta(hours=23))
    assert not follow_letter(handover_id=handover.pk, at_ms=now_ms())
    forget_timed(moment=now() + dt.timedelta(hours=24))
    assert follow_letter(handover_id=handover.pk, at_ms=now_ms())
    assert _state(handover) == "failed"


def test_after_a_restore_what_was_on_its_way_has_failed_and_is_not_said_to_have_gone(
    talk: Talk, mail_server: Server
) -> None:
    talk.minutes(0)
    gone, sent = talk.ask("form"), talk.says(True, talk.ask("kripos"))
    pass_agreed(handover_id=sent.pk, at_ms=now_ms())
    LetterOut.objects.all().delete()
    assert fail_sending() == 1
    pass_due.call()
    assert (_state(sent), _state(gone)) == ("failed", "asked")
    assert "handover-gone" not in talk.child.events()
    assert fail_sending() == 0


def test_the_list_is_bounded_and_what_waits_for_somebody_stands_first(
    talk: Talk, hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handovers, "SHOWN", 1)
    talk.ask("form")
    hotline.refuses = True
    talk.minutes(0)
    failed = talk.says(True, talk.ask())
    pass_agreed(handover_id=failed.pk, at_ms=now_ms())
    assert [one.pk for one in open_at([talk.line.service.pk])] == [failed.pk]
    assert handovers.waiting_for_somebody([talk.line.service.pk]) == 1


def test_what_lost_its_place_after_a_restore_waits_for_a_person(talk: Talk, hotline: Hotline) -> None:
    talk.minutes(0)
    handover = talk.says(True, talk.ask())
    HandoverWaiting.objects.all().delete()
    assert not pass_agreed(handover_id=handover.pk, at_ms=now_ms())
    client = signed_in_client(talk.kari.user, password=PASSWORD)
    assert "after a restore" in client.get(reverse("handover:handover", args=[handover.pk])).content.decode()
    try_again(actor=talk.kari.user, handover_id=handover.pk, key=talk.child.key, now_ms=now_ms())
    assert pass_agreed(handover_id=handover.pk, at_ms=now_ms())
    assert len(hotline.taken) == 1


def test_by_hand_a_person_copies_it_and_says_that_it_went(talk: Talk) -> None:
    handover = talk.ask("form")
    client = signed_in_client(talk.kari.user, password=PASSWORD)
    address = reverse("handover:handover", args=[handover.pk])
    assert "https://board.example/form" not in client.get(address).content.decode()
    with pytest.raises(Refused):
        passed_by_hand(actor=talk.kari.user, handover_id=handover.pk, key=talk.child.key, at_ms=now_ms())
    talk.says(True, handover)
    assert not HandoverWaiting.objects.exists()
    page = client.get(address).content.decode()
    assert '<a class="ds-link" href="https://board.example/form" target="_blank" rel="noopener noreferrer">' in page
    assert f">{TEXT}</pre>" in page
    reads = Entry.objects.filter(action="conversation.read", actor_id=talk.kari.pk)
    assert reads.count() == 1
    passed = reverse("handover:passed", args=[handover.pk])
    assert client.post(passed).status_code == 302
    assert _state(handover) == "gone"
    client.post(passed)
    assert talk.child.events().count("handover-gone") == 1


@pytest.mark.django_db
def test_on_the_phone_the_counsellor_reads_it_out_and_ticks(hotline: Hotline) -> None:
    talk = _call()
    handover = talk.ask()
    client = signed_in_client(talk.anna.user, password=PASSWORD)
    page = client.get(reverse("handover:handover", args=[handover.pk])).content.decode()
    assert "Read this out" in page
    assert TEXT in page
    address = reverse("handover:heard", args=[handover.pk])
    client.post(address, {"yes": "1"})
    assert _state(handover) == "asked"
    client.post(address, {"yes": "1", "agreed": "1"})
    assert _state(handover) == "agreed"
    assert Handover.objects.get().heard_by_id == talk.anna.pk
    client.post(address, {"yes": "0"})
    assert _state(handover) == "declined"


def test_in_a_chat_nobody_answers_for_the_child(talk: Talk) -> None:
    handover = talk.ask()
    with pytest.raises(Refused, match="Only the child"):
        answer_heard(
            actor=talk.anna.user,
            handover_id=handover.pk,
            yes=True,
            key=talk.child.key,
            language="en",
            now_ms=now_ms(),
        )
    with pytest.raises(NotAllowed):
        answer_heard(
            actor=talk.kari.user,
            handover_id=handover.pk,
            yes=True,
            key=talk.child.key,
            language="en",
            now_ms=now_ms(),
        )


def test_the_text_goes_with_the_talk_and_the_count_stays(talk: Talk) -> None:
    talk.says(True, talk.ask())
    talk.ask("form")
    destroy_at_once([talk.id])
    assert not Handover.objects.exists()
    assert not HandoverWaiting.objects.exists()
    assert not Message.objects.filter(conversation_id=talk.id).exists()
    assert sorted(HandoverCount.objects.values_list("route", "state")) == [("form", "asked"), ("inside", "agreed")]
    assert pass_due.call() == 0


def test_what_came_of_it_is_counted_by_route(talk: Talk, hotline: Hotline) -> None:
    talk.minutes(0)
    gone = talk.says(True, talk.ask())
    pass_agreed(handover_id=gone.pk, at_ms=now_ms())
    talk.says(False, talk.ask())
    talk.ask("form")
    found = {one.route: one for one in outcomes_of([talk.line.service.pk], since_ms=0)}
    assert (found["inside"].asked, found["inside"].gone, found["inside"].declined, found["inside"].other) == (
        2,
        1,
        1,
        0,
    )
    assert (found["form"].asked, found["form"].other) == (1, 1)
    for person, sees in ((talk.kari, True), (talk.anna, False)):
        page = signed_in_client(person.user, password=PASSWORD).get(reverse("handover:handovers")).content.decode()
        assert ("What came of it" in page) is sees


def test_nothing_of_it_stands_in_clear_anywhere(talk: Talk, mail_server: Server) -> None:
    talk.minutes(0)
    talk.says(True, talk.ask("kripos"))
    pass_agreed(handover_id=Handover.objects.get().pk, at_ms=now_ms())
    for model in (Handover, HandoverWaiting, LetterOut, Entry, Message):
        for row in model.objects.values_list():
            for value in row:
                held = bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
                assert b"lantern" not in held


def _call() -> Talk:
    talk = make_talk()
    turn = start_call(actor=talk.anna.user, service=talk.line.service, keyring=talk.anna.keyring, now_ms=now_ms())
    talk.child.conversation_id = turn.pk
    talk.child.key = talk.anna.keyring.conversation_key(turn.pk)
    return talk
