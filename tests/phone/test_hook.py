"""The address for telephone systems: who may send, how large, how often, and what is answered."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from havn.common.bucket import Bucket
from havn.common.clock import now_ms
from havn.common.signatures import new_secret
from havn.phone.actions import receiving
from havn.phone.actions.connecting import make_secret, remove_secret
from havn.phone.models import Call, Connection, Secret, SeenMessage
from tests.helpline.factories import Line, make_line
from tests.phone.factories import Telephone, make_phone

pytestmark = pytest.mark.django_db
RINGS = {"type": "call.ringing", "data": {"call": "1"}}


@pytest.fixture
def line() -> Line:
    return make_line()


@pytest.fixture
def phone(line: Line) -> Telephone:
    return make_phone(line)


def _refused(answer: Any, status: int, code: str) -> None:
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/json"
    told = answer.json()
    assert told["code"] == code
    assert told["error"].endswith(".")
    assert not Call.objects.exists()


def test_a_signed_event_is_taken_once(phone: Telephone, client: Client) -> None:
    answer = phone.posts(client, RINGS, message_id="msg_1")
    assert (answer.status_code, answer.json()) == (200, {"taken": True})
    again = phone.posts(client, {**RINGS, "data": {"call": "2"}}, message_id="msg_1")
    assert (again.status_code, again.json()) == (200, {"taken": False})
    assert Call.objects.count() == 1
    assert "Set-Cookie" not in answer.headers


def test_without_a_signature_nothing_is_taken(phone: Telephone, client: Client) -> None:
    address = reverse("phone:hook", args=[phone.line.service.pk])
    _refused(client.post(address, RINGS, content_type="application/json"), 400, "unsigned")
    _refused(phone.posts(client, RINGS, secret=new_secret()), 401, "signature")
    _refused(phone.posts(client, RINGS, at_s=now_ms() // 1000 - 301), 401, "old")
    _refused(phone.posts(client, RINGS, at_s=now_ms() // 1000 + 305), 401, "old")
    headers = phone.headers(json.dumps(RINGS).encode())
    changed = json.dumps({**RINGS, "data": {"call": "2"}}).encode()
    _refused(client.post(address, changed, content_type="application/json", headers=headers), 401, "signature")
    _refused(
        client.post(address, RINGS, content_type="application/json", headers={**headers, "webhook-timestamp": "soon"}),
        400,
        "unsigned",
    )
    assert not SeenMessage.objects.exists()


def test_a_form_of_another_site_and_a_look_are_no_event(phone: Telephone, client: Client) -> None:
    address = reverse("phone:hook", args=[phone.line.service.pk])
    assert client.get(address).status_code == 405
    _refused(client.post(address, {"type": "call.ringing"}), 400, "unsigned")


def test_two_secrets_hold_while_one_is_changed(line: Line, phone: Telephone, client: Client) -> None:
    lead = line.people[0].user
    second = make_secret(actor=lead, service=line.service)
    assert phone.posts(client, RINGS).status_code == 200
    assert phone.posts(client, RINGS, secret=second).status_code == 200
    first = Secret.objects.order_by("made_at").first()
    assert first is not None and first.used_at is not None
    remove_secret(actor=lead, service=line.service, secret_id=first.pk)
    assert phone.posts(client, RINGS).status_code == 401
    assert phone.posts(client, RINGS, secret=second).status_code == 200


def test_the_secret_of_another_helpline_signs_nothing_here(phone: Telephone, client: Client) -> None:
    other = make_phone(make_line(centre_fields={"host": "other.test"}))
    _refused(phone.posts(client, RINGS, secret=other.secret), 401, "signature")
    _refused(other.posts(client, RINGS), 404, "unknown")


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"type": "call.moved"}', b'{"type": "call.ended", "data": {}}'])
def test_what_cannot_be_read_is_said_in_json(phone: Telephone, client: Client, body: bytes) -> None:
    address = reverse("phone:hook", args=[phone.line.service.pk])
    answer = client.post(address, body, content_type="application/json", headers=phone.headers(body))
    _refused(answer, 400, "unreadable")


def test_a_long_body_is_refused_before_it_is_looked_at(phone: Telephone, client: Client) -> None:
    _refused(phone.posts(client, {**RINGS, "more": "x" * 9000}), 413, "too-large")


def test_a_helpline_without_a_key_takes_no_answered_call_and_forgets_the_message(
    phone: Telephone, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from havn.common.errors import Refused

    def no_key(**_event: object) -> bool:
        raise Refused("No key.")

    monkeypatch.setattr(receiving, "take_event", no_key)
    _refused(phone.posts(client, RINGS), 409, "refused")


def test_too_many_at_once_wait_a_second(phone: Telephone, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "_allowed", Bucket(per_second=0, burst=2))
    assert [phone.posts(client, RINGS).status_code for _ in range(3)] == [200, 200, 429]
    assert phone.posts(client, RINGS).headers["Retry-After"] == "1"


def test_what_nobody_signed_takes_no_room_from_real_events(
    phone: Telephone, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "_allowed", Bucket(per_second=0, burst=1))
    address = reverse("phone:hook", args=[phone.line.service.pk])
    for _ in range(3):
        assert client.post(address, RINGS, content_type="application/json").status_code == 400
        assert phone.posts(client, RINGS, at_s=now_ms() // 1000 - 301).status_code == 401
        assert phone.posts(client, RINGS, secret=new_secret()).status_code == 401
    assert phone.posts(client, RINGS).status_code == 200


def test_a_bucket_fills_again_for_each_helpline_by_itself() -> None:
    bucket = Bucket(per_second=2, burst=1)
    assert [bucket.take(1, at) for at in (0, 100, 499, 600, 601)] == [True, False, False, True, False]
    assert bucket.take(2, 601)


def test_the_last_event_is_noted(phone: Telephone, client: Client) -> None:
    phone.posts(client, {"type": "test"})
    connection = Connection.objects.get()
    assert connection.last_event == "test"
    assert connection.last_event_ms is not None and now_ms() - connection.last_event_ms < 60_000
