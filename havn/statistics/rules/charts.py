"""Where the shapes of a chart lie. Numbers in, numbers out: the template draws, the style sheet colours."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 180
# How dark a cell of the heat table is: 0 (nothing) to this.
HEAT = 6


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart over time: the whole in the back, a part of it in front. Units of the view box."""

    x: float
    width: float
    y: float
    height: float
    part_y: float
    part_height: float
    label: str


def columns(wholes: Sequence[int], parts: Sequence[int], labels: Sequence[str]) -> list[Column]:
    """Columns from the bottom, the highest as high as the chart. All of one length; ValueError otherwise."""
    most = max(wholes, default=0) or 1
    step = WIDTH / max(len(wholes), 1)
    width = max(step * 0.8, 0.5)
    made = []
    for at, (whole, part, label) in enumerate(zip(wholes, parts, labels, strict=True)):
        height, part_height = HEIGHT * whole / most, HEIGHT * part / most
        made.append(
            Column(
                x=round(at * step + (step - width) / 2, 2),
                width=round(width, 2),
                y=round(HEIGHT - height, 2),
                height=round(height, 2),
                part_y=round(HEIGHT - part_height, 2),
                part_height=round(part_height, 2),
                label=label,
            )
        )
    return made


def heat(number: int, most: int) -> int:
    """How dark: 0 only for nothing, the most always the darkest."""
    return 0 if number <= 0 or most <= 0 else max(1, round(HEAT * number / most))
