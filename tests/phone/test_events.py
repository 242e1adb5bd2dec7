"""Events of calls: what rings, what opens at whose desk, what stops; in any order, twice, or never."""

import itertools
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havn.common.clock import now_ms
from havn.common.errors import Refused
from havn.helpline.actions.ending import end_talk
from havn.helpline.models import Contact, Turn
from havn.phone.actions.calls import claim_call, start_call
from havn.phone.models import Call
from havn.phone.queries.calls import calls_at, for_staff
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Line, Person, make_line
from tests.phone.factories import MINUTE, Telephone, make_phone, the_call, the_turn
from tests.vault.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Line:
    return make_line()


@pytest.fixture
def anna(line: Line) -> Person:
    return line.counsellor(name="Anna", language="en")


@pytest.fixture
def phone(line: Line, anna: Person) -> Telephone:
    return make_phone(line, {"101": anna})


def _claims(line: Line, person: Person) -> Turn:
    return claim_call(
        actor=person.user, service=line.service, call_id=the_call().pk, keyring=person.keyring, now_ms=now_ms()
    )


def test_a_call_rings_at_the_desk_opens_where_it_is_answered_and_stops(
    line: Line, anna: Person, phone: Telephone
) -> None:
    start = now_ms() - 5 * MINUTE
    phone.rings("1", at_ms=start)
    calls = calls_at(line.service.pk)
    assert [(call.since_ms, call.times) for call in calls.ringing] == [(start, 0)]
    assert not Turn.objects.exists()
    phone.answers("1", at_ms=start + MINUTE)
    turn = the_turn()
    assert (turn.counsellor_id, turn.state) == (anna.pk, "talking")
    assert (turn.waiting_since_ms, turn.taken_at_ms) == (start, start + MINUTE)
    calls = calls_at(line.service.pk)
    assert (calls.ringing, calls.unclaimed, calls.running) == ((), (), {anna.pk: turn.pk})
    assert for_staff(calls, anna.pk)["mine"] == turn.pk
    assert for_staff(calls, line.people[0].pk)["mine"] is None
    phone.ends("1", at_ms=start + 4 * MINUTE)
    turn.refresh_from_db()
    assert (turn.state, turn.ended_by, turn.ended_at_ms) == ("ended", "caller", start + 4 * MINUTE)
    assert not Contact.objects.exists()


def test_an_answer_at_nobodys_line_waits_for_whoever_says_mine(line: Line, phone: Telephone) -> None:
    bea = line.counsellor()
    phone.rings("1")
    phone.answers("1", "999")
    assert not Turn.objects.exists()
    assert [call.id for call in calls_at(line.service.pk).unclaimed] == [the_call().pk]
    turn = _claims(line, bea)
    assert turn.counsellor_id == bea.pk
    assert the_call().conversation_id == turn.pk
    assert calls_at(line.service.pk).unclaimed == ()
    with pytest.raises(Refused, match="somebody else"):
        _claims(line, bea)
    phone.ends("1")
    turn.refresh_from_db()
    assert turn.state == "ended"


def _begins(line: Line, person: Person, at_ms: int) -> Turn:
    return start_call(actor=person.user, service=line.service, keyring=person.keyring, now_ms=at_ms)


def test_a_call_that_was_begun_by_hand_is_the_one_that_is_told_of(line: Line, anna: Person, phone: Telephone) -> None:
    start = now_ms() - 5 * MINUTE
    turn = _begins(line, anna, start + MINUTE + 4000)
    phone.rings("1", at_ms=start)
    phone.answers("1", at_ms=start + MINUTE)
    assert the_turn().pk == turn.pk
    assert the_call().conversation_id == turn.pk
    assert (the_turn().waiting_since_ms, the_turn().taken_at_ms) == (start, start + MINUTE)
    phone.ends("1", at_ms=start + 4 * MINUTE)
    assert (the_turn().state, the_turn().ended_at_ms) == ("ended", start + 4 * MINUTE)


def test_a_call_begun_by_hand_is_claimed_as_the_one_at_nobodys_line(line: Line, anna: Person, phone: Telephone) -> None:
    phone.answers("1", "999")
    turn = _begins(line, anna, now_ms())
    assert _claims(line, anna).pk == turn.pk == the_turn().pk


def test_another_call_is_never_taken_for_one_begun_by_hand(line: Line, anna: Person, phone: Telephone) -> None:
    """Longer ago, told of already, or begun when what is told of was over."""
    start = now_ms() - 9 * MINUTE
    by_hand = _begins(line, anna, start)
    phone.answers("1", at_ms=start + 3 * MINUTE)
    assert Turn.objects.count() == 2
    phone.answers("2", at_ms=start + 3 * MINUTE + 1000)
    assert Turn.objects.count() == 3
    for turn in Turn.objects.all():
        key = anna.keyring.conversation_key(turn.pk)
        end_talk(actor=anna.user, conversation_id=turn.pk, key=key, now_ms=start + 4 * MINUTE)
    later = _begins(line, anna, start + 6 * MINUTE)
    assert later.pk != by_hand.pk
    phone.ends("3", at_ms=start + 5 * MINUTE + 30_000)
    phone.answers("3", at_ms=start + 5 * MINUTE)
    assert Turn.objects.count() == 5
    later.refresh_from_db()
    assert later.state == "talking"


