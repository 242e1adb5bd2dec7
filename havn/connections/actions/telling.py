"""What becomes a message: a change that is seen, a quarter that is over, a danger that was opened, a test.

Every message names a service and facts about it, never a talk, a person or anything that leads to one.
"""

import datetime as dt
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.clock import now
from havn.common.errors import Refused
from havn.connections import facts
from havn.connections.models import Delivery, Endpoint, Told
from havn.connections.permissions import check_can_connect
from havn.connections.queries import services_of, settings_of
from havn.connections.rules.events import STATES, Event, body_of, moment
from havn.tenancy.models import Centre, Service

# What an endpoint was told last, by matter.
Heard = Mapping[str, Told]


def look_around() -> int:
    """Tell every endpoint that is on what has changed since it was told last. Returns how many messages were made."""
    seen = _Seen()
    rows = Endpoint.objects.filter(is_on=True).select_related("centre").prefetch_related("told")
    return sum(_look_for(endpoint, seen) for endpoint in rows)


def tell_of_escalation(service_id: int) -> int:
    """That a danger was opened at a service, and nothing more, to those endpoints that asked for it."""
    service = Service.objects.select_related("organisation").filter(pk=service_id).first()
    if service is None:
        return 0
    rows = Endpoint.objects.filter(Q(service=service) | Q(service__isnull=True), is_on=True)
    rows = rows.filter(centre=service.organisation.centre_id)
    made = 0
    for endpoint in rows:
        if Event.ESCALATION in endpoint.events:
            with transaction.atomic():
                if _on(endpoint):
                    queue(endpoint, Event.ESCALATION, service_values(service))
                    made += 1
    return made


@transaction.atomic
def send_test(*, actor: User, centre: Centre, endpoint_id: int) -> Delivery:
    """A message of the kind "test", signed and sent like any other."""
    endpoint = Endpoint.objects.filter(pk=endpoint_id, centre=centre).select_related("centre").first()
    if endpoint is None:
        raise Refused(_("This endpoint is no longer here."))
    check_can_connect(actor, centre, endpoint.service)
    if not _on(endpoint):
        raise Refused(_("Switched off: nothing is sent."))
    audit.record(
        centre_id=centre.pk, actor_id=actor.pk, action="connections.endpoint.tested", subject=f"endpoint:{endpoint.pk}"
    )
    return queue(endpoint, Event.TEST, {}, sent_here=True)


@transaction.atomic
def queue(
    endpoint: Endpoint, event: str, data: Mapping[str, Any], *, about: str = "", sent_here: bool = False
) -> Delivery:
    """Put a message on its way; the endpoint is locked. One of the same matter that has not gone yet goes no more.

    `sent_here`: the caller sends it itself; only when that fails the worker tries again.
    """
    at = now()
    if about and event in STATES:
        endpoint.deliveries.filter(about=about, state=Delivery.State.WAITING).update(
            state=Delivery.State.REPLACED, body="", next_try_at=None, done_at=at
        )
    return Delivery.objects.create(
        endpoint=endpoint,
        message_id=f"msg_{secrets.token_hex(16)}",
        event=event,
        about=about,
        body=body_of(event, data, at),
        made_at=at,
        next_try_at=at + dt.timedelta(seconds=30) if sent_here else at,
    )


def service_values(service: Service) -> dict[str, Any]:
    """How a message names a service."""
    return {"service": {"id": service.pk, "slug": service.slug, "name": service.name}}


