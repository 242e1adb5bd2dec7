"""A key wrapped by a random secret, such as a return code or a cookie's token: HKDF with its own salt, then AES-GCM."""

import secrets
from dataclasses import dataclass

from havn.vault.rules.aead import NONCE_BYTES, Stored, open_, seal
from havn.vault.rules.derive import derive

SALT_BYTES = 16


@dataclass(frozen=True)
class Wrap:
    """What may be stored. Without the secret it opens nothing."""

    salt: bytes
    nonce: bytes
    wrapped: bytes

    @property
    def packed(self) -> bytes:
        """All three in one column."""
        return self.salt + self.nonce + self.wrapped

    @classmethod
    def unpack(cls, packed: Stored) -> "Wrap":
        """The reverse of `packed`. Bytes of any length are taken: too short ones simply do not open."""
        start = SALT_BYTES + NONCE_BYTES
        whole = bytes(packed)
        return cls(whole[:SALT_BYTES], whole[SALT_BYTES:start], whole[start:])


def wrap(secret: bytes, text: bytes, info: bytes) -> Wrap:
    """Wrap `text` under a random `secret`; `info` names use and row, and must be the same when opening."""
    salt = secrets.token_bytes(SALT_BYTES)
    nonce, wrapped = seal(derive(secret, salt, info), text, info)
    return Wrap(salt, nonce, wrapped)


def unwrap(secret: bytes, stored: Wrap, info: bytes) -> bytes:
    """The wrapped text, or DoesNotOpen."""
    return open_(derive(secret, bytes(stored.salt), info), stored.nonce, stored.wrapped, info)


def decoy(info: bytes) -> Wrap:
    """A wrap that nothing opens, to spend the same time when a row does not exist."""
    return wrap(secrets.token_bytes(SALT_BYTES), bytes(32), info)
