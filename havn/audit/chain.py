"""Adding to a centre's chain, and the hash that binds each entry to the one before."""

import hashlib
import json
import re
from collections.abc import Mapping

from django.db import transaction

from havn.audit.models import Entry, Head

START = bytes(32)

_ACTION = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*\Z")
_SUBJECT = re.compile(r"([a-z_]+:[A-Za-z0-9_-]+)?\Z")
_CODE = re.compile(r"[A-Za-z0-9_.:+,/-]{0,80}\Z")


def entry_hash(
    previous: bytes,
    centre_id: int,
    seq: int,
    at_ms: int,
    actor_id: int | None,
    action: str,
    service_id: int | None,
    subject: str,
    codes: str,
) -> bytes:
    """SHA-256 over the previous hash and every field. No field can hold a line break, so none can pass for two."""
    line = f"{centre_id}\n{seq}\n{at_ms}\n{actor_id}\n{action}\n{service_id}\n{subject}\n{codes}"
    return hashlib.sha256(previous + line.encode()).digest()


def codes_as_text(codes: Mapping[str, str | int]) -> str:
    """The JSON that is stored and hashed. ValueError for what looks like words."""
    for name, value in codes.items():
        if not _CODE.match(name) or not (type(value) is int or (isinstance(value, str) and _CODE.match(value))):
            raise ValueError(f"An audit entry carries codes only; {name} is none.")
    return json.dumps(dict(codes), sort_keys=True, separators=(",", ":"))


def append(
    *,
    centre_id: int,
    at_ms: int,
    actor_id: int | None,
    action: str,
    service_id: int | None,
    subject: str,
    codes: Mapping[str, str | int],
) -> Entry:
    """Add one entry to the centre's chain, inside the caller's transaction or in one of its own."""
    if len(action) > 80 or not _ACTION.match(action):
        raise ValueError("An audit action is a code such as helpline.turn.taken.")
    if len(subject) > 80 or not _SUBJECT.match(subject):
        raise ValueError("An audit subject is a code such as conversation:123.")
    text = codes_as_text(codes)
    if len(text) > 1000:
        raise ValueError("An audit entry carries few and short codes.")
    with transaction.atomic(savepoint=False):
        head = _locked_head(centre_id)
        previous, seq = bytes(head.hash), head.seq + 1
        fields = (centre_id, seq, at_ms, actor_id, action, service_id, subject, text)
        entry = Entry(
            centre_id=centre_id,
            seq=seq,
            at_ms=at_ms,
            actor_id=actor_id,
            action=action,
            service_id=service_id,
            subject=subject,
            codes=text,
            previous=previous,
            hash=entry_hash(previous, *fields),
        )
        entry.save(force_insert=True)
        Head.objects.filter(pk=centre_id).update(seq=seq, hash=entry.hash)
    return entry


def _locked_head(centre_id: int) -> Head:
    head = Head.objects.select_for_update().filter(pk=centre_id).first()
    if head is None:
        # Two first entries at once: the loser of the insert waits for the winner's row.
        Head.objects.bulk_create([Head(centre_id=centre_id, seq=0, hash=START)], ignore_conflicts=True)
        head = Head.objects.select_for_update().get(pk=centre_id)
    return head
