"""A page that is given at once has the very bytes of one that takes the ordinary way, and nobody else gets it."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from havn.common import page_cache as marks
from havn.common.counting import COUNT
from havn.config.at_once import at_once, key_at_once
from havn.config.front import Front
from havn.config.page_cache import PageCache
from havn.config.patience import PatientProtocol
from havn.config.upstream import Answer

PAGE = b"<p>" + b"a page " * 3000
CODES = frozenset({"en", "nb", "da"})


class Web:
    """A fake `web` with one page at every address below `/nb/kept`."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []

    async def ask(self, request: bytes, repeatable: bool) -> Answer:
        self.asked.append(request)
        if b" /nb/kept" not in request.partition(b"\r\n")[0]:
            return Answer(200, [(b"content-type", b"text/plain")], b"not kept")
        packed = b"accept-encoding: gzip" in request
        more = [(b"content-encoding", b"gzip")] if packed else []
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"vary", b"Accept-Encoding"), *more]
        kept = [(b"x-havn-keep", b"60"), (COUNT.lower().encode(), b"page-7")]
        return Answer(200, [*headers, *kept], PAGE[::-1] if packed else PAGE)


@dataclass
class House:
    """A front door on a port. `ordinary`: how many requests took the ordinary way."""

    port: int
    front: Front
    web: Web
    ordinary: list[str] = field(default_factory=list)

    def said(self, sent: bytes, wait: float = 0.4) -> bytes:
        """All that comes back on one connection, without the seconds of the clock."""
        found = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as line:
            line.sendall(sent)
            try:
                while chunk := line.recv(65536):
                    found += chunk
            except TimeoutError:
                found += b"[stays open]"
            except ConnectionError:
                found += b"[reset]"
        return re.sub(rb"date: [^\r]+", b"date: now", found)

    def one(self, path: str = "/nb/kept", *headers: str) -> bytes:
        """One page on a connection of its own that the house closes."""
        return self.said(get(path, "Connection: close", *headers), 10)


