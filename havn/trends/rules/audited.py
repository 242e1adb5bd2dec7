"""The frozen numbers of an article after the audit: what it left out is left out of everything that is made from them.

A list's sum is known to readers where it is the total of all contacts, and where both the sum of what is known and what
is not known stand there. So a sum that must not be told takes what is known with it.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from havn.trends.rules.network import UNKNOWN

WHOLE = ""
"""The code of a list's sum, as tables of releases have it."""
Hidden = Mapping[str, Collection[str]]
"""By list the codes that are left out."""


def left_out_of(numbers: Mapping[str, Any], dimension: str, *, adds_up: bool) -> set[str]:
    """The codes of a list that its readers are not told, `WHOLE` for its sum. `adds_up`: its sum is the total."""
    part = numbers["parts"][dimension]
    found = {code for code, number in part["codes"].items() if number is None}
    by_parts = part["known"] is not None and UNKNOWN not in found
    by_total = adds_up and numbers["total"] is not None
    return found if by_parts or by_total else {*found, WHOLE}


def masked(figures: Mapping[str, Any], hidden: Hidden, *, without_total: bool) -> dict[str, Any]:
    """The figures without what an audit left out."""
    parts = {
        dimension: _part(part, set(hidden.get(dimension, ()))) for dimension, part in figures["parts"].items()
    }  # fmt: skip
    total = None if without_total else figures["total"]
    moved = {since: _moved(lists, parts) for since, lists in figures["moved"].items()}
    return {**figures, "total": total, "parts": parts, "moved": moved}


def came_out(figures: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What the first tells and the second does not: list and code, "known" for the sum of what is known."""
    if figures["total"] is not None and after["total"] is None:
        yield "total", "all"
    for dimension, part in figures["parts"].items():
        now = after["parts"][dimension]
        yield from (
            (dimension, code) for code, n in part["codes"].items() if n is not None and now["codes"][code] is None
        )
        if part["known"] is not None and now["known"] is None:
            yield dimension, "known"


def _part(part: Mapping[str, Any], hidden: Collection[str]) -> dict[str, Any]:
    codes = {code: None if code in hidden else number for code, number in part["codes"].items()}
    # Of a code that became nothing since, a missing line would say so.
    codes |= {code: None for code in hidden if code != WHOLE}
    keeps_sum = WHOLE not in hidden and UNKNOWN not in hidden
    return {"codes": codes, "known": part["known"] if keeps_sum else None}


def _moved(lists: Mapping[str, Any], parts: Mapping[str, Any]) -> dict[str, Any]:
    """Moves of shares, of numbers that are told and beside a sum that is."""
    found = {}
    for dimension, one in lists.items():
        told = parts.get(dimension, {"codes": {}, "known": None})
        codes = {code: pair for code, pair in one["codes"].items() if told["codes"].get(code) is not None}
        if codes and told["known"] is not None:
            found[dimension] = {**one, "codes": codes}
    return found
