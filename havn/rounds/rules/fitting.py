"""A table of a centre's records put into the rows and columns that a form asks for. Nothing is dropped unsaid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Number = int | float
Table = Mapping[str, Mapping[str, Number]]
REST = ("other", "unknown")
"""Rows and columns that take what a form has no name for, the first of them that it has."""


@dataclass(frozen=True)
class Fitted:
    """The numbers as the form has them, and how many found no place."""

    value: Number | dict[str, dict[str, Number]]
    left: Number = 0


def plain(code: str) -> str:
    """Codes of lists are written with hyphens, keys of forms with underscores: they mean the same."""
    return code.replace("-", "_").lower()


def fit(found: Number | Table, rows: Sequence[str], columns: Sequence[str]) -> Fitted:
    """For a question with these rows and columns; without rows it asks for one number: the sum of everything.

    A question with one column takes whatever one column the records have. Every row and column is filled, with 0 where
    the records have nothing: they were looked at.
    """
    if not isinstance(found, Mapping):
        return Fitted(found)
    if not rows or not columns:
        return Fitted(sum(number for row in found.values() for number in row.values()))
    row_of, column_of = _places(rows), _places(columns)
    filled: dict[str, dict[str, Number]] = {row: dict.fromkeys(columns, 0) for row in rows}
    left: Number = 0
    for code, cells in found.items():
        row = row_of.get(plain(code)) or _rest(row_of)
        for name, number in cells.items():
            column = columns[0] if len(columns) == 1 else column_of.get(plain(name)) or _rest(column_of)
            if row is None or column is None:
                left += number
            else:
                filled[row][column] += number
    return Fitted(filled, left)


def row_of(found: Table, code: str) -> Number | None:
    """The sum of one row by its code; None when the table has a different list altogether (it is empty)."""
    if not found:
        return None
    return sum(sum(cells.values()) for name, cells in found.items() if plain(name) == plain(code))


def _places(codes: Sequence[str]) -> dict[str, str]:
    return {plain(code): code for code in codes}


def _rest(places: Mapping[str, str]) -> str | None:
    return next((places[name] for name in REST if name in places), None)
