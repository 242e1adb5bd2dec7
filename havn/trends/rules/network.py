"""The network's quarter out of the helplines' own: sums, what may be shown of them, and what may be compared."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from havn.statistics.rules.masking import mask_list
from havn.trends.rules.numbers import Percent, share

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
        """At least three centres, none with more than three quarters: else it would tell one of them. And what is left
        without the largest part is no small number: the centre that gave that part would read it."""
        if self.number == 0:
            return True
        spread = self.centres >= LEAST_CENTRES and 100 * self.largest <= LARGEST_SHARE * self.number
        return spread and self.number - self.largest >= SMALL


@dataclass(frozen=True, slots=True)
class Seen:
    """A list as it may be read: None for a number that is left out. Without `known` there are no shares either: a share
    beside its number would tell what it is a share of."""

    numbers: Mapping[str, int | None]
    known: int | None

    def share(self, code: str) -> Percent | None:
        """Of what is known, the part with this code; None where either is left out, and for what is not known."""
        number = self.numbers.get(code)
        return None if code == UNKNOWN or not number or not self.known else share(number, self.known)


@dataclass(frozen=True, slots=True)
class Part:
    """A list of the network's numbers by code with the sum of those that are known."""

    cells: Mapping[str, Cell]

    @property
    def known(self) -> int:
        """The base of shares: without those of which it is not known."""
        return sum(cell.number for code, cell in self.cells.items() if code != UNKNOWN)

    def everything(self) -> Seen:
        """For the network's own people."""
        return Seen({code: cell.number for code, cell in self.cells.items()}, self.known)

    def seen(self, *, also: Collection[str] = ()) -> Seen:
        """The list for everybody else, who may know the total of all contacts and take one number from another.

        The known numbers are a list with a sum of its own; that sum and the total tell how many are not known. So where
        the sum or what is not known may not be shown, neither is, and the numbers are left out as beside the total.
        `also`: codes left out whatever they hold, because they once were.
        """
        out = {code for code, cell in self.cells.items() if code in also or not cell.may_be_shown}
        listed = [code for code in self.cells if code != UNKNOWN]
        hidden, has_sum = self._masked(listed, out)
        if UNKNOWN in out or not has_sum or not self._sum_may_be_shown(listed):
            hidden, has_sum = self._masked(list(self.cells), out | hidden | {UNKNOWN})[0], False
        numbers = {code: None if code in hidden else cell.number for code, cell in self.cells.items()}
        return Seen(numbers, self.known if has_sum else None)

    def _masked(self, codes: Sequence[str], out: Collection[str]) -> tuple[set[str], bool]:
        """Of these codes those left out beside their sum, and whether the sum can stay."""
        also = [(0, at) for at, code in enumerate(codes) if code in out]
        masked = mask_list([self.cells[code].number for code in codes], threshold=SMALL, also=also)
        return {code for at, code in enumerate(codes) if (0, at) in masked.left_out}, masked.total is not None

    def _sum_may_be_shown(self, codes: Sequence[str]) -> bool:
        """As a number of its own, at the worst: that one centre gave the largest part of every one of them."""
        cells = [self.cells[code] for code in codes]
        return Cell(
            sum(cell.number for cell in cells),
            max((cell.centres for cell in cells), default=0),
            sum(cell.largest for cell in cells),
        ).may_be_shown


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
    apart: tuple[int, int] = (0, 0)
    """How many are in the one period and not in this, and how many in the other."""


def tells_nobody(apart: Iterable[int]) -> bool:
    """Whether a figure of some helplines beside the figure of all is that of no single one: those left are none, or
    three or more."""
    return all(many == 0 or many >= LEAST_CENTRES for many in apart)


def matched(now: Mapping[int, int], before: Mapping[int, int], *, without: Iterable[int] = ()) -> Matched:
    """Totals by centre of two quarters. `without` are centres whose series broke in between."""
    both = (now.keys() & before.keys()) - set(without)
    apart = len(now.keys() - both), len(before.keys() - both)
    return Matched(len(both), sum(now[one] for one in both), sum(before[one] for one in both), apart)
