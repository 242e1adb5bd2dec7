"""Tables of counts as reports show and files carry them: lists with their sum, and grids with totals both ways."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from havn.statistics.rules.masking import THRESHOLD, Place, mask, mask_list
from havn.statistics.rules.together import Sum, Together


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it is called, its numbers, and what stands under the name ("" for nothing).

    `same_as` is the code under which other tables of the file have it, where that is another.
    """

    label: str
    numbers: tuple[int, ...]
    note: str = ""
    code: str = ""
    same_as: str = ""

    @property
    def known_as(self) -> str:
        return self.same_as or self.code


@dataclass(frozen=True, slots=True)
class Table:
    """A table of counts.

    `columns` name the numbers of a line; one column makes a list. `before` are the same numbers of the period before,
    in the order of the lines (lists alone). `adds_up` False: a contact may stand in several lines, so there is no sum.

    The keys say what a number is beyond its table: a total of the rows of one table may be a line of another. The
    lines of a list are those of its `line_key`, or of its `key`; a grid names its rows' totals by `row_key` and its
    columns' by `column_key`. `in_parts`: what other tables have as one number is the sum of several lines (or totals)
    of this and like tables. `inside`: not in files for others.
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
    line_key: str = ""
    in_parts: bool = False
    inside: bool = False

    @property
    def is_list(self) -> bool:
        return len(self.columns) == 1

    @property
    def total(self) -> int:
        return sum(sum(line.numbers) for line in self.lines)

    @property
    def total_before(self) -> int:
        return sum(self.before)

    def names(self) -> dict[Place, tuple[str, int]]:
        """What its numbers are beyond the table, and how many: equal names and numbers are one and the same."""
        rows, columns = len(self.lines), len(self.columns)
        found: dict[Place, tuple[str, int]] = {}
        if self.is_list:
            key = self.line_key or self.key
            found = {(0, at): (f"{key}/{line.known_as}", line.numbers[0]) for at, line in enumerate(self.lines)}
            return found | ({(0, rows): (self.total_key, self.total)} if self.total_key else {})
        if self.row_key:
            found |= {
                (at, columns): (f"{self.row_key}/{line.known_as}", sum(line.numbers))
                for at, line in enumerate(self.lines)
            }
        for at, code in enumerate(self.column_codes if self.column_key else ()):
            found[rows, at] = (f"{self.column_key}/{code}", sum(line.numbers[at] for line in self.lines))
        return found | ({(rows, columns): (self.total_key, self.total)} if self.total_key else {})

    def numbers(self) -> dict[Place, int]:
        """Every number that the table shows, totals one beyond the last (of a list the lines are columns)."""
        grid = [[line.numbers[0] for line in self.lines]] if self.is_list else [line.numbers for line in self.lines]
        found = {(row, at): number for row, line in enumerate(grid) for at, number in enumerate(line)}
        if not self.adds_up:
            return found
        rows, columns = len(grid), max((len(line) for line in grid), default=0)
        if self.is_list:
            return found | {(0, columns): self.total}
        found |= {(row, columns): sum(line) for row, line in enumerate(grid)}
        found |= {(rows, at): sum(line[at] for line in grid) for at in range(columns)}
        return found | {(rows, columns): self.total}

    def sums(self) -> list[tuple[Place, list[Place]]]:
        """Which of its numbers add up to which."""
        if not self.adds_up:
            return []
        if self.is_list:
            return [((0, len(self.lines)), [(0, at) for at in range(len(self.lines))])]
        rows, columns = len(self.lines), len(self.columns)
        across = [((row, columns), [(row, at) for at in range(columns)]) for row in range(rows + 1)]
        return across + [((rows, at), [(row, at) for row in range(rows)]) for at in range(columns + 1)]


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

    A number that stands in several tables is left out of all of them or of none, and where several tables together
    would still give back what is left out, more is left out until they do not.
    """
    if not masked:
        return [_whole(table) for table in tables]
    names, together = _together(tables)
    made: list[Written | None] = [None] * len(tables)
    hidden: set[str] = set()
    while True:
        for at, (table, named) in enumerate(zip(tables, names, strict=True)):
            also, old = {place for place, name in named.items() if name in hidden}, made[at]
            if old is None or not also <= old.left_out:
                made[at] = _masked(table, also, threshold)
        done = [one for one in made if one is not None]
        found = {
            named[place] for one, named in zip(done, names, strict=True) for place in one.left_out if place in named
        }
        if not found <= hidden:
            hidden |= found
            continue
        more = {together.next_to_hide(name, hidden) for name in together.told(hidden)} - {None}
        if not more:
            return done
        hidden |= {name for name in more if name is not None}


def _together(tables: Sequence[Table]) -> tuple[list[dict[Place, str]], Together]:
    """The numbers of all tables by name, one name for what is one and the same, and the sums between them."""
    parts: defaultdict[str, list[tuple[int, Place]]] = defaultdict(list)
    names: list[dict[Place, str]] = []
    values: dict[str, int] = {}
    for at, table in enumerate(tables):
        ids = {place: f"{at}:{place[0]}:{place[1]}" for place in table.numbers()}
        for place, (name, number) in table.names().items():
            if table.in_parts:
                parts[name].append((at, place))
            elif place in ids:
                ids[place] = f"{name}/{number}"
        names.append(ids)
    for name, places in parts.items():
        whole = f"{name}/{sum(tables[at].numbers()[place] for at, place in places)}"
        if len(places) == 1:
            names[places[0][0]][places[0][1]] = whole
    for table, ids in zip(tables, names, strict=True):
        values |= {ids[place]: number for place, number in table.numbers().items()}
    sums: list[Sum] = [
        (ids[whole], [ids[part] for part in several])
        for table, ids in zip(tables, names, strict=True)
        for whole, several in table.sums()
    ]
    for name, places in parts.items():
        whole = f"{name}/{sum(tables[at].numbers()[place] for at, place in places)}"
        if len(places) > 1 and whole in values:
            sums.append((whole, [names[at][place] for at, place in places]))
    return names, Together(values, sums)


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
