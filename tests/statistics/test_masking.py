"""Small numbers are left out, and nothing that stays gives them back: decided by looking for another filling."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from havn.statistics.rules.masking import mask, mask_list
from havn.statistics.rules.tables import Line, Table, written
from tests.statistics.solving import Puzzle

SMALL = 3
lists = st.lists(st.integers(0, 12), min_size=1, max_size=5)
grids = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 6), min_size=width, max_size=width), min_size=1, max_size=3)
)


@given(lists)
@settings(max_examples=150, deadline=None)
def test_no_number_left_out_of_a_list_can_be_told(numbers: list[int]) -> None:
    found = mask_list(numbers, threshold=SMALL)
    shown = found.cells[0]
    assert all(number is None or number == 0 or number >= SMALL for number in shown)
    assert all(kept in (None, true) for kept, true in zip(shown, numbers, strict=True))
    if found.total is None:
        return
    # What is left out adds up to this; each of them may be whatever leaves at least 1 for each of the others.
    others = shown.count(None) - 1
    rest = found.total - sum(number or 0 for number in shown)
    if others >= 0:
        assert len([one for one in range(1, rest + 1) if (rest - one >= others if others else rest == one)]) > SMALL


@given(grids)
@settings(max_examples=80, deadline=None)
def test_no_number_left_out_of_a_grid_can_be_told_from_any_of_its_totals(grid: list[list[int]]) -> None:
    found = mask(grid, threshold=SMALL)
    rows, columns = range(len(grid) + 1), range(len(grid[0]) + 1)
    whole = [[*line, sum(line)] for line in grid]
    whole.append([sum(line[at] for line in whole) for at in columns])
    shown = [[*line, total] for line, total in zip(found.cells, found.row_totals, strict=True)]
    shown.append([*found.column_totals, found.total])
    truth = {f"{row}:{at}": whole[row][at] for row in rows for at in columns}
    assert all(shown[row][at] in (None, whole[row][at]) for row in rows for at in columns)
    hidden = {f"{row}:{at}" for row in rows for at in columns if shown[row][at] is None}
    sums = [(f"{row}:{columns[-1]}", [f"{row}:{at}" for at in columns[:-1]]) for row in rows]
    sums += [(f"{rows[-1]}:{at}", [f"{row}:{at}" for row in rows[:-1]]) for at in columns]
    assert not Puzzle(truth, sums, hidden).told()


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


def test_what_can_only_be_told_from_several_tables_is_left_out_too() -> None:
    # Two lists of one period; a third has both lists' terms as one number each.
    old, new = _list("old", "old sum", 12, 20), _list("new", "new sum", 2, 30)
    old, new = (replace(table, line_key="both", in_parts=True) for table in (old, new))
    both = _list("both", "", 14, 50)
    first, second, joined = written([old, new, both], masked=True)
    assert [row[0] for row in second.cells] == [None, None]
    # Else 14 - 12 would be the 2.
    assert None in (first.cells[0][0], joined.cells[0][0])


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
