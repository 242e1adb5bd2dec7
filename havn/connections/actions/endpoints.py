"""Endpoints: added, changed, given another secret, switched on, removed."""

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.clock import now
from havn.common.errors import Refused
from havn.common.ids import random_id
from havn.common.signatures import new_secret
from havn.connections import revoked
from havn.connections.actions.delivering import give_up
from havn.connections.models import ConnectionsSettings, Endpoint, EndpointSecret
from havn.connections.permissions import check_can_connect, check_can_set
from havn.connections.rules.addresses import Forbidden, target_of
from havn.connections.rules.events import CHOICES
from havn.connections.sealing import seal_secret
from havn.connections.words import why_forbidden
from havn.tenancy.models import Centre, Service

MOST = 20
# So long an older secret signs beside the new one.
BOTH_HOLD = dt.timedelta(hours=24)


@transaction.atomic
def add_endpoint(
    *, actor: User, centre: Centre, service: Service | None, name: str, url: str, events: Collection[str]
) -> tuple[Endpoint, str]:
    """Add an endpoint. Returns it with its secret, which is shown once and kept sealed."""
    check_can_connect(actor, centre, service)
    _check_url(url)
    if Endpoint.objects.filter(centre=centre).count() >= MOST:
        raise Refused(_("There are twenty endpoints already. Remove one first."))
    endpoint = Endpoint.objects.create(
        centre=centre,
        service=service,
        name=name,
        url=url,
        events=_chosen(events),
        made_at=now(),
        made_by=actor,
    )
    secret = _new_secret(endpoint)
    _trail(actor, endpoint, "connections.endpoint.added")
    return endpoint, secret


@transaction.atomic
def change_endpoint(
    *, actor: User, centre: Centre, endpoint_id: int, name: str, url: str, events: Collection[str]
) -> Endpoint:
    """Change what it is called, where it is and what it is told. What waits goes to the new address."""
    endpoint = _locked(actor, centre, endpoint_id)
    _check_url(url)
    endpoint.name, endpoint.url, endpoint.events = name, url, _chosen(events)
    endpoint.save(update_fields=["name", "url", "events"])
    endpoint.told.exclude(about="").delete()
    _trail(actor, endpoint, "connections.endpoint.changed")
    return endpoint


@transaction.atomic
def change_secret(*, actor: User, centre: Centre, endpoint_id: int) -> str:
    """A new secret; the older one signs beside it for a day, so that nothing is missed. Returns the new one."""
    endpoint = _locked(actor, centre, endpoint_id)
    at = now()
    endpoint.secrets.filter(until__isnull=False).delete()
    endpoint.secrets.update(until=at + BOTH_HOLD)
    secret = _new_secret(endpoint)
    _trail(actor, endpoint, "connections.endpoint.secret")
    return secret


@transaction.atomic
def switch(*, actor: User, centre: Centre, endpoint_id: int, on: bool) -> Endpoint:
    """Send to it again, beginning with how it stands now; or send nothing, and nothing that waits, until then."""
    endpoint = _locked(actor, centre, endpoint_id)
    endpoint.is_on, endpoint.failing_since, endpoint.switched_off_at = on, None, None
    endpoint.off_by_restore = False
    endpoint.save(update_fields=["is_on", "failing_since", "switched_off_at", "off_by_restore"])
    if on:
        endpoint.told.all().delete()
    else:
        give_up(endpoint, now())
    _trail(actor, endpoint, "connections.endpoint.on" if on else "connections.endpoint.off")
    return endpoint


@transaction.atomic
def remove_endpoint(*, actor: User, centre: Centre, endpoint_id: int) -> None:
    """Remove it with its secrets and its log, also for a backup that is brought back."""
    endpoint = _locked(actor, centre, endpoint_id)
    revoked.remember_endpoint(endpoint.pk)
    _trail(actor, endpoint, "connections.endpoint.removed")
    endpoint.delete()


@transaction.atomic
def change_settings(
    *, actor: User, centre: Centre, per_minute: int, waiting_seconds: int, off_after_days: int, log_days: int
) -> ConnectionsSettings:
    """The limits and clocks of the centre's connections."""
    check_can_set(actor, centre)
    row, _new = ConnectionsSettings.objects.update_or_create(
        pk=centre.pk,
        defaults={
            "per_minute": per_minute,
            "waiting_seconds": waiting_seconds,
            "off_after_days": off_after_days,
            "log_days": log_days,
        },
    )
    audit.record(centre_id=centre.pk, actor_id=actor.pk, action="connections.settings.changed")
    return row


def _locked(actor: User, centre: Centre, endpoint_id: int) -> Endpoint:
    endpoint = Endpoint.objects.select_for_update(of=("self",)).filter(pk=endpoint_id, centre=centre).first()
    if endpoint is None:
        raise Refused(_("This endpoint is no longer here."))
    check_can_connect(actor, centre, endpoint.service)
    return endpoint


def _check_url(url: str) -> None:
    try:
        target_of(url, private=bool(settings.CONNECT_PRIVATE))
    except Forbidden as forbidden:
        raise Refused(why_forbidden(forbidden.why)) from forbidden


def _chosen(events: Collection[str]) -> list[str]:
    chosen = [str(one) for one in CHOICES if one in events]
    if not chosen:
        raise Refused(_("Choose what the endpoint is told."))
    return chosen


def _new_secret(endpoint: Endpoint) -> str:
    secret, number = new_secret(), random_id()
    EndpointSecret.objects.create(pk=number, endpoint=endpoint, sealed=seal_secret(number, secret), made_at=now())
    return secret


def _trail(actor: User, endpoint: Endpoint, action: str) -> None:
    audit.record(
        centre_id=endpoint.centre_id,
        actor_id=actor.pk,
        service_id=endpoint.service_id,
        action=action,
        subject=f"endpoint:{endpoint.pk}",
    )
