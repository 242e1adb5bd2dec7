"""Whoever goes off duty leaves nothing stuck: the second person, the stand-in, the counsellor who read on."""

import pytest
from django.test import Client
from django.urls import reverse

from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.duty import go_off_duty
from havn.helpline.actions.ending import end_talk
from havn.helpline.actions.reading import key_to_read
from havn.helpline.actions.record import complete_and_close, save_record
from havn.helpline.actions.risk import set_risk
from havn.helpline.models import Duty, Record, Turn
from havn.live.models import Participant
from havn.supervision.actions.escalation import close_escalation, come_as_second, save_escalation
from havn.supervision.actions.side_talks import open_side_talk
from havn.supervision.actions.take_over import take_over
from havn.supervision.models import Escalation
from havn.supervision.queries.shift import for_staff, shift_at
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import COMPLETE, Person
from tests.supervision.conftest import Talk
from tests.supervision.test_escalation import NEEDED, WRITTEN
from tests.vault.factories import PASSWORD


def _judge(talk: Talk, risk: str = "imminent") -> None:
    set_risk(actor=talk.anna.user, conversation_id=talk.id, risk=risk, key=talk.child.key)


def _come(person: Person, talk: Talk) -> Escalation:
    return come_as_second(actor=person.user, conversation_id=talk.id, keyring=person.keyring, now_ms=now_ms())


def _save(person: Person, talk: Talk, version: int = 0) -> None:
    save_escalation(
        actor=person.user, conversation_id=talk.id, version=version, done=NEEDED, written=WRITTEN, key=talk.child.key
    )


def _close(person: Person, talk: Talk) -> Escalation:
    return close_escalation(actor=person.user, conversation_id=talk.id, key=talk.child.key, now_ms=now_ms())


def _off(person: Person, talk: Talk) -> None:
    go_off_duty(actor=person.user, service=talk.line.service, give_back=True, now_ms=now_ms())


def _overdue(talk: Talk, person: Person) -> object:
    return for_staff(shift_at(talk.line.service.pk), person.pk)["overdue"]


def _lead(talk: Talk, name: str) -> Person:
    return talk.line.on_duty(talk.line.member("supervisor", name=name), role="supervisor", seats=0)


def _client(person: Person) -> Client:
    return signed_in_client(person.user, password=PASSWORD)


def test_without_its_second_person_it_calls_for_another_at_once(talk: Talk) -> None:
    per = _lead(talk, "Per Lead")
    _judge(talk)
    _come(talk.kari, talk)
    _save(talk.anna, talk)
    _close(talk.kari, talk)
    assert _overdue(talk, per) == []
    _off(talk.kari, talk)
    there = Escalation.objects.get()
    assert (there.second_id, there.close_asked_by_id) == (None, None)
    assert _overdue(talk, per) == [str(there.pk)]
    assert "Another one has to come." in _client(per).get(reverse("helpline:wall")).content.decode()
    _come(per, talk)
    assert _overdue(talk, talk.kari) == []
    _close(talk.anna, talk)
    assert _close(per, talk).closed_at_ms is not None


def test_what_the_opener_pressed_stands_when_the_second_person_goes(talk: Talk) -> None:
    per = _lead(talk, "Per Lead")
    _judge(talk)
    _come(talk.kari, talk)
    _save(talk.anna, talk)
    _close(talk.anna, talk)
    _off(talk.kari, talk)
    assert Escalation.objects.get().close_asked_by_id == talk.anna.pk
    _come(per, talk)
    assert _close(per, talk).closed_at_ms is not None


def test_one_person_ends_no_danger_that_a_second_has_come_for_and_left(talk: Talk) -> None:
    _judge(talk)
    _come(talk.kari, talk)
    _off(talk.kari, talk)
    _judge(talk, "")
    assert Escalation.objects.filter(closed_at_ms__isnull=True).count() == 1


def test_another_comes_in_place_of_a_second_person_who_is_not_on_duty(talk: Talk) -> None:
    away, per = _lead(talk, "Eli Away"), _lead(talk, "Per Lead")
    _judge(talk)
    _come(away, talk)
    Duty.objects.filter(user=away.user).update(ended_at_ms=now_ms())
    assert "the second person" in _client(per).get(reverse("supervision:escalation", args=[talk.id])).content.decode()
    _come(per, talk)
    assert Escalation.objects.get().second_id == per.pk
    with pytest.raises(Refused, match="there already"):
        _come(talk.kari, talk)


def test_who_is_not_on_duty_is_told_to_go_on_duty_before_coming(talk: Talk) -> None:
    away = talk.line.member("supervisor", name="Eli Away")
    _judge(talk)
    page = _client(away).post(reverse("supervision:come_as_second", args=[talk.id]), follow=True)
    assert "Go on duty first." in page.content.decode()
    assert Escalation.objects.get().second_id is None


