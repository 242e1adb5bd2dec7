"""Raised hands: who is called, who comes, and that nothing of it stays."""

import pytest
from django.db import DatabaseError
from django.urls import reverse

from havn.audit import api as audit
from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.duty import go_off_duty
from havn.helpline.actions.leases import sweep_forgotten
from havn.helpline.models import Duty
from havn.supervision.actions.hands import come, raise_hand, take_down
from havn.supervision.models import RaisedHand
from havn.supervision.queries.shift import for_staff, hands_at, shift_at
from havn.vault.models import ConversationKeyWrap
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Person
from tests.supervision.conftest import Talk
from tests.vault.factories import PASSWORD


def _raise(person: Person, talk: Talk, *, about: int | None = None, words: str = "") -> RaisedHand:
    return raise_hand(
        actor=person.user,
        service=talk.line.service,
        conversation_id=about,
        words=words,
        keyring=person.keyring,
        now_ms=now_ms(),
    )


def _told(talk: Talk, person: Person) -> dict[str, object]:
    return for_staff(shift_at(talk.line.service.pk), person.pk)


def test_a_hand_calls_the_supervisors_until_one_comes(talk: Talk) -> None:
    hand = _raise(talk.anna, talk, about=talk.id)
    other = talk.line.counsellor()
    assert _told(talk, talk.kari)["hands"] == [[str(hand.pk), hand.raised_at_ms]]
    assert _told(talk, talk.anna)["hands"] == []
    assert _told(talk, other)["hands"] == []
    come(actor=talk.kari.user, duty_id=hand.pk, now_ms=now_ms())
    assert _told(talk, talk.kari)["hands"] == []
    assert _told(talk, talk.anna)["coming"] == talk.kari.pk
    (shown,) = hands_at(talk.line.service.pk)
    assert shown.coming == "Kari Coordinator"


@pytest.mark.parametrize("about_the_talk", [True, False])
def test_its_words_are_sealed_and_read_by_the_team(talk: Talk, about_the_talk: bool) -> None:
    hand = _raise(talk.anna, talk, about=talk.id if about_the_talk else None, words="I froze")
    assert b"froze" not in bytes(hand.words_sealed)
    lead = signed_in_client(talk.kari.user, password=PASSWORD)
    wall = lead.get(reverse("helpline:wall")).content.decode()
    assert "Anna Berg needs you." in wall
    assert "I froze" not in wall
    reads = Entry.objects.filter(action="conversation.read", actor_id=talk.kari.pk, subject=f"conversation:{talk.id}")
    assert not reads.exists()
    for _time in range(2):
        assert "I froze" in lead.get(reverse("helpline:desk")).content.decode()
    assert reads.count() == (1 if about_the_talk else 0)


def test_without_the_trail_no_word_of_a_talk_is_shown(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    _raise(talk.anna, talk, about=talk.id, words="I froze")
    lead = signed_in_client(talk.kari.user, password=PASSWORD)

    def broken(**_fields: object) -> None:
        raise DatabaseError("no trail")

    monkeypatch.setattr(audit, "record_read", broken)
    with pytest.raises(DatabaseError):
        lead.get(reverse("helpline:desk"))


def test_down_it_leaves_nothing(talk: Talk) -> None:
    wraps = ConversationKeyWrap.objects.count()
    hand = _raise(talk.anna, talk, words="I froze")
    assert ConversationKeyWrap.objects.count() == wraps + 1
    _raise(talk.anna, talk, words="I froze again")
    assert ConversationKeyWrap.objects.count() == wraps + 1
    take_down(actor=talk.anna.user, duty_id=hand.pk)
    assert ConversationKeyWrap.objects.count() == wraps
    assert not RaisedHand.objects.exists()
    with pytest.raises(Refused, match="down already"):
        come(actor=talk.kari.user, duty_id=hand.pk, now_ms=now_ms())


def test_it_ends_with_the_duty_however_that_ends(talk: Talk) -> None:
    other = talk.line.counsellor()
    _raise(other, talk, words="I froze")
    go_off_duty(actor=other.user, service=talk.line.service, give_back=False, now_ms=now_ms())
    assert not RaisedHand.objects.exists()
    _raise(talk.anna, talk)
    Duty.objects.filter(user=talk.anna.user).update(alive_until_ms=1)
    sweep_forgotten(now_ms())
    assert not RaisedHand.objects.exists()


def test_a_lost_line_leaves_the_hand_up(talk: Talk) -> None:
    _raise(talk.anna, talk)
    Duty.objects.filter(user=talk.anna.user).update(alive_until_ms=1)
    assert len(hands_at(talk.line.service.pk)) == 1


def test_who_may_come_and_who_may_take_it_down(talk: Talk) -> None:
    hand = _raise(talk.anna, talk)
    other = talk.line.counsellor()
    with pytest.raises(NotAllowed):
        come(actor=other.user, duty_id=hand.pk, now_ms=now_ms())
    with pytest.raises(NotAllowed):
        take_down(actor=talk.kari.user, duty_id=hand.pk)
    come(actor=talk.kari.user, duty_id=hand.pk, now_ms=now_ms())
    take_down(actor=talk.kari.user, duty_id=hand.pk)
    own = _raise(talk.kari, talk)
    with pytest.raises(Refused, match="your own hand"):
        come(actor=talk.kari.user, duty_id=own.pk, now_ms=now_ms())


def test_a_hand_is_raised_on_duty_and_for_ones_own_talk_only(talk: Talk) -> None:
    with pytest.raises(Refused, match="Go on duty"):
        _raise(talk.line.member(), talk)
    with pytest.raises(NotAllowed):
        _raise(talk.line.counsellor(), talk, about=talk.id)


def test_the_first_who_comes_stands(talk: Talk) -> None:
    second = talk.line.member("supervisor", name="Per Lead")
    hand = _raise(talk.anna, talk)
    come(actor=talk.kari.user, duty_id=hand.pk, now_ms=now_ms())
    come(actor=second.user, duty_id=hand.pk, now_ms=now_ms())
    assert RaisedHand.objects.get().coming_id == talk.kari.pk


def test_desk_and_wall_show_it_and_take_the_presses(talk: Talk) -> None:
    anna = signed_in_client(talk.anna.user, password=PASSWORD)
    lead = signed_in_client(talk.kari.user, password=PASSWORD)
    desk = f"{reverse('helpline:desk')}?talk={talk.id}"
    assert "I need you" in anna.get(desk).content.decode()
    anna.post(reverse("supervision:raise_hand"), {"talk": talk.id, "words": ""})
    hand = RaisedHand.objects.get()
    assert hand.conversation_id == talk.id
    assert "Your hand is up." in anna.get(desk).content.decode()
    assert "Anna Berg needs you." in lead.get(reverse("helpline:desk")).content.decode()
    way = lead.post(reverse("supervision:come", args=[hand.pk]), {"from": "wall"}).headers["Location"]
    assert way.startswith(reverse("helpline:wall"))
    assert "Kari Coordinator is coming to you." in anna.get(desk).content.decode()
    lead.post(reverse("supervision:take_hand_down", args=[hand.pk]))
    assert not RaisedHand.objects.exists()
