"""A kind word, slower, a pause: who takes, who asks, who decides, and what is left of it."""

import pytest

from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.ending import end_talk
from havn.helpline.actions.risk import set_risk
from havn.helpline.actions.visits import delete_talk, say_danger
from havn.helpline.models import Contact, Record, Turn
from havn.limits.actions import coding, ladder
from havn.limits.actions.settings import change_settings, save_kind_word
from havn.limits.models import LiftedPause, Limit, StepCount
from havn.limits.queries.ladder import asked_at, for_staff, waiting_at
from havn.live import api as live
from tests.limits.conftest import Chat


def _heard(chat: Chat) -> list[str]:
    viewer = live.Viewer(chat.visitor.started.participant_id, "visitor")
    return [one.text for one in live.messages(conversation_id=chat.id, key=chat.key, viewer=viewer)]


def test_a_kind_word_is_said_in_the_counsellors_name_and_in_the_helplines_words(chat: Chat) -> None:
    chat.kind_word()
    assert "It is fine to try us out" in _heard(chat)[-1]
    save_kind_word(actor=chat.kari.user, service=chat.line.service, language="en", text="Be kind, please.")
    chat.kind_word()
    viewer = live.Viewer(chat.visitor.started.participant_id, "visitor")
    last = live.messages(conversation_id=chat.id, key=chat.key, viewer=viewer)[-1]
    assert (last.text, last.name, last.author) == ("Be kind, please.", "Anna", "staff")
    assert chat.limit.step == "kind-word"
    assert StepCount.objects.get(step="kind-word").number == 2


def test_no_step_is_left_out(chat: Chat) -> None:
    for step in ("slower", "pause", "kind-word", "", "x"):
        with pytest.raises(Refused, match="One step after the other"):
            chat.ask(step)
    chat.kind_word()
    with pytest.raises(Refused, match="One step after the other"):
        chat.ask("pause")


def test_only_somebody_else_who_leads_says_yes(chat: Chat) -> None:
    chat.kind_word()
    assert chat.ask("slower") is False
    assert chat.limit.slow_seconds is None
    assert [(one.step, one.by) for one in asked_at(chat.line.service.pk)] == [("slower", "Anna Berg")]
    berit = chat.line.counsellor(name="Berit")
    with pytest.raises(NotAllowed):
        chat.approve("slower", by=berit)
    with pytest.raises(NotAllowed):
        chat.approve("slower", by=chat.anna)
    chat.approve("slower")
    assert (chat.limit.step, chat.limit.slow_seconds, chat.limit.asked) == ("slower", 20, "")
    assert "one message every 20 seconds" in _heard(chat)[-1]
    with pytest.raises(Refused, match="Nobody asks"):
        chat.approve("slower")


def test_a_supervisor_who_asked_in_a_talk_of_their_own_does_not_decide_it(chat: Chat) -> None:
    lead = chat.line.on_duty(chat.line.member("supervisor", "counsellor", name="Sol"), role="supervisor")
    Turn.objects.filter(pk=chat.id).update(counsellor=lead.user)
    ladder.say_kind_word(actor=lead.user, conversation_id=chat.id, key=chat.key, now_ms=now_ms())
    ladder.ask_step(actor=lead.user, conversation_id=chat.id, step="slower", keyring=lead.keyring, now_ms=now_ms())
    with pytest.raises(NotAllowed, match="nobody decides"):
        chat.approve("slower", by=lead)
    chat.approve("slower")


def test_a_no_comes_with_a_word_that_only_readers_of_the_talk_open(chat: Chat) -> None:
    chat.kind_word()
    chat.ask("slower")
    ladder.decline(
        actor=chat.kari.user,
        conversation_id=chat.id,
        step="slower",
        word="Try once more, I read along",
        keyring=chat.kari.keyring,
        now_ms=now_ms(),
    )
    limit = chat.limit
    assert (limit.step, limit.asked, limit.declined) == ("kind-word", "", "slower")
    assert b"Try once more" not in bytes(limit.word_sealed)
    page = chat.desk()
    assert "Try once more, I read along" in page
    assert chat.ask("slower") is False
    assert chat.limit.declined == ""


def test_while_nobody_else_leads_nothing_goes_further_unless_the_helpline_chose_so(chat: Chat) -> None:
    from havn.helpline.actions.duty import go_off_duty

    go_off_duty(actor=chat.kari.user, service=chat.line.service, give_back=False, now_ms=now_ms())
    chat.kind_word()
    assert chat.ask("slower") is False
    ladder.take_question_back(actor=chat.anna.user, conversation_id=chat.id)
    assert chat.limit.asked == ""
    change_settings(actor=chat.kari.user, service=chat.line.service, values={"alone": "slower", "slow_seconds": 45})
    assert chat.ask("slower") is True
    assert chat.limit.slow_seconds == 45
    assert chat.ask("pause") is False


