"""Sums of the network, what may be shown of them, comparisons, flags, answers of a form, charts."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.trends.rules.answers import facts_in
from havn.trends.rules.charts import Point, Series, chart, nice_top
from havn.trends.rules.draft import figures, frozen_match, frozen_part
from havn.trends.rules.network import Cell, Matched, matched, summed
from havn.trends.rules.outliers import flags
from havn.trends.rules.quarters import Quarter, between

Q = Quarter


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (Cell(0, 0, 0), True),
        (Cell(100, 3, 75), True),
        (Cell(100, 3, 76), False),
        (Cell(100, 2, 60), False),
        (Cell(4, 4, 1), False),
        (Cell(5, 3, 2), True),
    ],
)
def test_a_number_needs_three_centres_none_too_large_and_five_contacts(cell: Cell, shown: bool) -> None:
    assert cell.may_be_shown is shown


def test_one_number_left_out_takes_another_with_it() -> None:
    rows = [(centre, code, number) for centre in (1, 2, 3) for code, number in (("a", 40), ("b", 30), ("c", 20))]
    part = summed([*rows, (1, "d", 9)])
    hidden = part.hidden()
    assert "d" in hidden and len(hidden) == 2
    assert frozen_part(part)["codes"]["d"] is None


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.sampled_from("abcdef"), st.integers(0, 200)),
        max_size=30,
        unique_by=lambda row: (row[0], row[1]),
    )
)
def test_nothing_that_is_left_out_follows_from_the_sum(rows: list[tuple[int, str, int]]) -> None:
    part = summed(rows)
    hidden = part.hidden()
    assert all(code in hidden for code, cell in part.cells.items() if not cell.may_be_shown)
    # With the sum known, a single number left out would be told. It can be so only where nothing else is there.
    if len(hidden) == 1:
        assert all(code in hidden for code, cell in part.cells.items() if cell.number)


def test_totals_are_compared_among_those_that_reported_both() -> None:
    now, before = {1: 100, 2: 50, 3: 30, 9: 900}, {1: 80, 2: 50, 3: 30, 4: 70, 9: 100}
    assert matched(now, before) == Matched(4, 1080, 260)
    assert matched(now, before, without={9}) == Matched(3, 180, 160)
    assert frozen_match(matched(now, before, without={9})) == {"centres": 3, "percent": 12.5}
    assert frozen_match(Matched(2, 10, 5)) is None
    assert frozen_match(Matched(3, 10, 0)) is None


def test_frozen_numbers_hold_no_sum_of_the_matched_helplines() -> None:
    found = figures(
        Q(2026, 3), reported=["A"], missing=[], parts={"total": summed([(1, "all", 5), (2, "all", 6), (3, "all", 7)])},
        since_quarter=Matched(3, 18, 12), since_year=Matched(0, 0, 0), before={}, printed={}, breaks=[],
    )  # fmt: skip
    assert found["total"] == 18
    assert found["since"] == {"quarter": {"centres": 3, "percent": 50.0}, "year": None}


def test_a_total_of_two_helplines_is_left_out() -> None:
    found = figures(
        Q(2026, 3), reported=["A", "B"], missing=[], parts={"total": summed([(1, "all", 50), (2, "all", 60)])},
        since_quarter=Matched(0, 0, 0), since_year=Matched(0, 0, 0), before={}, printed={}, breaks=[],
    )  # fmt: skip
    assert found["total"] is None


def test_flags_need_both_a_band_and_more_than_chance() -> None:
    now = {"steady": 1000, "small": 9, "far": 300, "new": 40, "band": 1150}
    before = {"steady": 990, "small": 5, "far": 200, "gone": 40, "band": 1000}
    found = flags(now, before)
    assert [flag.code for flag in found] == ["gone", "new", "far"]
    assert {flag.code: flag.deviations for flag in found}["far"] == 3.2


def test_answers_become_facts_by_what_each_question_is_about() -> None:
    questions = [("contacts", "helpline.online"), ("ways", "helpline.channel"), ("why", "helpline.reason"), ("x", "")]
    standard = {
        "channel": {"phone": "phone"},
        "reason": {"grooming": "grooming", "sextortion": "oscec", "oscec": "oscec"},
    }
    answers = {
        "contacts": 12,
        "ways": {"phone": {"contacts": 10}, "pigeon": {"contacts": 2}},
        "why": {"grooming": {"girls": 3, "boys": 1}, "sextortion": {"girls": 1}, "oscec": {"girls": 2}},
        "x": 7,
    }
    assert facts_in(questions, answers, standard) == {
        ("total", "all"): 12,
        ("channel", "phone"): 10,
        ("channel", "unknown"): 2,
        ("reason", "grooming"): 4,
        ("reason", "oscec"): 3,
    }


def test_answers_without_a_total_are_counted_by_channel_and_without_either_are_nothing() -> None:
    questions = [("ways", "helpline.channel")]
    assert (
        facts_in(questions, {"ways": {"phone": {"contacts": 4}}}, {"channel": {"phone": "phone"}})["total", "all"] == 4
    )
    assert facts_in(questions, {"ways": "nonsense"}, {}) == {}


def test_a_line_breaks_where_a_quarter_has_no_figure() -> None:
    points = [Point(Q(2020, 1), 10), Point(Q(2020, 2), 12, "over"), Point(Q(2020, 4), 11, "about")]
    drawn = chart([Series("a", points)], [(Q(2020, 2), "A"), (Q(2030, 1), "B")])
    assert drawn is not None
    assert len(drawn.series[0].lines) == 1 and len(drawn.series[0].lines[0].split()) == 2
    assert [mark.shape for mark in drawn.series[0].marks] == ["dot", "up", "ring"]
    assert [one.label for one in drawn.breaks] == ["A"]


@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(0, 60), st.floats(0, 1e6)), min_size=1, max_size=20, unique_by=lambda one: one[0]
        ),
        min_size=1,
        max_size=5,
    )
)
def test_everything_lies_inside_the_chart(rows: list[list[tuple[int, float]]]) -> None:
    quarters = between(Q(2015, 1), Q(2030, 4))
    series = [Series(str(at), [Point(quarters[place], value) for place, value in row]) for at, row in enumerate(rows)]
    drawn = chart(series)
    assert drawn is not None
    for one in drawn.series:
        assert all(drawn.left <= mark.x <= drawn.right + 0.1 for mark in one.marks)
        assert all(drawn.top - 0.1 <= mark.y <= drawn.bottom + 0.1 for mark in one.marks)
    heights = sorted(one.label_y for one in drawn.series)
    assert all(b - a >= 16.9 for a, b in itertools.pairwise(heights))


def test_a_chart_of_nothing_is_none() -> None:
    assert chart([]) is None
    assert chart([Series("a", [])]) is None


@given(st.floats(min_value=0.001, max_value=1e9))
def test_the_scale_ends_at_a_round_number_not_far_above(most: float) -> None:
    top = nice_top(most)
    assert most <= top <= 2.001 * most
