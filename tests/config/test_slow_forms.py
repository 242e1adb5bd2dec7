"""Forms that stretch passwords never take all of web's threads, and what came through a proxy is told to web."""

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

import havn
from havn.config.front import Front
from havn.config.lanes import DESK_AT_ONCE, DOOR_AT_ONCE, MOST_IN_LANE, Full, Lane, lane_of
from havn.config.upstream import Answer
from havn.config.web import THREADS
from havn.live.floods import FREE, Floods

_real_seconds_for = Floods.seconds_for
LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)
# What a view calls, directly or through a helper of its module, when it stretches a password.
_STRETCHES = re.compile(
    r"check_password_throttled|confirm_password|actions\.unlock\(|change_password|accept_invitation|begin_session"
)


class _Web:
    """A `web` that answers nothing until it is told to, and knows what it was asked."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        self.go = asyncio.Event()

    async def ask(self, request: bytes, repeatable: bool) -> Answer:
        self.asked.append(request)
        if b"sign-in" in request:
            await self.go.wait()
        return Answer(200, [(b"content-type", b"text/plain")], b"done")


async def _send(front: Front, method: str, path: str, *headers: tuple[bytes, bytes], source: str = "192.0.2.1") -> int:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"username=a"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
        "headers": [(b"host", b"localhost"), *headers], "client": (source, 1),
    }  # fmt: skip
    await front(scope, receive, send)
    return int(sent[0]["status"])


def _front(web: _Web) -> Front:
    return Front(None, frozenset(), web, None)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """How long a flooding source waits is shown in `tests/live`; here only who comes when."""
    monkeypatch.setattr(Floods, "seconds_for", lambda self, scope: 0.0)


def test_a_hundred_sign_ins_at_once_leave_threads_for_the_pages_of_children() -> None:
    async def story() -> None:
        web = _Web()
        front = _front(web)
        paths = ["/desk/sign-in", "/nb/desk/sign-in", "/desk/sign-in/second-step", "//en/desk/sign-in"]
        flood = [asyncio.create_task(_send(front, "POST", paths[at % 4])) for at in range(100)]
        await asyncio.sleep(0.05)
        assert len(web.asked) == DOOR_AT_ONCE
        assert DOOR_AT_ONCE + DESK_AT_ONCE < THREADS
        assert await _send(front, "GET", "/chat") == 200
        assert await _send(front, "POST", "/desk/next") == 200
        # More than may wait are told to come again; nobody holds memory without end.
        assert await _send(front, "POST", "/desk/sign-in") == 503
        web.go.set()
        assert set(await asyncio.gather(*flood)) == {200}
        assert await _send(front, "POST", "/desk/sign-in") == 200

    asyncio.run(story())


def test_a_full_door_keeps_nobody_who_is_signed_in_from_unlocking() -> None:
    async def story() -> None:
        web = _Web()
        front = _front(web)
        flood = [asyncio.create_task(_send(front, "POST", "/desk/sign-in")) for _ in range(102)]
        await asyncio.sleep(0.05)
        assert sum(task.done() for task in flood) == 2
        for path in ("/desk/unlock", "/nb/desk/unlock", "/desk/account/password", "/desk/account/app"):
            assert await _send(front, "POST", path) == 200
        web.go.set()
        assert sorted(await asyncio.gather(*flood)) == [200] * 100 + [503] * 2

    asyncio.run(story())


def test_one_source_with_a_hundred_tries_neither_shuts_the_door_nor_goes_first() -> None:
    async def story() -> None:
        web = _Web()
        front = _front(web)
        flood = [asyncio.create_task(_send(front, "POST", "/desk/sign-in")) for _ in range(MOST_IN_LANE)]
        await asyncio.sleep(0.05)
        other = asyncio.create_task(_send(front, "POST", "/desk/sign-in", source="198.51.100.7"))
        await asyncio.sleep(0.05)
        # The last of the crowd makes room, and is told to come again.
        assert [task.done() for task in flood].index(True) == MOST_IN_LANE - 1
        done: list[asyncio.Task[int]] = []
        for task in (*flood, other):
            task.add_done_callback(done.append)
        web.go.set()
        assert await other == 200
        await asyncio.gather(*flood)
        assert done.index(other) <= DOOR_AT_ONCE + 2

    asyncio.run(story())


def test_a_flooding_source_waits_before_it_stands_in_the_lane(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(Floods, "seconds_for", _real_seconds_for)

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    async def story() -> None:
        web = _Web()
        web.go.set()
        front = _front(web)
        for _ in range(FREE):
            await _send(front, "POST", "/desk/sign-in")
        assert waited == []
        await _send(front, "POST", "/desk/sign-in")
        await _send(front, "POST", "/desk/sign-in", source="198.51.100.7")
        await _send(front, "POST", "/desk/unlock")
        assert len(waited) == 1

    monkeypatch.setattr("havn.live.floods.asyncio.sleep", sleep)
    asyncio.run(story())


def test_who_goes_away_while_waiting_leaves_the_place_to_the_next() -> None:
    async def story() -> None:
        lane, order = Lane(1, most=3), []
        go = asyncio.Event()

        async def one(name: str) -> None:
            async with lane.turn({"client": ("192.0.2.1", 1)}):
                order.append(name)
                await go.wait()
            if name == "a":
                # Its turn has come, and its browser goes in the same moment.
                third.cancel()

        first, second, third = [asyncio.create_task(one(name)) for name in "abc"]
        await asyncio.sleep(0.01)
        with pytest.raises(Full):
            await one("d")
        second.cancel()
        await asyncio.sleep(0.01)
        go.set()
        await asyncio.gather(first, second, third, return_exceptions=True)
        await asyncio.wait_for(one("e"), 1)
        assert order == ["a", "e"]

    asyncio.run(story())


def _views(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield "/" + path.replace("<str:token>", "token"), entry.callback
        else:
            yield from _views(entry, path)


def test_every_address_whose_view_stretches_a_password_waits_its_turn() -> None:
    found = set()
    for path, view in _views(get_resolver()):
        code = _source(view)
        if _STRETCHES.search(code):
            found.add(path)
            assert lane_of(path, LANGUAGES), path
            assert lane_of(f"/nb{path}", LANGUAGES) == lane_of(path, LANGUAGES), path
    assert found >= {
        "/desk/sign-in", "/desk/unlock", "/desk/accept/token", "/desk/account/password", "/desk/account/app"
    }  # fmt: skip
    assert lane_of("/desk/next", LANGUAGES) == lane_of("/chat", LANGUAGES) == ""
    assert lane_of("/desk/unlock", LANGUAGES) != lane_of("/desk/sign-in", LANGUAGES)


def _source(view: Any) -> str:
    """The text of a view and of the helpers of its own module that it names."""
    import inspect
    import sys

    plain = inspect.unwrap(view)
    if not plain.__module__.startswith(havn.__name__ + "."):
        return ""
    text = inspect.getsource(plain)
    module = sys.modules[plain.__module__]
    for name in set(re.findall(r"\b(_\w+)\(", text)):
        helper = getattr(module, name, None)
        if inspect.isfunction(helper):
            text += inspect.getsource(helper)
    return text


@pytest.mark.parametrize("name", [b"x-forwarded-for", b"x-forwarded-proto", b"forwarded", b"via", b"x-real-ip"])
def test_web_learns_that_a_request_was_passed_on_and_by_nobody_else(name: bytes) -> None:
    async def story() -> None:
        web = _Web()
        front = _front(web)
        await _send(front, "GET", "/", (name, b"203.0.113.9"))
        await _send(front, "GET", "/")
        # A browser can neither set the mark itself nor hide it.
        await _send(front, "GET", "/", (b"x-havn-passed-on", b"0"), (name, b""))
        await _send(front, "GET", "/", (b"x-havn-passed-on", b"1"))
        passed, direct, hidden, forged = web.asked
        assert b"x-havn-passed-on: 1" in passed
        assert b"203.0.113.9" not in passed
        assert b"passed-on" not in direct
        assert b"x-havn-passed-on: 1" in hidden
        assert b"x-havn-passed-on: 0" not in hidden
        assert b"passed-on" not in forged

    asyncio.run(story())
