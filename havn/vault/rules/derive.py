"""Keys derived from secrets that are random already: HKDF is enough and costs microseconds."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

DERIVED_BYTES = 32


def derive(secret: bytes, salt: bytes, info: bytes) -> bytes:
    """A 256-bit key from a random secret (80 bits or more) and a salt of its own row; `info` names its use.

    Never for a password that a person chose: those go through Argon2id (`password_keys`).
    """
    return HKDF(SHA256(), DERIVED_BYTES, salt, info).derive(secret)
