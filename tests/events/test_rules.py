"""Who gets a place and until when, by values alone."""

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.events import rules
from havn.events.rules import Place, Seats

UTC = dt.UTC
LATER = dt.datetime(2027, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seats", "confirmed", "of_centre", "place"),
    [
        (Seats(None, None), 10_000, 0, Place.CONFIRMED),
        (Seats(2, None), 1, 0, Place.CONFIRMED),
        (Seats(2, None), 2, 0, Place.WAITING),
        (Seats(2, None, has_waiting_list=False), 2, 0, Place.FULL),
        (Seats(30, 1), 5, 0, Place.CONFIRMED),
        (Seats(30, 1), 5, 1, Place.WAITING),
    ],
)
def test_what_the_next_registration_becomes(seats: Seats, confirmed: int, of_centre: int, place: Place) -> None:
    assert rules.place_for(seats, confirmed, of_centre) is place


def test_a_freed_place_goes_to_the_first_in_line_whose_centre_has_room() -> None:
    assert rules.moved_up(Seats(3, 1), [1, 2], [(7, 1), (8, 3), (9, 4)]) == [8]


@given(
    st.integers(0, 8),
    st.one_of(st.none(), st.integers(1, 3)),
    st.lists(st.integers(1, 4), max_size=8),
    st.lists(st.integers(1, 4), max_size=12),
)
def test_nobody_moves_up_past_a_limit_and_no_place_stays_empty_for_somebody_who_may_have_it(
    capacity: int, per_centre: int | None, taken: list[int], waiting: list[int]
) -> None:
    seats = Seats(capacity, per_centre)
    line = list(enumerate(waiting))
    moved = rules.moved_up(seats, taken, line)  # type: ignore[arg-type]
    after = Counter(taken) + Counter(waiting[number] for number in moved)
    assert moved == sorted(moved)
    if moved:
        assert after.total() <= capacity
        assert per_centre is None or all(after[waiting[number]] <= per_centre for number in moved)
    for number, centre in line:
        if number not in moved:
            assert not seats.has_room(after.total(), after[centre])


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [(dt.date(2027, 1, 15), 16), (dt.date(2027, 7, 15), 15), (dt.date(2027, 3, 28), 15), (dt.date(2027, 10, 31), 16)],
)
def test_close_of_business_is_five_in_the_afternoon_on_the_organisers_clocks(day: dt.date, utc_hour: int) -> None:
    closes = rules.closes_at(deadline=day, close_of_business=dt.time(17), zone="Europe/Oslo", starts_at=LATER)
    assert closes == dt.datetime.combine(day, dt.time(utc_hour), UTC)
    assert closes.astimezone(ZoneInfo("Europe/Oslo")).hour == 17


def test_nobody_registers_once_it_has_begun() -> None:
    begins = dt.datetime(2027, 1, 15, 9, tzinfo=UTC)
    same_day = rules.closes_at(
        deadline=begins.date(), close_of_business=dt.time(17), zone="Europe/Oslo", starts_at=begins
    )
    assert same_day == begins
    assert rules.closes_at(deadline=None, close_of_business=dt.time(17), zone="UTC", starts_at=begins) == begins


@pytest.mark.parametrize(
    ("days", "registered_before", "now_before", "due"),
    [(2, 10, 1, True), (2, 10, 3, False), (2, 1, 0.5, False), (0, 10, 1, False), (2, 10, -1, False)],
)
def test_when_somebody_is_reminded(days: int, registered_before: float, now_before: float, due: bool) -> None:
    def before(days: float) -> dt.datetime:
        return LATER - dt.timedelta(days=days)

    said = rules.is_reminded(
        starts_at=LATER, days=days, registered_at=before(registered_before), now=before(now_before)
    )
    assert said is due
