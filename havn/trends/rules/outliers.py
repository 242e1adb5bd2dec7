"""Figures to look at before a quarter is accepted or told: those far from the quarter or the year before.

A figure is flagged when it changed by more than the band (a fifth, for a share of the total) AND by more than what
chance does to counts: three standard deviations of the difference of two Poisson counts, sqrt(now + before), widened
by the overdispersion that contacts of a helpline show (a variance of about twice the mean).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

BAND = 0.2
DEVIATIONS = 3.0
DISPERSION = 2.0


@dataclass(frozen=True, slots=True)
class Flag:
    """A number that changed more than usual. `before` may be nought."""

    code: str
    now: int
    before: int
    deviations: float


def flags(now: Mapping[str, int], before: Mapping[str, int]) -> list[Flag]:
    """The numbers of two periods that differ much, the most unusual first. A code missing in one is nought there."""
    found = []
    for code in sorted(now.keys() | before.keys()):
        one, other = now.get(code, 0), before.get(code, 0)
        if one == other:
            continue
        deviations = (one - other) / math.sqrt(DISPERSION * (one + other))
        if abs(one - other) > BAND * other and abs(deviations) > DEVIATIONS:
            found.append(Flag(code, one, other, round(deviations, 1)))
    return sorted(found, key=lambda flag: (-abs(flag.deviations), flag.code))
