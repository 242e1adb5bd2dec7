"""Colleagues beside a talk: asked, on the trail, out of the child's sight, and gone with the conversation."""

from typing import Any

import pytest
from django.db.models import QuerySet
from django.urls import reverse

from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.duty import go_off_duty, lay_back_letter
from havn.helpline.actions.ending import end_talk
from havn.helpline.actions.open_talks import Reader, my_talks, thread_of
from havn.helpline.actions.reading import key_to_read, stop_reading
from havn.helpline.actions.taking import take_letter
from havn.helpline.models import Duty, Turn
from havn.helpline.retention.destroy import destroy_at_once
from havn.live import api as live
from havn.live.models import Conversation, Participant
from havn.supervision.actions.side_talks import join_side_talk, leave_side_talk, open_side_talk, say_in_side_talk
from havn.supervision.models import SideTalk, SideTalkPart, SideTalkWords
from havn.supervision.queries.beside import side_talk_of
from havn.supervision.queries.shift import for_staff, shift_at
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Person
from tests.supervision.conftest import Talk
from tests.vault.factories import PASSWORD


def _open(talk: Talk, *colleagues: Person, text: str = "what would you say?") -> SideTalk:
    return open_side_talk(
        actor=talk.anna.user,
        conversation_id=talk.id,
        colleagues=[one.pk for one in colleagues],
        text=text,
        keyring=talk.anna.keyring,
        now_ms=now_ms(),
    )


def _join(person: Person, side: SideTalk) -> None:
    join_side_talk(actor=person.user, talk_id=side.pk, keyring=person.keyring, now_ms=now_ms())


def _say(person: Person, side: SideTalk, text: str) -> None:
    say_in_side_talk(actor=person.user, talk_id=side.pk, text=text, keyring=person.keyring, now_ms=now_ms())


def _texts(person: Person, talk: Talk) -> list[str]:
    reader = Reader(person.user, person.keyring, b"s", "en")
    return [one.text for line in my_talks(reader, talk.line.service) for one in thread_of(reader, line).asides]


def _reads(person: Person, talk: Talk) -> bool:
    parts = Participant.objects.filter(conversation_id=talk.id, user=person.user, left_at_ms__isnull=True)
    return parts.exists()


def test_a_colleague_who_comes_reads_along_and_the_trail_knows(talk: Talk) -> None:
    bo = talk.line.counsellor(name="Bo Lie")
    side = _open(talk, bo)
    assert not _reads(bo, talk)
    with pytest.raises(NotAllowed):
        key_to_read(actor=bo.user, turn=talk.child.turn, keyring=bo.keyring, session="s")
    assert for_staff(shift_at(talk.line.service.pk), bo.pk)["asked"] == [str(side.pk)]
    _join(bo, side)
    _say(bo, side, "ask who is at home")
    assert _texts(bo, talk) == _texts(talk.anna, talk) == ["what would you say?", "ask who is at home"]
    assert Entry.objects.filter(action="supervision.sidetalk.joined", actor_id=bo.pk).count() == 1
    read = Entry.objects.get(action="conversation.read", actor_id=bo.pk)
    assert read.subject == f"conversation:{talk.id}"


def test_the_child_sees_and_counts_nothing_of_it(talk: Talk) -> None:
    bo = talk.line.counsellor()
    last = Conversation.objects.get(pk=talk.id).last_seq
    side = _open(talk, bo)
    _join(bo, side)
    _say(bo, side, "ask who is at home")
    assert Conversation.objects.get(pk=talk.id).last_seq == last
    viewer = live.Viewer(talk.child.participant_id, "visitor")
    said = live.messages(conversation_id=talk.id, key=talk.child.key, viewer=viewer)
    assert [one.code or one.text for one in said] == ["joined", "there is a lighthouse"]


def test_a_supervisor_who_was_not_asked_reads_no_word_of_it(talk: Talk) -> None:
    bo = talk.line.counsellor()
    _join(bo, _open(talk, bo))
    talk.kari_reads()
    assert _texts(talk.kari, talk) == []


def test_closed_nobody_reads_along_and_what_was_said_stays_with_those_who_said_it(talk: Talk) -> None:
    bo = talk.line.counsellor()
    side = _open(talk, bo)
    _join(bo, side)
    leave_side_talk(actor=talk.anna.user, talk_id=side.pk, now_ms=now_ms())
    assert not _reads(bo, talk)
    assert _texts(talk.anna, talk) == ["what would you say?"]
    with pytest.raises(NotAllowed):
        key_to_read(actor=bo.user, turn=talk.child.turn, keyring=bo.keyring, session="s")
    with pytest.raises(Refused, match="closed"):
        _say(bo, side, "one more thing")
    assert _open(talk, bo).pk != side.pk


