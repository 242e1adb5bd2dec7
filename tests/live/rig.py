"""The live app without a socket: posts, streams and what was said on them."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

from havn.live import registry
from havn.live.app import LiveApp, live_app
from havn.live.conversations import Started

Result = TypeVar("Result")
ORIGIN = {"origin": "http://testserver"}


@dataclass
class Answer:
    status: int
    body: bytes
    headers: list[tuple[bytes, bytes]]

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.body)  # type: ignore[no-any-return]

    def header(self, name: str) -> str:
        return next((value.decode() for key, value in self.headers if key == name.encode()), "")


@dataclass
class Event:
    name: str
    data: dict[str, Any]
    id: str = ""


@dataclass
class Line:
    """An open stream. `slow` makes the server wait before each frame is taken."""

    status: int = 0
    events: list[Event] = field(default_factory=list)
    body: bytes = b""
    slow: asyncio.Event | None = None
    over: bool = False
    _text: str = ""
    _gone: asyncio.Event = field(default_factory=asyncio.Event)
    _task: asyncio.Task[None] | None = None
    _asked: bool = False

    async def receive(self) -> dict[str, Any]:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Mapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            return
        if self.slow is not None:
            await self.slow.wait()
        self.body += message.get("body", b"")
        self._take(message.get("body", b"").decode())
        if not message.get("more_body"):
            self.over = True
            self._gone.set()

    def _take(self, text: str) -> None:
        if self.status != 200:
            return
        *whole, self._text = (self._text + text).split("\n\n")
        for block in whole:
            fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
            if "event" in fields:
                self.events.append(Event(fields["event"], json.loads(fields["data"]), fields.get("id", "")))

    async def drop(self) -> None:
        """The line goes away, as when a phone leaves the network."""
        self._gone.set()
        if self._task is not None:
            await asyncio.wait_for(self._task, 5)

    def named(self, name: str) -> list[dict[str, Any]]:
        return [event.data for event in self.events if event.name == name]

    @property
    def texts(self) -> list[str]:
        return [data["text"] for data in self.named("message") if data["kind"] != "event"]

    async def until(self, name: str, count: int = 1, seconds: float = 5) -> list[dict[str, Any]]:
        """Wait until so many events of this name have come."""
        await wait_until(lambda: len(self.named(name)) >= count, seconds, lambda: f"{name}: {self.events}")
        return self.named(name)


class Rig:
    def __init__(self, app: LiveApp) -> None:
        self.app = app
        self.live = app.live
        self.lines: list[Line] = []

    async def request(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        cookies: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        scope = self.scope(method, path, cookies, headers)
        sent: list[Any] = []
        messages = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Any:
            return messages.pop() if messages else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        return Answer(sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:]), sent[0]["headers"])

    async def post(
        self, path: str, cookies: Mapping[str, str], headers: Mapping[str, str] | None = None, **fields: Any
    ) -> Answer:
        """As a script of our page posts."""
        known = {**ORIGIN, "accept": "application/json", "content-type": "application/json", **(headers or {})}
        return await self.request("POST", path, json.dumps(fields).encode(), cookies, known)

    async def form(
        self, path: str, cookies: Mapping[str, str], headers: Mapping[str, str] | None = None, **fields: Any
    ) -> Answer:
        """As a plain form of our page posts."""
        known = {"origin": "null", "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded"}
        known = {**known, **(headers or {})}
        return await self.request("POST", path, urlencode(fields).encode(), cookies, known)

    async def open(
        self, path: str, cookies: Mapping[str, str], last_event_id: str = "", slow: asyncio.Event | None = None
    ) -> Line:
        line = Line(slow=slow)
        headers = {"last-event-id": last_event_id} if last_event_id else {}
        scope = self.scope("GET", path, cookies, headers)
        line._task = asyncio.create_task(self.app(scope, line.receive, line.send))
        self.lines.append(line)
        await wait_until(lambda: line.status != 0, 5, lambda: "no answer")
        return line

    def scope(
        self, method: str, path: str, cookies: Mapping[str, str] | None, headers: Mapping[str, str] | None
    ) -> dict[str, Any]:
        path, _, query = path.partition("?")
        known = {"host": "testserver", **(headers or {})}
        if cookies:
            known["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        return {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in known.items()],
            "client": ("127.0.0.1", 5),
            "scheme": "http",
        }


@asynccontextmanager
async def running(**changes: Any) -> AsyncIterator[Rig]:
    """The live app, started; stopped and its streams dropped afterwards. Sweeps of strands do not run."""
    kept, registry.sweeps[:] = list(registry.sweeps), []
    rig = Rig(live_app(**changes))
    try:
        await rig.app.start()
        yield rig
    finally:
        for line in rig.lines:
            line._gone.set()
        await asyncio.gather(*(line._task for line in rig.lines if line._task), return_exceptions=True)
        await rig.app.stop()
        registry.sweeps[:] = kept


async def wait_until(condition: Callable[[], bool], seconds: float, what: Callable[[], str]) -> None:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while not condition():
        assert loop.time() < deadline, f"Not within {seconds} s. {what()}"
        await asyncio.sleep(0.005)


async def aside(work: Callable[[], Result]) -> Result:
    """Run database work in a thread whose connection is closed again."""

    def closing() -> Result:
        try:
            return work()
        finally:
            connection.close()

    return await asyncio.to_thread(closing)


def cookie_of(started: Started) -> dict[str, str]:
    assert started.token
    return {settings.VISITOR_COOKIE_NAME: started.token}
