"""Tables of counts as reports show and files carry them: lists with their sum, and grids with totals both ways."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from havn.statistics.rules.masking import THRESHOLD, Place, mask, mask_list


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it is called, its numbers, and what stands under the name ("" for nothing)."""

    label: str
    numbers: tuple[int, ...]
    note: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of counts.

    `columns` name the numbers of a line; one column makes a list. `before` are the same numbers of the period before,
    in the order of the lines (lists alone). `adds_up` False: a contact may stand in several lines, so there is no sum.

    The keys say what a number is beyond its table: a total of the rows of one table may be a line of another. The
    lines of a list are those of its `key`; a grid names its rows' totals by `row_key` and its columns' by `column_key`.
    """

    key: str
    title: str
    head: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    before: tuple[int, ...] = ()
    adds_up: bool = True
    note: str = ""
    total_key: str = ""
    row_key: str = ""
    column_key: str = ""
    column_codes: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        return len(self.columns) == 1

    @property
    def total(self) -> int:
        return sum(sum(line.numbers) for line in self.lines)

    @property
    def total_before(self) -> int:
        return sum(self.before)

    def names(self) -> dict[Place, str]:
        """Which of its numbers stand in other tables too, by what they are and how many: equal names, one fate."""
        rows, columns = len(self.lines), len(self.columns)
        found: dict[Place, str] = {}
        if self.is_list:
            found = {(0, at): f"{self.key}/{line.code}/{line.numbers[0]}" for at, line in enumerate(self.lines)}
            return found | ({(0, rows): f"{self.total_key}/{self.total}"} if self.total_key else {})
        if self.row_key:
            found |= {
                (at, columns): f"{self.row_key}/{line.code}/{sum(line.numbers)}" for at, line in enumerate(self.lines)
            }
        for at, code in enumerate(self.column_codes if self.column_key else ()):
            found[rows, at] = f"{self.column_key}/{code}/{sum(line.numbers[at] for line in self.lines)}"
        return found | ({(rows, columns): f"{self.total_key}/{self.total}"} if self.total_key else {})


@dataclass(frozen=True, slots=True)
class Written:
    """A table's numbers as a file carries them: None where one is left out."""

    cells: list[list[int | None]]
    row_totals: list[int | None] = field(default_factory=list)
    column_totals: list[int | None] = field(default_factory=list)
    total: int | None = None
    left_out: frozenset[Place] = frozenset()


def written(tables: Sequence[Table], *, masked: bool, threshold: int = THRESHOLD) -> list[Written]:
    """The numbers of the tables of one file, the small ones left out when it goes outside the organisation.

    A number that stands in several tables is left out of all of them or of none: else one would give back what the
    other left out.
    """
    if not masked:
        return [_whole(table) for table in tables]
    names = [table.names() for table in tables]
    hidden: set[str] = set()
    while True:
        made = []
        for table, named in zip(tables, names, strict=True):
            also = {place for place, name in named.items() if name in hidden}
            made.append(_masked(table, also, threshold))
        found = {
            named[place] for one, named in zip(made, names, strict=True) for place in one.left_out if place in named
        }
        if found <= hidden:
            return made
        hidden |= found


def _masked(table: Table, also: Collection[Place], threshold: int) -> Written:
    grid = [line.numbers for line in table.lines]
    if table.is_list:
        # A list is masked as one row, and comes back as a column.
        found = mask_list([row[0] for row in grid], total=table.adds_up, threshold=threshold, also=also)
        total = found.total if table.adds_up else None
        return Written([[number] for number in found.cells[0]], [], [], total, found.left_out)
    found = mask(grid, row_totals=table.adds_up, column_totals=table.adds_up, threshold=threshold, also=also)
    return Written(found.cells, found.row_totals, found.column_totals, found.total, found.left_out)


def _whole(table: Table) -> Written:
    grid = [line.numbers for line in table.lines]
    cells: list[list[int | None]] = [list(row) for row in grid]
    if not table.adds_up:
        return Written(cells)
    if table.is_list:
        return Written(cells, total=table.total)
    by_column: list[int | None] = [sum(row[at] for row in grid) for at in range(len(table.columns))]
    return Written(cells, [sum(row) for row in grid], by_column, table.total)
