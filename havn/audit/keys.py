"""The key that signs heads and checkpoints: Ed25519, in the data folder, outside the database and its backups."""

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

_RAW = serialization.Encoding.Raw


def signing_key() -> Ed25519PrivateKey:
    """This server's key, made at first use (mode 0600). Raises OSError if the folder can't be written."""
    path = Path(settings.DATA) / "keys" / "audit"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f".audit.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def public_hex(key: Ed25519PublicKey) -> str:
    """The public half as hex: noted elsewhere, it tells a head signed by another key."""
    return key.public_bytes(_RAW, serialization.PublicFormat.Raw).hex()


def signed_bytes(purpose: str, centre_id: int, seq: int, hash_: bytes, at_ms: int) -> bytes:
    """What a signature covers. `purpose` is "head" or "cut", so that neither passes for the other."""
    return f"havn audit {purpose}\n{centre_id}\n{seq}\n{hash_.hex()}\n{at_ms}".encode()
