"""The network's quarter out of the helplines' own: sums, what may be shown of them, and what may be compared."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from havn.statistics.rules.masking import mask_list

LEAST_CENTRES, LARGEST_SHARE = 3, 75
# A share of fewer contacts than this says more about single contacts than about a country.
LEAST_BASE = 30
SMALL = 5
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the network: how many in all, from how many centres, and the largest part of one of them."""

    number: int
    centres: int
    largest: int

    @property
    def may_be_shown(self) -> bool:
        """At least three centres, none with more than three quarters: else it would tell one of them."""
        if self.number == 0:
            return True
        spread = self.centres >= LEAST_CENTRES and 100 * self.largest <= LARGEST_SHARE * self.number
        return spread and self.number >= SMALL


@dataclass(frozen=True, slots=True)
class Part:
    """A list of the network's numbers by code with the sum of those that are known."""

    cells: Mapping[str, Cell]

    @property
    def known(self) -> int:
        """The base of shares: without those of which it is not known."""
        return sum(cell.number for code, cell in self.cells.items() if code != UNKNOWN)

    @property
    def unknown(self) -> int:
        return self.cells[UNKNOWN].number if UNKNOWN in self.cells else 0

    def hidden(self) -> frozenset[str]:
        """The codes left out: those that may not be shown, and as many others as it takes that no sum tells them."""
        codes = list(self.cells)
        also = [(0, at) for at, code in enumerate(codes) if not self.cells[code].may_be_shown]
        masked = mask_list([self.cells[code].number for code in codes], threshold=SMALL, also=also)
        return frozenset(code for at, code in enumerate(codes) if (0, at) in masked.left_out)


def summed(rows: Iterable[tuple[int, str, int]]) -> Part:
    """Add up (centre, code, number)."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for _centre, code, number in rows:
        if number:
            numbers[code].append(number)
    return Part({code: Cell(sum(each), len(each), max(each)) for code, each in numbers.items()})


@dataclass(frozen=True, slots=True)
class Matched:
    """Two periods of the helplines that reported both: the only fair comparison of totals."""

    centres: int
    now: int
    before: int


def matched(now: Mapping[int, int], before: Mapping[int, int], *, without: Iterable[int] = ()) -> Matched:
    """Totals by centre of two quarters. `without` are centres whose series broke in between."""
    both = (now.keys() & before.keys()) - set(without)
    return Matched(len(both), sum(now[one] for one in both), sum(before[one] for one in both))
