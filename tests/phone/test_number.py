"""A telephone number leaves the view that reads it as a mark, and is nowhere else: no table, no log, no answer."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from havn.phone.actions import events
from havn.phone.models import Call
from tests.helpline.factories import Line, make_line
from tests.phone.factories import Telephone, make_phone

pytestmark = pytest.mark.django_db
NUMBER, DIGITS = "+47 921 34 587", "4792134587"
SHAPES = (NUMBER, DIGITS, DIGITS[2:], "921 34 587", "921-34-587")


@pytest.fixture
def line() -> Line:
    return make_line()


@pytest.fixture
def phone(line: Line) -> Telephone:
    return make_phone(line, {"101": line.counsellor()})


def _cells() -> Iterator[str]:
    """Every value of every table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for value in row:
                    raw = bytes(value) if isinstance(value, (bytes, memoryview)) else None
                    yield raw.decode("latin-1") if raw is not None else str(value)


def _is_nowhere(*texts: str) -> None:
    for text in texts:
        for shape in SHAPES:
            assert shape not in text


@pytest.mark.parametrize(
    "message",
    [
        {"type": "call.ringing", "data": {"call": "1", "number": NUMBER}},
        {"type": "call.ringing", "data": {"call": DIGITS, "number": NUMBER}},
        {"type": "call.answered", "data": {"call": "1", "number": NUMBER, "extension": DIGITS}},
        {"type": "call.answered", "data": {"call": "1", "number": NUMBER, "extension": "101"}},
        {"type": "call.ended", "data": {"call": "1", "number": NUMBER, "reason": NUMBER}},
        {"type": NUMBER, "data": {"call": "1"}},
        {"type": "call.ringing", "timestamp": NUMBER, "data": {"call": "1"}},
        {"type": "call.ringing", "data": {"call": NUMBER}},
    ],
)
def test_the_number_is_nowhere_after_the_event(
    phone: Telephone, client: Client, caplog: pytest.LogCaptureFixture, message: dict[str, Any]
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = phone.posts(client, message, message_id=DIGITS)
    _is_nowhere(answer.content.decode(), str(answer.headers), *(record.getMessage() for record in caplog.records))
    _is_nowhere(*_cells())


def test_the_number_is_nowhere_when_something_breaks(
    phone: Telephone, client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_args: object, **_more: object) -> None:
        raise RuntimeError("The database is gone.")

    monkeypatch.setattr(events, "calls_changed", breaks)
    client.raise_request_exception = False
    caplog.set_level(logging.DEBUG)
    answer = phone.posts(client, {"type": "call.ringing", "data": {"call": "1", "number": NUMBER}})
    assert answer.status_code == 500
    formatted = [logging.Formatter().format(record) for record in caplog.records]
    assert formatted
    _is_nowhere(answer.content.decode(), *formatted, *_cells())
    assert not Call.objects.exists()


def test_the_same_telephone_has_the_same_mark_however_it_is_written(phone: Telephone) -> None:
    for call, number in (("1", NUMBER), ("2", DIGITS), ("3", "+4711223344"), ("4", ""), ("5", "anonymous")):
        phone.sends({"type": "call.ringing", "data": {"call": call, "number": number}})
    marks = [bytes(call.caller) for call in Call.objects.all()]
    assert len(marks) == 5
    assert marks.count(b"") == 2
    assert len(set(marks)) == 3
    assert all(len(mark) in {0, 32} for mark in marks)


def test_two_helplines_cannot_compare_their_callers(phone: Telephone) -> None:
    other = make_phone(make_line(centre_fields={"host": "other.test"}))
    for one in (phone, other):
        one.rings("1", number=NUMBER)
    first, second = (bytes(call.caller) for call in Call.objects.all())
    assert first and second and first != second


def test_the_desk_is_told_how_often_and_never_by_which_mark(phone: Telephone) -> None:
    from havn.phone.queries.calls import calls_at, for_staff

    phone.rings("1", number=NUMBER)
    calls = calls_at(phone.line.service.pk)
    told = json.dumps(for_staff(calls, phone.line.people[0].pk))
    assert bytes(Call.objects.get().caller).hex() not in told + repr(calls)
    assert calls.ringing[0].times == 1
