"""The secrets that messages are signed with, sealed to the server's key: they sign with nobody signed in."""

import datetime as dt

from django.db.models import Q

from havn.common.signatures import key_of
from havn.connections.models import Endpoint, EndpointSecret
from havn.vault.api import open_for_server, seal_for_server
from havn.vault.server_key import DoesNotOpen


def seal_secret(secret_id: int, secret: str) -> bytes:
    """Sealed for this row alone."""
    return seal_for_server(secret.encode(), f"connections:{secret_id}")


def signing_keys(endpoint: Endpoint, at: dt.datetime) -> list[bytes]:
    """The bytes that sign now, the newest secret first; none where another server's key sealed them."""
    rows = EndpointSecret.objects.filter(Q(until__isnull=True) | Q(until__gt=at), endpoint=endpoint)
    return [key_of(secret) for row in rows.order_by("-made_at", "pk") if (secret := _opened(row)) is not None]


def _opened(row: EndpointSecret) -> str | None:
    try:
        return open_for_server(row.sealed, f"connections:{row.pk}").decode()
    except DoesNotOpen:
        return None
