"""What becomes a message: a change that is seen, a day that is over, a danger that was opened, a test.

Every message names a service and facts about it, never a talk, a person or anything that leads to one.
"""

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.clock import now
from havn.common.errors import Refused
from havn.connections import facts
from havn.connections.actions.delivering import send_soon
from havn.connections.models import Delivery, Endpoint, Told
from havn.connections.permissions import check_can_connect
from havn.connections.queries import services_of, settings_of
from havn.connections.rules.events import STATES, Event, body_of, moment
from havn.tenancy.models import Centre, Service


def look_around() -> int:
    """Tell every endpoint that is on what has changed since it was told last. Returns how many messages were made."""
    return sum(_look_for(endpoint) for endpoint in Endpoint.objects.filter(is_on=True).select_related("centre"))


def tell_of_escalation(service_id: int) -> int:
    """That a danger was opened at a service, and nothing more, to those endpoints that asked for it."""
    service = Service.objects.select_related("organisation").filter(pk=service_id).first()
    if service is None:
        return 0
    rows = Endpoint.objects.filter(Q(service=service) | Q(service__isnull=True), is_on=True)
    rows = rows.filter(centre=service.organisation.centre_id)
    asked = [one for one in rows if Event.ESCALATION in one.events]
    for endpoint in asked:
        queue(endpoint, Event.ESCALATION, service_values(service))
    return len(asked)


@transaction.atomic
def send_test(*, actor: User, centre: Centre, endpoint_id: int) -> Delivery:
    """A message of the kind "test", signed and sent like any other."""
    endpoint = Endpoint.objects.filter(pk=endpoint_id, centre=centre).select_related("centre").first()
    if endpoint is None:
        raise Refused(_("This endpoint is no longer here."))
    check_can_connect(actor, centre, endpoint.service)
    audit.record(
        centre_id=centre.pk, actor_id=actor.pk, action="connections.endpoint.tested", subject=f"endpoint:{endpoint.pk}"
    )
    return queue(endpoint, Event.TEST, {}, sent_here=True)


@transaction.atomic
def queue(
    endpoint: Endpoint, event: str, data: Mapping[str, Any], *, about: str = "", sent_here: bool = False
) -> Delivery:
    """Put a message on its way. One of the same matter that has not gone yet goes no more.

    `sent_here`: the caller sends it itself; only when that fails the worker tries again.
    """
    at = now()
    if about and event in STATES:
        endpoint.deliveries.filter(about=about, state=Delivery.State.WAITING).update(
            state=Delivery.State.REPLACED, body="", next_try_at=None, done_at=at
        )
    delivery = Delivery.objects.create(
        endpoint=endpoint,
        message_id=f"msg_{secrets.token_hex(16)}",
        event=event,
        about=about,
        body=body_of(event, data, at),
        made_at=at,
        next_try_at=at + dt.timedelta(seconds=30) if sent_here else at,
    )
    if not sent_here:
        send_soon.enqueue(delivery.pk)
    return delivery


def service_values(service: Service) -> dict[str, Any]:
    """How a message names a service."""
    return {"service": {"id": service.pk, "slug": service.slug, "name": service.name}}


def _look_for(endpoint: Endpoint) -> int:
    made = 0
    if Event.OPENING in endpoint.events:
        made += sum(_tell_opening(endpoint, way) for way in facts.ways_of(endpoint.centre, endpoint.service_id))
    for service in services_of(endpoint.centre, endpoint.service_id):
        if Event.WAITING in endpoint.events:
            made += _tell_waiting(endpoint, service)
        if Event.FIGURES in endpoint.events:
            made += _tell_figures(endpoint, service)
    return made


def _tell_opening(endpoint: Endpoint, way: facts.Way) -> int:
    told = facts.opening_of(way)
    value = {key: told[key] for key in ("channel", "state", "closes_at", "opens_at")}
    about = f"opening:{way.service.pk}:{way.channel}"
    return _tell_if_new(endpoint, Event.OPENING, about, value, way.service, same=("state",))


def _tell_waiting(endpoint: Endpoint, service: Service) -> int:
    if not any(way.channel == "chat" for way in facts.ways_of(endpoint.centre, service.pk)):
        return 0
    languages = service.languages or [endpoint.centre.default_language]
    made = 0
    for language in languages:
        value = facts.coarse_waiting_of(service, language)
        wait = dt.timedelta(seconds=settings_of(endpoint.centre_id).waiting_seconds)
        about = f"waiting:{service.pk}:{language}"
        made += _tell_if_new(endpoint, Event.WAITING, about, value, service, no_sooner=wait)
    return made


def _tell_figures(endpoint: Endpoint, service: Service) -> int:
    day = facts.today_of(service) - dt.timedelta(days=1)
    about = f"figures:{service.pk}"
    last = Told.objects.filter(endpoint=endpoint, about=about).first()
    if last is not None and last.value == day.isoformat():
        return 0
    with transaction.atomic():
        _note(endpoint, about, day.isoformat())
        queue(endpoint, Event.FIGURES, service_values(service) | facts.attempts_of(service, day))
    return 1


def _tell_if_new(
    endpoint: Endpoint,
    event: str,
    about: str,
    value: dict[str, Any],
    service: Service,
    *,
    same: tuple[str, ...] = (),
    no_sooner: dt.timedelta = dt.timedelta(),
) -> int:
    """`same`: the parts of it that count as a change; none named: any."""
    last = Told.objects.filter(endpoint=endpoint, about=about).first()
    if last is not None:
        keys = same or tuple(value)
        if all(last.value.get(key) == value[key] for key in keys) or now() - last.at < no_sooner:
            return 0
    with transaction.atomic():
        _note(endpoint, about, value)
        queue(endpoint, event, service_values(service) | value | {"at": moment(now())}, about=about)
    return 1


def _note(endpoint: Endpoint, about: str, value: Any) -> None:
    Told.objects.update_or_create(endpoint=endpoint, about=about, defaults={"value": value, "at": now()})
