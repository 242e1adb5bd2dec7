"""Marks in place of what could name somebody: the same for the same, and of no use to anybody else.

The mark of a caller is an HMAC of the digits under a key of 256 random bits that lives for a day. When the key is
destroyed nothing can be compared with the marks any more, and they are taken away with it.
"""

import hmac
import secrets

from django.utils.crypto import salted_hmac

from havn.phone.models import DayKey
from havn.phone.rules.calls import DAY_MS
from havn.vault.api import open_for_server, seal_for_server

_PURPOSE = "phone:day"


def call_mark(service_id: int, call: str) -> bytes:
    """Of a call's id at one helpline."""
    return salted_hmac("havn.phone.call", f"{service_id}:{call}", algorithm="sha256").digest()


def message_mark(service_id: int, message_id: str) -> bytes:
    """Of a message's id at one helpline."""
    return salted_hmac("havn.phone.message", f"{service_id}:{message_id}", algorithm="sha256").digest()


def press_mark(service_id: int, user_id: int, once: str) -> bytes:
    """Of one press of a button at one helpline by one person."""
    return salted_hmac("havn.phone.press", f"{service_id}:{user_id}:{once}", algorithm="sha256").digest()


def caller_mark(service_id: int, digits: str, *, now_ms: int) -> tuple[DayKey, bytes]:
    """Of a number, with the key of the day that it was made under. In the caller's transaction."""
    row = _key_of_the_day(now_ms)
    key = open_for_server(row.sealed, _PURPOSE)
    return row, hmac.digest(key, f"{service_id}:{digits}".encode(), "sha256")


def _key_of_the_day(now_ms: int) -> DayKey:
    row = DayKey.objects.filter(made_at_ms__gt=now_ms - DAY_MS).order_by("made_at_ms", "pk").first()
    if row is None:
        row = DayKey.objects.create(sealed=seal_for_server(secrets.token_bytes(32), _PURPOSE), made_at_ms=now_ms)
    return row
