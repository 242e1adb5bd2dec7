"""Sums and frozen figures, by values alone."""

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.activities.rules.figures import Done, Figures, as_json, changes, from_json
from havn.activities.rules.totals import Count, Effort, all_effort, summed, table

KINDS, GROUPS = ("training", "campaign", "event"), ("parents", "children", "public")
MEASURES, BASES = ("participants", "views"), ("counted", "platform", "estimate")
counts = st.lists(
    st.builds(
        Count, st.sampled_from(KINDS), st.sampled_from(GROUPS), st.sampled_from(MEASURES), st.sampled_from(BASES),
        st.integers(0, 10**12),
    )
)  # fmt: skip
money = st.none() | st.decimals(0, 10**6, places=2)
efforts = st.lists(st.builds(Effort, st.sampled_from(KINDS), st.integers(0, 500), money, money))


def of_measure_and_basis(numbers: list[Count]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for one in numbers:
        found[one.measure, one.basis] += one.number
    return found


@given(counts, st.sets(st.sampled_from(("kind", "group"))))
def test_parts_add_up_to_the_whole_of_their_measure_and_basis(numbers: list[Count], by: set[str]) -> None:
    parts = summed(numbers, by=sorted(by))
    assert of_measure_and_basis(parts) == of_measure_and_basis(numbers)
    assert len({(one.kind, one.group, one.measure, one.basis) for one in parts}) == len(parts)
    assert all((one.kind == "") == ("kind" not in by) and (one.group == "") == ("group" not in by) for one in parts)


@given(counts, st.sets(st.sampled_from(("kind", "group"))))
def test_adding_in_steps_is_adding_at_once(numbers: list[Count], by: set[str]) -> None:
    assert summed(summed(numbers, by=("kind", "group")), by=sorted(by)) == summed(numbers, by=sorted(by))


@given(counts)
def test_a_table_shows_every_number_once_under_its_own_basis(numbers: list[Count]) -> None:
    lines = table(numbers, groups=GROUPS, measures=MEASURES, bases=BASES)
    shown = {
        ("", line.group, line.measure, basis): number
        for line in lines
        for basis, number in zip(BASES, line.numbers, strict=True)
        if number is not None
    }
    assert shown == {(one.kind, one.group, one.measure, one.basis): one.number for one in summed(numbers, ("group",))}
    places = [(GROUPS.index(line.group), MEASURES.index(line.measure)) for line in lines]
    assert places == sorted(places)


@pytest.mark.parametrize("part", ["measure", "basis", "number"])
def test_measures_and_bases_are_never_added_over(part: str) -> None:
    with pytest.raises(ValueError, match="told apart by kind and group"):
        summed([], by=(part,))


def test_an_unknown_code_of_a_later_release_stands_last() -> None:
    numbers = [Count("training", "robots", "views", "counted", 1), Count("training", "public", "views", "counted", 2)]
    assert [line.group for line in table(numbers, groups=GROUPS, measures=MEASURES, bases=BASES)] == [
        "public",
        "robots",
    ]


@given(efforts)
def test_effort_that_nobody_noted_is_not_nothing(found: list[Effort]) -> None:
    whole = all_effort(found)
    assert whole.activities == sum(one.activities for one in found)
    assert (whole.hours is None) == all(one.hours is None for one in found)
    assert (whole.cost or Decimal(0)) == sum((one.cost or Decimal(0) for one in found), Decimal(0))


days = st.dates(dt.date(2020, 1, 1), dt.date(2026, 1, 1))
done = st.builds(
    Done, st.integers(1, 9), st.sampled_from(KINDS), st.text(max_size=9), days, days, st.text(max_size=9),
    st.text(max_size=9), st.booleans(),
)  # fmt: skip
figures = st.builds(
    Figures,
    st.lists(done, unique_by=lambda one: one.number).map(tuple),
    counts.map(lambda numbers: tuple(summed(numbers, by=("kind", "group")))),
    st.lists(
        st.builds(Effort, st.sampled_from(KINDS), st.integers(1, 9), money, money), unique_by=lambda one: one.kind
    ).map(tuple),
)  # fmt: skip


@given(figures)
def test_what_is_frozen_thaws_the_same(one: Figures) -> None:
    assert from_json(as_json(one)) == one
    assert not changes(one, one)


@given(figures, figures)
def test_differences_name_every_activity_that_came_or_went(before: Figures, after: Figures) -> None:
    found = changes(before, after)
    old, new = ({one.number for one in side.activities} for side in (before, after))
    assert {one.number for one in found.added} == new - old
    assert {one.number for one in found.gone} == old - new
    assert {one.number for one in found.changed} <= old & new
    moved = sum((one.after or 0) - (one.before or 0) for one in found.numbers)
    assert moved == sum(one.number for one in after.counts) - sum(one.number for one in before.counts)


def test_a_change_of_hours_is_told_and_a_count_of_activities_alone_is_not() -> None:
    before = Figures(efforts=(Effort("training", 1, Decimal(3)), Effort("event", 1)))
    after = Figures(efforts=(Effort("training", 1, Decimal(4)), Effort("event", 2)))
    assert [(one.kind, one.after and one.after.hours) for one in changes(before, after).efforts] == [("training", 4)]
