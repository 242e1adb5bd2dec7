"""The numbers of a quarter's article, frozen: what is left out already is, so that whoever has them has no more.

They are kept as JSON with the article. Later corrections of a helpline change nothing in them until somebody takes the
figures anew, so that a published page stays as it was read.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from havn.trends.rules.network import LEAST_CENTRES, Matched, Part
from havn.trends.rules.numbers import change, share
from havn.trends.rules.quarters import Quarter


def frozen_part(part: Part) -> dict[str, Any]:
    """A list as it may leave: None where a number is left out. The base of the shares is the sum of what is known."""
    hidden = part.hidden()
    codes = {code: None if code in hidden else cell.number for code, cell in part.cells.items()}
    return {"codes": codes, "known": part.known if part.known else 0}


def frozen_match(one: Matched) -> dict[str, Any] | None:
    """By how many per cent the same helplines' contacts changed. Not their sums: beside the total of all they would
    tell what those reported that are not in both. None below three helplines."""
    moved = change(one.now, one.before)
    if one.centres < LEAST_CENTRES or moved is None:
        return None
    return {"centres": one.centres, "percent": round(moved.value, 1)}


def frozen_shares(part: Part) -> dict[str, float]:
    """Shares of the quarter before, in per cent, of what may be shown."""
    hidden = part.hidden()
    found = {}
    for code, cell in part.cells.items():
        one = share(cell.number, part.known)
        if code not in hidden and one is not None:
            found[code] = round(one.value, 2)
    return found


def figures(
    quarter: Quarter,
    *,
    reported: Sequence[str],
    missing: Sequence[str],
    parts: Mapping[str, Part],
    since_quarter: Matched,
    since_year: Matched,
    before: Mapping[str, Part],
    printed: Mapping[str, Mapping[str, Any]],
    breaks: Sequence[int],
) -> dict[str, Any]:
    """Everything that the sentences and charts of one quarter are made from."""
    total = parts["total"].cells.get("all") if "total" in parts else None
    return {
        "quarter": str(quarter),
        "reported": list(reported),
        "missing": list(missing),
        "total": total.number if total is not None and total.may_be_shown else None,
        "parts": {name: frozen_part(part) for name, part in parts.items() if name != "total"},
        "since": {"quarter": frozen_match(since_quarter), "year": frozen_match(since_year)},
        "before": {name: frozen_shares(part) for name, part in before.items()},
        "printed": {name: dict(one) for name, one in printed.items()},
        "breaks": list(breaks),
    }
