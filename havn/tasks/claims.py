"""Who does a task now: one UPDATE claims it, a lease says until when, and only the holder may finish it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from havn.common.clock import now_ms
from havn.tasks.models import QueuedTask
from havn.tasks.rules import wait_before_retry_ms

FIRST_LEASE_MS = 30_000

_DUE = "state IN ('waiting', 'running') AND run_after_ms <= %s"
# PostgreSQL: workers pass each other's rows. SQLite has one writer at a time, hence needs (and knows) no such word.
_CLAIM = """
UPDATE tasks_queuedtask
SET state = 'running', run_after_ms = %s, attempts = attempts + 1, worker = %s, started_at_ms = %s
WHERE id = (
    SELECT id FROM tasks_queuedtask WHERE {due} ORDER BY priority DESC, run_after_ms LIMIT 1 {skip}
)
RETURNING id, path, arguments, attempts
"""


@dataclass(frozen=True)
class Claim:
    """A task held by `worker` until its lease ends. `attempt` counts from 1 and marks this very claim."""

    id: int
    path: str
    args: Sequence[Any]
    kwargs: dict[str, Any]
    attempt: int
    worker: str


def claim(worker: str, lease_ms: int = FIRST_LEASE_MS) -> Claim | None:
    """Take the next due task, or one whose lease ran out. None when there is nothing to do."""
    now = now_ms()
    with connection.cursor() as cursor:
        # A look first: an UPDATE takes SQLite's one write lock even when it finds nothing.
        cursor.execute(f"SELECT 1 FROM tasks_queuedtask WHERE {_DUE} LIMIT 1", [now])
        if cursor.fetchone() is None:
            return None
        skip = "FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
        cursor.execute(_CLAIM.format(due=_DUE, skip=skip), [now + lease_ms, worker, now, now])
        row = cursor.fetchone()
    if row is None:
        return None
    # SQLite hands JSON over as text, psycopg as text or as what it holds.
    arguments = json.loads(row[2]) if isinstance(row[2], str | bytes) else row[2]
    return Claim(row[0], row[1], arguments["args"], arguments["kwargs"], row[3], worker)


def renew(held: Claim, lease_ms: int) -> bool:
    """Hold on for `lease_ms` more. False when the lease was lost to another worker."""
    return bool(_held(held).update(run_after_ms=now_ms() + lease_ms))


def finish(held: Claim, result: int | str | None) -> bool:
    """Say that it is done. False when the lease was lost: the other run counts."""
    done = QueuedTask.State.DONE
    return bool(_held(held).update(state=done, finished_at_ms=now_ms(), result=result, error="", places=""))


def fail(held: Claim, error: str, places: str, *, most_attempts: int) -> bool:
    """Say that it failed: it waits and is tried again, or, after `most_attempts`, failed for good (returns True)."""
    if held.attempt >= most_attempts:
        failed = QueuedTask.State.FAILED
        _held(held).update(state=failed, finished_at_ms=now_ms(), error=error, places=places)
        return True
    again = now_ms() + wait_before_retry_ms(held.attempt)
    waiting = QueuedTask.State.WAITING
    _held(held).update(state=waiting, run_after_ms=again, error=error, places=places)
    return False


def give_back(held: Claim) -> None:
    """A worker that stops hands its task back at once and uncounted, instead of letting the lease run out."""
    waiting = QueuedTask.State.WAITING
    _held(held).update(state=waiting, run_after_ms=now_ms(), attempts=F("attempts") - 1)


def _held(held: Claim) -> QuerySet[QueuedTask]:
    return QueuedTask.objects.filter(
        pk=held.id, worker=held.worker, attempts=held.attempt, state=QueuedTask.State.RUNNING
    )
