"""A centre's own number beside those of the network, without telling what another single centre said.

Shown only from three centres on and when none has more than three quarters of the sum. Median and quartiles come from
five centres on: of three or four they would be the others' own numbers. Whoever accepts one more centre must not show
its number by the difference, so that centres count in threes, in the order in which they were accepted. A question
counts the threes of which every centre answered it: if it counted the others of a three, its sum and that of another
question would tell together what the missing one said.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TypeVar

LEAST_CENTRES, FOR_QUARTILES, LARGEST_SHARE, SMALL = 3, 5, 0.75, 5
Number = int | float
One = TypeVar("One")


@dataclass(frozen=True)
class Beside:
    """The network's numbers for one question. `why_not`: "few", "one-large", "small", or "" when they may be shown.

    `middle`, `lower` and `upper` are median and quartiles, None below five centres.
    """

    centres: int
    total: Number | None = None
    middle: float | None = None
    lower: float | None = None
    upper: float | None = None
    why_not: str = ""


def beside(numbers: Mapping[int, Number], own: int) -> Beside:
    """What may stand beside the number of centre `own`. `numbers` are by centre; what was not answered is not in it."""
    found = list(numbers.values())
    others = len(found) - (own in numbers)
    if len(found) < LEAST_CENTRES or others < LEAST_CENTRES - 1:
        return Beside(len(found), why_not="few")
    total = sum(found)
    if total > 0 and max(found) > LARGEST_SHARE * total:
        return Beside(len(found), why_not="one-large")
    rest = total - numbers.get(own, 0)
    if 0 < rest < SMALL:
        return Beside(len(found), why_not="small")
    if len(found) < FOR_QUARTILES:
        return Beside(len(found), total=total)
    lower, _middle, upper = quantiles(found, n=4, method="inclusive")
    return Beside(len(found), total, float(median(found)), lower, upper)


def in_steps(accepted: Sequence[One]) -> Sequence[One]:
    """The first of them that count: whole threes, in the order of acceptance."""
    return accepted[: len(accepted) - len(accepted) % LEAST_CENTRES]


def whole_threes(accepted: Sequence[One], answered: Callable[[One], bool]) -> list[One]:
    """Those that count at one question: the threes of `in_steps` in which each has answered it."""
    counted = in_steps(accepted)
    threes = [counted[at : at + LEAST_CENTRES] for at in range(0, len(counted), LEAST_CENTRES)]
    return [one for three in threes if all(map(answered, three)) for one in three]
