"""The code of a kept self-assessment: 120 random bits, of which the first 40 find the row and the others open it.

Forty, because rows are made by anybody: of twenty, as talks have them, a machine could take every one.
"""

import secrets
from dataclasses import dataclass

from havn.vault.rules.codes import decode, encode

LOCATOR_BITS = 40
SECRET_BYTES = 10
_BITS = LOCATOR_BITS + 8 * SECRET_BYTES


@dataclass(frozen=True, repr=False)
class AssessmentCode:
    """What the provider alone has."""

    locator: int
    secret: bytes

    @classmethod
    def make(cls) -> "AssessmentCode":
        """A fresh code. That its locator is taken is as likely as nothing; the table refuses it then."""
        return cls(secrets.randbits(LOCATOR_BITS), secrets.token_bytes(SECRET_BYTES))

    @classmethod
    def parse(cls, text: str) -> "AssessmentCode | None":
        """The code that somebody typed, or None when it cannot be one."""
        data = decode(text, _BITS)
        if data is None:
            return None
        secret = data & ((1 << 8 * SECRET_BYTES) - 1)
        return cls(data >> 8 * SECRET_BYTES, secret.to_bytes(SECRET_BYTES, "big"))

    @property
    def text(self) -> str:
        """As shown: six groups of four."""
        return encode(self.locator << 8 * SECRET_BYTES | int.from_bytes(self.secret, "big"), _BITS)
