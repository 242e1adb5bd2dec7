"""What the front door promises of every request, seen from outside."""

import gzip
import http.client
import json
import os
import re
from typing import Any

import pytest
from django.conf import settings

from havn.config.front import LARGEST_BODY
from tests.config.slow_lines import seconds_until_closed
from tests.server import Server

# Nothing here depends on the database: once is enough.
pytestmark = [pytest.mark.slow, pytest.mark.skipif("DATABASE_URL" in os.environ, reason="shown on SQLite")]


def ask(server: Server, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[Any, bytes]:
    """One request as it is, without a library that would tidy it up."""
    connection = http.client.HTTPConnection("localhost", server.port, timeout=20)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/", "/chat", "/live/message", "/live/start", "/nb/chat", "/exit"])
def test_files_are_refused_everywhere(empty_server: Server, path: str) -> None:
    response, _ = ask(
        empty_server, "POST", path, b"--x\r\n\r\n--x--", Content_Type="Multipart/form-data; boundary=x",
        Origin=empty_server.url,
    )  # fmt: skip
    assert response.status == 415


def test_files_are_taken_at_the_editor_s_addresses_from_people_with_a_session_only(empty_server: Server) -> None:
    body = b"--x\r\n\r\n--x--" + b"\x00" * 100_000
    kind = "multipart/form-data; boundary=x"
    address = "/nb/desk/editor/images/add/"
    refused, _ = ask(empty_server, "POST", address, body, Content_Type=kind, Origin=empty_server.url)
    assert refused.status == 413
    passed, _ = ask(
        empty_server, "POST", address, body, Content_Type=kind, Origin=empty_server.url, Cookie="havn-session=x"
    )
    # It came through to the page, which knows nobody by that cookie.
    assert passed.status in {302, 403, 404}


def test_a_body_longer_than_any_form_of_ours_is_refused(empty_server: Server) -> None:
    response, body = ask(
        empty_server, "POST", "/", b"a" * (LARGEST_BODY + 1), Content_Type="application/x-www-form-urlencoded"
    )
    assert response.status == 413
    assert b"too long" in body


def test_a_body_that_does_not_say_its_length_is_counted(empty_server: Server) -> None:
    connection = http.client.HTTPConnection("localhost", empty_server.port, timeout=20)
    connection.putrequest("POST", "/")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()
    for _ in range(5):
        connection.send(b"4000\r\n" + b"a" * 0x4000 + b"\r\n")
    connection.send(b"0\r\n\r\n")
    assert connection.getresponse().status == 413


def test_methods_that_no_page_has_are_refused(empty_server: Server) -> None:
    response, _ = ask(empty_server, "DELETE", "/")
    assert (response.status, response.headers["Allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("path", ["/%00", "/?a=%00", "/static/%00.css"])
def test_a_zero_byte_gets_no_further_than_the_door(empty_server: Server, path: str) -> None:
    response, _ = ask(empty_server, "GET", path)
    assert response.status in {400, 404}


@pytest.mark.parametrize(
    "path", ["../config/settings.py", "common/../../config/keys.py", "%2e%2e/settings.py", "common/", "/etc/passwd", ""]
)
def test_static_addresses_lead_to_static_files_only(empty_server: Server, path: str) -> None:
    response, _ = ask(empty_server, "GET", f"{settings.STATIC_URL}{path}")
    assert response.status == 404


def test_a_static_file_is_compressed_and_kept_for_ever(empty_server: Server) -> None:
    # As a page names it: the server's own release, should a file have changed since this test began.
    _, page = ask(empty_server, "GET", "/static/nothing.css")
    address = re.findall(r'href="(/static/[^"]+/common/havn.css)"', page.decode())[0]
    plain, text = ask(empty_server, "GET", address)
    packed, small = ask(empty_server, "GET", address, Accept_Encoding="br, gzip")
    assert plain.headers["Content-Type"] == "text/css; charset=utf-8"
    assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.headers["Content-Encoding"] is None
    assert gzip.decompress(small) == text


def test_a_static_file_of_another_release_is_not_kept(empty_server: Server) -> None:
    response, _ = ask(empty_server, "GET", "/static/0.0.1/common/havn.css")
    assert (response.status, response.headers["Cache-Control"]) == (200, "no-cache")


@pytest.mark.parametrize("path", ["/", "/live/nothing", "/static/nothing.css", "/exit"])
def test_every_answer_carries_the_security_headers_by_value(empty_server: Server, path: str) -> None:
    response, _ = ask(empty_server, "GET", path)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["Server"] is None


def test_scripts_are_told_errors_as_json(empty_server: Server) -> None:
    response, body = ask(empty_server, "DELETE", "/", Accept="application/json")
    assert response.headers["Content-Type"] == "application/json"
    said = json.loads(body)
    assert said["error"]
    assert said["code"] == "method"


def test_a_head_request_has_the_headers_and_no_body(empty_server: Server) -> None:
    response, body = ask(empty_server, "HEAD", f"{settings.STATIC_URL}common/havn.css")
    assert (response.status, body) == (200, b"")
    assert int(response.headers["Content-Length"]) > 100


def test_headers_that_trickle_in_are_cut_after_ten_seconds(empty_server: Server) -> None:
    head = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: "
    assert 8 < seconds_until_closed(empty_server.port, head, 15) < 12
