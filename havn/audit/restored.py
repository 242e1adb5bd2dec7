"""Signed statements that a backup was brought back: which heads, signed in between, bind the chain no more.

Heads signed after a backup was made tell of entries that a restore of it takes away. Without a word of ours they would
look like an end cut off, for good. A statement says where the chain stood in the backup, when that was made and when it
came back; it is signed by the server's key and lies beside the heads, outside the database.
"""

import datetime as dt
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from havn.audit.chain import START
from havn.audit.heads import SignedHead, heads_folder, read_heads
from havn.audit.keys import public_hex, signed_bytes, signing_key
from havn.audit.models import Entry
from havn.common import clock

ACTION = "backup.restored"


@dataclass(frozen=True)
class SignedRestore:
    """Where one chain ended in the backup that came back; hash, key and signature in hex."""

    centre_id: int
    seq: int
    hash: str
    made_at_ms: int
    at_ms: int
    key: str
    signature: str

    def holds(self, key: Ed25519PublicKey) -> bool:
        """Whether this server's key made the signature."""
        signed = _bytes_of(self.centre_id, self.seq, bytes.fromhex(self.hash), self.made_at_ms, self.at_ms)
        try:
            key.verify(bytes.fromhex(self.signature), signed)
        except (InvalidSignature, ValueError):
            return False
        return True

    def between(self, at_ms: int) -> bool:
        """Whether the moment lies after the backup was made and before it came back."""
        return self.made_at_ms < at_ms <= self.at_ms


def write_restored(*, made_at: dt.datetime) -> Path | None:
    """State for every chain where it stood in the backup: before the entry `backup.restored` that each begins with now.

    Call it after that entry was added, and again if it may not have been called: a second statement of the same says
    the same. Returns the file, or None when there is nothing to say. Raises OSError when it can't be written.
    """
    moment, key = clock.now(), signing_key()
    ends = _ends()
    if not ends:
        return None
    made_at_ms, at_ms = int(made_at.timestamp() * 1000), int(moment.timestamp() * 1000)
    rows = [
        SignedRestore(
            centre_id=centre_id,
            seq=seq,
            hash=hash_.hex(),
            made_at_ms=made_at_ms,
            at_ms=at_ms,
            key=public_hex(key.public_key()),
            signature=key.sign(_bytes_of(centre_id, seq, hash_, made_at_ms, at_ms)).hex(),
        )
        for centre_id, (seq, hash_) in sorted(ends.items())
    ]
    folder = heads_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"restored-{moment.astimezone(dt.UTC):%Y-%m-%dT%H%M%S}-{moment.microsecond:06}.json"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump({"restored": [asdict(row) for row in rows]}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return path


def read_restored() -> Iterator[SignedRestore]:
    """Every statement, oldest first. ValueError names a file that is not one of ours any more."""
    for path in sorted(heads_folder().glob("restored-*.json")):
        try:
            for row in json.loads(path.read_text())["restored"]:
                statement = SignedRestore(**row)
                bytes.fromhex(statement.hash)
                yield statement
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"The file of a restore {path.name} can't be read.") from error


class Restores:
    """The valid statements about one chain: which of them stand, and which heads they set free."""

    def __init__(self, statements: Iterable[SignedRestore]) -> None:
        self.standing: list[SignedRestore] = []
        self._undone: list[SignedRestore] = []
        for one in sorted(statements, key=lambda one: one.at_ms, reverse=True):
            # A later restore of an older backup took this one away with all that came after.
            undone = any(newer.between(one.at_ms) and not _same(newer, one) for newer in self.standing)
            (self._undone if undone else self.standing).append(one)

    def frees(self, head: SignedHead) -> SignedRestore | None:
        """The restore that took away what this head was signed for; None: the head binds the chain.

        Only a head that was signed between backup and restore, and reaches beyond the backup's end, or tells of a
        chain that an earlier restore, itself taken away since, had begun. All others must be met as ever.
        """
        for restore in self.standing:
            if not restore.between(head.at_ms):
                continue
            if head.seq > restore.seq:
                return restore
            if any(restore.between(gone.at_ms) and gone.at_ms <= head.at_ms for gone in self._undone):
                return restore
        return None


def _ends() -> dict[int, tuple[int, bytes]]:
    """Of each chain the last entry of the backup: the one before its newest entry about a restore.

    A centre that has heads but no chain any more was begun after the backup: its chain ends before its start.
    """
    ends: dict[int, tuple[int, bytes]] = {}
    for entry in Entry.objects.filter(action=ACTION).order_by("centre_id", "seq"):
        ends[entry.centre_id] = (entry.seq - 1, bytes(entry.previous))
    if ends:
        with_entries = set(Entry.objects.order_by("centre_id").values_list("centre_id", flat=True).distinct())
        try:
            signed = {head.centre_id for head in read_heads()}
        except ValueError:
            # `verify` names the file.
            signed = set()
        ends |= dict.fromkeys(signed - with_entries, (0, START))
    return ends


def _same(newer: SignedRestore, one: SignedRestore) -> bool:
    return (newer.seq, newer.hash, newer.made_at_ms) == (one.seq, one.hash, one.made_at_ms)


def _bytes_of(centre_id: int, seq: int, hash_: bytes, made_at_ms: int, at_ms: int) -> bytes:
    return signed_bytes(f"restored {made_at_ms}", centre_id, seq, hash_, at_ms)