def test_what_is_gone_while_somebody_goes_off_duty_holds_nobody(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    _judge(talk)
    _come(talk.kari, talk)
    open_side_talk(
        actor=talk.anna.user,
        conversation_id=talk.id,
        colleagues=[talk.kari.pk],
        text="",
        keyring=talk.anna.keyring,
        now_ms=now_ms(),
    )
    Participant.objects.filter(user=talk.kari.user).update(role=Participant.Role.COLLEAGUE)

    def gone(conversation_id: int) -> Turn:
        raise Refused("gone")

    for module in ("escalation", "side_talks", "take_over"):
        monkeypatch.setattr(f"havn.supervision.actions.{module}.locked", gone)
    _off(talk.kari, talk)
    assert not Duty.objects.filter(user=talk.kari.user, ended_at_ms__isnull=True).exists()


def test_who_stood_in_and_went_home_leaves_room_for_another(talk: Talk) -> None:
    per, eli = _lead(talk, "Per Lead"), _lead(talk, "Eli Lead")
    _judge(talk)
    _save(talk.anna, talk)
    _come(talk.kari, talk)
    _off(talk.anna, talk)
    assert _close(per, talk).stand_in_id == per.pk
    with pytest.raises(NotAllowed):
        _close(eli, talk)
    _off(per, talk)
    there = Escalation.objects.get()
    assert (there.stand_in_id, there.close_asked_by_id) == (None, None)
    _close(talk.kari, talk)
    assert _close(eli, talk).closed_at_ms is not None


def test_the_talks_counsellor_of_now_stands_in_for_an_opener_who_is_gone(talk: Talk) -> None:
    bo = talk.line.counsellor(name="Bo Lie")
    _judge(talk)
    _save(talk.anna, talk)
    _come(talk.kari, talk)
    talk.hand_over(bo)
    with pytest.raises(Refused, match="closed by the one who opened it"):
        _close(bo, talk)
    _off(talk.anna, talk)
    assert _close(bo, talk).stand_in_id == bo.pk
    assert _close(talk.kari, talk).closed_at_ms is not None


def _coded(talk: Talk) -> None:
    end_talk(actor=talk.anna.user, conversation_id=talk.id, key=talk.child.key, now_ms=now_ms())
    save_record(
        actor=talk.anna.user,
        conversation_id=talk.id,
        version=Record.objects.get(pk=talk.id).version,
        values={**COMPLETE, "risk": "imminent"},
        summary=None,
        key=talk.child.key,
    )
    complete_and_close(actor=talk.anna.user, conversation_id=talk.id, key=talk.child.key, now_ms=now_ms())


def test_a_second_person_who_comes_when_the_talk_is_coded_reads_and_closes_on_the_page(talk: Talk) -> None:
    address = reverse("supervision:escalation", args=[talk.id])
    anna, kari = _client(talk.anna), _client(talk.kari)
    _judge(talk)
    _save(talk.anna, talk)
    _coded(talk)
    assert "the street" not in kari.get(address).content.decode()
    kari.post(reverse("supervision:come_as_second", args=[talk.id]))
    assert "the street" in kari.get(address).content.decode()
    for client in (kari, anna):
        client.post(address, {"version": 1, "done": NEEDED, **WRITTEN, "close": "1"})
    assert Escalation.objects.get().closed_at_ms is not None


def test_an_opener_who_has_handed_the_talk_on_still_signs_on_the_page(talk: Talk) -> None:
    address = reverse("supervision:escalation", args=[talk.id])
    _judge(talk)
    _save(talk.anna, talk)
    _come(talk.kari, talk)
    talk.hand_over(talk.line.counsellor(name="Bo Lie"))
    for person in (talk.anna, talk.kari):
        _client(person).post(address, {"version": 1, "done": NEEDED, **WRITTEN, "close": "1"})
    assert Escalation.objects.get().closed_at_ms is not None


def test_whose_talk_was_taken_over_reads_on_only_while_on_duty(talk: Talk) -> None:
    talk.kari_reads()
    talk.line.on_duty(talk.kari, role="supervisor", seats=1)
    take_over(
        actor=talk.kari.user,
        conversation_id=talk.id,
        from_id=talk.anna.pk,
        reason="the bridge again",
        keyring=talk.kari.keyring,
        now_ms=now_ms(),
    )
    assert key_to_read(actor=talk.anna.user, turn=talk.child.turn, keyring=talk.anna.keyring, session="s")
    _off(talk.anna, talk)
    assert not Participant.objects.filter(user=talk.anna.user, left_at_ms__isnull=True).exists()
    with pytest.raises(NotAllowed):
        key_to_read(actor=talk.anna.user, turn=talk.child.turn, keyring=talk.anna.keyring, session="s")
