"""When rounds open, close and remind."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.rounds.rules.schedule import (
    closes_by_rule,
    closing_moment,
    days_left,
    is_late,
    is_open,
    opening_moment,
    opens_by_rule,
    remind_days_of,
    reminder_due,
)

ZONES = st.sampled_from(
    ["Europe/Oslo", "Europe/Lisbon", "Europe/Helsinki", "Atlantic/Reykjavik", "Europe/London", "Europe/Kyiv",
     "Europe/Athens", "Atlantic/Azores"]
)  # fmt: skip
QUARTER_ENDS = st.builds(
    lambda year, month: dt.date(year, month, 1) - dt.timedelta(days=1),
    st.integers(2001, 2100),
    st.sampled_from([1, 4, 7, 10]),
)
KINDS = st.sampled_from(["helpline", "hotline", "awareness", "other", ""])


@pytest.mark.parametrize(
    ("kind", "last", "closes"),
    [
        ("helpline", dt.date(2024, 12, 31), dt.date(2025, 1, 10)),
        ("hotline", dt.date(2025, 3, 31), dt.date(2025, 4, 11)),
        ("helpline", dt.date(2025, 6, 30), dt.date(2025, 7, 11)),
        ("helpline", dt.date(2025, 12, 31), dt.date(2026, 1, 16)),
        ("awareness", dt.date(2025, 12, 31), dt.date(2026, 1, 30)),
    ],
)
def test_the_rule_gives_the_days_that_the_network_announced(kind: str, last: dt.date, closes: dt.date) -> None:
    assert closes_by_rule(kind, last) == closes


@given(KINDS, QUARTER_ENDS)
def test_a_round_closes_on_a_friday_within_its_week(kind: str, last: dt.date) -> None:
    closes = closes_by_rule(kind, last)
    least = 10 if kind in ("helpline", "hotline") else 27
    assert closes.weekday() == 4
    assert least <= (closes - last).days <= least + 6
    assert opens_by_rule(last) == last + dt.timedelta(days=1)


@given(ZONES, st.dates(dt.date(2001, 1, 1), dt.date(2100, 12, 31)))
def test_it_closes_at_five_on_the_centres_clocks_whatever_the_season(zone: str, day: dt.date) -> None:
    moment = closing_moment(day, zone)
    local = moment.astimezone(ZoneInfo(zone))
    assert moment.utcoffset() == dt.timedelta(0)
    assert (local.date(), local.hour, local.minute) == (day, 17, 0)
    opening = opening_moment(day, zone).astimezone(ZoneInfo(zone))
    # Where summer time begins at midnight the day begins at one.
    assert (opening.date(), opening.hour) in {(day, 0), (day, 1)}
    assert not is_late(day, zone, moment)
    assert is_late(day, zone, moment + dt.timedelta(seconds=1))


@given(
    ZONES,
    st.dates(dt.date(2001, 1, 1), dt.date(2100, 6, 30)),
    st.integers(-40 * 24, 20 * 24),
    st.lists(st.integers(0, 30), max_size=5),
)
def test_the_reminder_that_holds_is_the_nearest_that_began(
    zone: str, closes: dt.date, hours: int, remind: list[int]
) -> None:
    now = closing_moment(closes, zone) + dt.timedelta(hours=hours)
    due = reminder_due(closes, zone, remind, now)
    left = days_left(closes, zone, now)
    if hours > 0:
        assert due is None
    elif due is None:
        assert all(days < left for days in remind)
    else:
        assert due in remind and due >= left
        assert not any(left <= days < due for days in remind)


@given(ZONES, st.dates(dt.date(2001, 1, 1), dt.date(2100, 6, 30)))
def test_days_left_count_down_by_the_calendar_of_the_centre(zone: str, closes: dt.date) -> None:
    closing = closing_moment(closes, zone)
    assert days_left(closes, zone, closing) == 0
    assert days_left(closes, zone, closing - dt.timedelta(days=7)) == 7
    assert days_left(closes, zone, closing + dt.timedelta(days=1)) == -1


def test_two_centres_close_at_five_each_an_hour_apart() -> None:
    day = dt.date(2026, 10, 16)
    assert closing_moment(day, "Europe/Helsinki") == dt.datetime(2026, 10, 16, 14, tzinfo=dt.UTC)
    assert closing_moment(day, "Europe/Oslo") == dt.datetime(2026, 10, 16, 15, tzinfo=dt.UTC)
    assert is_open(day, "Europe/Helsinki", dt.datetime(2026, 10, 15, 21, tzinfo=dt.UTC))
    assert not is_open(day, "Europe/Oslo", dt.datetime(2026, 10, 15, 21, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("7, 2, 0", (7, 2, 0)),
        ("0 ,2;7,7", (7, 2, 0)),
        ("", ()),
        ("seven", None),
        ("-1", None),
        ("91", None),
        ("1,2,3,4,5,6,7", None),
        ("9999999999", None),
        ("٣", None),
    ],
)
def test_reminders_are_written_as_days(text: str, days: tuple[int, ...] | None) -> None:
    assert remind_days_of(text) == days
