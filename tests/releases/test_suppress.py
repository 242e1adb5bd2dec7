"""Whatever the numbers are, an independent reader recovers none; and the audit's intervals are exact."""

import datetime as dt
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havn.releases.rules.audit import Audit
from havn.releases.rules.program import Fact
from havn.releases.rules.sensitivity import needed, why_hidden
from havn.releases.rules.suppress import NotSafe
from havn.releases.rules.system import Mismatch, System, TooMuch, _is_acyclic
from havn.releases.rules.tables import ALL, Category, Codes, Dimension, Published, Table
from tests.releases.attacker import Attacker
from tests.releases.factories import Q1, Q2, YEAR, as_json, dimension, drawn, grid, network, released

SLOW = [HealthCheck.too_slow]
numbers = st.integers(0, 14)


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(st.lists(st.lists(numbers, min_size=3, max_size=3), min_size=2, max_size=4))
def test_no_hidden_number_of_a_table_is_recovered(rows: list[list[int]]) -> None:
    _published, outcome = released(grid(rows))
    attacker = Attacker([("norway", "q1", as_json(outcome))])
    assert attacker.recovered(5) == []
    assert all(0 in (number,) or number >= 5 for number in outcome.published.shown.values())


@settings(max_examples=12, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_none_is_recovered_across_releases(data: st.DataObject) -> None:
    """A quarter, then the half-year: refused, or nothing of either is recovered, nor of the quarter between."""
    shape = st.lists(st.lists(numbers, min_size=2, max_size=2), min_size=3, max_size=3)
    one, two = data.draw(shape), data.draw(shape)
    both = [[a + b for a, b in zip(left, right, strict=True)] for left, right in zip(one, two, strict=True)]
    first, told = released(grid(one), Q1)
    try:
        _second, later = released(grid(both), (YEAR[0], Q2[1]), earlier=[first])
    except NotSafe:
        return
    attacker = Attacker([("norway", "q1", as_json(told)), ("norway", "h1", as_json(later))])
    attacker.add_up(("norway", "h1"), [("norway", "q1"), ("norway", "q2")])
    assert attacker.recovered(5) == []
    for name in [name for name in attacker.names if name[1] == "q2"]:
        low, high = attacker.interval(name)
        assert high - low >= 5 or low >= 5 or high == 0


@settings(max_examples=10, deadline=None, suppress_health_check=SLOW)
@given(st.lists(numbers, min_size=12, max_size=12))
def test_none_is_recovered_from_three_dimensions(drawn_numbers: list[int]) -> None:
    dimensions = (dimension("reason", 3), dimension("age", 2), dimension("channel", 2))
    names = list(product(*(one.leaves for one in dimensions)))
    table = Table(dimensions, {codes: n for codes, n in zip(names, drawn_numbers, strict=True) if n})
    _published, outcome = released(table)
    assert Attacker([("norway", "q1", as_json(outcome))]).recovered(5) == []


def fillings(table: Table, hidden: frozenset[Codes]) -> Iterator[dict[Codes, int]]:
    """Every table of whole numbers that fits what is shown, tried one by one."""
    leaves = list(product(*(one.leaves for one in table.dimensions)))
    most = table.whole[tuple(ALL for _ in table.dimensions)]
    shown = {codes: number for codes, number in table.whole.items() if codes not in hidden}

    def within(codes: Codes, whole: Codes) -> bool:
        return all(part in (ALL, code) for part, code in zip(whole, codes, strict=True))

    def go_on(at: int, filled: dict[Codes, int]) -> Iterator[dict[Codes, int]]:
        sums = {whole: sum(n for codes, n in filled.items() if within(codes, whole)) for whole in table.whole}
        if any(sums[whole] > number for whole, number in shown.items()):
            return
        if at == len(leaves):
            if all(sums[whole] == number for whole, number in shown.items()) and all(sums[one] >= 1 for one in hidden):
                yield sums
            return
        for number in range(most + 1):
            yield from go_on(at + 1, {**filled, leaves[at]: number})

    return go_on(0, {})


@settings(max_examples=15, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_intervals_are_those_of_trying_every_table(data: st.DataObject) -> None:
    many = data.draw(st.sampled_from([(2, 2), (2, 3), (2, 2, 2)]))
    dimensions = tuple(dimension(f"d{at}", size) for at, size in enumerate(many))
    names = list(product(*(one.leaves for one in dimensions)))
    small = data.draw(st.lists(st.integers(0, 2), min_size=len(names), max_size=len(names)))
    table = Table(dimensions, {codes: n for codes, n in zip(names, small, strict=True) if n})
    open_to = [codes for codes, number in table.whole.items() if number and codes != (ALL,) * len(many)]
    hidden = frozenset(data.draw(st.sets(st.sampled_from(open_to), max_size=6)) if open_to else [])
    published = Published("1", "norway", *Q1, dimensions, {}, hidden)
    system = System([published])
    facts = [
        Fact(system.form_of(published, codes), 1 if codes in hidden else n, None if codes in hidden else n)
        for codes, n in table.whole.items()
    ]
    audit = Audit(system, facts)
    tried = list(fillings(table, hidden))
    for codes in hidden:
        found = audit.bounds(system.form_of(published, codes))
        values = [sums[codes] for sums in tried]
        assert (found.low, found.high) == (min(values), max(values))


def test_a_broken_bound_of_the_programme_is_not_believed() -> None:
    """Three unknowns, any two of which add up to 3: by halves each is 1.5, in whole numbers nothing fits."""
    from havn.releases.rules.program import Contradiction

    published = Published("1", "norway", *Q1, (dimension("d", 3),), {}, frozenset())
    facts = [Fact({0: 1, 1: 1}, 3, 3), Fact({1: 1, 2: 1}, 3, 3), Fact({0: 1, 2: 1}, 3, 3)]
    audit = Audit(System([published]), facts)
    assert not audit.is_possible()
    with pytest.raises(Contradiction):
        audit.bounds({0: 1})


def test_what_is_shown_twice_and_differs_is_a_contradiction() -> None:
    published = Published("1", "norway", *Q1, (dimension("d", 2),), {}, frozenset())
    audit = Audit(System([published]), [Fact({0: 1}, 3, 3), Fact({0: 1}, 4, 4)])
    assert not audit.is_possible()


def test_a_table_without_small_numbers_hides_nothing() -> None:
    _published, outcome = released(grid([[5, 6], [0, 9]]))
    assert outcome.why == {}
    assert outcome.published.shown["reason1", "age0"] == 0


def test_a_table_of_one_child_hides_everything_but_its_zeros() -> None:
    _published, outcome = released(grid([[1, 0], [0, 0]]))
    assert set(outcome.published.shown.values()) == {0}
    interval = outcome.intervals["reason0", "age0"]
    assert interval.high is None


def test_each_hidden_number_has_its_reason_and_a_wide_interval() -> None:
    _published, outcome = released(drawn(4))
    assert set(outcome.why.values()) == {"small", "protects"}
    assert set(outcome.intervals) == set(outcome.why)
    assert all(one.is_wide(5) for one in outcome.intervals.values())


def test_a_corrected_quarter_may_contradict_its_year() -> None:
    """The year was published with the old number of its first quarter; the rest of it still holds."""
    first, _one = released(grid([[20, 30], [40, 10]]), Q1, key="q1")
    year, _two = released(grid([[80, 90], [99, 70]]), YEAR, earlier=[first], key="year")
    _again, outcome = released(grid([[90, 30], [40, 10]]), Q1, earlier=[first, year], corrects=True)
    assert outcome.why == {}


def test_groups_that_are_divided_in_another_way_cannot_be_compared() -> None:
    one = Dimension("age", "Age", (Category("young", ""), Category("a", "", "young"), Category("b", "", "young")))
    two = Dimension("age", "Age", (Category("young", ""), Category("a", "", "young"), Category("c", "", "young")))
    first, _ = released(Table((one,), {("a",): 20, ("b",): 30}), Q1)
    with pytest.raises(Mismatch):
        released(Table((two,), {("a",): 20, ("c",): 30}), (YEAR[0], Q2[1]), earlier=[first])


def test_a_finer_list_in_a_later_release_is_the_same_dimension() -> None:
    coarse = Dimension("age", "Age", (Category("young", ""), Category("old", "")))
    fine = Dimension(
        "age", "Age",
        (Category("young", ""), Category("a", "", "young"), Category("b", "", "young"), Category("old", "")),
    )  # fmt: skip
    first, _ = released(Table((coarse,), {("young",): 22, ("old",): 30}), Q1)
    _second, outcome = released(Table((fine,), {("a",): 20, ("b",): 2, ("old",): 30}), Q1, earlier=[first])
    assert outcome.why == {("b",): "small", ("a",): "protects"}


def test_too_many_crossings_are_refused_before_any_work() -> None:
    with pytest.raises(TooMuch):
        System([Published("1", "norway", *Q1, tuple(dimension(f"d{at}", 30) for at in range(3)), {}, frozenset())])


@pytest.mark.parametrize(
    ("sets", "expected"),
    [
        ([{"a", "b"}], True),
        ([{"a", "b"}, {"b", "c"}], True),
        ([{"a", "b"}, {"c", "d"}], True),
        ([{"a", "b"}, {"b", "c"}, {"a", "c"}], False),
        ([{"a", "b"}, {"b", "c"}, {"a", "c"}, {"a", "b", "c"}], True),
        ([{"a", "b"}, {"b", "c"}, {"c", "d"}, {"d", "a"}], False),
    ],
)
def test_tables_form_a_circle_or_not(sets: list[set[str]], expected: bool) -> None:
    assert _is_acyclic([frozenset(one) for one in sets]) is expected


@pytest.mark.parametrize(
    ("number", "given", "expected"),
    [
        (0, None, ""), (1, None, "small"), (4, None, "small"), (5, None, ""),
        (0, [0, 0, 0], ""), (4, [2, 1, 1], "small"), (60, [30, 30, 0], "few-centres"), (60, [60], "few-centres"),
        (100, [76, 12, 12], "one-centre"), (100, [75, 13, 12], ""), (16, [12, 2, 2], "rest-small"),
        (20, [15, 3, 2], ""),
    ],
)  # fmt: skip
def test_which_numbers_may_not_stand_by_themselves(number: int, given: list[int] | None, expected: str) -> None:
    assert why_hidden(number, given, 5) == expected


def test_a_number_that_is_nearly_one_centres_needs_a_wider_interval() -> None:
    assert needed(100, None, 5) == 5
    assert needed(100, [96, 2, 2], 5) == 28
    assert needed(100, [40, 30, 30], 5) == 5


@pytest.mark.parametrize(
    "make",
    [
        lambda: Dimension("a", "A", ()),
        lambda: Dimension("a", "A", (Category("x", ""), Category("x", ""))),
        lambda: Dimension("a", "A", (Category("", ""),)),
        lambda: Dimension("a", "A", (Category("x", "", "y"), Category("y", ""))),
        lambda: Table((), {}),
        lambda: Table((dimension("a", 2), dimension("a", 2)), {}),
        lambda: Table((dimension("a", 2),), {("a0",): -1}),
        lambda: Table((dimension("a", 2),), {("b0",): 1}),
        lambda: Table((dimension("a", 2),), {("a0",): 2}, {"norway": {("a0",): 1}}),
    ],
)
def test_a_table_that_is_none_is_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(ValueError):
        make()


def test_the_parts_of_centres_are_added_up() -> None:
    table = network({"norway": [[1, 2]], "denmark": [[3, 0]]})
    assert table.whole["reason0", ALL] == 6
    assert table.wholes["norway"][ALL, ALL] == 3


def test_years_and_quarters_are_cut_where_releases_begin_and_end() -> None:
    first, _ = released(grid([[20, 20]]), Q1)
    year, _ = released(grid([[90, 90]]), YEAR, earlier=[first])
    system = System([first, year])
    assert system.spans == (Q1, (dt.date(2026, 4, 1), YEAR[1]))


def test_an_earlier_release_that_is_no_part_of_the_network_as_said_stands_in_the_way_of_nothing() -> None:
    """A centre's table is larger than the network's: one of them was wrong, and the new one is right."""
    mine, _ = released(grid([[20, 3, 9], [14, 8, 30], [7, 12, 0]]), key="norway")
    other, _ = released(grid([[20, 3, 9], [14, 8, 30], [7, 12, 0]]), key="denmark", centre="denmark")
    parts = {name: [[40, 30, 25], [20, 15, 9], [33, 12, 27]] for name in ("a", "b", "c", "d")}
    _published, outcome = released(network(parts), centre="network", earlier=[mine, other])
    assert set(outcome.why.values()) <= {"protects"}
