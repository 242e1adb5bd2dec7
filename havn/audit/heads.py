"""Signed heads in a second folder: what shows that the end of a chain was cut off."""

import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from havn.audit.keys import public_hex, signed_bytes, signing_key
from havn.audit.models import Head
from havn.common import clock


@dataclass(frozen=True)
class SignedHead:
    """The end of one chain at one moment; hash, key and signature in hex."""

    centre_id: int
    seq: int
    hash: str
    at_ms: int
    key: str
    signature: str

    def holds(self, key: Ed25519PublicKey) -> bool:
        """Whether this server's key made the signature."""
        try:
            key.verify(
                bytes.fromhex(self.signature),
                signed_bytes("head", self.centre_id, self.seq, bytes.fromhex(self.hash), self.at_ms),
            )
        except (InvalidSignature, ValueError):
            return False
        return True


def heads_folder() -> Path:
    """Where heads go: `HAVN_AUDIT_HEADS`, best on another disk or a share of another machine."""
    configured = getattr(settings, "AUDIT_HEADS", None)
    return Path(configured) if configured else Path(settings.DATA) / "audit-heads"


def write_heads() -> Path | None:
    """Sign the present end of every chain and write them to one file named for the day and time.

    Run daily. Returns the file, or None when there is nothing yet. Raises OSError when the folder can't be
    written: the task then fails visibly. An older file is never written over.
    """
    moment = clock.now()
    at_ms = int(moment.timestamp() * 1000)
    key = signing_key()
    heads = [_signed(head, at_ms) for head in Head.objects.order_by("centre_id")]
    if not heads:
        return None
    folder = heads_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"heads-{moment.astimezone(dt.UTC):%Y-%m-%dT%H%M%S}-{moment.microsecond:06}.json"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump({"key": public_hex(key.public_key()), "heads": [asdict(head) for head in heads]}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return path


def read_heads() -> Iterator[SignedHead]:
    """Every head that was written, oldest first. ValueError names a file that is not one of ours any more."""
    for path in sorted(heads_folder().glob("heads-*.json")):
        try:
            for row in json.loads(path.read_text())["heads"]:
                yield SignedHead(**row)
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"The file of signed heads {path.name} can't be read.") from error


def _signed(head: Head, at_ms: int) -> SignedHead:
    key = signing_key()
    signature = key.sign(signed_bytes("head", head.centre_id, head.seq, bytes(head.hash), at_ms))
    return SignedHead(
        head.centre_id, head.seq, bytes(head.hash).hex(), at_ms, public_hex(key.public_key()), signature.hex()
    )
