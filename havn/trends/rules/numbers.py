"""Percent and percentage points, which no sum can mix up.

A share is so many per cent of a whole. The difference of two shares is percentage points and never per cent; counts
change by per cent. The published series got this wrong twice ("increased by 52 percentage points" of a count), so the
two are types of their own: taking one share from another gives `Points`, and adding two shares is not offered.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Points:
    """A difference of two shares, in percentage points."""

    value: float

    def __neg__(self) -> "Points":
        return Points(-self.value)


@dataclass(frozen=True, slots=True, order=True)
class Percent:
    """So many of a hundred: a share of a whole, or by how much a count changed."""

    value: float

    def __sub__(self, other: "Percent") -> Points:
        return Points(self.value - other.value)

    def moved(self, by: Points) -> "Percent":
        """The share that lies so many points away."""
        return Percent(self.value + by.value)


def share(part: int, whole: int) -> Percent | None:
    """How much of the whole; None of nothing."""
    return Percent(100 * part / whole) if whole > 0 else None


def change(now: int | float, before: int | float) -> Percent | None:
    """By how many per cent a count changed; None when there was nothing before."""
    return Percent(100 * (now - before) / before) if before > 0 else None
