"""Codes that people copy by hand: 32 unmistakable characters, in groups of four.

I, L, O and U are left out and read as 1, 1, 0 and V. Case, spaces and hyphens of any kind do not matter.
"""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
LOCATOR_BITS = 20
SECRET_BYTES = 10
# Long before any code ends; whatever is longer is not looked at.
LONGEST_INPUT = 200

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_LOOK_ALIKES = str.maketrans("ILOU", "110V")
# A keyboard in Cyrillic or Greek has keys that look the same.
_OTHER_SCRIPTS = str.maketrans("АВЕНКМОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEHKMOPCTYXIJSABEZHIKMNOPTYX")


@dataclass(frozen=True, repr=False)
class ReturnCode:
    """100 random bits: the first 20 (one group) find the row, the other 80 are the secret."""

    locator: int
    secret: bytes

    @classmethod
    def make(cls) -> "ReturnCode":
        """A fresh code. A locator may be taken already: the caller draws again."""
        return cls(secrets.randbits(LOCATOR_BITS), secrets.token_bytes(SECRET_BYTES))

    @classmethod
    def parse(cls, text: str) -> "ReturnCode | None":
        """The code a person typed, or None when it cannot be one."""
        data = decode(text, LOCATOR_BITS + 8 * SECRET_BYTES)
        if data is None:
            return None
        return cls(data >> 8 * SECRET_BYTES, (data & (1 << 8 * SECRET_BYTES) - 1).to_bytes(SECRET_BYTES, "big"))

    @property
    def text(self) -> str:
        """As shown: five groups of four, joined by hyphens."""
        number = self.locator << 8 * SECRET_BYTES | int.from_bytes(self.secret, "big")
        return encode(number, LOCATOR_BITS + 8 * SECRET_BYTES)


def fingerprint(user_id: int, public: bytes) -> str:
    """60 bits of a person's public key as three groups of four, for two people to compare by voice."""
    digest = hashlib.sha256(f"havn key check 1:{user_id}:".encode() + public).digest()
    return encode(int.from_bytes(digest, "big") >> 256 - 60, 60)


def encode(number: int, bits: int) -> str:
    """A number of so many bits as groups of four characters (5 bits each; short of a character: zeros in front)."""
    count = -(-bits // 5)
    characters = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))
    return "-".join(characters[start : start + GROUP] for start in range(0, count, GROUP))


def decode(text: str, bits: int) -> int | None:
    """The number behind what a person typed, or None for a wrong length, a wrong character or too large a number."""
    characters = clean(text)
    if len(characters) != -(-bits // 5):
        return None
    number = 0
    for character in characters:
        value = _VALUES.get(character)
        if value is None:
            return None
        number = number << 5 | value
    return number if number >> bits == 0 else None


def clean(text: str) -> str:
    """What was typed without spaces, hyphens and invisible signs, upper case, look-alikes folded."""
    if len(text) > LONGEST_INPUT:
        return ""
    kept = (
        character
        for character in unicodedata.normalize("NFKC", text).upper()
        if unicodedata.category(character) not in {"Pd", "Zs", "Zl", "Zp", "Cf", "Cc"} and character not in "_−"
    )
    return "".join(kept).translate(_OTHER_SCRIPTS).translate(_LOOK_ALIKES)
