"""The two questions after a hard conversation: their answers, and what is told of them to whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from havn.statistics.rules.masking import mask, mask_list

# "How are you now?", from well to not well at all.
STEPS = (1, 2, 3, 4)
NO, LATER, NOW = "no", "later", "now"
WISHES = (NO, LATER, NOW)


def why_not(*, step: int | None, wish: str) -> str | None:
    """None when these are answers, else which is none: "step" or "wish". A step may be left open."""
    if step is not None and step not in STEPS:
        return "step"
    return None if wish in WISHES else "wish"


@dataclass(frozen=True, slots=True)
class Row:
    """People of one week: with some hard conversations, with much, and both together. None is left out."""

    some: int | None
    much: int | None
    people: int | None


def people_by_week(talks: Sequence[Mapping[int, int]], *, much: int, least: int) -> list[Row]:
    """Of each week (person: hard conversations) how many people had some and how many had much.

    A number from 1 to below `least` is left out, and whatever would give it back.
    """
    cells = [
        [sum(0 < count < much for count in week.values()), sum(count >= much for count in week.values())]
        for week in talks
    ]
    if not cells:
        return []
    masked = mask(cells, column_totals=False, threshold=least)
    return [Row(row[0], row[1], total) for row, total in zip(masked.cells, masked.row_totals, strict=True)]


def people_by_step(steps: Mapping[int, set[int]], *, least: int) -> list[int | None] | None:
    """For each step how many people gave it (a person may have given several); None while fewer than `least` answered
    at all."""
    if len(set().union(*steps.values())) < least:
        return None
    return mask_list([len(steps.get(step, ())) for step in STEPS], total=False, threshold=least).cells[0]
