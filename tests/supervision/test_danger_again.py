"""Imminent danger that goes on: after the second person was due, in the next attempt, without the one who opened it."""

import pytest
import time_machine
from django.urls import reverse

from havn.audit.models import Entry
from havn.common.clock import from_ms, now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.duty import go_off_duty
from havn.helpline.actions.ending import end_talk
from havn.helpline.actions.record import save_record
from havn.helpline.actions.risk import set_risk
from havn.helpline.actions.visits import ask_again
from havn.helpline.models import Record
from havn.supervision.actions.escalation import close_escalation, come_as_second, save_escalation
from havn.supervision.models import Escalation
from havn.supervision.queries.shift import for_staff, shift_at
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Person
from tests.supervision.conftest import Talk
from tests.supervision.test_escalation import NEEDED, WRITTEN
from tests.vault.factories import PASSWORD

MINUTES = 60_000


def _judge(talk: Talk, risk: str = "imminent") -> None:
    set_risk(actor=talk.anna.user, conversation_id=talk.id, risk=risk, key=talk.child.key)


def _come(person: Person, talk: Talk) -> None:
    come_as_second(actor=person.user, conversation_id=talk.id, keyring=person.keyring, now_ms=now_ms())


def _save(person: Person, talk: Talk, version: int = 0) -> None:
    save_escalation(
        actor=person.user, conversation_id=talk.id, version=version, done=NEEDED, written=WRITTEN, key=talk.child.key
    )


def _close(person: Person, talk: Talk) -> Escalation:
    return close_escalation(actor=person.user, conversation_id=talk.id, key=talk.child.key, now_ms=now_ms())


def _ends_and_asks_again(talk: Talk) -> None:
    end_talk(actor=talk.anna.user, conversation_id=talk.id, key=talk.child.key, now_ms=now_ms())
    ask_again(conversation_id=talk.id, key=talk.child.key, now_ms=now_ms())


def _taken_by_another(talk: Talk) -> Person:
    bo = talk.line.counsellor(name="Bo Lie")
    talk.line.take(bo)
    assert talk.child.turn.counsellor_id == bo.pk
    return bo


def _overdue(talk: Talk, person: Person) -> object:
    return for_staff(shift_at(talk.line.service.pk), person.pk)["overdue"]


def test_once_overdue_one_person_ends_it_no_more(talk: Talk) -> None:
    with time_machine.travel(from_ms(now_ms()), tick=False) as clock:
        _judge(talk)
        clock.shift(600)
        _judge(talk, "")
        there = Escalation.objects.get()
        assert _overdue(talk, talk.kari) == [str(there.pk)]
        assert not Entry.objects.filter(action="supervision.escalation.taken_back").exists()


def test_a_child_who_returns_in_danger_gets_a_checklist_anew(talk: Talk) -> None:
    with time_machine.travel(from_ms(now_ms()), tick=False) as clock:
        _judge(talk)
        _save(talk.anna, talk)
        _come(talk.kari, talk)
        _close(talk.anna, talk)
        assert _close(talk.kari, talk).closed_at_ms is not None
        clock.shift(3600)
        _ends_and_asks_again(talk)
        clock.shift(60)
        bo = _taken_by_another(talk)
        there = Escalation.objects.get(closed_at_ms__isnull=True)
        assert (there.opened_by_id, there.second_id) == (bo.pk, None)
        assert there.due_at_ms == now_ms() + 10 * MINUTES


def test_an_open_one_of_an_earlier_attempt_calls_anew(talk: Talk) -> None:
    with time_machine.travel(from_ms(now_ms()), tick=False) as clock:
        _judge(talk)
        _save(talk.anna, talk)
        _come(talk.kari, talk)
        _close(talk.anna, talk)
        clock.shift(3600)
        _ends_and_asks_again(talk)
        assert Escalation.objects.get().second_id == talk.kari.pk
        clock.shift(60)
        _taken_by_another(talk)
        there = Escalation.objects.get()
        assert (there.second_id, there.second_at_ms, there.close_asked_by_id) == (None, None, None)
        assert there.due_at_ms == now_ms() + 10 * MINUTES
        clock.shift(600)
        assert _overdue(talk, talk.kari) == [str(there.pk)]
        _come(talk.kari, talk)
        assert Escalation.objects.get().second_id == talk.kari.pk