def test_nobody_in_danger_is_given_a_pause(chat: Chat) -> None:
    chat.slower()
    say_danger(conversation_id=chat.id, key=chat.key, on=True)
    with pytest.raises(Refused, match="in danger"):
        chat.ask("pause")
    say_danger(conversation_id=chat.id, key=chat.key, on=False)
    chat.ask("pause")
    # It came up while the question waited.
    set_risk(actor=chat.anna.user, conversation_id=chat.id, risk="high", key=chat.key)
    with pytest.raises(Refused, match="in danger"):
        chat.approve("pause")
    assert chat.visitor.turn.state == "talking"


def test_nobody_in_danger_is_made_slower(chat: Chat) -> None:
    chat.kind_word()
    chat.ask("slower")
    say_danger(conversation_id=chat.id, key=chat.key, on=True)
    with pytest.raises(Refused, match="in danger"):
        chat.approve("slower")
    ladder.take_question_back(actor=chat.anna.user, conversation_id=chat.id)
    assert "Nobody in danger is made slower" in chat.desk()
    with pytest.raises(Refused, match="in danger"):
        chat.ask("slower")


def test_a_pause_ends_the_chat_kindly_and_stands(chat: Chat) -> None:
    chat.paused()
    assert chat.visitor.turn.state == "ended"
    assert "take a break" in _heard(chat)[-1]
    limit = chat.limit
    assert (limit.step, limit.slow_seconds) == ("pause", None)
    assert limit.paused_until_ms
    assert limit.paused_until_ms > now_ms() + 23 * 3_600_000
    assert {row.step: row.number for row in StepCount.objects.all()} == {"kind-word": 1, "slower": 1, "pause": 1}


def test_what_waits_and_what_is_slower_ends_with_the_chat(chat: Chat) -> None:
    chat.slower()
    chat.ask("pause")
    end_talk(actor=chat.anna.user, conversation_id=chat.id, key=chat.key, now_ms=now_ms())
    limit = chat.limit
    assert (limit.step, limit.asked, limit.slow_seconds) == ("", "", None)
    assert asked_at(chat.line.service.pk) == ()


def test_whoever_leads_lifts_it_early(chat: Chat) -> None:
    chat.slower()
    with pytest.raises(NotAllowed):
        ladder.lift(actor=chat.anna.user, conversation_id=chat.id, keyring=chat.anna.keyring, now_ms=now_ms())
    ladder.lift(actor=chat.kari.user, conversation_id=chat.id, keyring=chat.kari.keyring, now_ms=now_ms())
    assert (chat.limit.step, chat.limit.slow_seconds) == ("kind-word", None)
    assert "as fast as you like" in _heard(chat)[-1]
    with pytest.raises(Refused, match="no limit"):
        ladder.lift(actor=chat.kari.user, conversation_id=chat.id, keyring=chat.kari.keyring, now_ms=now_ms())


def test_the_trail_tells_which_step_and_never_which_chat(chat: Chat) -> None:
    chat.paused()
    ladder.lift(actor=chat.kari.user, conversation_id=chat.id, keyring=chat.kari.keyring, now_ms=now_ms())
    entries = list(Entry.objects.filter(action="limits.step").order_by("id").values_list("codes", "subject"))
    assert [step for step in ("kind-word", "slower", "pause", "lifted") for codes, _s in entries if step in str(codes)]
    assert {subject for _codes, subject in entries} == {""}
    assert str(chat.id) not in str(entries)


def test_deleting_the_talk_takes_its_limits_along_and_the_counts_stay(chat: Chat) -> None:
    chat.paused()
    Record.objects.filter(pk=chat.id).delete()
    delete_talk(conversation_id=chat.id, key=chat.key, now_ms=now_ms())
    assert not Limit.objects.exists()
    assert StepCount.objects.count() == 3


def test_marks_of_pauses_go_when_they_are_over(chat: Chat) -> None:
    chat.paused()
    centre_id = chat.line.service.organisation.centre_id
    until = chat.limit.paused_until_ms or 0
    LiftedPause.objects.create(centre_id=centre_id, until_ms=until)
    ladder.forget_pauses(centre_id, until - 1)
    assert LiftedPause.objects.exists()
    assert chat.limit.paused_until_ms == until
    ladder.forget_pauses(centre_id, until)
    assert not LiftedPause.objects.exists()
    assert (chat.limit.step, chat.limit.paused_until_ms) == ("", None)


