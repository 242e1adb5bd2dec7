"""What stands in a cell of the matrix of recommendations and countries."""

from collections.abc import Sequence
from dataclasses import dataclass

NOT_ASKED, OPEN, SAID = "not-asked", "open", "said"


@dataclass(frozen=True)
class Said:
    """A follow-up, in the order of their days; its status is "" where it names none."""

    status: str


@dataclass(frozen=True)
class Cell:
    """`code`: of the round's scale, or one of the three above. `count`: how many follow-ups there are."""

    code: str
    count: int


def cell_of(*, is_asked: bool, said: Sequence[Said]) -> Cell:
    """The latest status that somebody named; without any, that something was said; else that nothing was."""
    if not is_asked:
        return Cell(NOT_ASKED, 0)
    named = [one.status for one in said if one.status]
    if named:
        return Cell(named[-1], len(said))
    return Cell(SAID if said else OPEN, len(said))
