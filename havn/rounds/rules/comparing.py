"""A centre's own number beside those of the network, without telling what another single centre said.

Whoever publishes one more centre must not show its number by the difference, so that centres count in threes, in the
order in which they were first published. A question counts the threes of which every centre answered it: if it counted
the others of a three, its sum and that of another question would tell together what the missing one said. Of each
three, none may have more than three quarters, and the others than the reader not only a few, nor nearly all that the
question allows.

Why that is enough: whatever is shown stays the same when two centres of a three change places with all their numbers,
or when one has some more and the other as many fewer. A reader knows one of a three at most, so that two remain who
can change. Only nought has nothing to give: that nobody of a three had any may be seen, since it tells of nobody.
Median and quartiles would be one centre's own number, and they come from five centres on. All that is shown is
rounded, sums too: an article or a release may tell the exact sum of one centre more.
`tests/rounds/test_attack.py` tries to reckon back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TypeVar

LEAST_CENTRES, FOR_QUARTILES, LARGEST_SHARE, SMALL = 3, 5, 0.75, 5
Number = int | float
One = TypeVar("One")
Three = Mapping[int, Number]
"""Centre to its number at one question."""


@dataclass(frozen=True)
class Beside:
    """The network's numbers for one question, rounded. `why_not`: "few", "one-large", "small", or "" when they may be
    shown.

    `middle`, `lower` and `upper` are median and quartiles; None below five centres.
    """

    centres: int
    total: Number | None = None
    middle: Number | None = None
    lower: Number | None = None
    upper: Number | None = None
    why_not: str = ""


def beside(threes: Sequence[Three], own: int, *, least: Number | None = None, most: Number | None = None) -> Beside:
    """What may stand beside the number of centre `own`, of threes that all answered a question with these bounds."""
    faults = [fault_of(three, own, least, most) for three in threes]
    found = [number for three, fault in zip(threes, faults, strict=True) if not fault for number in three.values()]
    if not found:
        return Beside(0, why_not="few" if not faults else "one-large" if "one-large" in faults else "small")
    if len(found) < FOR_QUARTILES:
        return Beside(len(found), total=rounded(sum(found)))
    lower, _middle, upper = quantiles(found, n=4, method="inclusive")
    return Beside(len(found), rounded(sum(found)), rounded(median(found)), rounded(lower), rounded(upper))


def fault_of(three: Three, own: int, least: Number | None = None, most: Number | None = None) -> str:
    """Why a three is not counted for this reader: "small", "one-large", or "" when it is."""
    total, others = sum(three.values()), len(three) - (own in three)
    rest = total - three.get(own, 0)
    if 0 < rest < SMALL or (least and rest - least * others < SMALL):
        return "small"
    if most is not None and most * others - rest < SMALL:
        return "small"
    return "one-large" if total and max(three.values()) > LARGEST_SHARE * total else ""


def rounded(number: float) -> int:
    """To fives, from a hundred on to two places that count."""
    step = 5 if abs(number) < 100 else 10 ** (len(str(int(abs(number)))) - 2)
    return round(number / step) * step


def whole_threes(published: Sequence[One], answered: Callable[[One], bool]) -> list[Sequence[One]]:
    """The threes in the order of publication, of each of which everybody answered. An unfinished three is none."""
    threes = [published[at : at + LEAST_CENTRES] for at in range(0, len(published) - 2, LEAST_CENTRES)]
    return [three for three in threes if all(map(answered, three))]
