"""E-mails handed over by a mail server: signed, taken once, and answered after they are stored."""

import secrets

import pytest
from django.test import Client
from django.urls import reverse

from havn.common.bucket import Bucket
from havn.common.clock import now_ms
from havn.common.signatures import key_of, sign
from havn.mailbox.actions import connecting, handing_over
from havn.mailbox.models import HookSecret, MailThread
from havn.vault.models import TeamKey
from tests.mailbox.factories import Box
from tests.mailbox.mails import mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bucket_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_over, "_allowed", Bucket(per_second=1000, burst=10_000))


@pytest.fixture
def secret(box: Box) -> str:
    return connecting.make_secret(actor=box.line.people[0].user, service=box.line.service)


def post(
    box: Box, body: bytes, secret: str, *, name: str = "", at_s: int | None = None, **more: str
) -> tuple[int, dict[str, object]]:
    name, moment = name or secrets.token_hex(8), now_ms() // 1000 if at_s is None else at_s
    headers = {
        "webhook-id": name,
        "webhook-timestamp": str(moment),
        "webhook-signature": sign(key_of(secret), message_id=name, timestamp=moment, body=body),
        **more,
    }
    address = reverse("mailbox:hook", args=[box.line.service.pk])
    answer = Client(enforce_csrf_checks=True).post(address, body, content_type="message/rfc822", headers=headers)
    return answer.status_code, answer.json()


def test_a_signed_mail_is_stored_once(box: Box, secret: str) -> None:
    body = mail("hello", files=1).as_bytes()
    assert post(box, body, secret, name="one") == (200, {"taken": True})
    assert box.texts() == ["Hi\n\nhello"]
    assert post(box, body, secret, name="one") == (200, {"taken": False})
    assert post(box, body, secret, name="two") == (200, {"taken": False})
    assert MailThread.objects.count() == 1
    assert HookSecret.objects.get().used_at is not None


def test_what_is_not_signed_as_it_should_be_is_not_taken(box: Box, secret: str) -> None:
    body = mail("hello").as_bytes()
    other = "whsec_" + "A" * 32
    assert post(box, body, other)[0] == 401
    assert post(box, body, secret, at_s=now_ms() // 1000 - 400)[0] == 401
    assert post(box, body, secret, **{"webhook-signature": ""})[0] == 401
    assert post(box, body, secret, **{"webhook-timestamp": "soon"})[0] == 400
    assert post(box, body, secret, **{"webhook-id": ""})[0] == 400
    address = reverse("mailbox:hook", args=[box.line.service.pk])
    assert Client().get(address).status_code == 405
    assert (
        Client().post(reverse("mailbox:hook", args=[9_999_999]), b"x", content_type="message/rfc822").status_code == 404
    )
    assert not MailThread.objects.exists()


def test_a_body_that_is_too_long_is_refused(box: Box, secret: str) -> None:
    status, told = post(box, b"x" * (handing_over.LONGEST + 1), secret)
    assert (status, told["code"]) == (413, "too-large")


def test_any_bytes_are_taken(box: Box, secret: str) -> None:
    assert post(box, b"From: kim@home.example\r\n\r\n\x00%00\xff", secret)[0] == 200


def test_too_many_are_slowed_and_only_signed_ones_count(box: Box, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_over, "_allowed", Bucket(per_second=0.001, burst=1))
    assert post(box, b"x", "whsec_" + "A" * 32)[0] == 401
    assert post(box, mail("a").as_bytes(), secret)[0] == 200
    assert post(box, mail("b").as_bytes(), secret)[0] == 429


def test_without_keys_it_is_asked_to_come_again(box: Box, secret: str) -> None:
    TeamKey.objects.all().delete()
    assert post(box, mail("a").as_bytes(), secret, name="one")[0] == 503
    assert not MailThread.objects.exists()
