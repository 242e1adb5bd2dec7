"""The numbers of a quarter's article, frozen: what is left out already is, so that whoever has them has no more.

They are kept as JSON with the article. Later corrections of a helpline change nothing in them until somebody takes the
figures anew, so that a published page stays as it was read.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from havn.trends.rules.moves import Moved
from havn.trends.rules.network import LEAST_CENTRES, Matched, Part, Seen, tells_nobody
from havn.trends.rules.numbers import change
from havn.trends.rules.quarters import Quarter


def frozen_part(part: Part, also: Collection[str] = ()) -> dict[str, Any]:
    """A list as it may leave: None where a number, or the base of the shares, is left out."""
    seen = part.seen(also=also)
    return {"codes": dict(seen.numbers), "known": seen.known}


def seen_part(frozen: Mapping[str, Any]) -> Seen:
    """The same list read again."""
    return Seen(frozen["codes"], frozen["known"])


def frozen_match(one: Matched) -> dict[str, Any] | None:
    """By how many per cent the same helplines' contacts changed. Not their sums: beside the total of all they would
    tell what those reported that are not in both; and so would the per cent where those are one or two. None then, and
    below three helplines."""
    moved = change(one.now, one.before)
    if one.centres < LEAST_CENTRES or moved is None or not tells_nobody(one.apart):
        return None
    return {"centres": one.centres, "percent": round(moved.value, 1)}


def frozen_moves(moved: Mapping[str, Moved], frozen: Mapping[str, Any]) -> dict[str, Any]:
    """Per cent before and now by code, of the helplines that answered both times; none of a number that is left out."""
    found = {}
    for dimension, one in moved.items():
        shown = frozen[dimension]["codes"] if dimension in frozen else {}
        codes = {code: list(pair) for code, pair in one.shares().items() if shown.get(code) is not None}
        if codes:
            found[dimension] = {"centres": one.centres, "codes": codes}
    return found


def figures(
    quarter: Quarter,
    *,
    reported: Sequence[str],
    missing: Sequence[str],
    parts: Mapping[str, Part],
    since_quarter: Matched,
    since_year: Matched,
    moved_quarter: Mapping[str, Moved],
    moved_year: Mapping[str, Moved],
    printed: Mapping[str, Mapping[str, Any]],
    breaks: Sequence[int],
    hidden: Mapping[str, Collection[str]],
) -> dict[str, Any]:
    """Everything that the sentences and charts of one quarter are made from."""
    frozen = {name: frozen_part(part, hidden.get(name, ())) for name, part in parts.items() if name != "total"}
    total = parts["total"].cells.get("all") if "total" in parts else None
    return {
        "quarter": str(quarter),
        "reported": list(reported),
        "missing": list(missing),
        "total": total.number if total is not None and total.may_be_shown else None,
        "parts": frozen,
        "since": {"quarter": frozen_match(since_quarter), "year": frozen_match(since_year)},
        "moved": {"quarter": frozen_moves(moved_quarter, frozen), "year": frozen_moves(moved_year, frozen)},
        "printed": {name: dict(one) for name, one in printed.items()},
        "breaks": list(breaks),
    }
