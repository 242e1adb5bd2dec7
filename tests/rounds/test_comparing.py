"""A centre beside the network."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.rounds.rules.comparing import Beside, beside, fault_of, rounded, whole_threes


def of(*numbers: int) -> list[dict[int, int]]:
    """Threes of centres 1, 2, 3 and so on with these numbers."""
    return [dict(enumerate(numbers[at : at + 3], at + 1)) for at in range(0, len(numbers), 3)]


def test_six_centres_show_total_median_and_quartiles_rounded() -> None:
    found = beside(of(10, 20, 30, 40, 51, 62), own=3)
    assert found == Beside(6, total=210, middle=35, lower=20, upper=50)


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        ((), "few"),
        ((10, 90, 1), "one-large"),
        ((76, 12, 12), "one-large"),
        ((6, 1, 2), "small"),
        ((6, 0, 0), "one-large"),
    ],
)
def test_it_says_why_nothing_is_shown(numbers: tuple[int, ...], why: str) -> None:
    assert beside(of(*numbers), own=1) == Beside(0, why_not=why)


def test_three_centres_show_no_median_since_it_would_be_one_of_them() -> None:
    assert beside(of(30, 30, 40), own=1) == Beside(3, total=100)


def test_nought_everywhere_may_be_shown() -> None:
    assert beside(of(0, 0, 0), own=1).total == 0


def test_a_three_that_would_tell_is_left_out_and_the_others_count() -> None:
    assert beside(of(30, 30, 40, 5, 90, 3), own=1) == Beside(3, total=100)
    assert beside(of(30, 30, 40, 5, 0, 0), own=4) == Beside(3, total=100)


numbers = st.lists(st.integers(0, 200), max_size=12).map(lambda found: found[: len(found) - len(found) % 3])


@given(numbers, st.integers(1, 13))
def test_nothing_is_shown_of_few_or_of_one_large(given_numbers: list[int], own: int) -> None:
    threes = of(*given_numbers)
    found = beside(threes, own)
    counted = [three for three in threes if not fault_of(three, own)]
    assert found.centres == 3 * len(counted)
    for three in counted:
        assert max(three.values()) <= 0.75 * sum(three.values()) or not any(three.values())
        assert not 0 < sum(three.values()) - three.get(own, 0) < 5
    if found.total is not None:
        assert found.total == rounded(sum(sum(three.values()) for three in counted))


@given(numbers, st.integers(1, 13), st.data())
def test_two_who_change_places_or_give_each_other_some_change_nothing_shown(
    given_numbers: list[int], own: int, data: st.DataObject
) -> None:
    """Why no number follows from the sums: of each three that counts two unknown ones could be others."""
    threes = of(*given_numbers)
    counted = [three for three in threes if not fault_of(three, own) and any(three.values())]
    if not counted:
        return
    three = data.draw(st.sampled_from(counted))
    one, other = data.draw(st.permutations([centre for centre in three if centre != own]))[:2]
    swapped = {**three, one: three[other], other: three[one]}
    assert beside([swapped if each is three else each for each in threes], own) == beside(threes, own)
    rest = [centre for centre in three if centre != own]
    assert any(
        moved != three and sum(moved.values()) == sum(three.values()) and not fault_of(moved, own)
        for first in rest for second in rest if first != second and three[second]
        for moved in [{**three, first: three[first] + 1, second: three[second] - 1}]
    )  # fmt: skip


@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), max_size=20), st.integers(0, 20))
def test_no_difference_between_questions_or_moments_is_about_one_centre(
    gaps: list[list[bool]], published_before: int
) -> None:
    """Centre by question, whether it was answered. Any two sums that are shown differ by whole threes."""

    def counted(of: list[int], question: int) -> set[int]:
        return {one for three in whole_threes(of, lambda centre: gaps[centre][question]) for one in three}

    everybody = list(range(len(gaps)))
    shown = [counted(of, question) for of in (everybody, everybody[:published_before]) for question in range(4)]
    threes = [set(everybody[at : at + 3]) for at in range(0, len(everybody), 3)]
    for pool in shown:
        assert all(three <= pool or not three & pool for three in threes)
        assert len(pool) % 3 == 0
    for question in range(4):
        assert all(gaps[centre][question] for centre in counted(everybody, question))


def test_a_gap_takes_its_three_along_and_leaves_the_others() -> None:
    assert whole_threes([1, 2, 3, 4, 5, 6, 7], lambda one: one != 2) == [[4, 5, 6]]
    assert whole_threes([1, 2, 3, 4, 5, 6, 7, 8], lambda one: True) == [[1, 2, 3], [4, 5, 6]]
    assert whole_threes([1, 2], lambda one: True) == []
