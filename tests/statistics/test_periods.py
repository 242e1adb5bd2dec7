"""Periods and how they are read: every day once, whole months as months."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.statistics.rules.charts import HEIGHT, columns, heat
from havn.statistics.rules.comparing import change_percent, change_points, share
from havn.statistics.rules.periods import Kind, after, before, cover, days_between, period_of

days = st.dates(dt.date(2015, 1, 1), dt.date(2030, 12, 31))


@given(days, st.integers(0, 900))
def test_a_span_is_covered_once_by_months_and_days(first: dt.date, length: int) -> None:
    last = first + dt.timedelta(days=length)
    parts = cover(first, last)
    found = [day for month in parts.months for day in days_between(month, period_of(Kind.MONTH, month).last)]
    found += [day for begin, end in parts.days for day in days_between(begin, end)]
    assert sorted(found) == list(days_between(first, last))


@given(days, st.sampled_from([kind for kind in Kind if kind is not Kind.SPAN]))
def test_periods_of_a_kind_follow_each_other_without_a_gap(day: dt.date, kind: Kind) -> None:
    period = period_of(kind, day)
    assert period.first <= day <= period.last
    assert before(period).last + dt.timedelta(days=1) == period.first
    assert after(period).first - dt.timedelta(days=1) == period.last
    assert before(after(period)) == period


def test_a_quarter_and_a_week_begin_where_they_should() -> None:
    quarter = period_of(Kind.QUARTER, dt.date(2023, 5, 17))
    assert (quarter.first, quarter.last, quarter.quarter) == (dt.date(2023, 4, 1), dt.date(2023, 6, 30), 2)
    assert period_of(Kind.WEEK, dt.date(2026, 11, 29)).first == dt.date(2026, 11, 23)


def test_the_span_before_is_as_long() -> None:
    period = period_of(Kind.SPAN, dt.date(2026, 3, 10), dt.date(2026, 3, 1))
    assert (period.first, period.days) == (dt.date(2026, 3, 1), 10)
    assert before(period).last == dt.date(2026, 2, 28)
    assert before(period).days == 10


def test_a_count_changes_by_per_cent_and_a_share_by_points() -> None:
    assert share(1, 4) == 25
    assert change_percent(150, 100) == 50
    assert change_points(share(30, 100), share(20, 100)) == pytest.approx(10)
    assert share(1, 0) is change_percent(1, 0) is change_points(None, 3.0) is None


def test_a_chart_is_as_high_as_its_highest_column() -> None:
    first, second = columns([10, 5], [5, 5], ["one", "two"])
    assert (first.y, first.height, first.part_height) == (0, HEIGHT, HEIGHT / 2)
    assert second.y == second.part_y == HEIGHT / 2
    assert columns([0], [0], ["nothing"])[0].height == 0
    with pytest.raises(ValueError, match="zip"):
        columns([1], [1, 2], ["one"])


def test_only_nothing_has_no_heat() -> None:
    assert [heat(number, 60) for number in (0, 1, 30, 60)] == [0, 1, 3, 6]
