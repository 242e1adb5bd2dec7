"""Attacks by name: what a reader can set against what. None gives a small number back.

The attacker (`attacker.py`) is written apart from the audit and reads only what is published.
"""

import itertools
from dataclasses import replace

import pytest

from havn.releases.rules.percent import LEAST_BASE, share
from havn.releases.rules.suppress import NotSafe
from havn.releases.rules.tables import ALL, NETWORK, Table
from tests.releases.attacker import Attacker
from tests.releases.factories import Q1, Q2, Q3, Q4, YEAR, as_json, dimension, drawn, grid, network, released

NORWAY = "norway"
SMALL = [[12, 3, 9], [14, 8, 30], [7, 12, 2]]


def safe(attacker: Attacker, threshold: int = 5) -> None:
    """There is something hidden, and nothing of it is known."""
    assert attacker.hidden
    assert attacker.recovered(threshold) == []


def test_the_attacker_is_no_dummy_small_numbers_alone_are_recovered_from_totals() -> None:
    table = grid(SMALL)
    primary_only = {
        "lowest": 1,
        "dimensions": [
            {"key": one.key, "categories": [{"code": c.code, "parent": c.parent} for c in one.categories]}
            for one in table.dimensions
        ],
        "cells": [
            {"codes": list(codes), "count": None if 0 < number < 5 else number} for codes, number in table.whole.items()
        ],
    }
    found = dict(Attacker([(NORWAY, "q1", primary_only)]).recovered(5))
    assert set(found.values()) == {(3, 3), (2, 2)}


@pytest.mark.parametrize("seed", range(3))
def test_totals_give_nothing_back(seed: int) -> None:
    _published, outcome = released(drawn(seed, contacts=300, rows=8))
    safe(Attacker([(NORWAY, "q1", as_json(outcome))]))


def test_complements_of_groups_give_nothing_back() -> None:
    ages = dimension("age", 4, groups={"children": (0, 1), "youth": (2, 3)})
    reasons = dimension("reason", 3)
    numbers = [[40, 3, 20, 9], [2, 14, 8, 30], [9, 7, 12, 6]]
    counts = {(f"reason{r}", f"age{a}"): n for r, row in enumerate(numbers) for a, n in enumerate(row)}
    _published, outcome = released(Table((reasons, ages), counts))
    safe(Attacker([(NORWAY, "q1", as_json(outcome))]))
    assert ("reason0", "children") in outcome.published.shown or ("reason0", "children") in outcome.why


def test_a_quarter_against_the_year_to_date_gives_nothing_back() -> None:
    """Half a year less its first quarter is the second, which nobody published."""
    half = (YEAR[0], Q2[1])
    first, one = released(grid(SMALL), Q1)
    both, two = released(grid([[15, 14, 20], [30, 9, 61], [13, 24, 11]]), half, earlier=[first])
    attacker = Attacker([(NORWAY, "q1", as_json(one)), (NORWAY, "h1", as_json(two))])
    attacker.add_up((NORWAY, "h1"), [(NORWAY, "q1"), (NORWAY, "q2")])
    safe(attacker)
    for name in [name for name in attacker.names if name[1] == "q2"]:
        low, high = attacker.interval(name)
        assert high - low >= 5 or low >= 5 or high == 0, name
    assert both.shown


def test_the_year_minus_three_quarters_gives_nothing_back() -> None:
    quarters = [
        [[30, 8, 9], [14, 18, 30], [17, 12, 22]],
        [[28, 9, 11], [16, 22, 27], [19, 14, 25]],
        [[33, 7, 10], [12, 17, 31], [15, 13, 24]],
    ]
    fourth = [[29, 2, 10], [15, 20, 29], [18, 11, 23]]
    earlier, tables = [], []
    for number, (rows, days) in enumerate(zip(quarters, (Q1, Q2, Q3), strict=True)):
        published, outcome = released(grid(rows), days, earlier=earlier, key=str(number))
        assert not outcome.why
        earlier.append(published)
        tables.append((NORWAY, f"q{number + 1}", as_json(outcome)))
    whole = [[sum(part[r][a] for part in (*quarters, fourth)) for a in range(3)] for r in range(3)]
    _published, outcome = released(grid(whole), YEAR, earlier=earlier)
    # No number of the year is small; it hides some only because three quarters less from it leave 2.
    assert set(outcome.why.values()) == {"protects"}
    attacker = Attacker([*tables, (NORWAY, "year", as_json(outcome))])
    attacker.add_up((NORWAY, "year"), [(NORWAY, f"q{number}") for number in (1, 2, 3, 4)])
    safe(attacker)
    low, high = attacker.interval((NORWAY, "q4", frozenset({("reason", "reason0"), ("age", "age1")})))
    assert high - low >= 5