def get(path: str = "/nb/kept", *headers: str, method: str = "GET", version: str = "1.1") -> bytes:
    lines = [f"{method} {path} HTTP/{version}", "Host: a.test", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def serve(protocol: Any, front: Front, web: Web) -> Iterator[House]:
    house = House(0, front, web)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        house.ordinary.append(scope["path"])
        await front(scope, receive, send)

    listening = socket.create_server(("127.0.0.1", 0))
    house.port = listening.getsockname()[1]
    config = uvicorn.Config(
        app, http=protocol, ws="none", loop="uvloop", lifespan="off", log_config=None, access_log=False,
        server_header=False, proxy_headers=False,
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    yield house
    server.should_exit = True
    thread.join(10)


def front_of(web: Web) -> Front:
    return Front(None, frozenset({"/exit"}), web, None)  # type: ignore[arg-type]


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Any:
    settings.DATA = tmp_path
    return settings


@pytest.fixture
def slow(data: Any) -> Iterator[House]:
    web = Web()
    yield from serve(PatientProtocol, front_of(web), web)


@pytest.fixture
def fast(data: Any) -> Iterator[House]:
    web = Web()
    front = front_of(web)
    yield from serve(at_once(PatientProtocol, front, front.codes), front, web)


ALIKE = {
    "get": get(),
    "head": get(method="HEAD"),
    "compressed": get("/nb/kept", "Accept-Encoding: br, gzip"),
    "one after the other": get() + get(method="HEAD") + get("/nb/kept", "Accept-Encoding: gzip") + get(),
    "many at once": get() * 40,
    "closing": get("/nb/kept", "Connection: close"),
    "nothing after closing": get("/nb/kept", "Connection: close") + get(),
    "old browser": get(version="1.0"),
    "old browser that would stay": get("/nb/kept", "Connection: keep-alive", version="1.0"),
    "through a proxy": get("/nb/kept", "X-Forwarded-For: 192.0.2.1", "Via: 1.1 b"),
    "with a query": get("/nb/kept?b=1&a=2"),
    "with a query that is empty": get("/nb/kept?"),
    "whole address": get("http://a.test/nb/kept"),
    "written otherwise": get("/nb/%6bept"),
    "other letters": b"get /nb/kept HTTP/1.1\r\nhost: a.test\r\n\r\n",
    "asked for since": get("/nb/kept", "If-Modified-Since: Thu, 01 Jan 2026 00:00:00 GMT", 'If-None-Match: "a"'),
    "with a cookie": get("/nb/kept", "Cookie: visit=1"),
    "a piece": get("/nb/kept", "Range: bytes=0-1"),
    "with a body": get("/nb/kept", "Content-Length: 4") + b"body" + get(),
    "with a body in pieces": get("/nb/kept", "Transfer-Encoding: chunked") + b"1\r\na\r\n0\r\n\r\n" + get(),
    "wanting to go on": get("/nb/kept", "Upgrade: websocket", "Connection: upgrade"),
    "expecting": get("/nb/kept", "Expect: 100-continue"),
    "a form": get("/nb/kept", "Content-Length: 1", method="POST") + b"a",
    "no method of ours": get(method="DELETE"),
    "not kept": get("/nb/other") + get(),
    "kept, not kept, kept": get() + get("/nb/other") + get(),
    "headers that are too long": get("/nb/kept", "X-A: " + "a" * 40_000),
    "headers that are too long of a browser": get("/nb/kept", "Referer: " + "a" * 40_000),
    "no request": b"\x00\x01 nonsense\r\n\r\n",
    "no host": b"GET /nb/kept HTTP/1.1\r\n\r\n",
    "zero": get("/nb/kept%00"),
}


@pytest.mark.parametrize("sent", ALIKE.values(), ids=ALIKE)
def test_what_is_given_at_once_has_the_bytes_of_the_ordinary_way(slow: House, fast: House, sent: bytes) -> None:
    for house in (slow, fast):
        # Both have all of it in memory.
        for warm in ([], ["Accept-Encoding: gzip"], ["X-Forwarded-For: 192.0.2.1"]):
            house.one("/nb/kept", *warm)
        house.one("/nb/kept?b=1&a=2")
    assert fast.said(sent) == slow.said(sent)


@pytest.mark.parametrize(
    ("sent", "ordinary"),
    [
        (get() * 3, 0),
        (get(method="HEAD"), 0),
        (get("/nb/kept", "Accept-Encoding: br", "User-Agent: b", "Sec-GPC: 1", "Priority: u=0"), 0),
        (get("/nb/kept", "Connection: close"), 0),
        (get(version="1.0"), 0),
        (get("/nb/kept", "Cookie: a=1"), 1),
        (get("/nb/kept", "X-Something: 1"), 1),
        (get("/nb/kept", "Content-Length: 0"), 1),
        (get(method="POST"), 1),
    ],
)
def test_only_plain_reading_is_given_at_once(fast: House, sent: bytes, ordinary: int) -> None:
    fast.one()
    fast.ordinary.clear()
    fast.said(sent)
    assert len(fast.ordinary) == ordinary


def test_one_behind_a_proxy_has_its_own(fast: House) -> None:
    for _ in range(2):
        fast.one()
        fast.one("/nb/kept", "X-Forwarded-For: 192.0.2.1")
    assert len(fast.ordinary) == len(fast.web.asked) == 2


def test_pages_taken_back_are_given_no_more(fast: House) -> None:
    fast.one()
    fast.one()
    assert len(fast.web.asked) == 1
    marks._make_new_mark()
    fast.one()
    assert len(fast.web.asked) == 2


def test_every_page_given_out_is_counted_and_no_look_at_its_headers(fast: House) -> None:
    fast.said(get() * 5 + get(method="HEAD"))
    assert dict(fast.front._counts._sums) == {"page-7": 5}


def test_a_reader_who_does_not_read_is_waited_for(fast: House) -> None:
    fast.one()
    asked = 2000
    with socket.create_connection(("127.0.0.1", fast.port), timeout=5) as line:
        line.sendall(get() * asked)
        time.sleep(0.5)
        # Who keeps up would have got all of them without the ordinary way.
        assert fast.ordinary
        found = 0
        while found < asked * len(PAGE):
            found += len(line.recv(1 << 20))
    assert fast.said(get()).endswith(PAGE + b"[stays open]")


@pytest.mark.parametrize(("proxy", "status"), [("127.0.0.1", b"200"), ("::1", b"200"), ("192.0.2.9", b"403")])
def test_only_the_trusted_proxy_is_let_in(data: Any, proxy: str, status: bytes) -> None:
    data.TRUSTED_PROXY = proxy
    web = Web()
    front = front_of(web)
    houses = serve(at_once(PatientProtocol, front, front.codes), front, web)
    house = next(houses)
    assert [house.one("/nb/kept", "X-Forwarded-For: 192.0.2.1")[9:12] for _ in range(2)] == [status] * 2
    assert len(house.ordinary) == (1 if status == b"200" else 2)
    assert list(houses) == []


@pytest.mark.parametrize(
    "path",
    ["/", "/nb", "/nb/", "/nb/a", "/directory", "/directory?b=1&a=nb", "/da?x", "/xx/nb/a", "/%6eb/a", "/nb%2fa"],
)
@pytest.mark.parametrize("wish", ["", "da-DK,da;q=0.9", "nb"])
@pytest.mark.parametrize("more", [(), ((b"accept", b"application/json"), (b"accept-encoding", b"gzip;q=0"))])
def test_both_ways_have_one_key(data: Any, path: str, wish: str, more: Any) -> None:
    from urllib.parse import unquote

    cache = PageCache(marks.mark_path(), CODES, lambda _: [])
    raw, _, query = path.partition("?")
    headers = [(b"host", b"A.test"), *more, *([(b"accept-language", wish.encode())] if wish else [])]
    scope = {
        "method": "GET", "path": unquote(raw), "raw_path": raw.encode(), "query_string": query.encode(),
        "headers": headers,
    }  # fmt: skip
    key = key_at_once(path.encode(), headers, frozenset(code.encode() for code in CODES))
    ordinary = cache.key_of(scope)
    assert key is not None
    assert ordinary is not None
    # A language that nobody writes so is seen by the ordinary way alone, which keeps it without the reader's wish.
    assert key == (ordinary._replace(languages=key.languages) if "%" in raw else ordinary)
