"""Tables of counts with one to three dimensions, their groups and all their totals.

A number of a table is named by one code of each dimension; `ALL` stands for the total over a dimension. Counts are
given for the finest codes (leaves) and everything else is added up here, so that a table always adds up.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

ALL = ""
MOST_DIMENSIONS = 3
Codes = tuple[str, ...]
"""One code of each dimension, in the order of the dimensions."""
Parts = Mapping[str, Mapping[Codes, int]]
"""What each centre gave, by centre and leaf codes."""


@dataclass(frozen=True, slots=True)
class Category:
    """A line or column: its code, its name, and the code of the group that it belongs to ("" for none)."""

    code: str
    label: str
    parent: str = ""


@dataclass(frozen=True)
class Dimension:
    """What a table is split by. Dimensions of one key in several tables are the same thing to a reader.

    ValueError for a code that stands twice, an unknown parent, or a group within itself.
    """

    key: str
    title: str
    categories: tuple[Category, ...]

    def __post_init__(self) -> None:
        codes = [one.code for one in self.categories]
        if not codes or ALL in codes or len(set(codes)) != len(codes):
            raise ValueError(f"The codes of {self.key} are not distinct, or there are none.")
        before: set[str] = {ALL}
        for one in self.categories:
            if one.parent not in before:
                raise ValueError(f"{one.code} stands before its group in {self.key}.")
            before.add(one.code)

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """The codes that add up to a group, and to the total."""
        found: dict[str, list[str]] = {}
        for one in self.categories:
            found.setdefault(one.parent, []).append(one.code)
        return {code: tuple(parts) for code, parts in found.items()}

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.categories if one.code not in self.children)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every code in order, the total last."""
        return (*(one.code for one in self.categories), ALL)

    def above(self, leaf: str) -> tuple[str, ...]:
        """The leaf, its groups, and the total."""
        parents = {one.code: one.parent for one in self.categories}
        found = [leaf]
        while found[-1] != ALL:
            found.append(parents[found[-1]])
        return tuple(found)

    def label(self, code: str) -> str:
        """The name of a code; "" for the total, whose name is the reader's language's."""
        return next((one.label for one in self.categories if one.code == code), "")


@dataclass(frozen=True)
class Table:
    """True counts by leaf codes; what is missing is 0.

    `parts`: of a table over several centres, what each centre gave, by centre and leaf codes; the counts are their
    sum. ValueError for a negative count, a code that is no leaf, or more than three dimensions.
    """

    dimensions: tuple[Dimension, ...]
    counts: Mapping[Codes, int]
    parts: Parts | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.dimensions) <= MOST_DIMENSIONS:
            raise ValueError("A table has one to three dimensions.")
        if len({one.key for one in self.dimensions}) != len(self.dimensions):
            raise ValueError("A table is not split by the same thing twice.")
        leaves = set(product(*(one.leaves for one in self.dimensions)))
        for counts in (self.counts, *(self.parts or {}).values()):
            if any(codes not in leaves or number < 0 for codes, number in counts.items()):
                raise ValueError("A count stands under finest codes and is never below zero.")
        if self.parts is not None:
            added: Counter[Codes] = Counter()
            for counts in self.parts.values():
                added.update(counts)
            if added != Counter(self.counts):
                raise ValueError("What the centres gave does not add up to the counts.")

    @cached_property
    def whole(self) -> dict[Codes, int]:
        """Every number of the table with its groups and totals."""
        return added_up(self.dimensions, self.counts)

    @cached_property
    def wholes(self) -> dict[str, dict[Codes, int]]:
        """The same of each centre's part."""
        return {centre: added_up(self.dimensions, counts) for centre, counts in (self.parts or {}).items()}


@dataclass(frozen=True)
class Published:
    """What one release tells its readers.

    `population` is a centre's slug, or `NETWORK`. A number left out is at least `lowest` to a reader: 1, because zeros
    are shown; 0 in a correction, which may have to leave out what became nothing.
    """

    key: str
    population: str
    first: dt.date
    last: dt.date
    dimensions: tuple[Dimension, ...]
    shown: Mapping[Codes, int]
    hidden: frozenset[Codes]
    lowest: int = 1


NETWORK = "*"


def all_codes(dimensions: tuple[Dimension, ...]) -> Iterator[Codes]:
    """The name of every number of a table, row by row, totals last."""
    return product(*(one.codes for one in dimensions))


def added_up(dimensions: tuple[Dimension, ...], counts: Mapping[Codes, int]) -> dict[Codes, int]:
    """Groups and totals of counts by leaves."""
    found = dict.fromkeys(all_codes(dimensions), 0)
    for codes, number in counts.items():
        for above in product(*(one.above(code) for one, code in zip(dimensions, codes, strict=True))):
            found[above] += number
    return found


def name_of(dimensions: tuple[Dimension, ...], codes: Codes) -> frozenset[tuple[str, str]]:
    """What a number is whatever the table: the totals of two tables with one name are one and the same."""
    return frozenset((one.key, code) for one, code in zip(dimensions, codes, strict=True) if code != ALL)
