"""The rules of opening hours, by example and against an oracle that walks minute by minute."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from havn.centres.rules.opening import (
    DateHours,
    Hours,
    Opening,
    Schedule,
    Staffing,
    WeeklyHours,
    opening_at,
    plan,
    spans_between,
)

OSLO = "Europe/Oslo"
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)
ZONES = [
    OSLO,
    "Europe/Copenhagen",
    "Atlantic/Azores",
    "Europe/Dublin",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/St_Johns",
    "America/Havana",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "UTC",
]
# Around the changes of the clock, and ordinary days.
DAYS = [
    dt.date(2026, 3, 28),
    dt.date(2026, 3, 29),
    dt.date(2026, 10, 24),
    dt.date(2026, 10, 25),
    dt.date(2026, 4, 5),
    dt.date(2026, 10, 4),
    dt.date(2026, 11, 1),
    dt.date(2026, 3, 8),
    dt.date(2026, 2, 15),
    dt.date(2026, 6, 10),
    dt.date(2027, 1, 1),
]


def hours(text: str) -> Hours:
    opens, closes = text.split("-")
    return Hours(dt.time.fromisoformat(opens), dt.time.fromisoformat(closes))


def every_day(text: str) -> tuple[WeeklyHours, ...]:
    return tuple(WeeklyHours(weekday, hours(text)) for weekday in range(7))


def local(text: str, zone: str = OSLO, fold: int = 0) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


def ask(schedule: Schedule, text: str, staffing: Staffing | None = None) -> Opening:
    return opening_at(schedule, local(text, schedule.zone), staffing)


def test_it_is_open_from_the_first_minute_until_just_before_closing() -> None:
    schedule = Schedule(OSLO, every_day("14:00-22:00"))
    assert not ask(schedule, "2026-11-23T13:59").open
    assert ask(schedule, "2026-11-23T14:00").admits
    assert ask(schedule, "2026-11-23T21:59").closes_at == local("2026-11-23T22:00")
    assert ask(schedule, "2026-11-23T22:00").opens_at == local("2026-11-24T14:00")


def test_an_evening_past_midnight_belongs_to_the_day_it_begins_on() -> None:
    friday = WeeklyHours(4, hours("22:00-02:00"))
    schedule = Schedule(OSLO, (friday,), (DateHours(dt.date(2026, 11, 28), dt.date(2026, 11, 28), None, "Moving"),))
    saturday_night = ask(schedule, "2026-11-28T01:30")
    assert saturday_night.open
    assert saturday_night.closes_at == local("2026-11-28T02:00")
    closed = ask(schedule, "2026-11-28T12:00")
    assert (closed.why, closed.reason, closed.opens_at) == ("exception", "Moving", local("2026-12-04T22:00"))


def test_new_talks_stop_some_minutes_before_closing() -> None:
    schedule = Schedule(OSLO, every_day("14:00-22:00"), stop_admitting=dt.timedelta(minutes=45))
    assert ask(schedule, "2026-11-23T21:14").admits
    late = ask(schedule, "2026-11-23T21:15")
    assert (late.open, late.admits, late.why) == (True, False, "closing")
    assert late.stops_admitting_at == local("2026-11-23T21:15")
    assert late.opens_at == local("2026-11-24T14:00")


def test_hours_that_meet_at_midnight_do_not_close_there() -> None:
    schedule = Schedule(OSLO, every_day("00:00-00:00"), stop_admitting=dt.timedelta(minutes=45))
    assert ask(schedule, "2026-11-23T23:50").admits


def test_always_open_has_no_closing() -> None:
    answer = ask(Schedule(OSLO, always=True), "2026-12-24T03:00")
    assert (answer.admits, answer.why, answer.closes_at, answer.opens_at) == (True, "always", None, None)


def test_without_any_hours_it_says_never() -> None:
    answer = ask(Schedule(OSLO), "2026-11-23T12:00")
    assert (answer.open, answer.why, answer.opens_at) == (False, "never", None)


def test_the_next_opening_is_known_more_than_a_year_ahead() -> None:
    far = WeeklyHours(0, hours("10:00-12:00"), valid_from=dt.date(2028, 1, 1))
    assert ask(Schedule(OSLO, (far,)), "2026-11-23T12:00").opens_at == local("2028-01-03T10:00")


@pytest.mark.parametrize(
    ("on_holidays", "expected"),
    [
        ("usual", [("08:00", "15:00")]),
        ("sunday", [("12:00", "14:00")]),
        ("closed", []),
        ("own", [("10:00", "11:00")]),
    ],
)
def test_a_public_holiday_follows_its_own_rule(on_holidays: str, expected: list[tuple[str, str]]) -> None:
    christmas = dt.date(2026, 12, 25)
    week = (*(WeeklyHours(day, hours("08:00-15:00")) for day in range(5)), WeeklyHours(6, hours("12:00-14:00")))
    schedule = Schedule(
        OSLO, week, holidays={christmas: "Jul"}, on_holidays=on_holidays, holiday_hours=hours("10:00-11:00")
    )
    (day,) = plan(schedule, christmas, 1)
    assert [(f"{start:%H:%M}", f"{end:%H:%M}") for start, end in day.times] == expected
    assert day.reason == ("" if on_holidays == "usual" else "Jul")


def test_a_dated_exception_beats_the_holiday_and_closed_beats_other_hours() -> None:
    day = dt.date(2026, 12, 25)
    other = DateHours(day, day, hours("16:00-18:00"), "Christmas night")
    schedule = Schedule(OSLO, every_day("14:00-22:00"), (other,), {day: "Jul"}, "closed")
    assert ask(schedule, "2026-12-25T16:30").admits
    assert not ask(schedule, "2026-12-25T14:30").open
    both = Schedule(OSLO, every_day("14:00-22:00"), (other, DateHours(day, day)), {day: "Jul"}, "usual")
    assert not ask(both, "2026-12-25T16:30").open


def test_rules_hold_only_between_their_dates() -> None:
    summer = tuple(
        WeeklyHours(day, hours("16:00-22:00"), dt.date(2026, 6, 20), dt.date(2026, 8, 15)) for day in range(7)
    )
    schedule = Schedule(OSLO, summer)
    assert not ask(schedule, "2026-06-19T17:00").open
    assert ask(schedule, "2026-06-20T17:00").open
    assert ask(schedule, "2026-08-15T17:00").open
    assert not ask(schedule, "2026-08-16T17:00").open


ENOUGH = Staffing(1, 2)


@pytest.mark.parametrize(
    ("staffing", "admits"),
    [
        (None, True),
        (ENOUGH, True),
        (Staffing(0, 5, None), False),
        (Staffing(1, 1, None), False),
        (Staffing(1, 1, local("2026-11-23T14:51")), True),
        (Staffing(1, 1, local("2026-11-23T14:50")), False),
        (Staffing(0, 0, local("2026-11-23T14:00")), False),
    ],
)
def test_below_the_minimum_new_starts_close_only_after_ten_minutes(staffing: Staffing | None, admits: bool) -> None:
    answer = ask(Schedule(OSLO, every_day("14:00-22:00")), "2026-11-23T15:00", staffing)
    assert answer.open
    assert answer.admits is admits
    assert answer.why == ("open" if admits else "staff")
    assert answer.opens_at == local("2026-11-24T14:00")


def test_people_on_duty_never_open_a_closed_service() -> None:
    assert not ask(Schedule(OSLO, every_day("14:00-22:00")), "2026-11-23T10:00", ENOUGH).admits


def test_the_night_the_clock_jumps_forward() -> None:
    schedule = Schedule(OSLO, (WeeklyHours(6, hours("02:30-06:00")),))
    (span,) = spans_between(schedule, dt.date(2026, 3, 29), dt.date(2026, 3, 29))
    assert span.start == dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC), "at the jump, since 02:30 never comes"
    assert span.end == local("2026-03-29T06:00")


def test_hours_that_lie_in_the_jump_do_not_exist_that_night() -> None:
    schedule = Schedule(OSLO, (WeeklyHours(6, hours("02:10-02:50")),))
    assert spans_between(schedule, dt.date(2026, 3, 29), dt.date(2026, 3, 29)) == []


def test_the_night_the_clock_goes_back_gives_the_hour_twice() -> None:
    schedule = Schedule(OSLO, (WeeklyHours(5, hours("22:00-02:30")),))
    (span,) = spans_between(schedule, dt.date(2026, 10, 24), dt.date(2026, 10, 24))
    assert span.end - span.start == dt.timedelta(hours=5, minutes=30)
    until_two = Schedule(OSLO, (WeeklyHours(5, hours("22:00-02:00")),))
    (span,) = spans_between(until_two, dt.date(2026, 10, 24), dt.date(2026, 10, 24))
    assert span.end - span.start == dt.timedelta(hours=4), "it closes the first time the clock shows two"


def walls(zone: str, first: dt.date, last: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
    """Every UTC minute around the dates with what the clock shows."""
    start = dt.datetime.combine(first - 2 * DAY, dt.time(), dt.UTC)
    count = int((last - first + 5 * DAY) / MINUTE)
    info = ZoneInfo(zone)
    minutes = (start + number * MINUTE for number in range(count))
    return [(minute, minute.astimezone(info).replace(tzinfo=None, fold=0)) for minute in minutes]


def open_minutes(schedule: Schedule, first: dt.date, last: dt.date) -> set[dt.datetime]:
    """The oracle: from the first minute the clock shows the opening or later, through the last one before closing."""
    table = walls(schedule.zone, first, last)
    found: set[dt.datetime] = set()
    day = first
    while day <= last:
        exceptions = [e for e in schedule.exceptions if e.first <= day <= e.last]
        if any(e.hours is None for e in exceptions):
            todays = []
        elif exceptions:
            todays = [e.hours for e in exceptions if e.hours]
        else:
            todays = [r.hours for r in schedule.weekly if r.weekday == day.weekday() and r.holds_on(day)]
        for one in todays:
            opens = dt.datetime.combine(day, one.opens)
            closes = dt.datetime.combine(day + (DAY if one.closes <= one.opens else 0 * DAY), one.closes)
            begin = next(minute for minute, wall in table if wall >= opens)
            end = max(minute for minute, wall in table if wall < closes)
            found |= {minute for minute, _ in table if begin <= minute <= end}
        day += DAY
    return found


times = st.builds(dt.time, st.integers(0, 23), st.sampled_from([0, 1, 10, 15, 29, 30, 31, 45, 59]))
some_hours = st.builds(Hours, times, times)
weeks = st.lists(st.builds(WeeklyHours, st.integers(0, 6), some_hours), max_size=8).map(tuple)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Schedule, dt.date]:
    day = draw(st.sampled_from(DAYS))
    exceptions = draw(
        st.lists(
            st.builds(
                lambda offset, length, one: DateHours(day + offset * DAY, day + (offset + length) * DAY, one),
                st.integers(-2, 2),
                st.integers(0, 2),
                st.none() | some_hours,
            ),
            max_size=2,
        ).map(tuple)
    )
    stop = dt.timedelta(minutes=draw(st.sampled_from([0, 15, 45, 240])))
    return Schedule(draw(st.sampled_from(ZONES)), draw(weeks), exceptions, stop_admitting=stop), day


@settings(max_examples=60, deadline=None)
@given(cases())
@example((Schedule(OSLO, every_day("02:30-02:15")), dt.date(2026, 10, 25)))
@example((Schedule("Australia/Lord_Howe", every_day("01:45-02:15")), dt.date(2026, 4, 5)))
@example((Schedule("America/Havana", every_day("00:00-00:00")), dt.date(2026, 11, 1)))
@example((Schedule("Atlantic/Azores", every_day("00:30-00:15")), dt.date(2026, 3, 29)))
def test_the_rules_agree_with_a_walk_through_every_minute(case: tuple[Schedule, dt.date]) -> None:
    schedule, day = case
    expected = open_minutes(schedule, day - 3 * DAY, day + 3 * DAY)
    zone = ZoneInfo(schedule.zone)
    start = dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)
    spans = spans_between(schedule, day - 3 * DAY, day + 3 * DAY)
    for number in range(26 * 60):
        minute = start + number * MINUTE
        assert any(span.start <= minute < span.end for span in spans) == (minute in expected), minute


@settings(max_examples=80, deadline=None)
@given(cases(), st.integers(0, 26 * 60))
def test_what_is_promised_of_an_answer_comes_true(case: tuple[Schedule, dt.date], offset: int) -> None:
    schedule, day = case
    now = dt.datetime.combine(day, dt.time(), ZoneInfo(schedule.zone)).astimezone(dt.UTC) + offset * MINUTE
    answer = opening_at(schedule, now)
    assert answer.admits <= answer.open
    if answer.open:
        assert answer.closes_at is not None
        assert answer.stops_admitting_at is not None
        assert opening_at(schedule, answer.closes_at - MINUTE).open
        assert not opening_at(schedule, answer.closes_at).open
        assert answer.admits == (now < answer.stops_admitting_at)
    if answer.opens_at is not None:
        assert answer.opens_at > now
        assert opening_at(schedule, answer.opens_at).open
        assert not opening_at(schedule, answer.opens_at - MINUTE).open
    else:
        assert answer.why == "never" or not opening_at(schedule, now + 400 * DAY).open
    if not answer.open and answer.opens_at is not None:
        probe = now + (answer.opens_at - now) / 2
        assert not opening_at(schedule, probe).open, "nothing opens earlier than the next opening"


@settings(max_examples=40, deadline=None)
@given(cases())
def test_the_preview_shows_the_same_hours_as_the_answers(case: tuple[Schedule, dt.date]) -> None:
    schedule, day = case
    for shown in plan(schedule, day, 3):
        for start, end in shown.times:
            assert opening_at(schedule, start).open
            assert opening_at(schedule, end.astimezone(dt.UTC) - MINUTE).open
