"""An open event stream: what is on its way to one browser, never more than it takes.

Frames are handed to the server in the same step in which they arise; no task per stream waits for work, which is what
keeps ten thousand open streams small. A browser that does not read is not waited for: beyond a bound its frames are
dropped, and once it reads again it is brought forward from the log.
"""

import asyncio
import contextlib
import time
import types
from collections.abc import Awaitable, Coroutine, Generator
from typing import Any

from havn.live import frames
from havn.live.channels import Channels, Subscription
from havn.live.heads import Head
from havn.live.http import Receive, Send
from havn.live.log import Entry

MOST_BYTES = 256 * 1024
# A line that has taken nothing for so long is dead, whatever TCP believes.
BLOCKED_SECONDS = 60.0

_START: dict[str, Any] = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        # nginx would otherwise gather the stream.
        (b"x-accel-buffering", b"no"),
    ],
}


class Stream:
    """What visitors' and staff's streams share. All of it runs in the event loop."""

    token_hash: bytes | None = None

    __slots__ = (
        "_blocked_at",
        "_dirty",
        "_over",
        "_pending",
        "_send",
        "_sending",
        "_size",
        "_task",
        "channels",
        "lagging",
        "language",
    )

    def __init__(self, channels: Channels, language: str) -> None:
        self.channels = channels
        self.language = language
        self.lagging = False
        self._pending: list[bytes] = []
        self._size = 0
        self._sending = False
        self._dirty = False
        self._over = False
        self._blocked_at = 0.0
        self._send: Send | None = None
        self._task: asyncio.Task[Any] | None = None

    # For subclasses.

    def subscriptions(self) -> list[Subscription]:
        raise NotImplementedError

    def give(self, subscription: Subscription, entry: Entry) -> None:
        """A message is next for this subscription: `put` its frame. The caller flushes."""
        raise NotImplementedError

    def head_changed(self, subscription: Subscription, before: Head, head: Head) -> None:
        """State, company or marks of a conversation changed."""
        raise NotImplementedError

    def ended(self, subscription: Subscription) -> None:
        """The conversation is gone, or the right to it."""
        raise NotImplementedError

    def resynced(self) -> None:
        """The reader takes again after frames were dropped: say anew what is not in the log."""
        raise NotImplementedError

    async def opened(self) -> None:
        """The answer has begun: subscribe and say hello."""
        raise NotImplementedError

    def closed(self) -> None:
        """The line is gone."""
        raise NotImplementedError

    # The line.

    async def serve(self, receive: Receive, send: Send) -> None:
        """Answer a request with this stream until either side ends it."""
        self._send = send
        self._task = asyncio.current_task()
        try:
            await send({**_START})
            # The front door adds headers to the beginning; frames go past it.
            self._send = getattr(send, "plain", send)
            self.push(frames.RETRY)
            self.flush()
            await self.opened()
            while (await receive())["type"] != "http.disconnect":
                pass
        except asyncio.CancelledError:
            if not self._over:
                raise
        finally:
            self._over = True
            self._pending.clear()
            for one in self.subscriptions():
                self.channels.unsubscribe(one)
            self.closed()
            self._send = self._task = None

    def push(self, frame: bytes) -> None:
        """Put a frame on its way. It leaves at the next `flush`, at the latest in the next turn of the loop."""
        self.put(frame)
        if self._pending and not self._dirty:
            self._dirty = True
            asyncio.get_running_loop().call_soon(self.flush)

    def put(self, frame: bytes) -> None:
        """Like `push`, for a caller who flushes."""
        if self.lagging or self._over:
            return
        self._pending.append(frame)
        self._size += len(frame)
        if self._size > MOST_BYTES:
            if self._sending:
                self._fall_behind()
            else:
                self.flush()

    def flush(self) -> None:
        """Hand what is pending to the server. Returns at once, also when the reader is slow."""
        self._dirty = False
        if self._sending or not self._pending or self._send is None:
            return
        data = self._pending[0] if len(self._pending) == 1 else b"".join(self._pending)
        self._pending.clear()
        self._size = 0
        for one in self.subscriptions():
            one.sent = one.seq
        self._hand_over(self._send({"type": "http.response.body", "body": data, "more_body": True}))

    def end(self, last: bytes = b"") -> None:
        """Send a last frame and close the line from our side."""
        if self._over or self._send is None:
            return
        if last:
            self.push(last)
        self.flush()
        self._over = True
        if self._sending:
            self.cut()
        else:
            self._hand_over(self._send({"type": "http.response.body", "body": b"", "more_body": False}))

    def cut(self) -> None:
        """Close a line that takes nothing."""
        self._over = True
        if self._task is not None:
            self._task.cancel()

    def is_dead(self) -> bool:
        return self._sending and time.monotonic() - self._blocked_at > BLOCKED_SECONDS

    def _fall_behind(self) -> None:
        self.lagging = True
        self._pending.clear()
        self._size = 0
        for one in self.subscriptions():
            one.rewind()

    def _hand_over(self, sending: Awaitable[None]) -> None:
        """Take the first step of `send` here; only when the server makes us wait does a task take the rest."""
        if not isinstance(sending, types.CoroutineType):
            self._wait_in_task(_waited(sending))
            return
        try:
            first = sending.send(None)
        except StopIteration:
            return
        except Exception:
            self.cut()
            return
        self._wait_in_task(_resumed(sending, first))

    def _wait_in_task(self, rest: Coroutine[Any, Any, None]) -> None:
        self._sending = True
        self._blocked_at = time.monotonic()
        task = asyncio.get_running_loop().create_task(rest)
        task.add_done_callback(self._taken)

    def _taken(self, task: "asyncio.Task[None]") -> None:
        self._sending = False
        if task.cancelled() or task.exception() is not None:
            self.cut()
        elif self.lagging:
            self._caught_up()
        elif not self._over:
            self.flush()

    def _caught_up(self) -> None:
        self.lagging = False
        if not self._over:
            self.resynced()
            for one in self.subscriptions():
                self.channels.catch_up(one.channel)


async def _waited(sending: Awaitable[None]) -> None:
    await sending


async def _resumed(sending: Coroutine[Any, Any, None], first: Any) -> None:
    """Await a coroutine whose first step was taken outside of any task."""
    with contextlib.closing(sending):
        await _rest(sending, first)


@types.coroutine
def _rest(sending: Coroutine[Any, Any, None], first: Any) -> Generator[Any, Any, None]:
    waited = first
    while True:
        try:
            value = yield waited
        except BaseException as error:
            waited = sending.throw(error)
            continue
        try:
            waited = sending.send(value)
        except StopIteration:
            return
