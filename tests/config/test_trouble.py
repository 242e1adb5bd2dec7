"""What a person reads when something goes wrong before a view is reached."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from havn.config.front import Front
from havn.config.static_files import StaticFiles, accepts_gzip
from havn.config.trouble import language_of
from havn.config.upstream import Upstream

Web = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def _nothing(scope: Any, receive: Any, send: Any) -> None:
    raise RuntimeError("what a child wrote must not be in an answer")


def ask(
    path: str, folder: Path, web: Web | None = None, *, method: str = "GET", body: bytes = b"", **headers: str
) -> tuple[int, str]:
    """The status and text of an answer, from a front door whose `web` behaves as told (none: it is down)."""
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    async def run() -> None:
        socket = str(folder / "web.sock")
        server = await asyncio.start_unix_server(web, socket) if web else None
        upstream = Upstream(socket)
        files, staff = StaticFiles("x", folder), frozenset({"/live/desk"})
        front = Front(_nothing, frozenset({"/exit"}), upstream, files, staff)
        named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {
            "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
            "client": None, "headers": [(b"host", b"localhost"), *named],
        }  # fmt: skip
        await front(scope, receive, send)
        upstream.close()
        if server:
            server.close()
        await asyncio.sleep(0.05)

    asyncio.run(run())
    return sent[0]["status"], sent[1]["body"].decode()


def test_while_pages_are_down_a_person_is_told_to_try_again_by_pressing(tmp_path: Path) -> None:
    status, page = ask("/chat", tmp_path)
    assert status == 503
    assert "Try again in a moment" in page
    assert 'href=""' in page
    assert "refresh" not in page


def test_it_is_told_in_the_language_of_the_address_and_to_scripts_as_json(tmp_path: Path) -> None:
    _, page = ask("/nb/chat", tmp_path)
    assert '<html lang="nb"' in page
    _, told = ask("/chat", tmp_path, accept="application/json")
    assert json.loads(told)["error"]


def test_a_form_that_may_have_been_taken_is_not_called_lost(tmp_path: Path) -> None:
    async def cut_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.close()

    status, page = ask("/desk", tmp_path, cut_off, method="POST", body=b"a=b")
    assert status == 502
    assert "look before you send it again" in page


def test_an_answer_that_is_not_http_is_a_page_too(tmp_path: Path) -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b"good evening")
        writer.close()

    status, _ = ask("/", tmp_path, babble)
    assert status == 503


def test_web_hears_neither_address_nor_browser_nor_what_a_proxy_said(tmp_path: Path) -> None:
    heard: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nok")
        await reader.read()
        writer.close()

    status, body = ask(
        "/", tmp_path, listen, user_agent="Marker/1", x_forwarded_for="203.0.113.9", forwarded="for=203.0.113.9",
        x_real_ip="203.0.113.9", sec_ch_ua="Marker", via="marker", cookie="a=b", accept_language="nb",
    )  # fmt: skip
    assert (status, body) == (200, "ok")
    text = heard[0].lower()
    assert b"marker" not in text
    assert b"203.0.113.9" not in text
    assert b"cookie: a=b" in text
    assert b"accept-language: nb" in text


async def _words_of_a_child(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\nwords")
    writer.close()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/live/write"), ("POST", "/live/come-back"), ("POST", "/live/nothing"), ("GET", "/live/nothing"),
        ("DELETE", "/chat"), ("GET", "/nb/chat"), ("POST", "/nb/chat"),
    ],
)  # fmt: skip
def test_after_quick_exit_the_door_and_the_live_process_say_nothing(tmp_path: Path, method: str, path: str) -> None:
    status, page = ask(path, tmp_path, method=method, body=b"text=words", cookie="a=b; p=1", accept="text/html")
    assert status == 200
    assert "/live/open" in page
    assert "That did not work" not in page
    assert "havn.css" not in page
    assert 'value="/nb/"' in page or "nb" not in path
    # Without the cookie, and with one whose name only ends alike, it is answered as ever.
    for cookie in ("a=b", "help=1; x=p=1"):
        assert ask(path, tmp_path, method=method, cookie=cookie, accept="text/html")[0] >= 400


def test_after_quick_exit_a_file_is_not_even_refused_in_words(tmp_path: Path) -> None:
    for path in ("/live/write", "/chat"):
        said = ask(path, tmp_path, method="POST", content_type="multipart/form-data", cookie="p=1")
        assert said[0] == 200
        assert "Pictures" not in said[1]


@pytest.mark.parametrize("path", ["/live/desk", "/live/open", "/exit", "/desk/wall", "/nb/desk", "/static/x/none.css"])
def test_after_quick_exit_staff_files_and_the_ways_out_are_answered_as_ever(tmp_path: Path, path: str) -> None:
    assert ask(path, tmp_path, cookie="p=1", accept="text/html")[0] >= 400


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_after_quick_exit_scripts_hear_what_they_always_hear(tmp_path: Path, accept: str) -> None:
    assert ask("/live/anything", tmp_path, cookie="p=1", accept=accept)[0] == 500


def test_the_pages_themselves_stay_djangos_affair(tmp_path: Path) -> None:
    assert ask("/chat", tmp_path, _words_of_a_child, cookie="p=1", accept="text/html") == (200, "words")


@pytest.mark.parametrize("path", ["/chat", "/desk/next", "/nb/chat"])
def test_the_demo_says_so_where_something_went_wrong_too(tmp_path: Path, settings: Any, path: str) -> None:
    for demo in (True, False):
        settings.DEMO = demo
        _, page = ask(path, tmp_path)
        assert ("demo-banner" in page) is demo
        assert ("To the desk" in page) is path.startswith("/desk")


def test_what_fails_inside_is_a_page_without_the_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    status, page = ask("/live/anything", tmp_path)
    assert status == 500
    assert "what a child wrote" not in page


@pytest.mark.parametrize(
    ("path", "wished", "expected"),
    [
        ("/da/chat", "nb", "da"),
        ("/chat", "no,en", "nb"),
        ("/chat", "fr", "fr"),
        ("/chat", "ja", "en"),
        ("/chat", "nn-NO", "nn"),
        ("/", "", "en"),
    ],
)
def test_the_language_is_the_addresses_else_the_browsers(path: str, wished: str, expected: str) -> None:
    assert language_of(path, wished) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [(b"gzip", True), (b"br, GZIP;q=0.5", True), (b"gzip;q=0", False), (b"", False), (b"br", False), (b"*", True)],
)
def test_compression_is_used_only_where_it_is_asked_for(header: bytes, expected: bool) -> None:
    assert accepts_gzip(header) is expected