def test_a_fourth_quarter_that_its_year_would_give_away_is_refused() -> None:
    """The year and three quarters are out with all their numbers: nothing protects the fourth any more."""
    earlier = []
    for number, days in enumerate((Q1, Q2, Q3)):
        published, _outcome = released(grid([[20, 20], [20, 20]]), days, key=str(number))
        earlier.append(published)
    year, _outcome = released(grid([[62, 80], [80, 80]]), YEAR)
    earlier.append(replace(year, key="year"))
    with pytest.raises(NotSafe):
        released(grid([[2, 20], [20, 20]]), Q4, earlier=earlier)


def test_the_network_minus_ones_own_gives_nothing_back() -> None:
    parts = {
        "norway": [[40, 12, 9], [20, 15, 30]],
        "denmark": [[30, 2, 11], [22, 9, 25]],
        "poland": [[35, 1, 14], [18, 21, 28]],
        "spain": [[31, 0, 8], [25, 12, 27]],
    }
    table = network(parts)
    _published, outcome = released(table, centre="network")
    assert outcome.published.population == NETWORK
    # 15 in all; without Norway's 12 it is 3.
    assert outcome.why["reason0", "age1"] == "one-centre"
    for centre in parts:
        attacker = Attacker([("*", "q1", as_json(outcome))])
        attacker.add_up(("*", "q1"), [(centre, "q1"), ("rest", "q1")])
        for codes, number in table.wholes[centre].items():
            cells = frozenset((one.key, code) for one, code in zip(table.dimensions, codes, strict=True) if code != ALL)
            attacker.learn((centre, "q1", cells), number)
        safe(attacker)
        for name in [name for name in attacker.names if name[0] == "rest"]:
            low, high = attacker.interval(name)
            assert high - low >= 5 or low >= 5 or high == 0, (centre, name)


def test_a_network_number_of_two_centres_or_of_nearly_one_is_hidden() -> None:
    few = network({"norway": [[40, 30], [20, 15]], "denmark": [[30, 35], [22, 9]], "poland": [[0, 31], [18, 21]]})
    _published, outcome = released(few, centre="network")
    assert outcome.why["reason0", "age0"] == "few-centres"
    one = network({"norway": [[90, 30], [20, 15]], "denmark": [[9, 35], [22, 9]], "poland": [[8, 31], [18, 21]]})
    _published, outcome = released(one, centre="network")
    assert outcome.why["reason0", "age0"] == "one-centre"
    # By the (1,75) rule 107 would be safe from 120 on: the interval reaches that far.
    interval = outcome.intervals["reason0", "age0"]
    assert interval.high is None or interval.high - interval.low >= 13


def test_a_centres_own_release_and_the_networks_give_no_other_centre_away() -> None:
    """Norway published its own table; whoever takes it from the network's must not see the two others' small sum."""
    own, mine = released(grid([[40, 12, 9], [20, 15, 30]]), centre="norway", key="own")
    table = network(
        {
            "norway": [[40, 12, 9], [20, 15, 30]],
            "denmark": [[30, 6, 11], [22, 9, 25]],
            "poland": [[35, 7, 3], [18, 21, 28]],
        }
    )
    _published, outcome = released(table, centre="network", earlier=[own])
    attacker = Attacker([("norway", "q1", as_json(mine)), ("*", "q1", as_json(outcome))])
    attacker.add_up(("*", "q1"), [("norway", "q1"), ("rest", "q1")])
    for name in [name for name in attacker.names if name[0] == "rest"]:
        low, high = attacker.interval(name)
        assert high - low >= 5 or low >= 5 or high == 0, name
    assert attacker.recovered(5) == []


def test_revised_against_first_release_gives_nothing_back() -> None:
    """Late contacts change some numbers; whoever believes the unchanged ones of both learns nothing hidden."""
    before = [[12, 3, 9, 25], [14, 18, 30, 11], [7, 12, 2, 16], [21, 9, 17, 13]]
    after = [[12, 3, 9, 25], [14, 18, 30, 11], [7, 12, 2, 36], [21, 9, 17, 13]]
    first, one = released(grid(before), key="first")
    _second, two = released(grid(after), earlier=[first], corrects=True)
    # What was hidden stays hidden.
    assert set(one.why) <= set(two.why)
    attacker = Attacker([(NORWAY, "q1", as_json(two))])
    now_known = {tuple(cell["codes"]): cell["count"] for cell in as_json(two)["cells"]}
    truth = grid(after).whole
    for cell in as_json(one)["cells"]:
        codes = tuple(cell["codes"])
        if cell["count"] is not None and cell["count"] == truth[codes]:
            name = frozenset((key, code) for key, code in zip(("reason", "age"), codes, strict=True) if code)
            attacker.learn((NORWAY, "q1", name), cell["count"])
    assert now_known
    safe(attacker)


