"""Does every chain hold, from its start or its last signed cut to its end, and to every head signed elsewhere?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection

from havn.audit.chain import START, entry_hash
from havn.audit.heads import SignedHead, read_heads
from havn.audit.keys import public_hex, signed_bytes, signing_key
from havn.audit.models import Checkpoint, Entry, Head
from havn.audit.restored import Restores, SignedRestore, read_restored
from havn.common import clock

Signed = TypeVar("Signed", SignedHead, SignedRestore)
_CHUNK = 5000
_FIELDS = "centre_id, seq, at_ms, actor_id, action, service_id, subject, codes, previous, hash"


@dataclass(frozen=True)
class Verdict:
    """What was found. No finding: the trail is whole."""

    entries: int
    heads: int
    findings: list[str]
    newest_head_at_ms: int | None
    # What a restore took away, told and no finding.
    restores: list[str] = field(default_factory=list)


def verify(*, key: Ed25519PublicKey | None = None) -> Verdict:
    """Check every chain. `key`: the public key noted elsewhere; without it this server's own is believed."""
    key = key or signing_key().public_key()
    findings: list[str] = []
    told: list[str] = []
    heads = _signed("head", read_heads(), key, findings)
    restored = _signed("restore", read_restored(), key, findings)
    count, bound = 0, []
    centres = set(Head.objects.values_list("centre_id", flat=True))
    centres |= set(Entry.objects.order_by("centre_id").values_list("centre_id", flat=True).distinct())
    centres |= {head.centre_id for head in heads}
    for centre_id in sorted(centres):
        restores = Restores(one for one in restored if one.centre_id == centre_id)
        binding = _binding([head for head in heads if head.centre_id == centre_id], restores, told)
        bound += binding
        count += _verify_chain(centre_id, [*binding, *restores.standing], key, findings)
    return Verdict(count, len(bound), findings, max((head.at_ms for head in bound), default=None), told)


def _signed(what: str, found: Iterable[Signed], key: Ed25519PublicKey, findings: list[str]) -> list[Signed]:
    """Those of the signed rows that this key signed."""
    good = []
    try:
        for one in found:
            if one.holds(key):
                good.append(one)
            else:
                findings.append(f"A signed {what} of centre {one.centre_id} at entry {one.seq} has a wrong signature.")
    except ValueError as error:
        findings.append(str(error))
    return good


def _binding(heads: list[SignedHead], restores: Restores, told: list[str]) -> list[SignedHead]:
    """The heads that the chain must meet; how many others a restore took away is told."""
    binding = []
    freed: Counter[SignedRestore] = Counter()
    for head in heads:
        restore = restores.frees(head)
        if restore is None:
            binding.append(head)
        else:
            freed[restore] += 1
    for restore, count in freed.items():
        at, made_at = (clock.from_ms(ms) for ms in (restore.at_ms, restore.made_at_ms))
        told.append(
            f"Of centre {restore.centre_id}, {count} signed heads are from before the restore of {at:%Y-%m-%d %H:%M}"
            f" UTC and reach beyond its backup of {made_at:%Y-%m-%d %H:%M} UTC, which ended at entry {restore.seq}."
        )
    return binding


def _verify_chain(
    centre_id: int, signed: Sequence[SignedHead | SignedRestore], key: Ed25519PublicKey, findings: list[str]
) -> int:
    where = f"centre {centre_id}"
    # No transaction: on SQLite it would hold the write lock. Entries added meanwhile come after this end.
    end = Head.objects.filter(pk=centre_id).first()
    cut = _valid_cut(centre_id, key, findings)
    expected_seq, previous = (cut.seq + 1, bytes(cut.hash)) if cut else (1, START)
    start = expected_seq
    to_meet: dict[int, set[str]] = {}
    for head in signed:
        if head.seq >= start:
            to_meet.setdefault(head.seq, set()).add(head.hash)
    if cut:
        findings += [
            f"The signed head of {where} at entry {head.seq} differs from the checkpoint there."
            for head in signed
            if head.seq == cut.seq and head.hash != bytes(cut.hash).hex()
        ]
    count = 0
    broken = False
    for row in _entries(centre_id, start):
        *fields, stored_previous, stored_hash = row
        seq = fields[1]
        count += 1
        if seq != expected_seq:
            findings.append(f"Of {where}, entries {expected_seq} to {seq - 1} are missing.")
            broken = True
        elif bytes(stored_previous) != previous:
            findings.append(f"Entry {seq} of {where} does not follow from the one before.")
            broken = True
        elif entry_hash(previous, *fields) != bytes(stored_hash):
            findings.append(f"Entry {seq} of {where} was changed.")
            broken = True
        if broken:
            return count
        previous, expected_seq = bytes(stored_hash), seq + 1
        if end is not None and end.seq == seq and bytes(end.hash) != previous:
            findings.append(f"Entry {seq} of {where} is not the one at which the chain ended.")
        met = to_meet.pop(seq, None)
        if met is not None and met != {previous.hex()}:
            findings.append(f"Entry {seq} of {where} is not the one that was signed: the chain was written anew.")
    # A centre that a restore took away whole has no end, and none is missed.
    gone = not count and cut is None and not to_meet and any(one.seq == 0 for one in signed)
    if end is not None or not gone:
        _verify_end(centre_id, expected_seq - 1, end, to_meet, findings)
    return count


def _verify_end(centre_id: int, last: int, end: Head | None, to_meet: dict[int, set[str]], findings: list[str]) -> None:
    now = Head.objects.filter(pk=centre_id).first()
    if end is None or now is None or not end.seq <= last <= now.seq:
        findings.append(f"The end of centre {centre_id} at entry {last} is not where the last entry was added.")
    if to_meet:
        findings.append(
            f"The end of centre {centre_id} was cut off: it has {last} entries, and entry {max(to_meet)} was signed."
        )


def _valid_cut(centre_id: int, key: Ed25519PublicKey, findings: list[str]) -> Checkpoint | None:
    cut = Checkpoint.objects.filter(centre_id=centre_id).order_by("-seq").first()
    if cut is not None:
        try:
            signed = signed_bytes("cut", centre_id, cut.seq, bytes(cut.hash), cut.at_ms)
            key.verify(bytes(cut.signature), signed)
        except InvalidSignature:
            findings.append(f"The checkpoint of centre {centre_id} at entry {cut.seq} has a wrong signature.")
    return cut


def _entries(centre_id: int, start: int) -> Iterator[Any]:
    """Rows in order, a chunk at a time, past Django's row objects: a million take seconds."""
    after = start - 1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {_FIELDS} FROM audit_entry WHERE centre_id = %s AND seq > %s ORDER BY seq LIMIT %s",
                [centre_id, after, _CHUNK],
            )
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < _CHUNK:
            return
        after = rows[-1][1]


def sentences(verdict: Verdict) -> list[str]:
    """What the command prints."""
    if verdict.findings:
        return [*verdict.findings, *verdict.restores]
    lines = [f"The trail is whole: {verdict.entries} entries follow from one another."]
    if verdict.newest_head_at_ms is None:
        lines.append("No head was signed yet, so a cut-off end would not be seen.")
    else:
        moment = clock.from_ms(verdict.newest_head_at_ms)
        lines.append(f"{verdict.heads} signed heads agree, the newest of {moment:%Y-%m-%d %H:%M} UTC.")
    lines += verdict.restores
    lines.append(f"Signed by the key {public_hex(signing_key().public_key())}.")
    return lines