class _Seen:
    """What one look sees: each fact is asked for once, however many endpoints are told of it."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], Any] = {}

    def ways(self, endpoint: Endpoint) -> list[facts.Way]:
        """Every channel that the endpoint is for."""
        centre, only = endpoint.centre, endpoint.service_id
        ways = self._once(("ways", centre.pk), lambda: facts.ways_of(centre, None))
        return [way for way in ways if only in (None, way.service.pk)]

    def services(self, endpoint: Endpoint) -> list[Service]:
        """Every helpline that the endpoint is for."""
        centre, only = endpoint.centre, endpoint.service_id
        services = self._once(("services", centre.pk), lambda: services_of(centre, None))
        return [service for service in services if only in (None, service.pk)]

    def opening(self, way: facts.Way) -> dict[str, Any]:
        """Whether a channel answers now."""
        found = self._once(("opening", way.service.pk, way.channel), lambda: facts.opening_of(way))
        return {key: found[key] for key in ("channel", "state", "closes_at", "opens_at")}

    def waits(self, service: Service, languages: Sequence[str]) -> dict[str, dict[str, Any]]:
        """The wait by language."""
        found: dict[str, dict[str, Any]] = self._once(
            ("waits", service.pk), lambda: facts.coarse_waits_of(service, languages)
        )
        return found

    def no_sooner(self, centre_id: int) -> dt.timedelta:
        """How often the centre lets others be told of the wait."""
        row = self._once(("settings", centre_id), lambda: settings_of(centre_id))
        return dt.timedelta(seconds=row.waiting_seconds)

    def _once(self, key: tuple[object, ...], make: Callable[[], Any]) -> Any:
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]


def _look_for(endpoint: Endpoint, seen: _Seen) -> int:
    told = {one.about: one for one in endpoint.told.all()}
    made = 0
    if Event.OPENING in endpoint.events:
        made += sum(_tell_opening(endpoint, way, told, seen) for way in seen.ways(endpoint))
    if Event.WAITING in endpoint.events:
        chats = {way.service.pk for way in seen.ways(endpoint) if way.channel == "chat"}
        for service in seen.services(endpoint):
            made += _tell_waiting(endpoint, service, told, seen) if service.pk in chats else 0
    if Event.FIGURES in endpoint.events:
        made += sum(_tell_figures(endpoint, service, told) for service in seen.services(endpoint))
    return made


def _tell_opening(endpoint: Endpoint, way: facts.Way, told: Heard, seen: _Seen) -> int:
    about, value = f"opening:{way.service.pk}:{way.channel}", seen.opening(way)
    last = told.get(about)
    if last is not None and last.value.get("state") == value["state"]:
        return 0
    return _tell(endpoint, Event.OPENING, about, value, way.service)


def _tell_waiting(endpoint: Endpoint, service: Service, told: Heard, seen: _Seen) -> int:
    languages = service.languages or [endpoint.centre.default_language]
    latest = now() - seen.no_sooner(endpoint.centre_id)
    abouts = {one: f"waiting:{service.pk}:{one}" for one in languages}
    due = [one for one, about in abouts.items() if about not in told or told[about].at <= latest]
    if not due:
        return 0
    waits, made = seen.waits(service, languages), 0
    for language in due:
        last, value = told.get(abouts[language]), waits[language]
        if last is None or any(last.value.get(key) != value[key] for key in value):
            made += _tell(endpoint, Event.WAITING, abouts[language], value, service)
    return made


def _tell_figures(endpoint: Endpoint, service: Service, told: Heard) -> int:
    period = facts.values_of(facts.ready_quarter(endpoint.centre))
    about = f"figures:{service.pk}"
    if about in told and told[about].value == period:
        return 0
    return _tell(endpoint, Event.FIGURES, about, period, service, {"period": period})


@transaction.atomic
def _tell(
    endpoint: Endpoint,
    event: str,
    about: str,
    value: Mapping[str, Any],
    service: Service,
    data: Mapping[str, Any] | None = None,
) -> int:
    """Note that the endpoint was told `value`, and tell it (or `data`). Returns how many messages were made."""
    if not _on(endpoint):
        return 0
    Told.objects.update_or_create(endpoint=endpoint, about=about, defaults={"value": value, "at": now()})
    queue(endpoint, event, service_values(service) | dict(data or {**value, "at": moment(now())}), about=about)
    return 1


def _on(endpoint: Endpoint) -> bool:
    """Whether it is there and on still. Locks it, before anything of its own is locked."""
    return Endpoint.objects.select_for_update(of=("self",)).filter(pk=endpoint.pk, is_on=True).first() is not None
