"""Where the lines, marks and labels of a chart over quarters lie. Numbers in, numbers out: the template draws.

A line joins neighbouring quarters alone: where a quarter has no figure there is a gap, and nothing is filled in; nor is
anything joined over a break. The shape of a mark says how sure a figure is, so that no colour is needed for it: a dot
is exact, a triangle upwards is "over", one downwards "almost" or "just under", a ring is "about". A break of the series
is an upright dashed line.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from havn.trends.rules.quarters import Quarter, between

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 62, 216, 26, 40
SHAPES = {
    "exact": "dot", "over": "up", "just over": "up", "almost": "down", "just under": "down", "about": "ring",
}  # fmt: skip
_LABEL_GAP = 17.0
_NUMBER_GAP = 12.0


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of a quarter."""

    quarter: Quarter
    value: float
    qualifier: str = "exact"


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one thing, oldest first."""

    label: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure where it is drawn. `shape`: dot, up, down or ring. `path` draws a triangle."""

    x: float
    y: float
    shape: str
    path: str
    point: Point


@dataclass(frozen=True, slots=True)
class Drawn:
    """A series: its stretches as points of polylines, its marks, and its name at the end of the line. `ends` are the
    last marks of the stretches before."""

    label: str
    number: int
    lines: tuple[str, ...]
    marks: tuple[Mark, ...]
    label_x: float
    label_y: float
    ends: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid, a year below it, or a break, with its words."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class End:
    """Where a stretch ends before the last one: the numbers of the series that end here."""

    x: float
    y: float
    numbers: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that the template draws, in units of the view box."""

    series: tuple[Drawn, ...]
    levels: tuple[Line, ...]
    years: tuple[Line, ...]
    breaks: tuple[Line, ...]
    ends: tuple[End, ...] = ()
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def chart(series: Sequence[Series], breaks: Sequence[tuple[Quarter, str]] = ()) -> Chart | None:
    """Lay a chart out; None without any figure. `breaks` are the first quarters after a break, with a letter."""
    kept = [one for one in series if one.points]
    quarters = [point.quarter for one in kept for point in one.points]
    if not quarters:
        return None
    row = between(min(quarters), max(quarters))
    step = (WIDTH - LEFT - RIGHT) / max(len(row) - 1, 1)
    xs = {quarter: round(LEFT + step * at, 1) for at, quarter in enumerate(row)}
    top = nice_top(max(point.value for one in kept for point in one.points))

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top, 1)

    broken = {quarter for quarter, _letter in breaks}
    drawn = [_drawn(one, number, xs, y, broken) for number, one in enumerate(kept, start=1)]
    levels = tuple(Line(y(top * part / 4), _level(top * part / 4)) for part in range(5))
    years = tuple(Line(xs[quarter], str(quarter.year)) for quarter in row if quarter.number == 1)
    shown = tuple(Line(round(xs[quarter] - step / 2, 1), letter) for quarter, letter in breaks if quarter in xs)
    return Chart(tuple(_apart(drawn)), levels, years, shown, _ends(drawn))


def _level(value: float) -> str:
    """Thousands apart by a narrow space, as every language reads it."""
    return f"{value:,.0f}".replace(",", "\u202f") if value >= 1000 else f"{value:g}"


def nice_top(most: float) -> float:
    """The end of the scale: 1, 2, 3, 4, 5 or 8 times a power of ten that is not below the highest figure."""
    power = 1.0
    while power * 10 <= most:
        power *= 10
    while power > max(most, 1e-9):
        power /= 10
    return next(power * times for times in (1, 2, 3, 4, 5, 8, 10) if power * times >= most)


def _drawn(series: Series, number: int, xs: dict[Quarter, float], y: object, broken: Collection[Quarter]) -> Drawn:
    place = y if callable(y) else None
    assert place is not None
    marks: list[Mark] = []
    ends: list[Mark] = []
    stretches: list[list[str]] = []
    last: Quarter | None = None
    for point in sorted(series.points, key=lambda one: one.quarter):
        here = xs[point.quarter], float(place(point.value))
        if last is None or point.quarter != last.after or point.quarter in broken:
            stretches.append([])
            ends += marks[-1:]
        stretches[-1].append(f"{here[0]:g},{here[1]:g}")
        shape = SHAPES[point.qualifier]
        marks.append(Mark(*here, shape, _triangle(*here, shape), point))
        last = point.quarter
    lines = tuple(" ".join(stretch) for stretch in stretches if len(stretch) > 1)
    return Drawn(series.label, number, lines, tuple(marks), marks[-1].x + 10, marks[-1].y + 5, tuple(ends))


def _triangle(x: float, y: float, shape: str) -> str:
    if shape == "up":
        return f"M{x - 5:g} {y + 4:g}L{x + 5:g} {y + 4:g}L{x:g} {y - 5:g}Z"
    if shape == "down":
        return f"M{x - 5:g} {y - 4:g}L{x + 5:g} {y - 4:g}L{x:g} {y + 5:g}Z"
    return ""


def _ends(drawn: Sequence[Drawn]) -> tuple[End, ...]:
    """One label for series that end so close together that their numbers would lie over each other."""
    found: list[tuple[float, float, list[int]]] = []
    marks = ((mark.x, mark.y, one.number) for one in drawn for mark in one.ends)
    for x, y, number in sorted(marks):
        if found and found[-1][0] == x and y - found[-1][1] < _NUMBER_GAP:
            found[-1][2].append(number)
        else:
            found.append((x, y, [number]))
    return tuple(End(x, y, ", ".join(map(str, sorted(numbers)))) for x, y, numbers in found)


def _apart(drawn: Sequence[Drawn]) -> list[Drawn]:
    """Names at the ends of lines, moved down where two would lie over each other; all at the right edge."""
    found: dict[int, float] = {}
    lowest = -_LABEL_GAP
    for one in sorted(drawn, key=lambda each: each.label_y):
        lowest = max(one.label_y, lowest + _LABEL_GAP)
        found[one.number] = lowest
    over = max(0.0, lowest - (HEIGHT - BOTTOM + 6)) if drawn else 0.0
    edge = max((one.label_x for one in drawn), default=0.0)
    return [replace(one, label_x=edge, label_y=round(found[one.number] - over, 1)) for one in drawn]
