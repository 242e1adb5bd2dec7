"""Blocking work beside the event loop: a few threads, each with its own connection to the database."""

import asyncio
import contextlib
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

Result = TypeVar("Result")

# While such a job computes, it hands over to the event loop after this long; else Python's own pace gathers more
# messages for each commit.
HAND_OVER_SECONDS = 0.0002
USUAL_SECONDS = 0.005

_running = 0
_lock = threading.Lock()


class Threads:
    """A pool of named threads. Connections stay open between jobs and are opened again when they broke."""

    def __init__(self, name: str, count: int) -> None:
        self._count = count
        self._pool = ThreadPoolExecutor(count, thread_name_prefix=name)

    async def run(self, work: Callable[[], Result]) -> Result:
        """Run `work` in a thread. A broken connection is replaced and the work tried once more: it must be a read,
        or safe to run twice."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, _considerate, work)

    def stop(self) -> None:
        """Wait for what runs and close the threads' connections."""
        # Each thread meets the others before it closes its own, so that none is left out.
        together = threading.Barrier(self._count)
        for _ in range(self._count):
            self._pool.submit(_close_together, together)
        self._pool.shutdown(wait=True, cancel_futures=False)


def _considerate(work: Callable[[], Result]) -> Result:
    """Run `work` without keeping the event loop waiting for the interpreter."""
    _count(1)
    try:
        return _with_connection(work)
    finally:
        _count(-1)


def _count(step: int) -> None:
    global _running
    with _lock:
        _running += step
        sys.setswitchinterval(HAND_OVER_SECONDS if _running else USUAL_SECONDS)


def _with_connection(work: Callable[[], Result]) -> Result:
    try:
        return work()
    except (OperationalError, InterfaceError):
        _close()
        return work()
    except Exception as error:
        # The driver's own exceptions, from plain SQL.
        if type(error).__name__ not in {"OperationalError", "InterfaceError", "AdminShutdown"}:
            raise
        _close()
        return work()


def _close() -> None:
    if not connection.in_atomic_block:
        connection.close()


def _close_together(together: threading.Barrier) -> None:
    with contextlib.suppress(threading.BrokenBarrierError):
        together.wait(timeout=5)
    connection.close()
