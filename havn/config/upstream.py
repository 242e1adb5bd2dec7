"""The way from the front door to `web`: HTTP/1.1 over a Unix socket, connections kept open, whole answers.

On one core httpx spends 1.3 ms of CPU on each page here, this 0.12 ms (measured with the same page): what the live
process spends on pages delays what children write.
"""

import asyncio
from dataclasses import dataclass, field
from typing import cast

import httptools

_MOST_CONNECTIONS = 32
_ANSWER_SECONDS = 30.0
_CONNECT_SECONDS = 10.0


class WebDown(Exception):
    """No answer came from `web`. `sent` says whether it may have begun to act on the request."""

    def __init__(self, sent: bool) -> None:
        super().__init__("web does not answer")
        self.sent = sent


@dataclass
class Answer:
    """What `web` said: header names as they came, hop-by-hop headers left out."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""


_HOP_BY_HOP = {b"connection", b"keep-alive", b"transfer-encoding", b"content-length", b"server", b"date"}


class _Line(asyncio.Protocol):
    """One connection to `web`, used for one request at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.usable = False
        self._parser: httptools.HttpResponseParser | None = None
        self._waiting: asyncio.Future[Answer] | None = None
        self._answer = Answer()
        self._chunks: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports have asyncio's methods without being its class.
        self.transport = cast(asyncio.Transport, transport)
        self.usable = True

    def ask(self, request: bytes) -> "asyncio.Future[Answer]":
        """Send a whole request; the future has the whole answer, or WebDown."""
        assert self.transport is not None
        self._parser = httptools.HttpResponseParser(self)
        self._answer, self._chunks = Answer(), []
        self._waiting = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return self._waiting

    def close(self) -> None:
        self.usable = False
        if self.transport is not None:
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        try:
            if self._parser is not None:
                self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._fail()

    def connection_lost(self, exc: Exception | None) -> None:
        self.usable = False
        self._fail()

    def _fail(self) -> None:
        self.close()
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(WebDown(sent=True))

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() not in _HOP_BY_HOP:
            self._answer.headers.append((name.lower(), value))
        elif name.lower() == b"connection" and value.lower() == b"close":
            self.usable = False

    def on_body(self, body: bytes) -> None:
        self._chunks.append(body)

    def on_message_complete(self) -> None:
        if self._parser is None or self._waiting is None or self._waiting.done():
            return
        self._answer.status = self._parser.get_status_code()
        self._answer.body = b"".join(self._chunks)
        self._waiting.set_result(self._answer)


class Upstream:
    """A few kept-open connections to `web`'s socket. All of it runs in one event loop."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._idle: list[_Line] = []
        self._places = asyncio.Semaphore(_MOST_CONNECTIONS)

    async def ask(self, request: bytes, repeatable: bool) -> Answer:
        """The answer to a whole request. A repeatable one (GET) is sent anew when a kept line turns out dead.

        Raises WebDown when `web` is not there, ends in the middle, or takes more than half a minute.
        """
        async with self._places:
            kept = self._take_kept()
            if kept is not None:
                try:
                    return await self._ask_on(kept, request)
                except WebDown:
                    if not repeatable:
                        raise
            return await self._ask_on(await self._connect(), request)

    def close(self) -> None:
        """Close what is kept open."""
        while self._idle:
            self._idle.pop().close()

    def _take_kept(self) -> _Line | None:
        while self._idle:
            line = self._idle.pop()
            if line.usable:
                return line
        return None

    async def _connect(self) -> _Line:
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                _, line = await asyncio.get_running_loop().create_unix_connection(_Line, self._path)
        except (OSError, TimeoutError) as error:
            raise WebDown(sent=False) from error
        return line

    async def _ask_on(self, line: _Line, request: bytes) -> Answer:
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                answer = await line.ask(request)
        except TimeoutError as error:
            line.close()
            raise WebDown(sent=True) from error
        except asyncio.CancelledError:
            line.close()
            raise
        if line.usable:
            self._idle.append(line)
        return answer
