"""Run one claimed task: keep its lease while it works, and store how it went without a word of its values."""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from typing import Any

from django.db import DatabaseError, connection
from django_tasks.base import Task, TaskContext

from havn.tasks import claims
from havn.tasks.backend import LeasedTask
from havn.tasks.claims import Claim
from havn.tasks.names import task_at
from havn.tasks.rules import is_plain, places_of

log = logging.getLogger("havn.tasks")
_stopping = threading.Event()


class Stopped(Exception):
    """Raised by a task that noticed `should_stop()` and left its work in order: it is handed back, not failed."""


def should_stop() -> bool:
    """Whether this process is asked to end. Long tasks look at it between batches and raise Stopped."""
    return _stopping.is_set()


def telling(tell: Callable[[int], object], *, step: int = 5) -> Callable[[float], None]:
    """What a long computation calls with its share done (0 to 1): `tell` hears whole per cents, `step` apart.

    Raises Stopped when this process is asked to end.
    """
    said = 0

    def progress(share: float) -> None:
        nonlocal said
        if should_stop():
            raise Stopped
        if (percent := int(share * 100)) >= said + step:
            said = percent
            tell(percent)

    return progress


def ask_to_stop(stop: bool = True) -> None:
    """Make `should_stop()` true (or false again, when a worker starts)."""
    if stop:
        _stopping.set()
    else:
        _stopping.clear()


def run(held: Claim) -> bool:
    """Run it to its end. True when done, False when it failed or was handed back. Raises nothing of the task's."""
    try:
        task = task_at(held.path)
    except ImportError as error:
        log.warning("A task is not known any more: %s", held.path)
        claims.fail(held, type(error).__name__, "", most_attempts=0)
        return False
    patience = task.attempts if isinstance(task, LeasedTask) else 5
    lease_ms = int((task.lease_s if isinstance(task, LeasedTask) else 30.0) * 1000)
    if held.attempt > patience:
        # It took its worker with it each time.
        claims.fail(held, "LeaseRanOut", "", most_attempts=0)
        log.warning("A task was given up after its lease ran out %d times: %s", held.attempt - 1, held.path)
        return False
    try:
        with _lease_kept(held, lease_ms):
            result = _call(task, held)
    except Stopped:
        claims.give_back(held)
        return False
    except Exception as error:
        _failed(held, error, patience)
        return False
    return claims.finish(held, result)


def _call(task: Task[Any, Any], held: Claim) -> int | str | None:
    if task.takes_context:
        context = TaskContext(task_result=task.get_backend().get_result(str(held.id)))
        result = task.call(context, *held.args, **held.kwargs)
    else:
        result = task.call(*held.args, **held.kwargs)
    if not is_plain(result):
        raise TypeError("A task may return a whole number or a short code only.")
    return result  # type: ignore[no-any-return]


def _failed(held: Claim, error: Exception, patience: int) -> None:
    if isinstance(error, DatabaseError) and not connection.in_atomic_block:
        connection.close()
    kind, places = type(error).__name__, places_of(error)
    for_good = claims.fail(held, kind, places, most_attempts=patience)
    log.warning(
        "A task failed %s: %s [%s at %s]", "for good" if for_good else "and is tried again", held.path, kind, places
    )


@contextlib.contextmanager
def _lease_kept(held: Claim, lease_ms: int) -> Iterator[None]:
    """Renew the lease at a third of its length from a thread of its own, until the task ends."""
    ended = threading.Event()

    def keep() -> None:
        while not ended.wait(lease_ms / 3000):
            # A locked database: the next beat comes in time.
            with contextlib.suppress(DatabaseError):
                claims.renew(held, lease_ms)
        connection.close()

    if lease_ms != claims.FIRST_LEASE_MS:
        claims.renew(held, lease_ms)
    keeper = threading.Thread(target=keep, name="lease", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join(timeout=5)
