"""A centre beside the network."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.rounds.rules.comparing import beside, in_steps, whole_threes


def test_five_centres_show_total_median_and_quartiles() -> None:
    found = beside({1: 10, 2: 20, 3: 30, 4: 40, 5: 50}, own=3)
    assert (found.centres, found.total, found.middle, found.lower, found.upper) == (5, 150, 30.0, 20.0, 40.0)
    assert found.why_not == ""


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        ({1: 10, 2: 20}, "few"),
        ({}, "few"),
        ({1: 10, 2: 90, 3: 1}, "one-large"),
        ({1: 76, 2: 12, 3: 12}, "one-large"),
        ({1: 6, 2: 1, 3: 2}, "small"),
    ],
)
def test_it_says_why_nothing_is_shown(numbers: dict[int, int], why: str) -> None:
    found = beside(numbers, own=1)
    assert found.why_not == why
    assert (found.total, found.middle) == (None, None)


def test_three_centres_show_no_median_since_it_would_be_one_of_them() -> None:
    found = beside({1: 30, 2: 30, 3: 40}, own=1)
    assert (found.total, found.middle, found.lower, found.why_not) == (100, None, None, "")


def test_zero_everywhere_may_be_shown() -> None:
    assert beside({1: 0, 2: 0, 3: 0}, own=1).total == 0


@given(st.dictionaries(st.integers(1, 9), st.integers(0, 200), max_size=9), st.integers(1, 9))
def test_nothing_is_shown_of_few_or_of_one_large(numbers: dict[int, int], own: int) -> None:
    found = beside(numbers, own)
    if found.total is not None:
        assert len(numbers) >= 3
        assert max(numbers.values()) <= 0.75 * found.total or found.total == 0
        assert not 0 < found.total - numbers.get(own, 0) < 5


@given(st.lists(st.integers(), max_size=30))
def test_centres_count_in_threes_so_that_no_difference_shows_one(accepted: list[int]) -> None:
    counted = in_steps(accepted)
    assert len(counted) % 3 == 0
    assert len(accepted) - len(counted) < 3
    assert list(counted) == accepted[: len(counted)]


@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), max_size=20), st.integers(0, 20))
def test_no_difference_between_questions_or_moments_is_about_one_centre(
    gaps: list[list[bool]], accepted_before: int
) -> None:
    """Centre by question, whether it was answered. Any two sums that are shown differ by whole threes."""

    def counted(of: list[int], question: int) -> set[int]:
        return set(whole_threes(of, lambda centre: gaps[centre][question]))

    everybody = list(range(len(gaps)))
    shown = [counted(of, question) for of in (everybody, everybody[:accepted_before]) for question in range(4)]
    threes = [set(everybody[at : at + 3]) for at in range(0, len(everybody), 3)]
    for pool in shown:
        assert all(three <= pool or not three & pool for three in threes)
        assert len(pool) % 3 == 0
    for question in range(4):
        assert all(gaps[centre][question] for centre in counted(everybody, question))


def test_a_gap_takes_its_three_along_and_leaves_the_others() -> None:
    assert whole_threes([1, 2, 3, 4, 5, 6, 7], lambda one: one != 2) == [4, 5, 6]
    assert whole_threes([1, 2, 3, 4, 5, 6, 7], lambda one: True) == [1, 2, 3, 4, 5, 6]
