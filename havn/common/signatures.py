"""Signed messages as the Standard Webhooks specification has them (version 1, symmetric).

The signature is `v1,` and the base64 of HMAC-SHA256 over "<id>.<timestamp>.<body>" under the secret's bytes; a message
may carry several, separated by spaces, while secrets are changed. A secret is `whsec_` and base64 of 24 to 64 bytes.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
TOLERANCE_S = 5 * 60
LONGEST_ID = 128
_SECRET_BYTES = 32
_ALLOWED = range(24, 65)


def new_secret() -> str:
    """A fresh secret as the other side is given it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def key_of(secret: str) -> bytes:
    """The bytes that sign. Raises ValueError for what is no secret."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("This is no secret.") from error
    if not secret.startswith(PREFIX) or len(key) not in _ALLOWED:
        raise ValueError("This is no secret.")
    return key


def sign(key: bytes, *, message_id: str, timestamp: int, body: bytes) -> str:
    """The value of the header `webhook-signature` under one secret. `timestamp` in seconds since 1970."""
    said = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()


def why_not_timely(timestamp: str, *, now_s: float) -> str | None:
    """None for a timestamp within the tolerance, else "unreadable" or "old" (also for one from the future)."""
    if not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 12:
        return "unreadable"
    return None if abs(now_s - int(timestamp)) <= TOLERANCE_S else "old"


def which_signed(
    keys: Iterable[tuple[int, bytes]], *, message_id: str, timestamp: str, body: bytes, signatures: str
) -> int | None:
    """The number of the secret that signed this message, or None. Every secret is tried, in the same time each."""
    given = [one for one in signatures.split(" ")[:8] if one.startswith("v1,") and one.isascii()]
    found: int | None = None
    for number, key in keys:
        right = sign(key, message_id=message_id, timestamp=int(timestamp), body=body)
        for one in given:
            if hmac.compare_digest(one, right):
                found = number
    return found
