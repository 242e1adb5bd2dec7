"""Leaving small numbers out of a table, and as many others as it takes that no total gives them back.

A table is a grid with totals of its rows, its columns and all. Cells from 1 up to below the threshold are left out.
Whoever reads the rest knows that every row and column adds up, and that what is left out is at least 1 (zeros are
shown). So a cell left out is safe only when it could be one of several numbers. That is decided exactly: the grid is
a network of rows and columns in which one unit can go round in a circle wherever the reader cannot tell, and each cell
must be able to move by `threshold` steps or more in all (a cell of 2 that may be 1 to 6 moves by 4 upwards, 1 down).
Where it cannot, the smallest number beside it is left out too, until it can.
"""

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

THRESHOLD = 5
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Masked:
    """The table as it may leave: None where a number is left out. Totals that the table does not show are None too."""

    cells: list[list[int | None]]
    row_totals: list[int | None]
    column_totals: list[int | None]
    total: int | None
    left_out: frozenset[Place]
    """The places left out: (row, column), a total one beyond the last."""


def mask(
    cells: Sequence[Sequence[int]],
    *,
    row_totals: bool = True,
    column_totals: bool = True,
    threshold: int = THRESHOLD,
    also: Collection[Place] = (),
) -> Masked:
    """Mask a grid of counts. A list with its sum is one row with `column_totals=False`.

    `also` names places left out whatever they hold, because another table leaves them out: (row, column), a total one
    beyond the last. The total of everything is shown with either kind of totals. ValueError for a number below 0.
    """
    if any(number < 0 for row in cells for number in row):
        raise ValueError("A count is never below zero.")
    grid = _Grid(cells, row_totals=row_totals, column_totals=column_totals)
    for place in grid.places():
        if grid.is_shown(place) and (0 < grid.value(place) < threshold or (place in also and grid.value(place))):
            grid.masked.add(place)
    unsafe = deque(sorted(grid.masked))
    while unsafe:
        place = unsafe.popleft()
        if grid.room(place, threshold) >= threshold:
            continue
        beside = grid.cheapest_beside(place)
        if beside is None:
            continue
        grid.masked.add(beside)
        unsafe.append(place)
        unsafe.append(beside)
    return grid.as_masked()


def mask_list(
    numbers: Sequence[int], *, total: bool = True, threshold: int = THRESHOLD, also: Collection[Place] = ()
) -> Masked:
    """Mask one list; without its sum each number stands by itself."""
    return mask([list(numbers)], row_totals=total, column_totals=False, threshold=threshold, also=also)


class _Grid:
    """The table with its totals as one more row and column. Each line adds up to its total.

    As a network: a node for every row and every column; a cell joins the two. Adding one to a cell is a step from its
    row to its column, taking one away a step back; for a total it is the other way round.
    """

    def __init__(self, cells: Sequence[Sequence[int]], *, row_totals: bool, column_totals: bool) -> None:
        self.rows, self.columns = len(cells), max((len(row) for row in cells), default=0)
        sums = [sum(row) for row in cells]
        by_column = [sum(row[at] for row in cells) for at in range(self.columns)]
        self.numbers = [[*row, total] for row, total in zip(cells, sums, strict=True)]
        self.numbers.append([*by_column, sum(sums)])
        self.shows_rows, self.shows_columns = row_totals, column_totals
        self.masked: set[Place] = set()

    def places(self) -> Iterator[Place]:
        return ((row, column) for row in range(self.rows + 1) for column in range(self.columns + 1))

    def value(self, place: Place) -> int:
        return self.numbers[place[0]][place[1]]

    def is_shown(self, place: Place) -> bool:
        """Whether the table has this number at all."""
        row, column = place[0] == self.rows, place[1] == self.columns
        if row and column:
            return (self.shows_rows or self.shows_columns) and self.rows > 0
        return self.shows_rows if column else self.shows_columns if row else True

    def room(self, place: Place, enough: int) -> int:
        """How far the number of a cell left out could lie from what it is, up and down together; stops at `enough`."""
        up = self._moves(place, 1, enough)
        return up if up >= enough else up + self._moves(place, -1, enough - up)

    def cheapest_beside(self, place: Place) -> Place | None:
        """What to leave out next: the smallest number in the row or column, then anywhere; totals last."""
        row, column = place
        open_ones = [
            other for other in self.places() if self.is_shown(other) and other not in self.masked and self.value(other)
        ]
        return min(
            open_ones,
            key=lambda other: (
                other[0] != row and other[1] != column,
                other[0] == self.rows or other[1] == self.columns,
                self.value(other),
                other,
            ),
            default=None,
        )

    def as_masked(self) -> Masked:
        def seen(place: Place) -> int | None:
            return None if place in self.masked or not self.is_shown(place) else self.value(place)

        return Masked(
            cells=[[seen((row, column)) for column in range(self.columns)] for row in range(self.rows)],
            row_totals=[seen((row, self.columns)) for row in range(self.rows)],
            column_totals=[seen((self.rows, column)) for column in range(self.columns)],
            total=seen((self.rows, self.columns)),
            left_out=frozenset(self.masked),
        )

    def _moves(self, place: Place, sign: int, most: int) -> int:
        """By how much a cell can go up (1) or down (-1) while every line still adds up, at most `most`."""
        shift: dict[Place, int] = {}
        moved = 0
        while moved < most:
            if sign < 0 and self.value(place) + shift.get(place, 0) <= 1:
                break
            start, end = (place[1] + self.rows + 1, place[0]) if sign > 0 else (place[0], place[1] + self.rows + 1)
            if self._is_total(place):
                start, end = end, start
            way = self._way(start, end, shift, but=place)
            if way is None:
                break
            for other, step in way:
                shift[other] = shift.get(other, 0) + step
            shift[place] = shift.get(place, 0) + sign
            moved += 1
        return moved

    def _is_total(self, place: Place) -> bool:
        return (place[0] == self.rows) != (place[1] == self.columns)

    def _way(self, start: int, end: int, shift: dict[Place, int], *, but: Place) -> list[tuple[Place, int]] | None:
        """The shortest way between two lines over cells that the reader does not know."""
        came: dict[int, tuple[int, Place, int]] = {}
        waiting, seen = deque([start]), {start}
        while waiting:
            node = waiting.popleft()
            if node == end:
                break
            for place, other, step in self._steps(node):
                if other in seen or place == but or not self._may(place, step, shift):
                    continue
                seen.add(other)
                came[other] = (node, place, step)
                waiting.append(other)
        if end not in seen:
            return None
        way, node = [], end
        while node != start:
            node, place, step = came[node]
            way.append((place, step))
        return way

    def _steps(self, node: int) -> Iterator[tuple[Place, int, int]]:
        if node <= self.rows:
            for column in range(self.columns + 1):
                place = (node, column)
                if place in self.masked or not self.is_shown(place):
                    yield place, column + self.rows + 1, -1 if self._is_total(place) else 1
        else:
            column = node - self.rows - 1
            for row in range(self.rows + 1):
                place = (row, column)
                if place in self.masked or not self.is_shown(place):
                    yield place, row, 1 if self._is_total(place) else -1

    def _may(self, place: Place, step: int, shift: dict[Place, int]) -> bool:
        """Down to 1 where a number is left out; what the table never shows may be anything."""
        return step > 0 or not self.is_shown(place) or self.value(place) + shift.get(place, 0) > 1
