"""The secrets of telephone systems, sealed to the server's key: they must verify with nobody signed in."""

from havn.common.signatures import key_of
from havn.phone.models import Secret
from havn.vault.api import open_for_server, seal_for_server
from havn.vault.server_key import DoesNotOpen


def seal_secret(secret_id: int, secret: str) -> bytes:
    """Sealed for this row alone."""
    return seal_for_server(secret.encode(), f"phone:{secret_id}")


def open_secret(row: Secret) -> str:
    """The secret again. Raises DoesNotOpen when key, row or bytes differ."""
    return open_for_server(row.sealed, f"phone:{row.pk}").decode()


def signing_keys(service_id: int) -> list[tuple[int, bytes]]:
    """(number, bytes that sign) of every secret of a helpline, the newest first."""
    rows = Secret.objects.filter(service_id=service_id).order_by("-made_at", "pk")
    return [(row.pk, key_of(secret)) for row in rows if (secret := _opened(row)) is not None]


def _opened(row: Secret) -> str | None:
    """None for one that came from a backup of another server: its key is not here."""
    try:
        return open_secret(row)
    except DoesNotOpen:
        return None
