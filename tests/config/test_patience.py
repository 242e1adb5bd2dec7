"""Connections that are slow on purpose are cut, whatever part of a request they are slow with."""

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from havn.config import patience
from tests.config.slow_lines import seconds_until_closed


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server with the real protocol and a twentieth of its patience."""
    monkeypatch.setattr(patience, "HEADER_SECONDS", 0.5)
    monkeypatch.setattr(patience, "BODY_SECONDS", 1.5)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})

    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, http=patience.PatientProtocol, ws="none", lifespan="off", log_config=None, timeout_keep_alive=30
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(10)


def test_half_a_header_is_cut(port: int) -> None:
    assert 0.3 < seconds_until_closed(port, b"GET / HTTP/1.1\r\nX-A: ", 5, 0.1) < 1.2


def test_a_connection_that_says_nothing_is_cut(port: int) -> None:
    assert 0.3 < seconds_until_closed(port, b"", 5, 0.1) < 1.2


def test_a_body_gets_more_time_and_is_cut_too(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n"
    assert 1.2 < seconds_until_closed(port, head, 5, 0.1) < 2.5


def test_half_a_header_is_cut_on_a_kept_connection_too(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert line.recv(4096).endswith(b"ok")
        line.sendall(b"GET / HTTP/1.1\r\n")
        begun = time.monotonic()
        assert line.recv(4096) == b""
    assert 0.3 < time.monotonic() - begun < 1.2


def test_a_kept_connection_may_rest_between_requests(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    for _ in range(3):
        connection.request("POST", "/", b"text")
        assert connection.getresponse().read() == b"ok"
        time.sleep(0.8)
    connection.close()


def test_headers_without_end_are_cut(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        with pytest.raises(OSError, match=r"reset|Broken pipe"):
            for _ in range(500):
                line.sendall(b"X-A: " + b"a" * 1000 + b"\r\n")
                time.sleep(0.001)
