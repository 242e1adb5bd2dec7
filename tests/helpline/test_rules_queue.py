"""The order of the queue, the room of a counsellor and the honest wait."""

from hypothesis import given
from hypothesis import strategies as st

from havn.helpline.rules import queue as order
from havn.helpline.rules import wait as waits
from havn.helpline.rules.queue import Candidate, Room

ALL = Room(ordinary=True, high=True, returned=True)
SPEAKS = ["en", "nb", "da"]

candidates = st.lists(
    st.builds(
        Candidate,
        conversation_id=st.integers(1, 10_000),
        language=st.sampled_from(SPEAKS),
        waiting_since_ms=st.integers(0, 1_000_000),
        high=st.booleans(),
        returned_at_ms=st.one_of(st.none(), st.integers(0, 1_000_000)),
        away=st.booleans(),
    ),
    max_size=40,
    unique_by=lambda one: one.conversation_id,
)
lengths = st.lists(st.floats(0.1, 200), max_size=60)


def _pick_all(waiting: list[Candidate], picks: int, languages: list[str] = SPEAKS) -> list[int]:
    left, taken = list(waiting), []
    while (one := order.pick(left, languages=languages, picks=picks, room=ALL)) is not None:
        taken.append(one.conversation_id)
        left.remove(one)
        picks += 1
    return taken


def test_a_child_of_a_lost_counsellor_comes_first_then_high_risk_then_who_waited_longest() -> None:
    waiting = [
        Candidate(1, "en", waiting_since_ms=10),
        Candidate(2, "en", waiting_since_ms=90, high=True),
        Candidate(3, "en", waiting_since_ms=95, returned_at_ms=99),
        Candidate(4, "en", waiting_since_ms=5),
    ]
    assert _pick_all(waiting, picks=0)[:3] == [3, 2, 4]


def test_every_fourth_pick_goes_to_whoever_waited_longest() -> None:
    waiting = [Candidate(number, "en", waiting_since_ms=100 + number, high=True) for number in range(1, 8)]
    waiting += [Candidate(91, "en", waiting_since_ms=1), Candidate(92, "en", waiting_since_ms=2)]
    assert _pick_all(waiting, picks=0) == [1, 2, 3, 91, 4, 5, 6, 92, 7]


@given(candidates, st.integers(0, 7))
def test_nobody_starves_within_four_picks_somebody_longest_waiting_is_taken(
    waiting: list[Candidate], picks: int
) -> None:
    here = sorted((one for one in waiting if not one.away), key=lambda one: (one.since_ms, one.conversation_id))
    taken = _pick_all(waiting, picks)
    assert sorted(taken) == sorted(one.conversation_id for one in here)
    if here:
        assert here[0].conversation_id in taken[:4]


@given(candidates, st.integers(0, 7))
def test_the_predicted_order_is_the_order_of_picking(waiting: list[Candidate], picks: int) -> None:
    here = [one for one in waiting if not one.away]
    assert [one.conversation_id for one in order.in_order(here, picks=picks)] == _pick_all(here, picks)


@given(candidates, st.integers(0, 7))
def test_the_predicted_order_holds_everybody_once(waiting: list[Candidate], picks: int) -> None:
    predicted = [one.conversation_id for one in order.in_order(waiting, picks=picks)]
    assert sorted(predicted) == sorted(one.conversation_id for one in waiting)


@given(candidates, st.sets(st.sampled_from(SPEAKS)), st.integers(0, 7))
def test_only_languages_the_counsellor_speaks_and_nobody_who_is_away(
    waiting: list[Candidate], spoken: set[str], picks: int
) -> None:
    one = order.pick(waiting, languages=sorted(spoken), picks=picks, room=ALL)
    possible = [each for each in waiting if each.language in spoken and not each.away]
    assert (one in possible) if possible else one is None


def test_the_childs_own_press_and_the_earlier_counsellors_judgement_are_high_risk() -> None:
    assert order.is_high(in_danger=True, risk="")
    assert order.is_high(in_danger=False, risk="high")
    assert order.is_high(in_danger=False, risk="imminent")
    assert not order.is_high(in_danger=False, risk="")


def _room(open_talks: int, *, seats: int = 2, most: int = 3, ordinary: int = 0, kept: int = 0) -> Room:
    return order.room(
        open_talks=open_talks, seats=seats, most=most, shift_seats=4, shift_ordinary=ordinary, for_high_risk=kept
    )


