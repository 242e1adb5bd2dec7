"""What the front door counts: answers that `web` has named (`havn.common.counting`), also those from memory.

Sums only, and only for people who are not signed in. They are handed to `web` every few seconds; when `web` is not
there they wait. What was counted in the last seconds before a stop is lost.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from havn.common.counting import COUNT, MOST, SUMS, written
from havn.config.upstream import WebDown

EVERY_SECONDS = 5.0
_COUNT = COUNT.lower().encode()
_MOST_NAMES = 5000

Headers = list[tuple[bytes, bytes]]


class Counts:
    """Sums by name. All of it runs in one event loop."""

    def __init__(self, ask: Callable[[bytes], Awaitable[object]], every: float = EVERY_SECONDS) -> None:
        self._ask = ask
        self._every = every
        self._sums: Counter[str] = Counter()
        self._task: asyncio.Task[None] | None = None

    def note(self, scope: MutableMapping[str, Any], headers: Headers, *, signed_in: bool) -> Headers:
        """Count an answer that is given out; its headers as they leave the house."""
        name = next((value for key, value in headers if key == _COUNT), None)
        if name is None:
            return headers
        if scope["method"] == "GET" and not signed_in:
            self.add(name.decode("latin-1"))
        return [pair for pair in headers if pair[0] != _COUNT]

    def add(self, name: str) -> None:
        """Count one answer of this name."""
        if len(self._sums) < _MOST_NAMES:
            self._sums[name] += 1
            if self._task is None:
                self._task = asyncio.get_running_loop().create_task(self._hand_over_soon())

    async def _hand_over_soon(self) -> None:
        while self._sums:
            await asyncio.sleep(self._every)
            await self.hand_over()
        self._task = None

    async def hand_over(self) -> None:
        """Give `web` what there is, some names at a time. What does not arrive is kept."""
        while self._sums:
            some = dict(self._sums.most_common(MOST))
            self._sums -= Counter(some)
            try:
                await self._ask(handing_over(written(some)))
            except WebDown as down:
                if not down.sent:
                    self._sums += Counter(some)
                return


def handing_over(sums: str) -> bytes:
    """The request that `web` answers before any page (`havn.config.web`)."""
    head = f"POST /counts HTTP/1.1\r\nhost: web\r\n{SUMS.lower()}: {sums}\r\ncontent-length: 0\r\n\r\n"
    return head.encode("latin-1")
