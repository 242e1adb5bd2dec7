"""Whether somebody is still there. Only what a person does counts; a script's own posts and pongs do not."""

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django.http import HttpRequest

from havn.accounts import hooks
from havn.accounts.models import StaffSession
from havn.accounts.sessions import IDLE_BEFORE_LOCK, SignedIn
from havn.common import clock

# Activity is written at most this often.
GRAIN = dt.timedelta(seconds=20)


def mark_active(session_id_hash: bytes) -> bool:
    """The person did something. False when the session ended or is locked: activity never reopens a lock."""
    now = clock.now()
    open_rows = StaffSession.objects.filter(
        id_hash=session_id_hash, locked_at__isnull=True, active_at__gt=now - IDLE_BEFORE_LOCK
    )
    return bool(open_rows.update(active_at=now))


def mark_active_if_due(request: HttpRequest, signed_in: SignedIn) -> SignedIn:
    """Count a page somebody opened or a form they sent, not what a script fetches by itself."""
    by_person = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    now = clock.now()
    if by_person and now - signed_in.active_at >= GRAIN and mark_active(signed_in.session_id_hash):
        return replace(signed_in, active_at=now)
    return signed_in


@transaction.atomic
def lock(*, session_id_hash: bytes) -> None:
    """Lock one session now: its sealed key is destroyed, only the password makes a new one."""
    row = StaffSession.objects.select_for_update(of=("self",)).filter(id_hash=session_id_hash).first()
    if row is not None and row.locked_at is None:
        _lock(row, clock.now())


def lock_idle_sessions() -> int:
    """Lock every session in which nobody did anything for 15 minutes. Call it every few seconds. Returns how many.

    A session that is due already counts as locked everywhere; this destroys its key and tells the others.
    """
    now = clock.now()
    due = StaffSession.objects.filter(
        locked_at__isnull=True, second_factor_at__isnull=False, active_at__lte=now - IDLE_BEFORE_LOCK
    )
    if not due.exists():
        return 0
    with transaction.atomic():
        rows = list(due.select_for_update(of=("self",)))
        for row in rows:
            _lock(row, now)
    return len(rows)


def reopened(row: StaffSession) -> None:
    """Tell the others, inside the caller's transaction, that this session is open again."""
    hooks.session_changed(row.user_id)
    hooks.lock_changed(row.user_id, False, clock.now_ms())


def _lock(row: StaffSession, now: dt.datetime) -> None:
    row.locked_at = now
    row.private_key_nonce = None
    row.private_key_sealed = None
    row.save(update_fields=["locked_at", "private_key_nonce", "private_key_sealed"])
    hooks.session_changed(row.user_id)
    still_open = StaffSession.objects.filter(
        user_id=row.user_id,
        locked_at__isnull=True,
        second_factor_at__isnull=False,
        active_at__gt=now - IDLE_BEFORE_LOCK,
    )
    if not still_open.exists():
        hooks.lock_changed(row.user_id, True, int(now.timestamp() * 1000))
