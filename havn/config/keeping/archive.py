"""The file of a backup: a sealed key in front, then pieces of AES-256-GCM. Knows nothing of what is inside.

    HAVN-BACKUP-1\\n | length | header (JSON) | length, piece | length, piece | … | length, last piece

Each file has its own random key, sealed in the header to the operator's backup key (HPKE) and, if wished, wrapped by a
passphrase (Argon2id). A piece is bound to the header, to its place and to whether it is the last: pieces changed,
swapped, taken from another backup or cut off at the end do not open.
"""

import base64
import hashlib
import json
import os
import secrets
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from havn.common.errors import Refused
from havn.vault.rules import DoesNotOpen, KeyPair, open_with, seal_to
from havn.vault.rules.codes import decode, encode
from havn.vault.rules.derive import derive
from havn.vault.rules.hpke import pair_of

MAGIC = b"HAVN-BACKUP-1\n"
PIECE = 64 * 1024
_KEY_BITS = 160
_INFO = b"havn backup 1"
_LENGTH = struct.Struct(">I")
_HEADER_MOST = 16 * 1024
_ARGON2 = {"time_cost": 3, "memory_cost": 64 * 1024, "parallelism": 4}


class Damaged(Refused):
    """The file is not a whole backup."""

    def __init__(self) -> None:
        super().__init__("This file is not a whole backup: it is damaged, cut off, or something else.")


@dataclass(frozen=True)
class BackupKey:
    """What the operator keeps on paper: eight groups of four. `text` is shown once."""

    number: int

    @classmethod
    def make(cls) -> "BackupKey":
        """A fresh one."""
        return cls(secrets.randbits(_KEY_BITS))

    @classmethod
    def parse(cls, text: str) -> "BackupKey | None":
        """The key that a person typed, or None when it cannot be one."""
        number = decode(text.strip(), _KEY_BITS)
        return None if number is None else cls(number)

    @property
    def text(self) -> str:
        """As on paper."""
        return encode(self.number, _KEY_BITS)

    @property
    def pair(self) -> KeyPair:
        """Its key pair; the public half lies on the server."""
        return pair_of(derive(self.number.to_bytes(_KEY_BITS // 8, "big"), b"", _INFO))


@dataclass(frozen=True, repr=False)
class Openers:
    """What a backup is made for, or opened with: the public half or the key, and a passphrase."""

    public: bytes | None = None
    key: BackupKey | None = None
    passphrase: str = ""


class Writer:
    """Compresses, encrypts and writes what is put in. `close()` makes it whole and durable."""

    def __init__(self, file: IO[bytes], openers: Openers) -> None:
        self._file = file
        self._key = secrets.token_bytes(32)
        header = json.dumps({"locks": _locks(self._key, openers)}).encode()
        self._file.write(MAGIC + _LENGTH.pack(len(header)) + header)
        self._aad = hashlib.sha256(MAGIC + header).digest()
        self._cipher = AESGCM(self._key)
        self._packer = zlib.compressobj(1)
        self._waiting = bytearray()
        self._place = 0

    @property
    def key(self) -> bytes:
        """The file's own key, to read it back at once."""
        return self._key

    def write(self, text: bytes) -> None:
        """Add bytes."""
        self._waiting += self._packer.compress(text)
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def close(self) -> None:
        """Write the last piece and wait until all is on the disk."""
        self._waiting += self._packer.flush()
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        self._put(bytes(self._waiting), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())

    def _put(self, piece: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._place, last), piece, self._aad)
        self._file.write(_LENGTH.pack(len(sealed)) + sealed)
        self._place += 1


def read(path: Path, openers: Openers, *, file_key: bytes | None = None) -> Iterator[bytes]:
    """The bytes that were written, in pieces. Raises Refused for a wrong key, Damaged (at the latest at its end) for
    a file that is not whole: use nothing of it before it was read to the end once."""
    with path.open("rb") as file:
        header = _header(file)
        aad = hashlib.sha256(MAGIC + header).digest()
        cipher = AESGCM(file_key or _unlock(header, openers))
        unpacker = zlib.decompressobj()
        place, last = 0, False
        while not last:
            (length,) = _LENGTH.unpack(_exactly(file, _LENGTH.size))
            if length > PIECE + 16:
                raise Damaged
            sealed = _exactly(file, length)
            last = not file.peek(1)
            try:
                piece = cipher.decrypt(_nonce(place, last), sealed, aad)
                place += 1
                # A piece of sealed text does not shrink; one of zeros may grow a thousandfold.
                yield unpacker.decompress(piece)
            except (InvalidTag, zlib.error):
                raise Damaged from None
        yield unpacker.flush()
        if not unpacker.eof:
            raise Damaged


def shred(path: Path) -> None:
    """Remove a backup: first its header, without which no piece opens, then the file."""
    try:
        with path.open("r+b") as file:
            file.write(b"\0" * min(path.stat().st_size, len(MAGIC) + _LENGTH.size + _HEADER_MOST))
            file.flush()
            os.fsync(file.fileno())
    finally:
        path.unlink(missing_ok=True)


def _locks(key: bytes, openers: Openers) -> list[dict[str, str]]:
    locks = []
    if openers.public is not None:
        sealed = seal_to(openers.public, key, _INFO)
        locks.append({"kind": "key", "of": _name(openers.public), "sealed": base64.b64encode(sealed).decode()})
    if openers.passphrase:
        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        sealed = AESGCM(_stretched(openers.passphrase, salt)).encrypt(nonce, key, _INFO)
        locks.append(
            {
                "kind": "passphrase",
                "salt": base64.b64encode(salt).decode(),
                "nonce": base64.b64encode(nonce).decode(),
                "sealed": base64.b64encode(sealed).decode(),
            }
        )
    if not locks:
        raise ValueError("A backup needs a key or a passphrase.")
    return locks


def _unlock(header: bytes, openers: Openers) -> bytes:
    try:
        locks: list[dict[str, str]] = json.loads(header)["locks"]
        for lock in locks:
            sealed = base64.b64decode(lock["sealed"])
            if lock["kind"] == "key" and openers.key is not None:
                return open_with(openers.key.pair.private, sealed, _INFO)
            if lock["kind"] == "passphrase" and openers.passphrase:
                stretched = _stretched(openers.passphrase, base64.b64decode(lock["salt"]))
                return AESGCM(stretched).decrypt(base64.b64decode(lock["nonce"]), sealed, _INFO)
    except (DoesNotOpen, InvalidTag):
        raise Refused("This key does not open this backup.") from None
    except (ValueError, KeyError, TypeError):
        raise Damaged from None
    raise Refused("This backup was made for another kind of key: try the backup key, or the passphrase file.")


def _header(file: IO[bytes]) -> bytes:
    if file.read(len(MAGIC)) != MAGIC:
        raise Damaged
    (length,) = _LENGTH.unpack(_exactly(file, _LENGTH.size))
    if length > _HEADER_MOST:
        raise Damaged
    return _exactly(file, length)


def _exactly(file: IO[bytes], length: int) -> bytes:
    text = file.read(length)
    if len(text) != length:
        raise Damaged
    return text


def _nonce(place: int, last: bool) -> bytes:
    return place.to_bytes(11, "big") + bytes([last])


def _stretched(passphrase: str, salt: bytes) -> bytes:
    options: dict[str, Any] = _ARGON2
    return hash_secret_raw(passphrase.encode(), salt, hash_len=32, type=Type.ID, **options)


def _name(public: bytes) -> str:
    return hashlib.sha256(public).hexdigest()[:16]
