"""One share of one member through several quarters: what may be set beside the others', and why the rest may not.

A quarter is comparable where the member reported it, from the list that holds in the last quarter of the span, after
the last break of its series, with 30 contacts or more of which it is known and five or more with the code. Its own
small numbers a member sees.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from havn.trends.rules.network import LEAST_BASE, SMALL, UNKNOWN
from havn.trends.rules.numbers import Percent, share
from havn.trends.rules.quarters import Quarter


class Why(StrEnum):
    """Why a quarter stands empty."""

    MISSING = "missing"
    LIST = "list"
    BREAK = "break"
    FEW = "few"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Told:
    """A member's quarter: its contacts by code, and the list they are from."""

    numbers: Mapping[str, int]
    scheme: str


def cell(
    told: Told | None, code: str, quarter: Quarter, *, scheme: str, since: Quarter | None, own: bool
) -> Percent | Why:  # fmt: skip
    """The share, or why there is none. `scheme`: the list to compare by ("" where lists do not matter); `since`: the
    first quarter after the last break."""
    if told is None:
        return Why.MISSING
    if scheme and told.scheme != scheme:
        return Why.LIST
    if since is not None and quarter < since:
        return Why.BREAK
    base = sum(number for one, number in told.numbers.items() if one != UNKNOWN)
    number = told.numbers.get(code, 0)
    if base < LEAST_BASE:
        return Why.FEW
    if number < SMALL and not own:
        return Why.SMALL
    return share(number, base) or Why.FEW
