"""A release as tables to read: lines, columns and words, the same on the public page and on the desk."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from havn.releases import words
from havn.releases.rules.tables import ALL, Codes, Dimension
from havn.releases.rules.written import counts_of, dimensions_of


@dataclass(frozen=True)
class Cell:
    """One number in words. `why` and `interval` are for staff and "" on public pages."""

    text: str
    number: int | None
    is_hidden: bool
    is_total: bool
    column: str
    why: str = ""
    interval: str = ""


@dataclass(frozen=True)
class Line:
    """One line; `depth` is how many groups it stands in."""

    label: str
    depth: int
    is_total: bool
    cells: list[Cell]


@dataclass(frozen=True)
class Grid:
    """A table: its caption, the head of its lines, the heads of its columns."""

    caption: str
    head: str
    columns: list[str]
    lines: list[Line]


@dataclass(frozen=True)
class Why:
    """What staff read of a number left out."""

    why: str
    interval: str


def grids_of(table: dict[str, Any], explained: Mapping[Codes, Why] | None = None) -> list[Grid]:
    """The tables of a release: one, or with three dimensions one for each code of the first and one for all."""
    dimensions, counts = dimensions_of(table), counts_of(table)
    if len(dimensions) < 3:
        return [_grid("", dimensions, counts, (), explained or {})]
    first, *rest = dimensions
    return [
        _grid(f"{first.title}: {_label(first, code)}", tuple(rest), counts, (code,), explained or {})
        for code in first.codes
    ]


def explained_of(log: list[dict[str, Any]], audit: dict[str, Any]) -> dict[Codes, Why]:
    """Why each number was left out, and what a reader can work out of it."""
    intervals = {tuple(one["codes"]): words.interval(one["low"], one["high"]) for one in audit["intervals"]}
    return {
        tuple(one["codes"]): Why(words.why(one["why"], audit["threshold"]), intervals.get(tuple(one["codes"]), ""))
        for one in log
    }


def hidden_in(table: dict[str, Any]) -> tuple[int, int]:
    """How many numbers are left out, and how many there are."""
    counts = counts_of(table)
    return sum(number is None for number in counts.values()), len(counts)


def reasons_in_order(table: dict[str, Any], explained: Mapping[Codes, Why]) -> Iterator[tuple[str, Why]]:
    """Every number left out by its name, in the order of the table."""
    dimensions = dimensions_of(table)
    for codes in counts_of(table):
        if codes in explained:
            names = [_label(one, code) for one, code in zip(dimensions, codes, strict=True)]
            yield ", ".join(names), explained[codes]


def _grid(
    caption: str, dimensions: tuple[Dimension, ...], counts: Mapping[Codes, int | None], before: Codes,
    explained: Mapping[Codes, Why],
) -> Grid:  # fmt: skip
    down = dimensions[0]
    across = dimensions[1] if len(dimensions) == 2 else None
    columns = [_label(across, code) for code in across.codes] if across else [_("Number")]
    lines = []
    for code in down.codes:
        cells = []
        for at, other in enumerate(across.codes if across else [None]):
            codes = (*before, code) if other is None else (*before, code, other)
            cells.append(_cell(codes, counts[codes], columns[at], explained.get(codes)))
        depth = max(0, len(_groups(down, code)) - 1)
        lines.append(Line(_label(down, code), depth, code == ALL, cells))
    return Grid(caption, down.title, columns, lines)


def _cell(codes: Codes, number: int | None, column: str, why: Why | None) -> Cell:
    text = _("hidden") if number is None else words.number(number)
    said = why or Why("", "")
    return Cell(text, number, number is None, ALL in codes, column, said.why, said.interval)


def _groups(dimension: Dimension, code: str) -> tuple[str, ...]:
    return () if code == ALL else dimension.above(code)[1:]


def _label(dimension: Dimension, code: str) -> str:
    return _("All together") if code == ALL else dimension.label(code)
