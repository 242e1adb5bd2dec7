"""What a telephone system may tell, and what is said of the rest without repeating it."""

import json
from typing import Any

import pytest

from havn.phone.rules import messages

NOW = 1_790_000_000_000


def _read(**message: Any) -> messages.Event:
    return messages.read(json.dumps(message).encode(), now_ms=NOW)


def test_the_three_events_are_read() -> None:
    rang = _read(
        type="call.ringing", timestamp="2026-09-21T14:13:10Z", data={"call": "1.7", "number": "+47 (99) 88-77"}
    )
    assert (rang.kind, rang.call, rang.number) == ("ringing", "1.7", "47998877")
    assert rang.at_ms == 1_789_999_990_000
    answered = _read(type="call.answered", data={"call": "1.7", "extension": "101"})
    assert (answered.kind, answered.extension, answered.at_ms) == ("answered", "101", NOW)
    ended = _read(type="call.ended", data={"call": "1.7", "reason": "busy"})
    assert (ended.kind, ended.reason) == ("ended", "busy")
    assert _read(type="test").kind == "test"


def test_the_time_of_asterisk_is_read_and_no_event_comes_from_the_future() -> None:
    assert _read(type="call.ended", timestamp="2026-09-21T16:13:10.250+0200", data={"call": "1"}).at_ms == NOW - 9_750
    assert _read(type="call.ended", timestamp="2027-09-21T16:13:10Z", data={"call": "1"}).at_ms == NOW


def test_what_could_be_somebodys_own_number_is_no_extension() -> None:
    assert messages.is_extension("101") and messages.is_extension("desk-2")
    for name in ("4799887766", "1234567", "", "a b", "+47", "x" * 21):
        assert not messages.is_extension(name)
    assert _read(type="call.answered", data={"call": "1", "extension": "4799887766"}).extension == ""


def test_a_reason_that_is_not_known_says_nothing() -> None:
    assert _read(type="call.ended", data={"call": "1", "reason": "lost"}).reason == ""


def test_a_withheld_number_is_none() -> None:
    for number in ("", "anonymous", "99", "restricted"):
        assert _read(type="call.ringing", data={"call": "1", "number": number}).number == ""


def test_an_event_shows_neither_number_nor_call() -> None:
    event = _read(type="call.ringing", data={"call": "secret-call", "number": "+4799887766"})
    assert "99887766" not in repr(event)
    assert "secret-call" not in repr(event)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b"null",
        b"[" * 5000,
        b'{"type": 7}',
        b'{"type": "call.moved", "data": {"call": "4799887766"}}',
        b'{"type": "call.ringing"}',
        b'{"type": "call.ringing", "data": []}',
        b'{"type": "call.ringing", "data": {}}',
        b'{"type": "call.ringing", "data": {"call": "a b 4799887766"}}',
        b'{"type": "call.ringing", "data": {"call": 4799887766}}',
        b'{"type": "call.ringing", "data": {"call": "1", "number": 4799887766}}',
        b'{"type": "call.ringing", "timestamp": "4799887766 today", "data": {"call": "1"}}',
        b'{"type": "call.ringing", "timestamp": "2026-09-21T14:13:10", "data": {"call": "1"}}',
        b'{"type": "call.ringing", "timestamp": "2026-09-21T12:13:10Z", "data": {"call": "1"}}',
    ],
)
def test_what_is_no_event_is_refused_and_never_repeated(body: bytes) -> None:
    with pytest.raises(messages.Unreadable) as refused:
        messages.read(body, now_ms=NOW)
    assert "4799887766" not in refused.value.sentence
    assert refused.value.__cause__ is None
