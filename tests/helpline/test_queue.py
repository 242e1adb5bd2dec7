"""The one Next button: who gets whom, and that nobody gets the same child or too many."""

import threading
from collections import Counter

import pytest
from django.db import connections

from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.taking import take_letter, take_next
from havn.helpline.models import Duty, Record, ServiceQueue, Turn
from havn.helpline.queries.queue import snapshot
from havn.helpline.queries.screens import for_staff
from havn.helpline.rules import queue as order
from tests.helpline.factories import Line, Person, make_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Line:
    return make_line()


def test_next_gives_the_child_who_waited_longest_and_opens_the_talk(line: Line) -> None:
    anna = line.counsellor(shown_name="Anna")
    line.child(waited_minutes=2)
    first = line.child(waited_minutes=9)
    turn = line.take(anna)
    assert turn.pk == first.conversation_id
    assert (turn.state, turn.counsellor_id) == ("talking", anna.pk)
    assert Turn.objects.get(pk=turn.pk).conversation.state == "open"
    assert first.events() == ["joined"]
    assert Record.objects.get(pk=turn.pk).completed_at is None


def test_a_child_in_danger_comes_before_one_who_waited_longer(line: Line) -> None:
    anna = line.counsellor()
    line.child(waited_minutes=20)
    grave = line.child(waited_minutes=1, in_danger=True)
    assert line.take(anna).pk == grave.conversation_id


def test_the_earlier_counsellors_judgement_counts_like_the_childs_press(line: Line) -> None:
    anna = line.counsellor()
    line.child(waited_minutes=20)
    grave = line.child(waited_minutes=1, risk="high")
    assert line.take(anna).pk == grave.conversation_id


def test_the_fourth_pick_goes_to_whoever_waited_longest(line: Line) -> None:
    patient = line.child(waited_minutes=60)
    for minutes in range(1, 6):
        line.child(waited_minutes=minutes, in_danger=True)
    taken = [line.take(line.counsellor(seats=1)).pk for _ in range(4)]
    assert taken[3] == patient.conversation_id
    assert ServiceQueue.objects.get(pk=line.service.pk).picks == 4


def test_nobody_takes_a_child_whose_language_they_do_not_speak(line: Line) -> None:
    anna = line.counsellor(languages=("en",))
    line.child(language="da")
    with pytest.raises(Refused, match="Nobody is waiting"):
        line.take(anna)


def test_a_child_who_is_away_is_skipped_and_keeps_the_place(line: Line) -> None:
    anna = line.counsellor()
    away = line.child(waited_minutes=30, away=True)
    here = line.child(waited_minutes=1)
    assert line.take(anna).pk == here.conversation_id
    Turn.objects.filter(pk=away.conversation_id).update(away_since_ms=None)
    line.child(waited_minutes=5)
    assert line.take(anna).pk == away.conversation_id


def test_nobody_takes_more_than_their_seats(line: Line) -> None:
    anna = line.counsellor(seats=2)
    for _ in range(3):
        line.child()
    line.take(anna)
    line.take(anna)
    with pytest.raises(Refused, match="seats are full"):
        line.take(anna)


def test_a_returned_child_may_be_the_third_and_nobody_the_fourth(line: Line) -> None:
    anna, bo = line.counsellor(), line.counsellor(seats=3)
    for _ in range(5):
        line.child()
    for _ in range(3):
        line.take(bo)
    line.take(anna)
    line.take(anna)
    Turn.objects.filter(counsellor_id=bo.pk).update(returned_at_ms=now_ms())
    taken = line.take(anna)
    assert Turn.objects.filter(counsellor_id=anna.pk, state="talking").count() == 3
    assert taken.returned_at_ms is None
    with pytest.raises(Refused, match="seats are full"):
        line.take(anna)