def test_a_ringing_call_is_nobodys_to_claim(line: Line, anna: Person, phone: Telephone) -> None:
    phone.rings("1")
    with pytest.raises(Refused):
        _claims(line, anna)


def test_whoever_holds_no_key_any_more_is_given_no_call(line: Line, anna: Person, phone: Telephone) -> None:
    from havn.vault.models import TeamKeyWrap

    TeamKeyWrap.objects.filter(user=anna.user).delete()
    phone.answers("1")
    assert not Turn.objects.exists()
    assert len(calls_at(line.service.pk).unclaimed) == 1


def test_ended_at_the_desk_first_is_ended_once(line: Line, anna: Person, phone: Telephone) -> None:
    phone.answers("1", at_ms=now_ms() - 3 * MINUTE)
    turn = the_turn()
    key = anna.keyring.conversation_key(turn.pk)
    end_talk(actor=anna.user, conversation_id=turn.pk, key=key, now_ms=now_ms() - 2 * MINUTE)
    ended = Turn.objects.get(pk=turn.pk).ended_at_ms
    phone.ends("1")
    turn.refresh_from_db()
    assert (turn.ended_by, turn.ended_at_ms) == ("counsellor", ended)


def test_an_answer_told_after_the_end_still_opens_the_record(anna: Person, phone: Telephone) -> None:
    start = now_ms() - 5 * MINUTE
    phone.ends("1", at_ms=start + 3 * MINUTE)
    phone.answers("1", at_ms=start + MINUTE)
    turn = the_turn()
    assert (turn.state, turn.taken_at_ms, turn.ended_at_ms) == ("ended", start + MINUTE, start + 3 * MINUTE)
    assert turn.counsellor_id == anna.pk


def test_the_desk_shows_what_rings_and_asks_whose_it_is(line: Line, anna: Person, phone: Telephone) -> None:
    client = signed_in_client(anna.user, password=PASSWORD)
    phone.rings("1", number="+4799887766")
    page = client.get(reverse("helpline:desk")).content.decode()
    assert "A call rings" in page
    assert "times in 24 hours" not in page
    phone.ends("1", "no-answer")
    phone.rings("2", number="4799887766")
    page = client.get(reverse("helpline:desk")).content.decode()
    assert "called 2 times in 24 hours" in page
    phone.answers("2", "999")
    call = Call.objects.get(ended_ms__isnull=True)
    assert "Is it yours?" in client.get(reverse("helpline:desk")).content.decode()
    told = client.post(
        reverse("phone:claim", args=[call.pk]), {"service": line.service.pk}, headers={"accept": "application/json"}
    )
    assert told.json()["took"] == the_turn().pk
    page = client.get(reverse("helpline:desk"), {"talk": the_turn().pk}).content.decode()
    assert "On the phone" in page and "called 2 times in 24 hours" in page


EVENTS = ("ring", "answer", "end")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    told=st.lists(st.sampled_from(EVENTS), min_size=1, max_size=6),
    line_of=st.sampled_from(["101", "999"]),
)
def test_any_order_twice_or_never_leaves_what_is_true(
    line: Line, anna: Person, phone: Telephone, told: list[str], line_of: str
) -> None:
    """The three events of one call, each told any number of times: the same as told once and in order."""
    start = now_ms() - 5 * MINUTE
    seen: list[tuple[Any, ...]] = []
    for order in (told, sorted(set(told), key=EVENTS.index)):
        name = f"call-{next(_names)}"
        for event in order:
            {
                "ring": lambda name=name: phone.rings(name, at_ms=start),
                "answer": lambda name=name: phone.answers(name, line_of, at_ms=start + MINUTE),
                "end": lambda name=name: phone.ends(name, "no-answer", at_ms=start + 2 * MINUTE),
            }[event]()
        call = Call.objects.get()
        turn = Turn.objects.filter(pk=call.conversation_id).first()
        seen.append(
            (
                call.rang_ms, call.answered_ms, call.ended_ms, call.reason, call.answered_by_id,
                turn and (turn.state, turn.ended_by, turn.taken_at_ms, turn.ended_at_ms, turn.counsellor_id),
            )
        )  # fmt: skip
        Turn.objects.all().delete()
        Call.objects.all().delete()
    before, after = seen
    # Without its ringing the wait of an answered call begins when it was answered; all else is the same.
    assert before == after


_names = itertools.count(1)
