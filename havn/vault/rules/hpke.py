"""Sealing to a public key: HPKE (RFC 9180), X25519 with HKDF-SHA256 and AES-256-GCM."""

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from havn.vault.rules.aead import DoesNotOpen, Stored

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, repr=False)
class KeyPair:
    """Both halves, 32 raw bytes each."""

    private: bytes
    public: bytes


def new_pair() -> KeyPair:
    """A fresh key pair."""
    return pair_of(X25519PrivateKey.generate().private_bytes_raw())


def pair_of(private: bytes) -> KeyPair:
    """The pair whose private half is known. Any 32 bytes are one; raises ValueError for another length."""
    key = X25519PrivateKey.from_private_bytes(private)
    return KeyPair(private, key.public_key().public_bytes_raw())


def seal_to(public: Stored, text: bytes, info: bytes) -> bytes:
    """Seal `text` so that only the holder of the private half opens it. `info` names what it is and for whom."""
    return _SUITE.encrypt(text, X25519PublicKey.from_public_bytes(bytes(public)), info)


def open_with(private: bytes, sealed: Stored, info: bytes) -> bytes:
    """The text, or DoesNotOpen for a wrong key, a wrong `info` or changed bytes."""
    try:
        return _SUITE.decrypt(bytes(sealed), X25519PrivateKey.from_private_bytes(private), info)
    except (InvalidTag, ValueError):
        raise DoesNotOpen from None
