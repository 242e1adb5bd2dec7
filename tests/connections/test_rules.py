"""Which keys hold, where messages may go, and when they are tried again."""

import datetime as dt
import socket
import ssl
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.connections import calling
from havn.connections.rules import keys, retries
from havn.connections.rules.addresses import Forbidden, check_address, target_of
from havn.connections.rules.events import coarse
from tests.config.certificates import make_certificate
from tests.connections.factories import DRIPS_S, dripping

NOW = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)


def test_a_key_is_found_in_its_header_and_nowhere_else() -> None:
    made = keys.new_key()
    assert keys.token_of(f"Bearer {made.token}") == made.token
    assert keys.token_of(f"bearer  {made.token}") == made.token
    assert keys.prefix_of(made.token) == made.prefix
    assert keys.is_key(made.token, made.digest)
    assert not keys.is_key(made.token[:-1] + "!", made.digest)
    for header in ("", "Bearer", made.token, f"Basic {made.token}", f"Bearer {made.token} x", "Bearer havn_a_b"):
        assert keys.token_of(header) == ""


@given(st.text(max_size=200))
def test_no_header_breaks_the_reading(header: str) -> None:
    assert keys.token_of(header) == ""


def test_a_key_holds_on_its_last_day_and_not_after() -> None:
    today = NOW.date()
    assert keys.holds(None, today)
    assert keys.holds(today, today)
    assert not keys.holds(today - dt.timedelta(days=1), today)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.10", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.2.5", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "::127.0.0.1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::", "2001:db8::1", "2001:0:7f00:1::",
    ],
)  # fmt: skip
def test_no_address_inside_the_house_is_called(address: str) -> None:
    with pytest.raises(Forbidden):
        check_address(address, private=False)


@pytest.mark.parametrize("address", ["8.8.8.8", "193.213.112.4", "2a02:ed0::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_called(address: str) -> None:
    check_address(address, private=False)


def test_with_the_installation_s_word_private_addresses_are_called_and_others_still_not() -> None:
    check_address("10.1.2.3", private=True)
    check_address("::1", private=True)
    for address in ("224.0.0.1", "0.0.0.0", "::", "255.255.255.255"):
        with pytest.raises(Forbidden):
            check_address(address, private=True)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://receiver.example/in", "not-https"),
        ("ftp://receiver.example/in", "not-https"),
        ("//receiver.example/in", "not-https"),
        ("https://", "unreadable"),
        ("https://kari:word@receiver.example/", "password"),
        ("https://receiver.example/#part", "unreadable"),
        ("https://receiver.example:99999/", "unreadable"),
        ("https://receiver.example/a b", "unreadable"),
        ("https://receiver.example\\@elsewhere.example/", "unreadable"),
        ("https://receiver.example/\r\nHost: elsewhere", "unreadable"),
        ("https://bücher.example/", "unreadable"),
        ("https://[::1/", "unreadable"),
        ("https://receiver.example/" + "a" * 500, "unreadable"),
        ("http://127.0.0.1/", "not-https"),
        ("javascript:alert(1)", "unreadable"),
    ],
)
def test_addresses_that_are_refused_before_any_name_is_looked_up(url: str, why: str) -> None:
    with pytest.raises(Forbidden) as refused:
        target_of(url, private=False)
    assert refused.value.why == why


@given(st.text(max_size=100))
def test_whatever_is_typed_is_an_address_or_is_refused(text: str) -> None:
    try:
        target = target_of(text, private=False)
    except Forbidden:
        return
    assert target.secure
    assert target.host


def test_an_address_is_taken_apart_as_it_is_sent() -> None:
    target = target_of("https://Receiver.example:8443/in?x=1", private=False)
    assert (target.host, target.port, target.path) == ("receiver.example", 8443, "/in?x=1")
    assert target.authority == "receiver.example:8443"
    assert target_of("https://[2a02:ed0::1]", private=False).authority == "[2a02:ed0::1]"
    assert not target_of("http://localhost:8000/", private=True).secure
    with pytest.raises(Forbidden):
        target_of("http://10.0.0.1/", private=True)


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "LOCALHOST.", "[::ffff:7f00:1]"]
)
def test_however_this_machine_is_written_nothing_is_sent_there(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_where, **_how: pytest.fail("It was called."))
    outcome = calling.post(f"https://{host}/", {}, b"")
    assert outcome.status is None
    assert outcome.error in {"private", "unknown-name"}


def test_the_address_that_was_looked_at_is_the_one_that_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers with another address at the second look leads nowhere else."""
    looked: list[str] = []
    called: list[tuple[str, int]] = []

    def look_up(host: str, port: int, **_more: object) -> list[tuple[object, ...]]:
        looked.append(host)
        address = "8.8.8.8" if len(looked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(address: tuple[str, int], **_more: object) -> socket.socket:
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert calling.post("https://rebinding.example/", {}, b"").error == "no-answer"
    assert (looked, called) == (["rebinding.example"], [("8.8.8.8", 443)])


def test_a_name_with_one_address_inside_the_house_is_called_at_none(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: found)
    monkeypatch.setattr(socket, "create_connection", lambda *_where, **_how: pytest.fail("It was called."))
    assert calling.post("https://two.example/", {}, b"").error == "private"


@pytest.mark.parametrize("in_the_handshake", [True, False])
def test_over_tls_too_a_call_ends_however_slowly_the_answer_drips(
    in_the_handshake: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.CONNECT_PRIVATE = True
    certificate, key = make_certificate(tmp_path)
    trusting = ssl.create_default_context(cafile=str(certificate))
    with dripping(certificate, key, in_the_handshake=in_the_handshake) as port:
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: found)
        monkeypatch.setattr(ssl, "create_default_context", lambda: trusting)
        monkeypatch.setattr(calling, "LONGEST_S", 0.2)
        began = time.monotonic()
        assert calling.post(f"https://localhost:{port}/", {}, b"").error == "no-answer"
        assert time.monotonic() - began < DRIPS_S / 2


def test_tries_go_on_for_a_day_and_a_little() -> None:
    at, tries = NOW, 0
    while (again := retries.next_try(tries + 1, at)) is not None:
        tries, at = tries + 1, again
    assert tries == len(retries.WAITS)
    assert dt.timedelta(hours=24) < at - NOW < dt.timedelta(hours=30)


def test_only_a_success_is_taken_and_a_redirect_is_none() -> None:
    assert [status for status in (199, 200, 204, 299, 300, 302, 404, 410, 500) if retries.is_taken(status)] == [
        200,
        204,
        299,
    ]
    assert not retries.is_over(None, 1, NOW)
    assert retries.is_over(NOW - dt.timedelta(days=5), 5, NOW)
    assert not retries.is_over(NOW - dt.timedelta(days=4), 5, NOW)


def test_a_wait_is_told_in_steps() -> None:
    assert [coarse(minutes) for minutes in (None, 0, 5, 6, 10, 11)] == [None, 0, 5, 10, 10, 15]