def test_a_full_counsellor_takes_nobody_but_one_returned_child_up_to_three() -> None:
    assert _room(1) == Room(ordinary=True, high=True, returned=True)
    assert _room(2) == Room(ordinary=False, high=False, returned=True)
    assert not _room(3)
    assert not _room(3, seats=9)


def test_seats_kept_for_high_risk_stay_clear_of_ordinary_talks() -> None:
    assert _room(0, ordinary=2, kept=1).ordinary
    assert not _room(0, ordinary=3, kept=1).ordinary
    assert _room(0, ordinary=3, kept=1).high
    assert _room(0, ordinary=4, kept=0).ordinary


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 12), st.integers(0, 5))
def test_no_room_ever_goes_above_the_most(open_talks: int, seats: int, ordinary: int, kept: int) -> None:
    room = _room(open_talks, seats=seats, ordinary=ordinary, kept=kept)
    if open_talks >= 3:
        assert not room
    if open_talks >= seats:
        assert not room.ordinary and not room.high


@given(st.integers(1, 200), st.integers(1, 20), st.lists(st.floats(0, 300), max_size=30), lengths)
def test_a_wait_is_a_range_and_never_shorter_for_a_later_place(
    place: int, seats: int, running: list[float], known: list[float]
) -> None:
    first = waits.estimate(place=place, seats=seats, running=running, lengths=known)
    second = waits.estimate(place=place + 1, seats=seats, running=running, lengths=known)
    assert first.minutes_from is not None and first.minutes_to is not None
    assert 0 <= first.minutes_from <= first.minutes_to
    assert second.minutes_from is not None and second.minutes_to is not None
    assert second.minutes_from >= first.minutes_from
    assert second.minutes_to >= first.minutes_to


@given(st.integers(1, 100), st.integers(1, 12), st.lists(st.floats(0, 300), max_size=12), lengths)
def test_one_more_seat_never_makes_the_wait_longer(
    place: int, seats: int, running: list[float], known: list[float]
) -> None:
    fewer = waits.estimate(place=place, seats=seats, running=running, lengths=known)
    more = waits.estimate(place=place, seats=seats + 1, running=running, lengths=known)
    assert fewer.minutes_to is not None and more.minutes_to is not None
    assert more.minutes_to <= fewer.minutes_to


def test_a_wait_says_how_sure_it_is() -> None:
    known = [40.0] * 25
    assert waits.estimate(place=1, seats=0, running=[], lengths=known) == waits.UNKNOWN
    assert waits.estimate(place=1, seats=2, running=[], lengths=[]).sure == "no"
    assert waits.estimate(place=1, seats=2, running=[], lengths=known[:6]).sure == "rough"
    assert waits.estimate(place=1, seats=1, running=[], lengths=known).sure == "rough"
    assert waits.estimate(place=1, seats=2, running=[], lengths=known).sure == "good"


def test_a_talk_that_nears_its_usual_length_frees_its_seat_soon() -> None:
    soon = waits.estimate(place=1, seats=1, running=[39.0], lengths=[40.0] * 25)
    late = waits.estimate(place=1, seats=1, running=[1.0], lengths=[40.0] * 25)
    assert soon.minutes_to is not None and late.minutes_from is not None
    assert soon.minutes_to <= 10 < late.minutes_from


def test_full_means_that_even_the_short_estimate_passes_closing() -> None:
    wait = waits.Wait(20, 40, "good")
    assert not waits.passes_closing(wait, minutes_to_closing=None)
    assert not waits.passes_closing(wait, minutes_to_closing=30)
    assert waits.may_pass_closing(wait, minutes_to_closing=30)
    assert waits.passes_closing(wait, minutes_to_closing=20)
    assert not waits.passes_closing(waits.UNKNOWN, minutes_to_closing=1)


def test_near_the_front_is_the_second_place_or_three_minutes() -> None:
    assert waits.is_near(place=2, wait=waits.Wait(5, 25, "rough"))
    assert not waits.is_near(place=2, wait=waits.Wait(24, 60, "no"))
    assert not waits.is_near(place=1, wait=waits.UNKNOWN)
    assert waits.is_near(place=5, wait=waits.Wait(0, 3, "good"))
    assert not waits.is_near(place=3, wait=waits.Wait(1, 10, "good"))
