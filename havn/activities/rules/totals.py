"""Sums that never add different measures or different bases: what was counted and what was guessed stay apart."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

PARTS = ("kind", "group")
"""What may be added over. Measure and basis never are."""


@dataclass(frozen=True, slots=True, order=True)
class Count:
    """A number with what it is of. "" for a kind or group that was added over."""

    kind: str
    group: str
    measure: str
    basis: str
    number: int


@dataclass(frozen=True, slots=True)
class Effort:
    """How many activities of a kind, and what was noted of hours and euros. None: nothing was noted."""

    kind: str
    activities: int
    hours: Decimal | None = None
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: a number, or None, for each basis."""

    group: str
    measure: str
    numbers: tuple[int | None, ...]


def summed(counts: Iterable[Count], by: Sequence[str] = ()) -> list[Count]:
    """Added up within each measure and basis, apart for each of `by` (of PARTS). Sorted by codes.

    Raises ValueError for a part that there is not.
    """
    unknown = set(by) - set(PARTS)
    if unknown:
        raise ValueError(f"Numbers are told apart by {' and '.join(PARTS)} only.")
    sums: Counter[tuple[str, str, str, str]] = Counter()
    for count in counts:
        kind = count.kind if "kind" in by else ""
        group = count.group if "group" in by else ""
        sums[kind, group, count.measure, count.basis] += count.number
    return sorted(Count(*key, number=number) for key, number in sums.items())


def table(
    counts: Iterable[Count], *, groups: Sequence[str], measures: Sequence[str], bases: Sequence[str]
) -> list[Row]:
    """A line for each group and measure, in the order given, with a column for each basis. Nothing is added across."""
    numbers = {(count.group, count.measure, count.basis): count.number for count in summed(counts, by=("group",))}
    lines = sorted(
        {(group, measure) for group, measure, _basis in numbers},
        key=lambda line: (_place(line[0], groups), _place(line[1], measures)),
    )
    return [
        Row(group, measure, tuple(numbers.get((group, measure, basis)) for basis in bases)) for group, measure in lines
    ]


def all_effort(efforts: Iterable[Effort]) -> Effort:
    """Added up over kinds; None stays None only when nobody noted anything."""
    every = list(efforts)
    hours = [effort.hours for effort in every if effort.hours is not None]
    cost = [effort.cost for effort in every if effort.cost is not None]
    return Effort(
        "", sum(effort.activities for effort in every),
        sum(hours, Decimal(0)) if hours else None, sum(cost, Decimal(0)) if cost else None,
    )  # fmt: skip


def _place(code: str, order: Sequence[str]) -> tuple[int, str]:
    return (order.index(code) if code in order else len(order), code)
