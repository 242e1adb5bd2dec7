"""Readers of public pages: as many pages as a server gives in a time, or how long each of a list takes."""

import asyncio
import http.client
import re
import time
from collections.abc import Coroutine
from typing import Any

import uvloop

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
LINES = 16


class _Reader(asyncio.Protocol):
    """Asks for one page again and again on one connection."""

    def __init__(self, request: bytes) -> None:
        self.request = request
        self.transport: Any = None
        self.read = 0
        self.wrong = b""
        self._buffer = b""
        self._needed = 0

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._needed:
            head, end, _ = self._buffer.partition(b"\r\n\r\n")
            if not end:
                return
            length = _LENGTH.search(head)
            if head[9:12] != b"200" or length is None:
                self.wrong = head
                return
            self._needed = len(head) + 4 + int(length[1])
        if len(self._buffer) >= self._needed:
            self.read += 1
            self._buffer, self._needed = b"", 0
            self.transport.write(self.request)


def get(path: str, *, cookie: bool) -> bytes:
    """What a browser sends. With a cookie nothing is kept for it and it is given nothing that was."""
    more = "cookie: nobody=1\r\n" if cookie else ""
    return (
        f"GET {path} HTTP/1.1\r\nhost: localhost\r\naccept: text/html,*/*;q=0.8\r\naccept-encoding: gzip, br\r\n"
        f"accept-language: nb,en;q=0.5\r\n{more}\r\n"
    ).encode()


def pages_in(port: int, request: bytes, seconds: float) -> int:
    """How many `LINES` connections get that always wait for a page. Raises RuntimeError for anything but 200."""

    async def read() -> int:
        loop = asyncio.get_running_loop()
        readers = [(await loop.create_connection(lambda: _Reader(request), "127.0.0.1", port))[1] for _ in range(LINES)]
        await asyncio.sleep(seconds)
        for one in readers:
            one.transport.abort()
            if one.wrong:
                raise RuntimeError(one.wrong.decode())
        return sum(one.read for one in readers)

    return int(_run(read()))


def seconds_of(port: int, paths: list[str]) -> list[float]:
    """How long each takes, one after the other, from the request to the last byte of the answer, never a kept one."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    found = []
    for path in paths:
        begun = time.perf_counter()
        line.request("GET", path, headers={"Host": "localhost", "Cookie": "nobody=1", "Accept-Encoding": "gzip"})
        answer = line.getresponse()
        answer.read()
        found.append(time.perf_counter() - begun)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
    return found


def rush(port: int, request: bytes, readers: int) -> list[bytes]:
    """As many readers at the very same moment, once: what each was given."""

    async def one() -> bytes:
        source, out = await asyncio.open_connection("127.0.0.1", port)
        out.write(request)
        head = await source.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        body = await source.readexactly(int(length[1]) if length else 0)
        out.close()
        return body

    async def all_of_them() -> list[bytes]:
        return await asyncio.gather(*(one() for _ in range(readers)))

    found: list[bytes] = _run(all_of_them())
    return found


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)
