"""Counting wrong tries per account, known or not, by a keyed hash of what was typed. Never by an address."""

import hashlib
import hmac

from django.conf import settings
from django.db import transaction

from havn.accounts.models import SignInThrottle
from havn.accounts.rules.waiting import one_more, wait_after
from havn.common import clock


def key_of(door: str, name: str) -> bytes:
    """The row of a name at a door ("sign-in", "second", "unlock"). Without the server's secret it tells no name."""
    secret = hashlib.sha256(b"havn sign-in throttle" + settings.SECRET_KEY.encode()).digest()
    return hmac.digest(secret, f"{door}\n{name.strip().lower()}".encode("utf-8", "replace"), "sha256")


@transaction.atomic
def admit(key_hash: bytes, right: bool) -> bool:
    """Whether a try gets through: it was right and no wait is running. Counts it if not.

    During a wait the right password counts like a wrong one: neither the answer nor the next wait tells them apart.
    Such a try makes the next wait longer, never this one, so that nobody is shut out without end.
    Decided under a lock after the slow check, so that many tries at once don't slip in before the wait begins.
    Always one look and one write, so that no answer takes longer than another.
    """
    now = clock.now()
    SignInThrottle.objects.bulk_create(
        [SignInThrottle(key_hash=key_hash, failures=0, updated_at=now)], ignore_conflicts=True
    )
    row = SignInThrottle.objects.select_for_update().get(pk=key_hash)
    waiting = row.blocked_until is not None and row.blocked_until > now
    row.failures = 0 if right and not waiting else one_more(row.failures, row.updated_at, now)
    if not waiting:
        row.blocked_until = now + wait_after(row.failures)
    row.updated_at = now
    row.save(update_fields=["failures", "blocked_until", "updated_at"])
    return right and not waiting
