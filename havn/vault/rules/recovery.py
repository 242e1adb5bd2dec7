"""The recovery key: 160 random bits on paper, eight groups of four, from which its key pair is derived."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from havn.vault.rules import codes
from havn.vault.rules.derive import derive
from havn.vault.rules.hpke import KeyPair, pair_of

BITS = 160
# What the person types back to show that the paper is complete: the last two groups. While that is awaited a salted
# hash of these 40 bits is stored; the 120 others stay unknown.
CHECK_CHARACTERS = 8
SALT_BYTES = 16


@dataclass(frozen=True, repr=False)
class RecoverySecret:
    """The key as a number. `text` is what goes on paper."""

    number: int

    @classmethod
    def make(cls) -> "RecoverySecret":
        """A fresh one."""
        return cls(secrets.randbits(BITS))

    @classmethod
    def parse(cls, text: str) -> "RecoverySecret | None":
        """The key a person typed, or None when it cannot be one (too short, too long, a strange character)."""
        number = codes.decode(text, BITS)
        return None if number is None else cls(number)

    @property
    def text(self) -> str:
        """Eight groups of four, joined by hyphens."""
        return codes.encode(self.number, BITS)

    @property
    def check(self) -> str:
        """The last two groups, as they are typed to confirm."""
        return codes.clean(self.text)[-CHECK_CHARACTERS:]

    def pair(self, service_id: int) -> KeyPair:
        """Its key pair. The same paper used for two services would give two pairs."""
        secret = self.number.to_bytes(BITS // 8, "big")
        return pair_of(derive(secret, b"", f"havn recovery key 1:{service_id}".encode()))


def check_hash(typed: str, salt: bytes) -> bytes:
    """The hash to store and compare of the typed last two groups."""
    return hashlib.sha256(salt + codes.clean(typed).encode()).digest()


def check_fits(typed: str, salt: bytes, stored: bytes) -> bool:
    """Whether these are the last two groups; the whole key is taken as well. An emptied check fits nothing."""
    last = codes.clean(typed)[-CHECK_CHARACTERS:]
    return hmac.compare_digest(check_hash(last, bytes(salt)), bytes(stored))


def new_salt() -> bytes:
    """A fresh salt for `check_hash`."""
    return secrets.token_bytes(SALT_BYTES)
