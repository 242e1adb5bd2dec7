"""Reads of keys, endpoints and what became of messages."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from havn.connections.models import ApiKey, ConnectionsSettings, Delivery, Endpoint
from havn.connections.rules.keys import holds, is_key, prefix_of
from havn.tenancy.models import Centre, Service

LOG_SHOWN = 50


@dataclass(frozen=True)
class Failing:
    """What Health tells of endpoints."""

    failing: int
    switched_off: int


def settings_of(centre_id: int) -> ConnectionsSettings:
    """What the centre set; an unsaved row with the defaults when it never did."""
    return ConnectionsSettings.objects.filter(pk=centre_id).first() or ConnectionsSettings(pk=centre_id)


def key_for(centre: Centre, token: str, today: dt.date) -> ApiKey | None:
    """The key that this is, if it opens anything at this centre today."""
    row = ApiKey.objects.select_related("service").filter(prefix=prefix_of(token), centre=centre).first()
    # An unknown prefix costs the same comparison.
    right = is_key(token, bytes(row.digest) if row else b"\x00" * 32)
    return row if row is not None and right and holds(row.expires_on, today) else None


def keys_of(centre: Centre) -> list[ApiKey]:
    """The centre's keys, the newest first."""
    rows = ApiKey.objects.filter(centre=centre).select_related("service", "made_by")
    return list(rows.order_by("-made_at", "pk"))


def endpoints_of(centre: Centre) -> list[Endpoint]:
    """The centre's endpoints by name."""
    return list(Endpoint.objects.filter(centre=centre).select_related("service", "made_by").order_by("name", "pk"))


def endpoint_at(centre: Centre, endpoint_id: int) -> Endpoint | None:
    """One of the centre's endpoints."""
    rows = Endpoint.objects.filter(centre=centre, pk=endpoint_id)
    return rows.select_related("service__organisation__centre", "centre").first()


def log_of(endpoint: Endpoint) -> Sequence[Delivery]:
    """The newest messages to an endpoint, and what became of them."""
    return list(endpoint.deliveries.order_by("-made_at", "pk").defer("body")[:LOG_SHOWN])


def services_of(centre: Centre, service_id: int | None) -> list[Service]:
    """The helplines that a key or an endpoint is for."""
    rows = Service.objects.filter(organisation__centre=centre, kind=Service.Kind.HELPLINE)
    rows = rows if service_id is None else rows.filter(pk=service_id)
    return list(rows.select_related("organisation__centre").order_by("pk"))


def failing() -> Failing:
    """How many endpoints of this installation fail just now, and how many were switched off for it."""
    return Failing(
        failing=Endpoint.objects.filter(is_on=True, failing_since__isnull=False).count(),
        switched_off=Endpoint.objects.filter(is_on=False, switched_off_at__isnull=False).count(),
    )
