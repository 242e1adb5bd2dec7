"""Files and packs on their way to slow readers: so many at a time, and not for ever.

An answer is held in memory whole until its reader has it. Without a bound, a few hundred readers who read nothing of a
large file would take all the memory of the process that children chat with.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

LONG = 1024 * 1024
"""Longer than this is long. A piece of a film is no longer."""
AT_ONCE = 6
SECONDS = 600.0
PIECE = 256 * 1024


class LongAnswers:
    """Those that are being sent. All of it runs in one event loop."""

    def __init__(self, *, at_once: int = AT_ONCE, seconds: float = SECONDS) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._seconds = seconds

    def is_full(self, body: bytes) -> bool:
        """Whether an answer is long and has to be asked for again later."""
        return len(body) > LONG and self._places.locked()

    async def send(self, send: Send, status: int, headers: Headers, body: bytes) -> None:
        """Send it in pieces, each when the one before has gone. Raises ConnectionAbortedError for who is too slow."""
        async with self._places:
            try:
                async with asyncio.timeout(self._seconds):
                    await send({"type": "http.response.start", "status": status, "headers": headers})
                    for start in range(0, len(body), PIECE):
                        piece, more = body[start : start + PIECE], start + PIECE < len(body)
                        await send({"type": "http.response.body", "body": piece, "more_body": more})
            except TimeoutError:
                raise ConnectionAbortedError from None
