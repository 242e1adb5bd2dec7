"""Small numbers are left out, and nothing that stays gives them back: decided by trying every other filling."""

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from havn.statistics.rules.masking import mask, mask_list
from havn.statistics.rules.tables import Line, Table, written

SMALL = 3
lists = st.lists(st.integers(0, 12), min_size=1, max_size=5)
grids = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 6), min_size=width, max_size=width), min_size=1, max_size=3)
)


def fillings(cells: list[list[int | None]], most: int) -> list[list[list[int]]]:
    """Every way to fill in what is left out: at least one each."""
    open_ones = [(row, at) for row, line in enumerate(cells) for at, number in enumerate(line) if number is None]
    found = []
    for numbers in product(range(1, most + 1), repeat=len(open_ones)):
        filled = [[number or 0 for number in line] for line in cells]
        for (row, at), number in zip(open_ones, numbers, strict=True):
            filled[row][at] = number
        found.append(filled)
    return found


@given(lists)
@settings(max_examples=150, deadline=None)
def test_no_number_left_out_of_a_list_can_be_told(numbers: list[int]) -> None:
    found = mask_list(numbers, threshold=SMALL)
    shown = found.cells[0]
    assert all(number is None or number == 0 or number >= SMALL for number in shown)
    assert all(kept in (None, true) for kept, true in zip(shown, numbers, strict=True))
    if found.total is None:
        return
    possible = [line[0] for line in fillings([shown], sum(numbers)) if sum(line[0]) == found.total]
    for at, number in enumerate(shown):
        if number is None:
            assert len({line[at] for line in possible}) > SMALL


@given(grids)
@settings(max_examples=80, deadline=None)
def test_no_number_left_out_of_a_grid_can_be_told_from_any_of_its_totals(grid: list[list[int]]) -> None:
    found = mask(grid, threshold=SMALL)
    open_ones = sum(number is None for line in found.cells for number in line)
    assume(open_ones <= 5)
    possible = [
        filled
        for filled in fillings(found.cells, max(max(map(sum, grid)), 1) + SMALL)
        if all(total in (None, sum(line)) for total, line in zip(found.row_totals, filled, strict=True))
        and all(total in (None, sum(line[at] for line in filled)) for at, total in enumerate(found.column_totals))
        and found.total in (None, sum(map(sum, filled)))
    ]
    for row, line in enumerate(found.cells):
        for at, number in enumerate(line):
            if number is None:
                assert len({filled[row][at] for filled in possible}) > 1
    for row, total in enumerate(found.row_totals):
        if total is None:
            assert len({sum(filled[row]) for filled in possible}) > 1
    for at, total in enumerate(found.column_totals):
        if total is None:
            assert len({sum(line[at] for line in filled) for filled in possible}) > 1


def test_large_numbers_and_zeros_stay() -> None:
    found = mask([[10, 0], [7, 30]])
    assert found.cells == [[10, 0], [7, 30]]
    assert (found.row_totals, found.column_totals, found.total) == ([10, 37], [17, 30], 47)
    assert not found.left_out


def test_one_small_number_takes_the_smallest_beside_it_along() -> None:
    found = mask_list([40, 3, 12, 25])
    assert found.cells == [[40, None, None, 25]]
    assert found.total == 80


def test_a_list_of_one_small_number_hides_its_sum() -> None:
    found = mask_list([2, 0])
    assert found.cells == [[None, 0]]
    assert found.total is None


def test_without_a_sum_each_number_stands_by_itself() -> None:
    assert mask_list([40, 3, 12], total=False).cells == [[40, None, 12]]


def test_a_number_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        mask_list([1, -1])


def _list(key: str, total_key: str, *numbers: int) -> Table:
    lines = tuple(Line(f"Line {at}", (number,), code=f"{at}") for at, number in enumerate(numbers))
    return Table(key, key, "What", ("Contacts",), lines, total_key=total_key)


def test_what_one_table_leaves_out_no_other_gives_back() -> None:
    # Of a hundred talks three were about nothing online: the sum of the places would tell it.
    scope, place = _list("scope", "talks", 97, 3), _list("place", "scope/0", 60, 37)
    first, second = written([scope, place], masked=True)
    assert [row[0] for row in first.cells] == [None, None]
    assert second.total is None
    assert any(row[0] is None for row in second.cells)


def test_inside_nothing_is_left_out() -> None:
    (found,) = written([_list("scope", "talks", 97, 3)], masked=False)
    assert [row[0] for row in found.cells] == [97, 3]
    assert found.total == 100


@given(st.lists(lists, min_size=2, max_size=3))
@settings(max_examples=50, deadline=None)
def test_equal_numbers_of_equal_names_share_their_fate(tables: list[list[int]]) -> None:
    made = [_list(f"list-{at}", "sum", *numbers) for at, numbers in enumerate(tables)]
    found = written(made, masked=True)
    fates: dict[int, set[bool]] = {}
    for table, one in zip(made, found, strict=True):
        fates.setdefault(table.total, set()).add(one.total is None)
    assert all(len(fate) == 1 for fate in fates.values())