def test_desks_and_walls_are_told_numbers_only(chat: Chat) -> None:
    chat.kind_word()
    chat.ask("slower")
    waiting = waiting_at(chat.line.service.pk)
    assert for_staff(waiting, chat.kari.pk) == {"asked": [[str(chat.id), "slower"]], "mine": []}
    assert for_staff(waiting, chat.anna.pk) == {"asked": [], "mine": [[str(chat.id), "kind-word", ""]]}


def test_desk_and_wall_show_the_question_and_take_the_answer(chat: Chat) -> None:
    page = chat.desk()
    assert "Say a kind word" in page
    anna, kari = chat.client(chat.anna), chat.client(chat.kari)
    assert anna.post(f"/desk/talk/{chat.id}/kind-word").status_code == 302
    assert anna.post(f"/desk/talk/{chat.id}/limit", {"step": "slower"}).status_code == 302
    assert "Waiting for a colleague" in chat.desk()
    wall = kari.get(f"/desk/wall?service={chat.line.service.pk}").content.decode()
    assert "Anna Berg asks to make a chat slower." in wall
    decided = kari.post(f"/desk/talk/{chat.id}/limit/decide", {"step": "slower", "decision": "yes", "from": "wall"})
    assert decided.headers["Location"].startswith("/desk/wall")
    assert "Slower: one message in 20 seconds." in chat.desk()
    assert anna.post(f"/desk/talk/{chat.id}/limit/decide", {"step": "slower", "decision": "yes"}).status_code == 403
    assert anna.post(f"/desk/talk/{chat.id}/limit", {"step": "pause"}).status_code == 302
    assert anna.post(f"/desk/talk/{chat.id}/limit/take-back").status_code == 302
    assert kari.post(f"/desk/talk/{chat.id}/limit/lift").status_code == 302
    assert chat.limit.slow_seconds is None


def test_the_wall_lists_pauses_that_stand_and_lifts_them(chat: Chat) -> None:
    chat.paused()
    kari = chat.client(chat.kari)
    wall = kari.get(f"/desk/wall?service={chat.line.service.pk}").content.decode()
    assert "Pauses that stand" in wall
    assert kari.post(f"/desk/talk/{chat.id}/limit/lift", {"from": "wall"}).status_code == 302
    assert LiftedPause.objects.count() == 1
    assert "Pauses that stand" not in kari.get(f"/desk/wall?service={chat.line.service.pk}").content.decode()


@pytest.mark.parametrize("outcome", ["silent", "test", "prank", "wrong-place"])
def test_one_press_codes_and_closes_an_empty_chat(chat: Chat, outcome: str) -> None:
    page = chat.desk()
    # The buttons stand inside the form of the record, and belong to one of their own.
    assert 'form="limits-short" name="outcome" value="silent" data-short="1"' in page
    assert page.count('<form id="limits-short"') == 1
    assert page.index('<form id="limits-short"') < page.index("data-record-form")
    anna = chat.client(chat.anna)
    assert anna.post(f"/desk/talk/{chat.id}/short", {"outcome": outcome}).status_code == 302
    assert Contact.objects.get().outcome == outcome
    assert chat.visitor.turn.state == "ended"


def test_one_press_closes_nothing_in_which_the_child_has_written(chat: Chat) -> None:
    chat.kind_word()
    assert 'data-short="1"' in chat.desk()
    live.append(
        conversation_id=chat.id,
        key=chat.key,
        author="visitor",
        kind="text",
        text="hello",
        participant_id=chat.visitor.started.participant_id,
    )
    assert 'data-short="1"' not in chat.desk()
    with pytest.raises(Refused, match="filled in"):
        coding.close_short(
            actor=chat.anna.user, conversation_id=chat.id, outcome="silent", key=chat.key, now_ms=now_ms()
        )
    assert chat.visitor.turn.state == "talking"


def test_one_press_closes_nothing_in_which_something_was_said(chat: Chat) -> None:
    for outcome in ("", "abusive", "listened"):
        with pytest.raises(Refused):
            coding.close_short(
                actor=chat.anna.user, conversation_id=chat.id, outcome=outcome, key=chat.key, now_ms=now_ms()
            )
    say_danger(conversation_id=chat.id, key=chat.key, on=True)
    with pytest.raises(Refused, match="filled in"):
        coding.close_short(actor=chat.anna.user, conversation_id=chat.id, outcome="test", key=chat.key, now_ms=now_ms())
