"""Counting what is read, and nothing of who reads it.

A view names what its answer counts as (`counted`). The front door adds one for every such answer that it gives out,
also from its memory, and hands the sums to `web` every few seconds; there `take` passes them to who keeps them. Between
the two there are names and numbers: no address, no time, no cookie, no browser.
"""

import re
from collections.abc import Callable, Mapping

from django.http import HttpResponseBase

COUNT = "X-Havn-Count"
"""What an answer counts as. It never leaves the house."""
SUMS = "X-Havn-Sums"
"""How the front door hands over its sums. Nobody outside can send it."""
NAME = re.compile(r"[a-z0-9-]{1,40}")
MOST = 200
"""Names in one handing over."""
_HIGHEST = 10_000_000

Taker = Callable[[Mapping[str, int]], None]
_takers: list[Taker] = []


def counted_as(response: HttpResponseBase, name: str) -> None:
    """Say what the answer counts as: once for each time it is given out to somebody who is not signed in."""
    response.headers[COUNT] = name


def register_taker(taker: Taker) -> None:
    """Have the sums told to `taker`, in a thread of its own choosing: it must not wait."""
    if taker not in _takers:
        _takers.append(taker)


def written(sums: Mapping[str, int]) -> str:
    """The sums as they are handed over."""
    return ",".join(f"{name}={number}" for name, number in sums.items())


def read(text: str) -> dict[str, int]:
    """The sums of a handing over; what cannot be read is left out."""
    found: dict[str, int] = {}
    for one in text.split(",")[:MOST]:
        name, _, number = one.partition("=")
        if NAME.fullmatch(name) and number.isascii() and number.isdigit() and len(number) < 9:
            found[name] = min(found.get(name, 0) + int(number), _HIGHEST)
    return found


def take(text: str) -> None:
    """Pass the sums of a handing over to all who keep some."""
    sums = read(text)
    if sums:
        for taker in _takers:
            taker(sums)
