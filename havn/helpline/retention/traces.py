"""What a database keeps of deleted rows, and getting rid of it.

SQLite overwrites deleted rows (`secure_delete`), but the write-ahead log still holds older pages: it is checkpointed
and cut to nothing. PostgreSQL only marks rows as deleted: the small tables of key wraps are written anew, which leaves
the sealed text without any key. Contacts and their counts are written anew in the order of their keys and under one
transaction number, so that neither their place nor their number tells which talk they came from.

Never claimed: that a disk, a file system's snapshot or PostgreSQL's own log holds no older copy.
"""

import time
from typing import Any

from django.db import OperationalError, connection

from havn.helpline.models import Contact, ContactReason
from havn.helpline.retention.tables import KEYS
from havn.statistics.models import Count
from havn.vault import api as vault

LOCK_MS = 1500
_CHECKPOINT_TRIES = 200
_CHECKPOINT_BUSY_MS = 10
_PAUSE_S = 0.02
OLD_SNAPSHOTS_S = 60.0


def forget_traces() -> bool:
    """Do it now; False when something else kept a lock or an old snapshot too long: call again later.

    Outside any transaction. Holds SQLite's write lock a few milliseconds, PostgreSQL's locks on small tables as long
    as it takes to write them.
    """
    if connection.vendor == "postgresql":
        return _rewrite_postgres()
    return _cut_sqlite_log()


def _cut_sqlite_log() -> bool:
    """Move the log into the database without any lock on writers, then cut it in the moment that is left."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        try:
            for _ in range(_CHECKPOINT_TRIES):
                # While it waits for readers it holds the write lock, so it waits only so long at a time.
                cursor.execute(f"PRAGMA busy_timeout={_CHECKPOINT_BUSY_MS}")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                busy, *_ = cursor.fetchone()
                if not busy:
                    return True
                time.sleep(_PAUSE_S)
        finally:
            cursor.execute(f"PRAGMA busy_timeout={_usual_busy_ms()}")
    return False


def _usual_busy_ms() -> int:
    options: dict[str, Any] = connection.settings_dict.get("OPTIONS", {})
    return int(float(options.get("timeout", 5)) * 1000)


def _rewrite_postgres() -> bool:
    if not _old_snapshots_are_gone() or not vault.rewrite_key_wraps():
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {LOCK_MS}")
        try:
            for model in KEYS:
                cursor.execute(f'VACUUM (FULL) "{model._meta.db_table}"')
            for model, column in ((Contact, "id"), (ContactReason, "id"), (Count, "count")):
                table = model._meta.db_table
                # A new version of each row, all with this transaction's number; the old ones are dropped by CLUSTER.
                cursor.execute(f'UPDATE "{table}" SET "{column}" = "{column}"')
                cursor.execute(f'CLUSTER "{table}" USING "{table}_pkey"')
        except OperationalError:
            return False
        finally:
            cursor.execute("RESET lock_timeout")
    return True


def _old_snapshots_are_gone() -> bool:
    """Whether nobody can still see what was deleted: a rewrite would faithfully copy it for them.

    Nor may any transaction of the whole server be older, in whichever database: the rewrite's own snapshot reaches back
    to the oldest of them.
    """
    until = time.monotonic() + OLD_SNAPSHOTS_S
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        (mine,) = cursor.fetchone()
        while True:
            cursor.execute(
                "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint <= %s OR EXISTS ("
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND backend_xmin IS NOT NULL AND age(backend_xmin) > (pg_current_xact_id()::text::bigint - %s))",
                [mine, mine],
            )
            if cursor.fetchone() == (False,):
                return True
            if time.monotonic() > until:
                return False
            time.sleep(_PAUSE_S * 5)