def test_a_colleague_leaves_or_says_no(talk: Talk) -> None:
    bo, cy = talk.line.counsellor(), talk.line.counsellor()
    side = _open(talk, bo, cy)
    _join(bo, side)
    leave_side_talk(actor=bo.user, talk_id=side.pk, now_ms=now_ms())
    leave_side_talk(actor=cy.user, talk_id=side.pk, now_ms=now_ms())
    assert not _reads(bo, talk)
    with pytest.raises(NotAllowed):
        _say(bo, side, "one more thing")
    with pytest.raises(NotAllowed):
        _join(cy, side)
    assert SideTalk.objects.get().closed_at_ms is None


def test_a_supervisor_who_was_asked_goes_on_reading_when_it_is_closed(talk: Talk) -> None:
    talk.kari_reads()
    side = _open(talk, talk.kari)
    _join(talk.kari, side)
    leave_side_talk(actor=talk.anna.user, talk_id=side.pk, now_ms=now_ms())
    assert Participant.objects.get(user=talk.kari.user, left_at_ms__isnull=True).role == "supervisor"


def test_it_ends_with_the_talk(talk: Talk) -> None:
    bo = talk.line.counsellor()
    _join(bo, _open(talk, bo))
    end_talk(actor=talk.anna.user, conversation_id=talk.id, key=talk.child.key, now_ms=now_ms())
    assert SideTalk.objects.get().closed_at_ms is not None
    assert not _reads(bo, talk)


def test_only_the_counsellor_opens_one_and_asks_who_holds_the_key(talk: Talk) -> None:
    bo = talk.line.counsellor()
    with pytest.raises(NotAllowed):
        open_side_talk(
            actor=bo.user,
            conversation_id=talk.id,
            colleagues=[talk.anna.pk],
            text="",
            keyring=bo.keyring,
            now_ms=now_ms(),
        )
    with pytest.raises(Refused, match="holds the key"):
        _open(talk)
    stranger = talk.line.member()
    side = _open(talk, bo)
    with pytest.raises(NotAllowed, match="not asked"):
        _join(stranger, side)


def test_its_words_are_sealed_and_destroyed_with_the_conversation(talk: Talk) -> None:
    bo = talk.line.counsellor()
    _join(bo, _open(talk, bo))
    assert b"would" not in bytes(SideTalkWords.objects.get().sealed)
    destroy_at_once([talk.id])
    assert not SideTalk.objects.exists()
    assert not SideTalkPart.objects.exists()
    assert not SideTalkWords.objects.exists()


def test_it_is_pressed_on_the_desk(talk: Talk) -> None:
    bo = talk.line.counsellor(name="Bo Lie")
    anna, his = (signed_in_client(one.user, password=PASSWORD) for one in (talk.anna, bo))
    desk = f"{reverse('helpline:desk')}?talk={talk.id}"
    assert "Ask colleagues" in anna.get(desk).content.decode()
    anna.post(reverse("supervision:open_side_talk", args=[talk.id]), {"colleagues": [bo.pk], "text": "what now?"})
    side = SideTalk.objects.get()
    assert "Anna Berg asks you beside a talk." in his.get(reverse("helpline:desk")).content.decode()
    his.post(reverse("supervision:join_side_talk", args=[side.pk]))
    shown = his.get(desk).content.decode()
    assert "what now?" in shown
    assert "The child does not see that you do." in shown
    his.post(reverse("supervision:say_in_side_talk", args=[side.pk]), {"text": "breathe"})
    assert "breathe" in anna.get(desk).content.decode()
    his.post(reverse("supervision:leave_side_talk", args=[side.pk]))
    assert "what now?" not in his.get(desk).content.decode()


def test_it_closes_when_the_conversation_changes_hands(talk: Talk) -> None:
    bo, cy = talk.line.counsellor(name="Bo Lie"), talk.line.counsellor(name="Cy Dahl")
    side = _open(talk, bo)
    _join(bo, side)
    talk.hand_over(cy)
    assert SideTalk.objects.get().closed_at_ms is not None
    assert not _reads(bo, talk)
    own = open_side_talk(
        actor=cy.user,
        conversation_id=talk.id,
        colleagues=[bo.pk],
        text="and now?",
        keyring=cy.keyring,
        now_ms=now_ms(),
    )
    assert own.opened_by_id == cy.pk
    assert _texts(cy, talk) == ["and now?"]


