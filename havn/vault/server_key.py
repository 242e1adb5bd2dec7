"""Sealing for what the server itself must read without anyone signed in, such as second-factor secrets.

The key lies in HAVN_DATA/keys (mode 0600), outside the database and its backups: a copy of the database alone opens
nothing of this, a copy of the whole disk does. No conversation key is ever sealed with it, and no message but an answer
on its way out by e-mail, for a day at most.
"""

from functools import cache

from django.conf import settings

from havn.vault.rules import DoesNotOpen, derive, open_, seal
from havn.vault.rules.aead import NONCE_BYTES, Stored

__all__ = ["DoesNotOpen", "open_for_server", "seal_for_server"]


def seal_for_server(data: bytes, purpose: str = "") -> bytes:
    """Seal under the server's key. `purpose` (such as "totp:12") must be the same when opening."""
    nonce, sealed = seal(_key(settings.SERVER_KEY), data, purpose.encode())
    return nonce + sealed


def open_for_server(sealed: Stored, purpose: str = "") -> bytes:
    """What was sealed, or DoesNotOpen when key, purpose or bytes differ."""
    whole = bytes(sealed)
    return open_(_key(settings.SERVER_KEY), whole[:NONCE_BYTES], whole[NONCE_BYTES:], purpose.encode())


@cache
def _key(secret: str) -> bytes:
    return derive(bytes.fromhex(secret), b"", b"havn server key 1")
