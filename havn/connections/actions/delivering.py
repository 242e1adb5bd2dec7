"""Sending what is on its way: claimed, signed, posted outside of every transaction; then what came of it is written."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from havn.audit import api as audit
from havn.common.clock import now
from havn.common.signatures import sign
from havn.connections.calling import LONGEST_S, Outcome, post
from havn.connections.models import Delivery, Endpoint, EndpointSecret
from havn.connections.queries import settings_of
from havn.connections.rules.retries import is_over, is_taken, next_try
from havn.connections.sealing import signing_keys

# While one process sends it, no other takes it: longer than any call lasts.
_HELD = dt.timedelta(seconds=LONGEST_S * 3)
GONE = 410


def deliver(*, delivery_id: int) -> bool:
    """Send one message if it is due. Returns whether it arrived."""
    delivery = _claimed(delivery_id)
    if delivery is None:
        return False
    outcome = _sent(delivery)
    return _settle(delivery_id, outcome)


def due(at: dt.datetime, *, without: Collection[int] = ()) -> list[tuple[int, int]]:
    """Of each endpoint, but for those left out, the message whose next try came first: (message, endpoint).

    Those that fail come last, so that they keep nobody waiting.
    """
    waiting = Delivery.objects.filter(endpoint=OuterRef("pk"), state=Delivery.State.WAITING, next_try_at__lte=at)
    first = Subquery(waiting.order_by("next_try_at", "pk").values("pk")[:1])
    rows = Endpoint.objects.filter(is_on=True).exclude(pk__in=without).annotate(first=first)
    rows = rows.filter(first__isnull=False).order_by(F("failing_since").asc(nulls_first=True), "pk")
    return list(rows.values_list("first", "pk"))


def give_up(endpoint: Endpoint, at: dt.datetime) -> None:
    """Let go of what waits for an endpoint that is switched off; it is locked."""
    endpoint.deliveries.filter(state=Delivery.State.WAITING).update(
        state=Delivery.State.GIVEN_UP, body="", next_try_at=None, done_at=at
    )


def forget(at: dt.datetime) -> int:
    """Destroy what is older than its centre keeps it, secrets that sign no more, and give up what waits for nobody."""
    gone = EndpointSecret.objects.filter(until__lte=at).delete()[0]
    for endpoint in Endpoint.objects.all():
        days = settings_of(endpoint.centre_id).log_days
        gone += endpoint.deliveries.filter(made_at__lt=at - dt.timedelta(days=days)).delete()[0]
    return gone


def _claimed(delivery_id: int) -> Delivery | None:
    """The message, kept from others for a while; None when it is not due, or its endpoint is off."""
    at = now()
    mine = Delivery.objects.filter(
        pk=delivery_id,
        state=Delivery.State.WAITING,
        next_try_at__lte=at + dt.timedelta(seconds=31),
        endpoint__is_on=True,
    )
    if not mine.update(next_try_at=at + _HELD):
        return None
    return Delivery.objects.select_related("endpoint").get(pk=delivery_id)


def _sent(delivery: Delivery) -> Outcome:
    at = now()
    keys = signing_keys(delivery.endpoint, at)
    if not keys:
        return Outcome(error="no-secret")
    body, timestamp = delivery.body.encode(), int(at.timestamp())
    signatures = (sign(key, message_id=delivery.message_id, timestamp=timestamp, body=body) for key in keys)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Havn",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }
    return post(delivery.endpoint.url, headers, body)


@transaction.atomic
def _settle(delivery_id: int, outcome: Outcome) -> bool:
    """Write down what came of it, and what that means for the endpoint. Locks the endpoint first, as everybody does."""
    endpoint = Endpoint.objects.select_for_update(of=("self",)).filter(deliveries=delivery_id).first()
    delivery = Delivery.objects.select_for_update(of=("self",)).filter(pk=delivery_id).first()
    if endpoint is None or delivery is None:
        return False
    at, arrived = now(), outcome.status is not None and is_taken(outcome.status)
    delivery.tries += 1
    delivery.status, delivery.error = outcome.status, outcome.error
    again = None if arrived or outcome.status == GONE else next_try(delivery.tries, at)
    if delivery.state == Delivery.State.WAITING:
        delivery.next_try_at = again
        if again is None:
            delivery.state = Delivery.State.ARRIVED if arrived else Delivery.State.GIVEN_UP
            delivery.body, delivery.done_at = "", at
    delivery.save()
    if arrived:
        Endpoint.objects.filter(pk=endpoint.pk).update(failing_since=None)
    else:
        _note_failure(endpoint, outcome, at)
    return arrived


def _note_failure(endpoint: Endpoint, outcome: Outcome, at: dt.datetime) -> None:
    endpoint.failing_since = endpoint.failing_since or at
    days = settings_of(endpoint.centre_id).off_after_days
    over = outcome.status == GONE or is_over(endpoint.failing_since, days, at)
    if endpoint.is_on and over:
        endpoint.is_on, endpoint.switched_off_at = False, at
        give_up(endpoint, at)
    endpoint.save(update_fields=["failing_since", "is_on", "switched_off_at"])
    if endpoint.switched_off_at == at:
        audit.record(
            centre_id=endpoint.centre_id, action="connections.endpoint.failed", subject=f"endpoint:{endpoint.pk}"
        )
