"""The front door and the live process without a socket, in a thread of their own: any bytes in, an answer out."""

import asyncio
import json
import random
import threading
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from havn.config.front import Front
from havn.config.static_files import StaticFiles
from havn.config.upstream import Upstream
from havn.live import registry
from havn.live.app import LiveApp, live_app

Headers = list[tuple[bytes, bytes]]
OURS: Headers = [(b"host", b"testserver"), (b"origin", b"http://testserver"), (b"sec-fetch-site", b"same-origin")]
SCRIPT: Headers = [*OURS, (b"accept", b"application/json"), (b"content-type", b"application/json")]
FORM: Headers = [*OURS, (b"content-type", b"application/x-www-form-urlencoded")]
# A stream is left after so many pieces.
PIECES = 3


@dataclass
class Answer:
    """What came back. A stream is cut after its first pieces."""

    status: int = 0
    headers: Headers = field(default_factory=list)
    body: bytes = b""

    @property
    def kind(self) -> str:
        return dict(self.headers).get(b"content-type", b"").decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Door:
    """Ask it from any thread."""

    def __init__(self, folder: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="door")
        self._folder = folder
        self._front: Front | None = None
        self._live: LiveApp | None = None

    def start(self) -> None:
        self._thread.start()
        self._run(self._start())

    def stop(self) -> None:
        assert self._live is not None
        self._run(self._live.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def ask(self, method: str, path: str, headers: Headers, body: bytes = b"", query: bytes = b"") -> Answer:
        """One request, as one piece, from an address that never asked before."""
        return self._run(self._ask(method, path, headers, body, query))

    def _run(self, work: Awaitable[Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)  # type: ignore[arg-type]

    async def _start(self) -> None:
        self._live = live_app()
        upstream = Upstream(str(self._folder / "none"))
        self._front = Front(self._live, self._live.paths, upstream, StaticFiles("x", self._folder))
        await self._live.start()

    async def _ask(self, method: str, path: str, headers: Headers, body: bytes, query: bytes) -> Answer:
        answer, enough = Answer(), asyncio.Event()
        pieces = [{"type": "http.request", "body": body, "more_body": False}]
        begun = 0

        async def receive() -> Any:
            if pieces:
                return pieces.pop()
            await enough.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                answer.status, answer.headers = message["status"], list(message["headers"])
                return
            answer.body += message.get("body", b"")
            begun += 1
            if begun >= PIECES or not message.get("more_body"):
                enough.set()

        # The flood rule slows one address down; it is tested elsewhere.
        client = (".".join(str(random.randrange(256)) for _ in range(4)), 1)
        scope = {
            "type": "http", "method": method, "path": path, "raw_path": path.encode("utf-8", "replace"),
            "query_string": query, "scheme": "http", "client": client, "headers": headers,
        }  # fmt: skip
        assert self._front is not None
        self._loop.call_later(2, enough.set)
        async with asyncio.timeout(20):
            await self._front(scope, receive, send)
        return answer


@contextmanager
def open_door(folder: Path) -> Iterator[Door]:
    """The live process as it is, but for the sweeps: they would act on people in the middle of a test."""
    kept, registry.sweeps[:] = list(registry.sweeps), []
    door = Door(folder)
    try:
        door.start()
        yield door
    finally:
        door.stop()
        registry.sweeps[:] = kept


def cookie_header(cookies: dict[str, str]) -> tuple[bytes, bytes]:
    return b"cookie", "; ".join(f"{name}={value}" for name, value in cookies.items()).encode()
