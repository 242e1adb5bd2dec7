"""What a task may carry and when things return."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.tasks.rules import ArgumentsRefused, checked_arguments, next_daily, places_of, wait_before_retry_ms

OSLO = ZoneInfo("Europe/Oslo")


@pytest.mark.parametrize(
    "value",
    ["Kari", "I am afraid", "7KQ2-9ABC-DEFG-HJKM-NPQR", "a" * 41, b"bytes", 1.5, ["list"], {"a": 1}, "kari@havn.test"],
)
def test_a_task_refuses_what_could_be_a_persons_words(value: object) -> None:
    with pytest.raises(ArgumentsRefused) as refusal:
        checked_arguments([value], {})
    assert str(value) not in str(refusal.value)


def test_a_task_takes_ids_and_short_codes() -> None:
    assert checked_arguments([7, "helpline.purge"], {"again": True, "none": None}) == {
        "args": [7, "helpline.purge"],
        "kwargs": {"again": True, "none": None},
    }


def test_retries_wait_longer_each_time_up_to_an_hour() -> None:
    waits = [wait_before_retry_ms(attempt) for attempt in range(1, 20)]
    assert waits[0] == 5_000
    assert waits == sorted(waits)
    assert waits[-1] == 3_600_000


def test_the_places_of_an_exception_hold_no_text_of_it() -> None:
    try:
        raise ValueError("what a child wrote")
    except ValueError as error:
        places = places_of(error)
    assert places.startswith("test_rules.py:")
    assert "child" not in places


@given(
    after=st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC)),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
)
def test_the_next_daily_moment_lies_ahead_within_25_hours_at_its_time(
    after: dt.datetime, hour: int, minute: int
) -> None:
    found = next_daily(after, hour, minute, OSLO)
    assert after < found <= after + dt.timedelta(hours=25)
    local = found.astimezone(OSLO)
    skipped = local.utcoffset() != dt.datetime.combine(local.date(), dt.time(hour, minute), OSLO).utcoffset()
    assert (local.hour, local.minute) == (hour, minute) or skipped or (local.month == 3 and local.hour == hour + 1)


def test_the_hour_that_comes_twice_counts_once() -> None:
    first = next_daily(dt.datetime(2026, 10, 24, 22, 0, tzinfo=dt.UTC), 2, 30, OSLO)
    assert first == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
    assert next_daily(first, 2, 30, OSLO).astimezone(OSLO).date() == dt.date(2026, 10, 26)
