"""Sums of the network, what may be shown of them, comparisons, flags, answers of a form, charts."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.trends.rules.answers import facts_in
from havn.trends.rules.charts import Point, Series, chart, nice_top
from havn.trends.rules.draft import figures, frozen_match, frozen_part
from havn.trends.rules.moves import Moved, points_of
from havn.trends.rules.network import Cell, Matched, Part, matched, summed
from havn.trends.rules.numbers import Points
from havn.trends.rules.outliers import flags
from havn.trends.rules.quarters import Quarter, between

Q = Quarter


def hidden_of(part: Part) -> set[str]:
    """The codes left out."""
    return {code for code, number in part.seen().numbers.items() if number is None}


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (Cell(0, 0, 0), True),
        (Cell(100, 3, 75), True),
        (Cell(100, 3, 76), False),
        (Cell(100, 2, 60), False),
        (Cell(4, 4, 1), False),
        (Cell(5, 3, 2), False),
        (Cell(7, 3, 5), False),
        (Cell(7, 3, 2), True),
    ],
)
def test_a_number_needs_three_centres_none_too_large_and_five_contacts(cell: Cell, shown: bool) -> None:
    assert cell.may_be_shown is shown


def test_one_number_left_out_takes_another_with_it() -> None:
    rows = [(centre, code, number) for centre in (1, 2, 3) for code, number in (("a", 40), ("b", 30), ("c", 20))]
    part = summed([*rows, (1, "d", 9)])
    hidden = hidden_of(part)
    assert "d" in hidden and len(hidden) == 2
    assert frozen_part(part)["codes"]["d"] is None


def attacked(part: Part) -> dict[str, tuple[int, int]]:
    """What whoever knows the total of all contacts can work out of each number left out: least and most."""
    seen, total = part.seen(), sum(cell.number for cell in part.cells.values())
    sets = [set(part.cells)]
    if seen.known is not None:
        sets = [set(part.cells) - {"unknown"}, {"unknown"} & set(part.cells)]
    found = {}
    for codes in sets:
        whole = total if seen.known is None else seen.known if "unknown" not in codes else total - seen.known
        left = [code for code in codes if seen.numbers[code] is None]
        rest = whole - sum(seen.numbers[code] or 0 for code in codes)
        found |= {code: (rest if len(left) == 1 else 1, rest - len(left) + 1) for code in left}
    return found


def test_the_sum_of_what_is_known_gives_no_small_number_back() -> None:
    # Girls 530, boys 420, other 2, not known 8: with the sum of the known, 952, other would be 952 - 530 - 420.
    rows = [(at, code, number) for at, code, number in (
        (1, "girl", 180), (2, "girl", 180), (3, "girl", 170), (1, "boy", 140), (2, "boy", 140), (3, "boy", 140),
        (1, "other", 2), (1, "unknown", 3), (2, "unknown", 3), (3, "unknown", 2),
    )]  # fmt: skip
    part = summed(rows)
    seen = part.seen()
    assert seen.numbers["other"] is None
    assert attacked(part)["other"][1] - attacked(part)["other"][0] >= 5
    assert frozen_part(part)["known"] in (None, 952)
    assert seen.known is None or seen.numbers["boy"] is None


def test_what_is_not_known_is_not_told_by_the_sum_and_no_share_tells_the_sum() -> None:
    part = summed([(at, code, 100) for at in (1, 2, 3) for code in ("girl", "boy")] + [(1, "unknown", 7)])
    seen = part.seen()
    assert seen.numbers["unknown"] is None and seen.known is None
    assert seen.share("girl") is None and seen.share("boy") is None
    low, high = attacked(part)["unknown"]
    assert high - low >= 5


def test_what_was_left_out_once_stays_left_out() -> None:
    part = summed([(at, code, 50) for at in (1, 2, 3) for code in "abc"])
    assert part.seen().numbers["a"] == 150
    assert part.seen(also={"a"}).numbers["a"] is None


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.sampled_from(["a", "b", "c", "d", "unknown"]), st.integers(0, 60)),
        max_size=25,
        unique_by=lambda row: (row[0], row[1]),
    )
)
def test_nothing_that_is_left_out_follows_from_sums(rows: list[tuple[int, str, int]]) -> None:
    part = summed(rows)
    hidden = hidden_of(part)
    assert all(code in hidden for code, cell in part.cells.items() if not cell.may_be_shown)
    if hidden == set(part.cells):
        # Nothing more can be left out.
        assert part.seen().known is None or part.known >= 5 or not part.cells
        return
    for code, (low, high) in attacked(part).items():
        assert low <= part.cells[code].number <= high
        assert high - low >= 5, f"{code} is between {low} and {high}"


def test_totals_are_compared_among_those_that_reported_both() -> None:
    now, before = {1: 100, 2: 50, 3: 30, 9: 900}, {1: 80, 2: 50, 3: 30, 4: 70, 9: 100}
    assert matched(now, before) == Matched(4, 1080, 260, (0, 1))
    assert matched(now, before, without={9}) == Matched(3, 180, 160, (1, 2))
    assert frozen_match(Matched(3, 180, 160)) == {"centres": 3, "percent": 12.5}
    assert frozen_match(Matched(2, 10, 5)) is None
    assert frozen_match(Matched(3, 10, 0)) is None


def test_frozen_numbers_hold_no_sum_of_the_matched_helplines() -> None:
    found = figures(
        Q(2026, 3), reported=["A"], missing=[], parts={"total": summed([(1, "all", 5), (2, "all", 6), (3, "all", 7)])},
        since_quarter=Matched(3, 18, 12), since_year=Matched(0, 0, 0), moved_quarter={}, moved_year={}, printed={},
        breaks=[], hidden={},
    )  # fmt: skip
    assert found["total"] == 18
    assert found["since"] == {"quarter": {"centres": 3, "percent": 50.0}, "year": None}


def test_a_total_of_two_helplines_is_left_out() -> None:
    found = figures(
        Q(2026, 3), reported=["A", "B"], missing=[], parts={"total": summed([(1, "all", 50), (2, "all", 60)])},
        since_quarter=Matched(0, 0, 0), since_year=Matched(0, 0, 0), moved_quarter={}, moved_year={}, printed={},
        breaks=[], hidden={},
    )  # fmt: skip
    assert found["total"] is None


def test_shares_move_among_three_helplines_or_more() -> None:
    now = summed([(at, code, number) for at in (1, 2, 3) for code, number in (("a", 30), ("b", 70))])
    before = summed([(at, code, 50) for at in (1, 2, 3) for code in "ab"])
    moved = Moved(3, now, before).shares()
    assert moved == {"a": (50.0, 30.0), "b": (50.0, 70.0)}
    assert points_of(moved)["a"] == Points(-20.0)
    assert Moved(2, now, before).shares() == {}
    assert set(Moved(2, now, before).shares(whole=True)) == {"a", "b"}


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
    drawn = chart([Series("a", points)], [(Q(2020, 3), "A"), (Q(2030, 1), "B")])
    assert drawn is not None
    assert len(drawn.series[0].lines) == 1 and len(drawn.series[0].lines[0].split()) == 2
    assert [mark.shape for mark in drawn.series[0].marks] == ["dot", "up", "ring"]
    assert [one.label for one in drawn.breaks] == ["A"]
    assert [mark.point.quarter for mark in drawn.series[0].ends] == [Q(2020, 2)]


def test_series_that_end_in_one_place_share_the_label_of_their_numbers() -> None:
    def two(name: str, value: float) -> Series:
        return Series(name, [Point(Q(2020, 1), value), Point(Q(2020, 4), value)])

    drawn = chart([two("a", 10), two("b", 4), two("c", 10), two("d", 9.9)])
    assert drawn is not None
    assert [one.numbers for one in drawn.ends] == ["1, 3, 4", "2"]


def test_no_line_is_drawn_over_a_break() -> None:
    points = [Point(Q(2023, number), 20000 + number) for number in (1, 2, 3, 4)]
    drawn = chart([Series("a", points)], [(Q(2023, 4), "A")])
    assert drawn is not None
    assert [len(line.split()) for line in drawn.series[0].lines] == [3]
    assert "30\u202f000" in [one.label for one in drawn.levels]


@pytest.mark.parametrize(("both", "told"), [(6, True), (5, False), (4, False), (3, True)])
def test_a_change_is_told_where_those_left_over_are_none_or_three(both: int, told: bool) -> None:
    """Else the change of those that reported both, beside the totals of all, is that of the one or two left over."""
    more, fewer = dict.fromkeys(range(6), 100), dict.fromkeys(range(both), 100)
    assert (frozen_match(matched(more, fewer)) is not None) is told
    assert (frozen_match(matched(fewer, more)) is not None) is told


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
