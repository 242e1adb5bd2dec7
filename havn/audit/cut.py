"""Entries over five years old go, at a checkpoint that this server signed."""

from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from havn.audit.chain import append
from havn.audit.keys import signed_bytes, signing_key
from havn.audit.models import Checkpoint, Entry, Head
from havn.common import clock

ACTION = "audit.cut"
KEPT_YEARS = 5
YEAR_MS = 365_250 * 86_400
# Small steps, so that SQLite's one write lock is free in between.
_BATCH = 2000


def cut_old(*, now_ms: int | None = None) -> int:
    """Remove entries older than five years from every chain. Returns how many. Run it daily, outside a transaction.

    Each chain that is cut says so itself, in an entry with the count, in the transaction of its signed checkpoint.
    """
    now_ms = now_ms or clock.now_ms()
    limit = now_ms - KEPT_YEARS * YEAR_MS
    return sum(_cut_centre(head.centre_id, limit, now_ms) for head in Head.objects.order_by("centre_id"))


def _cut_centre(centre_id: int, limit_ms: int, now_ms: int) -> int:
    # The first entry that stays decides: clocks may have been set back, the chain's order counts.
    entries = Entry.objects.filter(centre_id=centre_id)
    first_kept = entries.filter(at_ms__gte=limit_ms).order_by("seq").first()
    last_gone: dict[str, Any] = (entries.filter(seq__lt=first_kept.seq) if first_kept else entries).aggregate(
        seq=Max("seq")
    )
    if last_gone["seq"] is None:
        return 0
    last = entries.get(seq=last_gone["seq"])
    told = Checkpoint.objects.filter(centre_id=centre_id).aggregate(seq=Max("seq"))["seq"] or 0
    with transaction.atomic():
        if last.seq > told:
            # The trail that stays says how much of it went, and when; an interrupted cut is told once.
            going = entries.filter(seq__gt=told, seq__lte=last.seq).count()
            append(
                centre_id=centre_id,
                at_ms=now_ms,
                actor_id=None,
                action=ACTION,
                service_id=None,
                subject="",
                codes={"entries": going, "last": last.seq},
            )
        Checkpoint.objects.get_or_create(
            centre_id=centre_id,
            seq=last.seq,
            defaults={
                "hash": bytes(last.hash),
                "at_ms": now_ms,
                "signature": signing_key().sign(signed_bytes("cut", centre_id, last.seq, bytes(last.hash), now_ms)),
            },
        )
    return _delete_below(centre_id, last.seq)


def _delete_below(centre_id: int, seq: int) -> int:
    gone = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM audit_entry WHERE id IN"
                " (SELECT id FROM audit_entry WHERE centre_id = %s AND seq <= %s ORDER BY seq LIMIT %s)",
                [centre_id, seq, _BATCH],
            )
            removed = int(cursor.rowcount)
        gone += removed
        if removed < _BATCH:
            return gone
