"""Bytes that are no request, or half of one, or two in one: on real sockets, against all three processes."""

import contextlib
import http.client
import json
import os
import socket
import time
from collections.abc import Iterator

import pytest

from tests.server import Server

# What a database holds does not matter here: once is enough.
pytestmark = [pytest.mark.slow, pytest.mark.skipif("DATABASE_URL" in os.environ, reason="shown on SQLite")]
HEAD = b"Host: localhost\r\n"


def said(server: Server, *pieces: bytes, shut: bool = False, seconds: float = 4, pause: float = 0.05) -> bytes:
    """Send pieces as they are, and all that comes back until the server closes or nothing more comes."""
    found = b""
    with socket.create_connection(("localhost", server.port), timeout=seconds) as line:
        with contextlib.suppress(OSError):
            for piece in pieces:
                line.sendall(piece)
                time.sleep(pause)
            if shut:
                line.shutdown(socket.SHUT_WR)
        with contextlib.suppress(TimeoutError, ConnectionError):
            while piece := line.recv(65536):
                found += piece
                line.settimeout(1)
    return found


def statuses(answer: bytes) -> list[int]:
    """The status of every answer in these bytes. Bodies of ours never hold such a line."""
    return [int(part[:3]) for part in answer.split(b"HTTP/1.1 ")[1:]]


@pytest.fixture(autouse=True)
def _all_three_go_on(havn_server: Server) -> Iterator[None]:
    """After every attack the same processes answer the next person, pages and posts alike."""
    before = {name: havn_server.child(name).pid for name in ("live", "web")}
    yield
    connection = http.client.HTTPConnection("localhost", havn_server.port, timeout=20)
    connection.request("GET", "/en/chat")
    assert connection.getresponse().read().count(b"<main") == 1
    connection.request(
        "POST", "/live/message", b"{}", {"Content-Type": "application/json", "Accept": "application/json"}
    )
    answer = connection.getresponse()
    assert (answer.status, json.loads(answer.read())["code"]) == (403, "origin")
    connection.close()
    assert {name: havn_server.child(name).pid for name in before} == before
    assert "Traceback" not in havn_server.output


def ours(server: Server) -> bytes:
    """The end of the headers of a post from our own page."""
    return b"Host: localhost:%d\r\nOrigin: http://localhost:%d\r\n\r\n" % (server.port, server.port)


MALFORMED = [
    b"\x00\x01\x02\x03\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200,
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n" + HEAD + b"\r\n",
    b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: local\x00host\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HEAD + b"X-A: b\x00c\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"GET /desk\x00.css HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"G\x00T / HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"GET / HTTP/1.1\r\n" + HEAD + b" folded: x\r\n\r\n",
    b"GET / HTTP/1.1\r\n: empty\r\n\r\n",
    b"POST /live/message HTTP/1.1\r\n" + HEAD + b"Content-Length: abc\r\n\r\n{}",
    b"POST /live/message HTTP/1.1\r\n" + HEAD + b"Content-Length: -1\r\n\r\n{}",
    b"POST /live/message HTTP/1.1\r\n" + HEAD + b"Content-Length: " + b"9" * 500 + b"\r\n\r\n{}",
    b"POST /live/message HTTP/1.1\r\n" + HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}a",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
]


@pytest.mark.parametrize("request_", MALFORMED, ids=range(len(MALFORMED)))
def test_what_is_no_request_is_refused_and_the_line_closed(havn_server: Server, request_: bytes) -> None:
    answer = said(havn_server, request_)
    assert all(status in {400, 404, 405} for status in statuses(answer)), answer[:300]