def test_in_the_same_attempt_nothing_puts_the_second_person_off(talk: Talk) -> None:
    with time_machine.travel(from_ms(now_ms()), tick=False) as clock:
        _judge(talk)
        due = Escalation.objects.get().due_at_ms
        clock.shift(700)
        _judge(talk, "high")
        _judge(talk)
        talk.hand_over(talk.line.counsellor())
        assert Escalation.objects.get().due_at_ms == due


def test_judged_while_the_child_waits_it_is_opened_by_who_judged_it(talk: Talk) -> None:
    _ends_and_asks_again(talk)
    assert talk.child.turn.counsellor_id is None
    version = Record.objects.get(pk=talk.id).version
    save_record(
        actor=talk.anna.user,
        conversation_id=talk.id,
        version=version,
        values={"risk": "imminent"},
        summary=None,
        key=talk.child.key,
    )
    assert Escalation.objects.get().opened_by_id == talk.anna.pk


def _left_by_its_opener(talk: Talk) -> None:
    _judge(talk)
    _save(talk.anna, talk)
    _come(talk.kari, talk)
    go_off_duty(actor=talk.anna.user, service=talk.line.service, give_back=True, now_ms=now_ms())


def test_a_third_supervisor_stands_in_by_name_for_an_opener_who_is_gone(talk: Talk) -> None:
    per = talk.line.member("supervisor", name="Per Lead")
    _left_by_its_opener(talk)
    assert _close(talk.kari, talk).closed_at_ms is None
    assert _close(talk.kari, talk).closed_at_ms is None
    closed = _close(per, talk)
    assert closed.closed_at_ms is not None
    assert (closed.stand_in_id, closed.opened_by_id, closed.closed_by_id) == (per.pk, talk.anna.pk, per.pk)
    page = signed_in_client(talk.kari.user, password=PASSWORD).get(reverse("supervision:escalation", args=[talk.id]))
    assert "Per Lead stands in for the one who opened it." in page.content.decode()


def test_nobody_stands_in_for_an_opener_who_is_there_or_before_a_second_has_come(talk: Talk) -> None:
    per, bo = talk.line.member("supervisor"), talk.line.counsellor()
    _judge(talk)
    _save(talk.anna, talk)
    with pytest.raises(NotAllowed):
        _save(per, talk, 1)
    _come(talk.kari, talk)
    with pytest.raises(NotAllowed):
        _close(per, talk)
    go_off_duty(actor=talk.anna.user, service=talk.line.service, give_back=True, now_ms=now_ms())
    with pytest.raises(NotAllowed):
        _close(bo, talk)


def test_the_opener_who_is_back_signs_and_not_who_stood_in(talk: Talk) -> None:
    per, other = talk.line.member("supervisor"), talk.line.member("supervisor")
    _left_by_its_opener(talk)
    assert _close(per, talk).close_asked_by_id == per.pk
    with pytest.raises(NotAllowed):
        _close(other, talk)
    talk.line.on_duty(talk.anna)
    back = _close(talk.anna, talk)
    assert (back.closed_at_ms, back.close_asked_by_id, back.stand_in_id) == (None, talk.anna.pk, None)
    assert _close(talk.kari, talk).closed_at_ms is not None


def test_a_change_sends_the_stand_in_away(talk: Talk) -> None:
    per = talk.line.member("supervisor")
    _left_by_its_opener(talk)
    _close(per, talk)
    save_escalation(
        actor=talk.kari.user, conversation_id=talk.id, version=1, done=[], written=WRITTEN, key=talk.child.key
    )
    there = Escalation.objects.get()
    assert (there.close_asked_by_id, there.stand_in_id) == (None, None)
    with pytest.raises(Refused, match="still missing"):
        _close(per, talk)
