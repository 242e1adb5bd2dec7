"""Handing over: asked, accepted or declined; refused means it stays, and the record travels."""

import pytest

from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.record import save_record
from havn.helpline.actions.transfers import accept_transfer, decline_transfer, offer_transfer, withdraw_transfer
from havn.helpline.models import Duty, Record, Transfer
from havn.helpline.queries.queue import snapshot
from havn.helpline.queries.screens import for_staff
from tests.helpline.factories import COMPLETE, Child, Line, Person, make_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Line:
    return make_line()


@pytest.fixture
def talk(line: Line) -> tuple[Person, Person, Child]:
    anna, bo = line.counsellor(shown_name="Anna"), line.counsellor(shown_name="Bo")
    child = line.child()
    line.take(anna)
    return anna, bo, child


def _offer(by: Person, to: Person, child: Child, reason: str = "I leave at nine") -> Transfer:
    return offer_transfer(
        actor=by.user,
        conversation_id=child.conversation_id,
        to=to.user,
        reason=reason,
        keyring=by.keyring,
        now_ms=now_ms(),
    )


def _accept(person: Person, child: Child) -> None:
    accept_transfer(actor=person.user, conversation_id=child.conversation_id, keyring=person.keyring, now_ms=now_ms())


def test_until_it_is_accepted_the_talk_stays_where_it_is(talk: tuple[Person, Person, Child]) -> None:
    anna, bo, child = talk
    offer = _offer(anna, bo, child)
    assert child.turn.counsellor_id == anna.pk
    assert b"nine" not in bytes(offer.reason_sealed)
    assert child.events() == ["joined"]


def test_accepting_hands_the_talk_and_its_record_over(talk: tuple[Person, Person, Child]) -> None:
    anna, bo, child = talk
    save_record(
        actor=anna.user,
        conversation_id=child.conversation_id,
        version=0,
        values={"reasons": ["gaming"]},
        summary=None,
        key=child.key,
    )
    _offer(anna, bo, child)
    _accept(bo, child)
    assert child.turn.counsellor_id == bo.pk
    assert Record.objects.get(pk=child.conversation_id).reasons == ["gaming"]
    assert child.events() == ["joined", "handed-over"]
    assert not Transfer.objects.exists()
    with pytest.raises(NotAllowed):
        save_record(
            actor=anna.user,
            conversation_id=child.conversation_id,
            version=1,
            values=COMPLETE,
            summary=None,
            key=child.key,
        )


def test_declining_leaves_the_talk_with_whoever_offered_it_and_tells_them(
    line: Line, talk: tuple[Person, Person, Child]
) -> None:
    anna, bo, child = talk
    _offer(anna, bo, child)
    assert for_staff(snapshot(line.service.pk), bo.pk)["offers"] == [child.conversation_id]
    decline_transfer(actor=bo.user, conversation_id=child.conversation_id)
    assert child.turn.counsellor_id == anna.pk
    told = snapshot(line.service.pk)
    assert for_staff(told, bo.pk)["offers"] == []
    assert for_staff(told, anna.pk)["declined"] == [child.conversation_id]
    with pytest.raises(Refused, match="no longer open"):
        _accept(bo, child)


def test_a_declined_talk_can_be_offered_again(talk: tuple[Person, Person, Child]) -> None:
    anna, bo, child = talk
    _offer(anna, bo, child)
    decline_transfer(actor=bo.user, conversation_id=child.conversation_id)
    _offer(anna, bo, child)
    _accept(bo, child)
    assert child.turn.counsellor_id == bo.pk


def test_an_offer_can_be_taken_back(talk: tuple[Person, Person, Child]) -> None:
    anna, bo, child = talk
    _offer(anna, bo, child)
    withdraw_transfer(actor=anna.user, conversation_id=child.conversation_id)
    with pytest.raises(Refused, match="no longer open"):
        _accept(bo, child)


def test_only_the_one_who_was_asked_answers(line: Line, talk: tuple[Person, Person, Child]) -> None:
    anna, bo, child = talk
    _offer(anna, bo, child)
    third = line.counsellor()
    with pytest.raises(NotAllowed):
        _accept(third, child)
    with pytest.raises(NotAllowed):
        decline_transfer(actor=third.user, conversation_id=child.conversation_id)


def test_nobody_offers_a_talk_of_others(line: Line, talk: tuple[Person, Person, Child]) -> None:
    _anna, bo, child = talk
    with pytest.raises(NotAllowed):
        _offer(bo, line.counsellor(), child)


def test_a_colleague_must_be_on_duty_and_speak_the_language(line: Line, talk: tuple[Person, Person, Child]) -> None:
    anna, bo, child = talk
    with pytest.raises(Refused, match="not on duty"):
        _offer(anna, line.member(), child)
    with pytest.raises(Refused, match="language"):
        _offer(anna, line.counsellor(languages=("da",)), child)
    Duty.objects.filter(user=bo.user).update(alive_until_ms=0)
    with pytest.raises(Refused, match="not on duty"):
        _offer(anna, bo, child)


def test_an_accepted_talk_may_be_the_third_and_never_the_fourth(line: Line, talk: tuple[Person, Person, Child]) -> None:
    anna, bo, child = talk
    for _ in range(2):
        line.child()
        line.take(bo)
    _offer(anna, bo, child)
    _accept(bo, child)
    second = line.child()
    line.take(anna)
    _offer(anna, bo, second)
    with pytest.raises(Refused, match="seats are full"):
        _accept(bo, second)