def test_whoever_is_asked_and_takes_the_conversation_over_keeps_it(talk: Talk) -> None:
    bo = talk.line.counsellor()
    _join(bo, _open(talk, bo))
    talk.hand_over(bo)
    assert Participant.objects.get(user=bo.user, left_at_ms__isnull=True).role == "counsellor"


def test_a_letter_laid_back_has_no_talk_beside_it(talk: Talk) -> None:
    bo, letter = talk.line.counsellor(), talk.line.child(channel="letter")
    take_letter(actor=talk.anna.user, service=talk.line.service, keyring=talk.anna.keyring, now_ms=now_ms())
    side = open_side_talk(
        actor=talk.anna.user,
        conversation_id=letter.conversation_id,
        colleagues=[bo.pk],
        text="",
        keyring=talk.anna.keyring,
        now_ms=now_ms(),
    )
    lay_back_letter(actor=talk.anna.user, conversation_id=letter.conversation_id, now_ms=now_ms())
    assert SideTalk.objects.get(pk=side.pk).closed_at_ms is not None


def test_one_that_somebody_else_left_open_is_closed_before_an_own_one(talk: Talk) -> None:
    bo, cy = talk.line.counsellor(), talk.line.counsellor()
    old = SideTalk.objects.create(conversation_id=talk.id, opened_by=cy.user, opened_at_ms=1)
    assert _open(talk, bo).opened_by_id == talk.anna.pk
    assert SideTalk.objects.get(pk=old.pk).closed_at_ms is not None


def test_asked_again_a_colleague_is_not_here_before_they_come(talk: Talk) -> None:
    bo = talk.line.counsellor(name="Bo Lie")
    side = _open(talk, bo)
    _join(bo, side)
    _open(talk, bo, text="still here?")
    assert _here(talk) == ("Anna Berg", "Bo Lie")
    leave_side_talk(actor=bo.user, talk_id=side.pk, now_ms=now_ms())
    _open(talk, bo, text="once more?")
    assert _here(talk) == ("Anna Berg",)
    _join(bo, side)
    assert _reads(bo, talk)


def _here(talk: Talk) -> tuple[str, ...]:
    now = side_talk_of(talk.child.turn, talk.anna.user)
    return now.here if now else ()


def test_who_stops_reading_is_not_here(talk: Talk) -> None:
    bo = talk.line.counsellor()
    side = _open(talk, bo)
    _join(bo, side)
    stop_reading(actor=bo.user, conversation_id=talk.id, now_ms=now_ms())
    assert _here(talk) == ("Anna Berg",)
    with pytest.raises(NotAllowed):
        _say(bo, side, "from the street")


def test_at_the_end_of_a_duty_its_parts_end(talk: Talk) -> None:
    bo, cy = talk.line.counsellor(name="Bo Lie"), talk.line.counsellor()
    side = _open(talk, bo, cy)
    _join(bo, side)
    go_off_duty(actor=bo.user, service=talk.line.service, give_back=False, now_ms=now_ms())
    assert _here(talk) == ("Anna Berg",)
    assert not _reads(bo, talk)
    go_off_duty(actor=cy.user, service=talk.line.service, give_back=False, now_ms=now_ms())
    assert not SideTalkPart.objects.filter(left_at_ms__isnull=True).exists()
    go_off_duty(actor=talk.anna.user, service=talk.line.service, give_back=True, now_ms=now_ms())
    assert SideTalk.objects.get().closed_at_ms is not None


@pytest.mark.parametrize("away", [{"alive_until_ms": 1}, {"locked_at_ms": 1}, {"ended_at_ms": 1}])
def test_only_who_is_there_is_asked(talk: Talk, away: dict[str, int]) -> None:
    bo = talk.line.counsellor()
    Duty.objects.filter(user=bo.user).update(**away)
    with pytest.raises(Refused, match="not on duty"):
        _open(talk, bo)
    assert not SideTalk.objects.exists()


@pytest.mark.parametrize("press", ["join", "say", "leave"])
def test_the_turn_is_locked_before_what_is_beside_it(talk: Talk, press: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the end of a talk does: the other way round two presses could wait for each other."""
    bo = talk.line.counsellor()
    side = _open(talk, bo)
    _join(bo, side)
    order: list[type] = []
    real = QuerySet.select_for_update

    def noted(rows: QuerySet[Any], *args: Any, **kwargs: Any) -> Any:
        order.append(rows.model)
        return real(rows, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "select_for_update", noted)
    if press == "join":
        _join(bo, side)
    elif press == "say":
        _say(bo, side, "breathe")
    else:
        leave_side_talk(actor=bo.user, talk_id=side.pk, now_ms=now_ms())
    assert [one for one in order if one in {Turn, SideTalk}] == [Turn, SideTalk]
