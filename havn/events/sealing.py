"""Who a registration is, sealed to the server's key: letters must be written with nobody signed in."""

import hashlib
import json
from dataclasses import asdict, dataclass

from django.utils.crypto import salted_hmac

from havn.vault.api import open_for_server, seal_for_server


@dataclass(frozen=True)
class Person:
    """Everything personal about a registration. `token` opens its own page, `site` is where it was made."""

    name: str
    email: str
    organisation: str = ""
    access: str = ""
    note: str = ""
    token: str = ""
    site: str = ""


def seal(registration_id: int, person: Person) -> bytes:
    """Seal for this row alone."""
    return seal_for_server(json.dumps(asdict(person), ensure_ascii=False).encode(), f"event:{registration_id}")


def unseal(registration_id: int, sealed: bytes | memoryview) -> Person:
    """The inverse. Raises DoesNotOpen when key, row or bytes differ."""
    return Person(**json.loads(open_for_server(sealed, f"event:{registration_id}")))


def hash_of_token(token: str) -> bytes:
    """What is stored of the link's secret."""
    return hashlib.sha256(b"havn event registration" + token.encode("utf-8", "replace")).digest()


def email_mark(event_id: int, email: str) -> bytes:
    """The same for the same address in the same event, and of no use without the server's secret."""
    said = f"{event_id}:{email.strip().lower()}"
    return salted_hmac("havn.events.address", said, algorithm="sha256").digest()