def test_a_returned_talk_goes_on_with_the_new_counsellor_and_the_child_is_told(line: Line) -> None:
    anna, bo = line.counsellor(shown_name="Anna"), line.counsellor(shown_name="Bo")
    child = line.child()
    began = line.take(anna).taken_at_ms
    Turn.objects.filter(pk=child.conversation_id).update(returned_at_ms=now_ms())
    turn = line.take(bo)
    assert (turn.counsellor_id, turn.taken_at_ms) == (bo.pk, began)
    assert child.events() == ["joined", "handed-over"]
    here = turn.conversation.participants.filter(left_at_ms__isnull=True, user__isnull=False)
    assert [one.user_id for one in here] == [bo.pk]


def test_seats_kept_for_high_risk_are_not_filled_with_ordinary_talks(line: Line) -> None:
    line.set(seats_for_high_risk=1)
    anna = line.counsellor(seats=2)
    line.child(waited_minutes=30)
    line.child(waited_minutes=20)
    line.take(anna)
    with pytest.raises(Refused, match=r"Nobody is waiting .* The free seat is kept for high risk"):
        line.take(anna)
    grave = line.child(in_danger=True)
    assert line.take(anna).pk == grave.conversation_id


def _mine(line: Line, person: Person) -> int:
    return int(for_staff(snapshot(line.service.pk), person.pk)["mine"])


def test_who_is_told_that_somebody_waits_gets_somebody_by_pressing_next(line: Line) -> None:
    line.set(seats_for_high_risk=1)
    anna = line.counsellor(seats=2)
    line.child(waited_minutes=30)
    line.child(waited_minutes=20)
    assert _mine(line, anna) == 2
    line.take(anna)
    assert _mine(line, anna) == 0
    line.child(in_danger=True)
    assert _mine(line, anna) == 1
    line.take(anna)
    assert _mine(line, anna) == 0
    line.child(in_danger=True)
    assert _mine(line, anna) == 0


def test_a_returned_talk_calls_nobody_who_already_has_the_most(line: Line) -> None:
    anna, bo = line.counsellor(seats=3), line.counsellor()
    returned = line.child()
    line.take(bo)
    for _ in range(2):
        line.child()
        line.take(anna)
    Turn.objects.filter(pk=returned.conversation_id).update(returned_at_ms=now_ms())
    assert _mine(line, anna) == 1
    line.set(seats_most=2)
    assert _mine(line, anna) == 0
    with pytest.raises(Refused, match="seats are full"):
        line.take(anna)


def test_a_colleague_whose_line_just_dropped_is_told_what_the_press_would_give(line: Line) -> None:
    anna = line.counsellor()
    line.child()
    Duty.objects.filter(user=anna.user).update(alive_until_ms=now_ms() - 60_000)
    assert _mine(line, anna) == 1
    assert line.take(anna)


def test_letters_are_counted_for_those_who_could_answer_them(line: Line) -> None:
    anna, dane = line.counsellor(languages=("en",)), line.counsellor(languages=("da",))
    line.child(channel="letter", language="da")
    queue = snapshot(line.service.pk)
    assert [for_staff(queue, one.pk)["letters"] for one in (anna, dane)] == [0, 1]
    assert queue.letters == 1


def test_without_duty_or_behind_the_lock_nobody_is_taken(line: Line) -> None:
    line.child()
    idle = line.member()
    with pytest.raises(Refused, match="Go on duty"):
        line.take(idle)
    anna = line.counsellor()
    Duty.objects.filter(user=anna.user).update(locked_at_ms=now_ms() - 1)
    with pytest.raises(Refused, match="Go on duty"):
        line.take(anna)


def test_a_press_after_the_desk_was_shut_is_a_sign_of_life(line: Line) -> None:
    child = line.child()
    anna = line.counsellor()
    Duty.objects.filter(user=anna.user).update(alive_until_ms=now_ms() - 60_000)
    assert line.take(anna).pk == child.conversation_id
    assert Duty.objects.get(user=anna.user).alive_until_ms > now_ms()


def test_a_colleague_of_another_organisation_takes_nobody(line: Line) -> None:
    stranger = make_line(centre_fields={"host": None}).counsellor()
    line.child()
    with pytest.raises(NotAllowed):
        line.take(stranger)