def test_a_correction_by_a_few_hides_what_it_changed() -> None:
    """Twelve becomes fourteen: the difference is a count of two."""
    before = [[12, 13, 9, 25], [14, 18, 30, 11], [27, 12, 22, 16], [21, 9, 17, 13]]
    after = [[14, 13, 9, 25], [14, 18, 30, 11], [27, 12, 22, 16], [21, 9, 17, 13]]
    first, one = released(grid(before), key="first")
    assert not one.why
    _second, two = released(grid(after), earlier=[first], corrects=True)
    for codes in (("reason0", "age0"), ("reason0", ALL), (ALL, "age0"), (ALL, ALL)):
        assert two.why[codes] == "small-change"


def test_percentages_of_small_bases_are_not_told_and_others_add_nothing() -> None:
    assert share(1, 7) is None
    assert share(20, LEAST_BASE - 1) is None
    assert share(None, 200) is None and share(20, None) is None
    assert share(41, 200) == 20
    # Whoever has the shown numbers works every share out alone: it is a function of them.
    _published, outcome = released(drawn(1))
    shown = outcome.published.shown
    total = shown.get((ALL, ALL))
    for codes in outcome.why:
        assert share(shown.get(codes), total) is None


def test_two_tables_that_share_a_margin_give_nothing_back() -> None:
    """Reasons by age, then reasons by channel: the number of a reason is one and the same."""
    by_age, one = released(grid([[12, 3, 9], [14, 8, 30], [7, 12, 2], [25, 9, 40]]), key="age")
    by_channel = grid([[20, 4], [45, 7], [18, 3], [60, 14]], keys=("reason", "channel"))
    _published, two = released(by_channel, earlier=[by_age], key="channel")
    attacker = Attacker([(NORWAY, "q1", as_json(one)), (NORWAY, "q1", as_json(two))])
    safe(attacker)


def test_three_tables_in_a_circle_give_nothing_back() -> None:
    """Reason by age, reason by channel, age by channel: pairwise margins of one body of contacts."""
    cube = {
        (r, a, c): number
        for (r, a), pair in {
            (0, 0): (9, 4), (0, 1): (20, 7), (0, 2): (11, 6),
            (1, 0): (14, 2), (1, 1): (6, 13), (1, 2): (30, 5),
            (2, 0): (8, 9), (2, 1): (3, 17), (2, 2): (12, 10),
        }.items()
        for c, number in enumerate(pair)
    }  # fmt: skip

    def margin(first: int, second: int, sizes: tuple[int, int], keys: tuple[str, str]) -> Table:
        rows = [
            [sum(n for at, n in cube.items() if at[first] == i and at[second] == j) for j in range(sizes[1])]
            for i in range(sizes[0])
        ]
        return grid(rows, keys=keys)

    threshold = 15
    tables = [
        margin(0, 1, (3, 3), ("reason", "age")),
        margin(0, 2, (3, 2), ("reason", "channel")),
        margin(1, 2, (3, 2), ("age", "channel")),
    ]
    earlier, told = [], []
    for number, table in enumerate(tables):
        published, outcome = released(table, earlier=earlier, key=str(number), threshold=threshold)
        earlier.append(published)
        told.append((NORWAY, "q1", as_json(outcome)))
    attacker = Attacker(told)
    # The reader also knows that all three are margins of one cube.
    for r, a, c in itertools.product(range(3), range(3), range(2)):
        attacker.know(NORWAY, "q1", reason=f"reason{r}", age=f"age{a}", channel=f"channel{c}")
    for (one, many), (other, more), (third, most) in (
        (("reason", 3), ("age", 3), ("channel", 2)),
        (("reason", 3), ("channel", 2), ("age", 3)),
        (("age", 3), ("channel", 2), ("reason", 3)),
    ):
        for i, j in itertools.product(range(many), range(more)):
            pair = {(one, f"{one}{i}"), (other, f"{other}{j}")}
            parts = [(NORWAY, "q1", frozenset({*pair, (third, f"{third}{k}")})) for k in range(most)]
            attacker.equations.append(((NORWAY, "q1", frozenset(pair)), parts))
    safe(attacker, threshold)
    for name in [name for name in attacker.names if len(name[2]) == 3]:
        low, high = attacker.interval(name)
        assert high - low >= threshold or low >= threshold or high == 0, name