TARGETS = [
    b"http://evil.example/desk",
    b"http://evil.example",
    b"http://localhost/../../etc/passwd",
    b"//evil.example/desk",
    b"/\xff\xfe",
    b"/caf\xc3\xa9",
    b"/%ff%fe",
    b"/%2e%2e/%2e%2e/etc/passwd",
    b"/..;/desk",
    b"/live/../desk",
    b"/live/%2e%2e/desk",
    b"/live//message",
    b"/static/../desk",
    b"/static/%2e%2e%2f%2e%2e%2fetc/passwd",
    b"/desk%0d%0aX-A:%20b",
    b"/?a=%0d%0aSet-Cookie:x",
    b"/#x",
    b"/?" + b"a" * 8000,
    b"*",
    b"localhost:80",
    b"?",
    b"x",
]


@pytest.mark.parametrize("method", [b"GET", b"POST", b"OPTIONS", b"CONNECT", b"HEAD"])
def test_no_target_of_a_request_is_a_failure_of_ours(havn_server: Server, method: bytes) -> None:
    for target in TARGETS:
        answer = said(
            havn_server, method + b" " + target + b" HTTP/1.1\r\n" + HEAD + b"Connection: close\r\n\r\n", pause=0
        )
        found = statuses(answer)
        assert found, f"{method!r} {target!r}: no answer"
        assert all(status < 500 for status in found), f"{method!r} {target!r}: {found}"
        assert len(found) == 1, answer
        head = answer.partition(b"\r\n\r\n")[0].lower()
        assert b"set-cookie:x" not in head and b"\nx-a:" not in head
        assert b"root:" not in answer


# A second request hidden in the first: an answer to it would come as a second status, or as one of /desk/health.
HIDDEN = b"GET /live/here HTTP/1.1\r\nHost: localhost\r\nX-Hidden: yes\r\n\r\n"
POST = b"POST /desk/sign-in HTTP/1.1\r\n" + HEAD + b"Content-Type: application/x-www-form-urlencoded\r\n"
SMUGGLED = [
    POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    POST + b"Transfer-Encoding: chunked\r\nContent-Length: %d\r\n\r\n0\r\n\r\n" % (len(HIDDEN) + 5) + HIDDEN,
    POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + HIDDEN,
    POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    POST + b"Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + HIDDEN,
    POST + b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    POST + b"Content-Length: +0\r\n\r\n" + HIDDEN,
    POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + HIDDEN,
    POST + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n" + HIDDEN,
    POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 40 + b"\r\n" + HIDDEN,
    POST + b"Transfer-Encoding: chunked\r\n\r\n1\nA0\r\n\r\n" + HIDDEN,
]


@pytest.mark.parametrize("bytes_", SMUGGLED, ids=range(len(SMUGGLED)))
def test_no_second_request_is_smuggled_in_the_first(havn_server: Server, bytes_: bytes) -> None:
    answer = said(havn_server, bytes_)
    assert statuses(answer) in ([400], []), answer[:500]
    assert b"no-session" not in answer


def test_what_the_front_door_passes_on_is_one_request_of_its_own_making(havn_server: Server) -> None:
    """The body and headers of a page's form reach `web` measured anew; what it holds is never read as a request."""
    body = b"username=a&password=b\r\n\r\n" + HIDDEN
    head = POST + b"Connection: close\r\nX-Forwarded-Host: evil.example\r\nContent-Length: %d\r\n\r\n" % len(body)
    answer = said(havn_server, head + body)
    # Refused by the form's own token: one answer, and the next request on web's kept line gets its own.
    assert statuses(answer) == [403]
    assert b"evil.example" not in answer
    for _ in range(5):
        again = said(havn_server, b"GET /en/privacy HTTP/1.1\r\n" + HEAD + b"Connection: close\r\n\r\n", pause=0)
        assert statuses(again) == [200]


def test_several_requests_in_one_piece_are_answered_each_and_in_order(havn_server: Server) -> None:
    wanted = [(b"/live/here", 401), (b"/en/chat", 200), (b"/live/nothing", 404), (b"/en/nothing", 404), (b"/exit", 303)]
    piece = b"".join(b"GET " + path + b" HTTP/1.1\r\n" + HEAD + b"\r\n" for path, _status in wanted)
    assert statuses(said(havn_server, piece)) == [status for _path, status in wanted]