def test_somebody_without_the_key_is_told_to_ask_to_be_let_in(line: Line) -> None:
    anna = line.counsellor()
    line.child()
    anna.keyring.close()
    with pytest.raises(Refused, match="let you in"):
        line.take(anna)


def test_a_letter_is_taken_by_age_and_holds_no_seat_of_a_chat(line: Line) -> None:
    anna = line.counsellor(seats=1)
    line.child(channel="letter", waited_minutes=5)
    oldest = line.child(channel="letter", waited_minutes=50)
    line.child()
    letter = take_letter(actor=anna.user, service=line.service, keyring=anna.keyring, now_ms=now_ms())
    assert letter.pk == oldest.conversation_id
    assert line.take(anna).channel == "chat"


def test_a_place_is_told_in_the_order_of_picking(line: Line) -> None:
    line.counsellor()
    patient = line.child(waited_minutes=30)
    grave = line.child(waited_minutes=1, in_danger=True)
    last = line.child(waited_minutes=2)
    queue = snapshot(line.service.pk)
    places = [queue.place_of(one.conversation_id) for one in (grave, patient, last)]
    assert [place and place["place"] for place in places] == [1, 2, 3]
    assert places[0] is not None
    assert places[0]["near"]
    assert queue.place_of(1) is None


def test_children_of_a_language_nobody_else_competes_for_have_places_of_their_own(line: Line) -> None:
    line.counsellor(languages=("en",))
    line.counsellor(languages=("da",))
    for _ in range(3):
        line.child(language="en")
    dane = line.child(language="da")
    place = snapshot(line.service.pk).place_of(dane.conversation_id)
    assert place
    assert place["place"] == 1


def test_nobody_on_duty_gives_a_place_and_no_invented_wait(line: Line) -> None:
    child = line.child()
    place = snapshot(line.service.pk).place_of(child.conversation_id)
    assert place == {
        "place": 1, "minutes_from": None, "minutes_to": None, "sure": "nobody", "near": False, "late": False,
    }  # fmt: skip


def test_the_snapshot_costs_few_queries_however_many_wait(line: Line, django_assert_max_num_queries: object) -> None:
    line.counsellor()
    for _ in range(12):
        line.child()
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        snapshot(line.service.pk)


COUNSELLORS = 50
CHILDREN = 200


@pytest.mark.usefixtures("real_transactions")
@pytest.mark.django_db(transaction=True)
def test_fifty_counsellors_press_next_at_once_over_two_hundred_waiting() -> None:
    line = make_line()
    people = [line.counsellor(seats=2) for _ in range(COUNSELLORS)]
    for number in range(CHILDREN):
        line.child(waited_minutes=number / 10, in_danger=number % 9 == 0)
    waiting = [
        order.Candidate(
            turn.pk, turn.language, turn.waiting_since_ms, order.is_high(in_danger=turn.in_danger, risk=turn.risk)
        )
        for turn in Turn.objects.all()
    ]
    picked: list[tuple[int, int]] = []
    failures: list[str] = []
    together = threading.Barrier(COUNSELLORS)

    def press_three_times(person_number: int) -> None:
        person = people[person_number]
        together.wait()
        for _ in range(3):
            try:
                turn = take_next(actor=person.user, service=line.service, keyring=person.keyring, now_ms=now_ms())
                picked.append((person.pk, turn.pk))
            except Refused as refusal:
                failures.append(refusal.sentence)
        connections.close_all()

    threads = [threading.Thread(target=press_three_times, args=(number,)) for number in range(COUNSELLORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    children = [child for _person, child in picked]
    assert len(children) == len(set(children)) == COUNSELLORS * 2
    assert set(Counter(person for person, _child in picked).values()) == {2}
    assert failures == ["Your seats are full. End or hand over a talk first."] * COUNSELLORS
    assert {(turn.counsellor_id, turn.pk) for turn in Turn.objects.filter(state="talking")} == set(picked)
    predicted = [one.conversation_id for one in order.in_order(waiting, picks=0)]
    assert set(children) == set(predicted[: len(children)])
    assert ServiceQueue.objects.get(pk=line.service.pk).picks == COUNSELLORS * 2
