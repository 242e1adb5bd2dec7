"""Messages to other systems: what they say and never say, how they are signed, tried again and given up."""

import base64
import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from havn.audit.models import Entry
from havn.common.clock import now
from havn.connections import calling, facts, tasks
from havn.connections.actions import delivering, telling
from havn.connections.calling import Outcome
from havn.connections.models import Delivery, Endpoint, Told
from havn.connections.openapi import document
from havn.connections.queries import failing
from havn.connections.rules.retries import WAITS
from havn.helpline.queries.queue import snapshot
from havn.supervision.models import Escalation
from havn.tasks.api import run_due
from havn.tenancy.models import Service
from tests.connections.factories import Receiver, add_secret, make_endpoint, receiver
from tests.helpline.factories import make_line
from tests.helpline.figures import contacts, helpline
from tests.tenancy.factories import make_centre, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    return make_service(name="Fyrlykta", languages=["en"])


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setattr(settings, "CONNECT_PRIVATE", True)
    with receiver() as one:
        yield one


def _signature(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """As the published specification has it, written out once more."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def _test(endpoint: Endpoint) -> Delivery:
    return telling.queue(endpoint, "test", {}, sent_here=True)


def _later(minutes: float) -> None:
    """As if so much time had passed for what waits."""
    Delivery.objects.filter(state="waiting").update(next_try_at=now() - dt.timedelta(minutes=minutes))


def _data(delivery: Delivery) -> Any:
    """The data of a message, after a look at its shape."""
    told = json.loads(delivery.body)
    described = document()
    body = described["webhooks"][delivery.event]["post"]["requestBody"]["content"]["application/json"]["schema"]
    jsonschema_rs.validate({**body, "components": described["components"]}, told)
    return told["data"]


def test_a_message_is_signed_by_the_published_algorithm(service: Service, heard: Receiver) -> None:
    endpoint = make_endpoint(service.organisation.centre, url=heard.url)
    endpoint.secrets.all().delete()
    secret = add_secret(endpoint)
    delivery = _test(endpoint)
    body = delivery.body
    assert delivering.deliver(delivery_id=delivery.pk)
    ((headers, sent),) = heard.taken
    assert sent.decode() == body
    assert headers["webhook-id"] == delivery.message_id
    assert abs(int(headers["webhook-timestamp"]) - now().timestamp()) < 60
    assert headers["webhook-signature"] == _signature(secret, headers["webhook-id"], headers["webhook-timestamp"], sent)
    assert headers["content-type"] == "application/json"
    assert headers["host"] == heard.url.split("/")[2]
    delivery.refresh_from_db()
    assert (delivery.state, delivery.status, delivery.tries, delivery.body) == ("arrived", 204, 1, "")
    assert json.loads(sent)["version"] == 1


def test_while_a_secret_is_changed_both_sign_and_afterwards_one(service: Service, heard: Receiver) -> None:
    endpoint = make_endpoint(service.organisation.centre, url=heard.url)
    endpoint.secrets.all().delete()
    old, new = add_secret(endpoint, until=now() + dt.timedelta(hours=1)), add_secret(endpoint)
    delivering.deliver(delivery_id=_test(endpoint).pk)
    headers, sent = heard.taken[0]
    about = headers["webhook-id"], headers["webhook-timestamp"], sent
    given = headers["webhook-signature"].split(" ")
    assert set(given) == {_signature(old, *about), _signature(new, *about)}
    endpoint.secrets.filter(until__isnull=False).update(until=now() - dt.timedelta(seconds=1))
    delivering.deliver(delivery_id=_test(endpoint).pk)
    headers, sent = heard.taken[1]
    assert headers["webhook-signature"] == _signature(new, headers["webhook-id"], headers["webhook-timestamp"], sent)
    tasks.forget.call()
    assert endpoint.secrets.count() == 1


def test_what_fails_comes_again_with_the_same_name_until_it_arrives(service: Service, heard: Receiver) -> None:
    heard.answers = [503, 500, 200]
    endpoint = make_endpoint(service.organisation.centre, url=heard.url)
    delivery = _test(endpoint)
    assert not delivering.deliver(delivery_id=delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.status, delivery.tries) == ("waiting", 503, 1)
    assert delivery.next_try_at is not None
    assert 0 < (delivery.next_try_at - now()).total_seconds() <= WAITS[0]
    endpoint.refresh_from_db()
    assert endpoint.failing_since is not None
    assert failing().failing == 1
    assert tasks.send_due.call() == 0
    for _number in range(2):
        _later(1)
        tasks.send_due.call()
    assert [headers["webhook-id"] for headers, _body in heard.taken] == [delivery.message_id] * 3
    assert len({body for _headers, body in heard.taken}) == 1
    delivery.refresh_from_db()
    endpoint.refresh_from_db()
    assert (delivery.state, delivery.tries) == ("arrived", 3)
    assert endpoint.failing_since is None


def test_after_all_tries_it_is_given_up_and_its_body_is_gone(service: Service, heard: Receiver) -> None:
    heard.answers = [500]
    delivery = _test(make_endpoint(service.organisation.centre, url=heard.url))
    delivering.deliver(delivery_id=delivery.pk)
    for _number in range(len(WAITS)):
        _later(1)
        tasks.send_due.call()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries, delivery.body) == ("given-up", len(WAITS) + 1, "")
    _later(1)
    assert not delivering.deliver(delivery_id=delivery.pk)
    assert len(heard.taken) == len(WAITS) + 1


def test_a_dead_endpoint_keeps_no_other_waiting(service: Service, heard: Receiver) -> None:
    centre = service.organisation.centre
    with receiver() as dead:
        dead.answers = [500]
        gone, there = make_endpoint(centre, url=dead.url), make_endpoint(centre, url=heard.url)
        for _number in range(3):
            telling.queue(gone, "test", {})
            telling.queue(there, "test", {})
        assert tasks.send_due.call() == 3
        assert (len(dead.taken), len(heard.taken)) == (1, 3)
        telling.queue(there, "test", {})
        _later(1)
        assert [endpoint for _message, endpoint in delivering.due(now())] == [there.pk, gone.pk]


def test_new_messages_are_sent_without_waiting_for_the_clock(service: Service, heard: Receiver) -> None:
    make_endpoint(service.organisation.centre, "opening.changed", url=heard.url)
    tasks.look.call()
    run_due()
    assert len(heard.taken) == 2


def test_one_run_sends_at_a_time_and_ends_before_its_lease(
    service: Service, heard: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    telling.queue(make_endpoint(service.organisation.centre, url=heard.url), "test", {})
    with tasks._sending:
        assert tasks.send_due.call() == 0
    with monkeypatch.context() as patch:
        patch.setattr(tasks, "LAST_CALL_S", 0)
        assert tasks.send_due.call() == 0
    assert heard.taken == []
    assert tasks.send_due.lease_s > tasks.LAST_CALL_S + calling.LONGEST_S * 3
    assert tasks.send_due.call() == 1


def test_an_endpoint_is_locked_before_its_messages(service: Service, heard: Receiver) -> None:
    """As whoever removes or switches it does: else both would wait for each other."""
    delivery = _test(make_endpoint(service.organisation.centre, url=heard.url))
    with CaptureQueriesContext(connection) as asked:
        delivering._settle(delivery.pk, Outcome(204))
    whole = [one["sql"] for one in asked if one["sql"].startswith("SELECT")]
    at = [next(place for place, sql in enumerate(whole) if f'"{name}"' in sql) for name in ("failing_since", "body")]
    assert at == sorted(at)
    assert delivering._settle(1, Outcome(204)) is False


def test_nobody_sends_a_message_twice_at_once(service: Service, heard: Receiver) -> None:
    delivery = _test(make_endpoint(service.organisation.centre, url=heard.url))
    assert delivering._claimed(delivery.pk) is not None
    assert not delivering.deliver(delivery_id=delivery.pk)
    assert heard.taken == []


def test_a_redirect_is_not_followed_and_410_switches_off(service: Service, heard: Receiver) -> None:
    heard.answers, heard.location = [302], "http://127.0.0.1:1/elsewhere"
    endpoint = make_endpoint(service.organisation.centre, url=heard.url)
    assert not delivering.deliver(delivery_id=_test(endpoint).pk)
    assert len(heard.taken) == 1
    heard.answers = [410]
    waiting = _test(endpoint)
    assert not delivering.deliver(delivery_id=_test(endpoint).pk)
    endpoint.refresh_from_db()
    waiting.refresh_from_db()
    assert not endpoint.is_on
    assert endpoint.switched_off_at is not None
    assert (waiting.state, waiting.body) == ("given-up", "")
    assert failing().switched_off == 1
    assert Entry.objects.filter(action="connections.endpoint.failed").count() == 1


def test_an_endpoint_that_fails_for_days_is_switched_off(service: Service, heard: Receiver) -> None:
    heard.answers = [500]
    endpoint = make_endpoint(service.organisation.centre, url=heard.url)
    endpoint.failing_since = now() - dt.timedelta(days=4)
    endpoint.save()
    delivering.deliver(delivery_id=_test(endpoint).pk)
    endpoint.refresh_from_db()
    assert endpoint.is_on
    Endpoint.objects.update(failing_since=now() - dt.timedelta(days=5))
    delivering.deliver(delivery_id=_test(endpoint).pk)
    endpoint.refresh_from_db()
    assert not endpoint.is_on
    assert not delivering.deliver(delivery_id=_test(endpoint).pk)


def test_without_the_installation_s_word_nothing_is_sent_into_the_house(service: Service) -> None:
    with receiver() as one:
        endpoint = make_endpoint(service.organisation.centre, url=one.url.replace("http:", "https:"))
        delivery = _test(endpoint)
        assert not delivering.deliver(delivery_id=delivery.pk)
        delivery.refresh_from_db()
        assert (delivery.error, delivery.status) == ("private", None)
        assert one.taken == []


def test_a_secret_of_another_server_signs_nothing(service: Service, heard: Receiver) -> None:
    endpoint = make_endpoint(service.organisation.centre, url=heard.url)
    endpoint.secrets.update(sealed=b"\x00" * 60)
    delivery = _test(endpoint)
    assert not delivering.deliver(delivery_id=delivery.pk)
    delivery.refresh_from_db()
    assert delivery.error == "no-secret"
    assert heard.taken == []


def test_an_opening_is_told_once_and_again_when_it_changes(service: Service) -> None:
    make_endpoint(service.organisation.centre, "opening.changed")
    assert tasks.look.call() == 2
    first = {json.loads(one.body)["data"]["channel"]: one for one in Delivery.objects.all()}
    assert _data(first["chat"])["state"] == "open"
    assert _data(first["letter"])["state"] == "any-hour"
    assert tasks.look.call() == 0
    service.channel_settings.filter(channel="chat").update(always_open=False)
    assert tasks.look.call() == 1
    newest = Delivery.objects.order_by("made_at").last()
    assert newest is not None
    assert _data(newest)["state"] == "closed"
    first["chat"].refresh_from_db()
    assert (first["chat"].state, first["chat"].body) == ("replaced", "")


def test_endpoints_that_are_off_or_of_others_hear_nothing(service: Service) -> None:
    other = make_service(centre=make_centre(host="other.example"))
    centre = service.organisation.centre
    make_endpoint(centre, "opening.changed", is_on=False)
    make_endpoint(centre, "opening.changed", service=make_service(centre=centre, always_open=()))
    mine = make_endpoint(other.organisation.centre, "opening.changed")
    tasks.look.call()
    assert set(Delivery.objects.values_list("endpoint", flat=True)) == {mine.pk}


@pytest.mark.django_db(transaction=True)
def test_the_wait_is_told_in_steps_and_not_too_often(real_transactions: None) -> None:
    line = make_line(languages=["en"])
    make_endpoint(line.service.organisation.centre, "waiting.changed")
    assert tasks.look.call() == 1
    told = Delivery.objects.get()
    assert _data(told)["sure"] == "nobody"
    line.counsellor()
    assert tasks.look.call() == 0
    told.endpoint.told.update(at=now() - dt.timedelta(seconds=61))
    assert tasks.look.call() == 1


def test_the_queue_is_looked_at_once_for_all_who_are_told_and_not_before_it_is_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = make_service(name="Fyrlykta", languages=["en", "nb"])
    looked: list[int] = []
    monkeypatch.setattr(facts, "snapshot", lambda pk: looked.append(pk) or snapshot(pk))
    for _number in range(3):
        make_endpoint(line.organisation.centre, "waiting.changed")
    assert tasks.look.call() == 6
    assert looked == [line.pk]
    assert tasks.look.call() == 0
    assert looked == [line.pk]
    Told.objects.update(at=now() - dt.timedelta(seconds=61))
    assert tasks.look.call() == 0
    assert looked == [line.pk] * 2


def test_that_a_quarter_can_be_read_is_told_once_and_holds_no_number(time_machine: Any) -> None:
    time_machine.move_to(dt.datetime(2026, 10, 14, 21, tzinfo=dt.UTC), tick=False)
    line = helpline()
    contacts(9, line, "2026-08-24", "cyberbullying")
    endpoint = make_endpoint(line.organisation.centre, "figures.ready")
    assert tasks.look.call() == 1
    data = _data(Delivery.objects.get())
    assert set(data) == {"service", "period"}
    assert data["period"] == {"kind": "quarter", "first": "2026-04-01", "last": "2026-06-30"}
    assert tasks.look.call() == 0
    time_machine.move_to(dt.datetime(2026, 10, 14, 22, tzinfo=dt.UTC), tick=False)
    assert tasks.look.call() == 1
    newest = endpoint.deliveries.latest("made_at")
    assert _data(newest)["period"]["last"] == "2026-09-30"
    assert tasks.look.call() == 0


@pytest.mark.django_db(transaction=True)
def test_of_an_escalation_only_that_there_is_one_and_only_where_it_was_asked_for(real_transactions: None) -> None:
    line = make_line()
    centre = line.service.organisation.centre
    make_endpoint(centre, "opening.changed")
    asked = make_endpoint(centre, "escalation.opened")
    child = line.child()
    escalation = Escalation.objects.create(
        conversation_id=child.conversation_id, service=line.service, rules="any", opened_at_ms=1, due_at_ms=2
    )
    run_due()
    delivery = Delivery.objects.get()
    assert delivery.endpoint == asked
    told = _data(delivery)
    assert set(told) == {"service"}
    for number in (child.conversation_id, escalation.pk):
        assert str(number) not in delivery.body


def test_nothing_of_a_person_or_a_talk_is_in_any_message(service: Service) -> None:
    """By shape: what a message may hold is said in the description, and nothing else is in it."""
    for event in document()["webhooks"].values():
        body = event["post"]["requestBody"]["content"]["application/json"]["schema"]
        names = set(body["properties"]["data"]["properties"])
        assert not names & {"conversation", "talk", "turn", "child", "user", "name", "text", "reason", "risk"}
