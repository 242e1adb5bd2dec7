"""Clients that cost little: posts and event streams on bare asyncio protocols. The server is what is measured."""

import asyncio
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MOST_TRIES = 3
_MARK = re.compile(rb"~(\d+)-(\d+)-([vs])~")
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


class Poster(asyncio.Protocol):
    """A kept-alive connection that posts, one post at a time; made anew when the server has closed it, idle."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.data = b""
        self.tries = 0
        self.task: Any = None
        self.transport: Any = None
        self.buffer = b""
        self.on_answer: Callable[[int, bytes], None] | None = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def post(self, data: bytes, on_answer: Callable[[int, bytes], None]) -> None:
        self.on_answer = on_answer
        self.data, self.tries = data, 0
        if self.transport.is_closing():
            self.task = asyncio.get_running_loop().create_task(self._again(data))
        else:
            self.transport.write(data)

    async def _again(self, data: bytes) -> None:
        self.buffer = b""
        await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", self.port)
        self.transport.write(data)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, end, rest = self.buffer.partition(b"\r\n\r\n")
        if not end:
            return
        found = _LENGTH.search(head)
        length = int(found[1]) if found else 0
        if len(rest) < length:
            return
        self.buffer = rest[length:]
        answer, self.on_answer = self.on_answer, None
        if answer:
            answer(int(head[9:12]), rest[:length])

    def connection_lost(self, exc: Exception | None) -> None:
        """The server closed an idle line in the very moment of a post: sent again, as a browser's outbox does."""
        if self.on_answer is None:
            return
        self.tries += 1
        if self.tries <= MOST_TRIES:
            self.task = asyncio.get_running_loop().create_task(self._again(self.data))
        else:
            answer, self.on_answer = self.on_answer, None
            answer(0, b"")


class Listener(asyncio.Protocol):
    """An open event stream. `on_mark(talk, number, side)` for every message that carries a mark."""

    def __init__(self, request: bytes, on_mark: Callable[[int, int, bytes], None] | None = None) -> None:
        self.request = request
        self.on_mark = on_mark
        self.tail = self.start = b""
        self.last_id = b""
        self.transport: Any = None
        # A desk answers the server's pings.
        self.on_ping: Callable[[], None] | None = None
        self.hello = asyncio.get_running_loop().create_future()
        self.bytes = 0
        self.frames = 0

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.bytes += len(data)
        if not self.hello.done():
            self.start += data
            if b"event: hello" in self.start or (b"\r\n\r\n" in self.start and b"X-Toy" in self.request):
                self.hello.set_result(None)
            elif self.start[9:12] not in {b"", b"200"}:
                self.hello.set_exception(RuntimeError(self.start[:300].decode()))
            else:
                return
            data, self.start = self.start, b""
        if self.on_ping is not None and b"event: ping" in data:
            self.on_ping()
        if self.on_mark is None:
            return
        data = self.tail + data
        end = 0
        for found in _MARK.finditer(data):
            end = found.end()
            self.on_mark(int(found[1]), int(found[2]), found[3])
        place = data.rfind(b"id: ")
        if place >= 0:
            line = data[place + 4 : data.find(b"\n", place)]
            if line:
                self.last_id = line
        self.tail = data[max(end, len(data) - 40) :]

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.hello.done():
            self.hello.set_exception(ConnectionError())
            self.hello.exception()


@dataclass
class Side:
    """How one side of a talk posts."""

    poster: Poster
    head: bytes
    fields: dict[str, Any]

    def request(self, text: str, client_id: str) -> bytes:
        body = json.dumps({**self.fields, "text": text, "client_id": client_id}).encode()
        return self.head + b"content-length: %d\r\n\r\n" % len(body) + body


def post_head(port: int, path: str, cookies: dict[str, str]) -> bytes:
    """A browser's request, with the headers one sends."""
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return (
        f"POST {path} HTTP/1.1\r\nhost: localhost:{port}\r\norigin: http://localhost:{port}\r\n"
        f"accept: application/json\r\ncontent-type: application/json\r\nsec-fetch-site: same-origin\r\n"
        f"cookie: {cookie}\r\n"
    ).encode()


def stream_head(port: int, path: str, cookies: dict[str, str], last_id: bytes = b"") -> bytes:
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    resume = f"last-event-id: {last_id.decode()}\r\n" if last_id else ""
    return (
        f"GET {path} HTTP/1.1\r\nhost: localhost:{port}\r\naccept: text/event-stream\r\n{resume}"
        f"sec-fetch-site: same-origin\r\ncookie: {cookie}\r\n\r\n"
    ).encode()


def text_of(talk: int, number: int, side: str) -> str:
    """About 120 characters, as people write, with a mark to find it by."""
    words = "I do not know whom to tell, and it has been going on for weeks at school now. What should I do?"
    return f"~{talk}-{number}-{side}~ {words}"


def percentile(values: list[float], share: float) -> float:
    """The value that so large a share of the values does not exceed, in milliseconds."""
    ordered = sorted(values)
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


now = time.perf_counter
