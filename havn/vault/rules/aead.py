"""AES-256-GCM with a random nonce that is stored beside the text, and the data each text is bound to."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
# A column's bytes: SQLite gives bytes, PostgreSQL a memoryview.
Stored = bytes | memoryview


class DoesNotOpen(Exception):
    """Wrong key, wrong place or changed bytes. Never says which of them."""


def new_key() -> bytes:
    """A fresh key of 256 random bits."""
    return secrets.token_bytes(KEY_BYTES)


def cipher(key: bytes) -> AESGCM:
    """A key made ready once. `seal` and `open_` take it in place of the bytes, which saves a microsecond each."""
    return AESGCM(key)


def seal(key: bytes | AESGCM, text: bytes, aad: bytes) -> tuple[bytes, bytes]:
    """Return (nonce, sealed). `aad` is not stored: who opens must know the same."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce, _ready(key).encrypt(nonce, text, aad)


def open_(key: bytes | AESGCM, nonce: Stored, sealed: Stored, aad: bytes) -> bytes:
    """Return the text, or raise DoesNotOpen for any key, nonce, text or aad that differs by a bit."""
    try:
        return _ready(key).decrypt(bytes(nonce), bytes(sealed), aad)
    except (InvalidTag, ValueError):  # ValueError: a nonce too short
        raise DoesNotOpen from None


def message_aad(conversation_id: int, seq: int, author: str, kind: str, key_generation: int) -> bytes:
    """What a message is bound to: its conversation, place, author kind, message kind and key generation.

    A row copied to another place, or a visitor's words relabelled as a counsellor's, no longer opens. Lengths stand
    before the words, so that no two places share one aad.
    """
    return f"havn message 1:{conversation_id}:{seq}:{key_generation}:{len(author)}:{author}:{len(kind)}:{kind}".encode()


def _ready(key: bytes | AESGCM) -> AESGCM:
    return AESGCM(key) if isinstance(key, bytes) else key