def test_a_thousand_requests_in_one_piece_harm_nobody(havn_server: Server) -> None:
    piece = (b"GET /live/here HTTP/1.1\r\n" + HEAD + b"\r\n") * 1000
    found = statuses(said(havn_server, piece, seconds=20))
    assert set(found) == {401}
    assert len(found) <= 1000


@pytest.mark.parametrize("path", [b"/live/come-back", b"/live/message", b"/desk/sign-in"])
def test_half_a_body_is_acted_upon_by_nobody(havn_server: Server, path: bytes) -> None:
    head = b"POST " + path + b" HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 500\r\n"
    answer = said(havn_server, head + ours(havn_server) + b'{"code": "half', shut=True)
    assert all(400 <= status < 500 for status in statuses(answer)), answer[:200]


def test_who_closes_one_half_still_gets_the_answer_or_a_closed_line(havn_server: Server) -> None:
    answer = said(havn_server, b"GET /en/privacy HTTP/1.1\r\n" + HEAD + b"\r\n", shut=True)
    assert statuses(answer) in ([200], [])


def test_half_a_header_and_away(havn_server: Server) -> None:
    for piece in (
        b"G",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHos",
        b"POST /live/message HTTP/1.1\r\n" + HEAD + b"Content-Le",
    ):
        assert all(status == 400 for status in statuses(said(havn_server, piece, shut=True, seconds=1)))


def test_headers_larger_than_any_of_ours_are_refused(havn_server: Server) -> None:
    for header in (b"X-A: " + b"a" * 70_000, b"Cookie: " + b"visit=x; " * 9000, b"\r\n".join([b"X: y"] * 20_000)):
        answer = said(havn_server, b"GET /en/chat HTTP/1.1\r\n" + HEAD + header + b"\r\n\r\n")
        assert all(400 <= status < 500 for status in statuses(answer)), answer[:200]


@pytest.mark.parametrize(
    "host", [b"", b"evil.example", b"a" * 3000, b"localhost:1:2", b"[::1", b"local host", b"\xff", b"../x"]
)
def test_a_strange_host_gets_a_plain_no(havn_server: Server, host: bytes) -> None:
    for path in (b"/", b"/exit", b"/live/here", b"/desk"):
        answer = said(
            havn_server, b"GET " + path + b" HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n", pause=0
        )
        assert len(statuses(answer)) == 1
        assert all(status < 500 for status in statuses(answer)), answer[:200]
        assert b"evil.example" not in answer


def test_two_hosts_or_none_are_not_a_failure_of_ours(havn_server: Server) -> None:
    for hosts in (b"", HEAD + b"Host: evil.example\r\n", b"Host: evil.example\r\n" + HEAD):
        for path in (b"/en/chat", b"/live/here"):
            answer = said(
                havn_server, b"GET " + path + b" HTTP/1.1\r\n" + hosts + b"Connection: close\r\n\r\n", pause=0
            )
            assert all(status < 500 for status in statuses(answer)), answer[:200]
            assert b"evil.example" not in answer


def test_a_web_socket_is_not_opened(havn_server: Server) -> None:
    upgrade = (
        b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n\r\n"
    )
    for path in (b"/live/stream", b"/en/chat"):
        answer = said(havn_server, b"GET " + path + b" HTTP/1.1\r\n" + HEAD + upgrade)
        assert statuses(answer) and 101 not in statuses(answer)
        assert all(status < 500 for status in statuses(answer))


def test_an_expected_go_ahead_for_a_body_too_large_is_never_given(havn_server: Server) -> None:
    head = b"POST /live/start HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 900000\r\n"
    assert statuses(said(havn_server, head + b"Content-Type: application/json\r\n" + ours(havn_server))) == [413]
