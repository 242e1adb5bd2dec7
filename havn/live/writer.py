"""The one writer of the live process: a thread that gathers jobs and commits them together.

Commit, then acknowledge, then deliver: a future is resolved only after the transaction that holds its job has been
committed to disk. Whatever goes wrong before that is told as `NotTaken`, never as success.

One transaction takes what has gathered while the last one was on its way to the disk. Messages go as one batch;
other jobs each in a savepoint, so that one that fails does not take the others with it.
"""

import asyncio
import contextlib
import logging
import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from havn.common import clock
from havn.common.errors import Refused
from havn.live import bus, log, reserve, sql, troubles
from havn.live.http import HttpError
from havn.live.log import Entry, Post, Stored

Result = TypeVar("Result")
Outcome = tuple["asyncio.Future[Any]", Any, BaseException | None]
Deliver = Callable[[list[Entry]], None]

MOST_WAITING = 20_000
MOST_AT_ONCE = 500
# No transaction holds the database's write lock for longer than this: other jobs then wait for the next one.
HOLD_SECONDS = 0.015
# How long a job may wait for a locked database before the person is told.
PATIENCE_SECONDS = 8.0
TRIES = 4
CACHE_KB = 16_000
LONGEST_WAL_PAGES = 8_000
WAL_BYTES = 4 * 1024 * 1024

_log = logging.getLogger("havn.live")


class NotTaken(HttpError):
    """Nothing was stored. The sender keeps the text and sends again with the same client_id."""

    def __init__(self, sentence: str = _("Your message could not be stored just now. Please try again.")) -> None:
        super().__init__(503, "not-taken", sentence, retry_after=2)


@dataclass(slots=True)
class _Job:
    future: "asyncio.Future[Any]"
    until: float
    post: Post | None = None
    work: Callable[[], Any] | None = None


class Writer:
    """Start it in the event loop; `deliver` is called there with what was stored, after the acknowledgements."""

    def __init__(self, deliver: Deliver) -> None:
        self._deliver = deliver
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._stopping = False
        self._fresh: list[_Job] = []

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._thread = threading.Thread(target=self._main, name="live-writer", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """Commit what waits, then end."""
        self._stopping = True
        self._hand_over()
        self._queue.put(None)
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join, 5)

    def append(self, post: Post) -> "asyncio.Future[Stored]":
        """Store a message. The future gives its place, or raises Refused (the conversation is over) or NotTaken."""
        return self._put(_Job(self._future(), time.monotonic() + PATIENCE_SECONDS, post=post))

    async def run(self, work: Callable[[], Result]) -> Result:
        """Run `work` in the shared transaction; returns its result after the commit, or raises what it raised.

        It may run twice (a deadlock, a full disk made room on): database work only, nothing that leaves a trace
        outside of the transaction.
        """
        result: Result = await self._put(_Job(self._future(), time.monotonic() + PATIENCE_SECONDS, work=work))
        return result

    def _future(self) -> "asyncio.Future[Any]":
        assert self._loop is not None
        return self._loop.create_future()

    def _put(self, job: _Job) -> "asyncio.Future[Any]":
        if self._stopping or self._queue.qsize() + len(self._fresh) >= MOST_WAITING:
            raise NotTaken
        # Handed over together once the loop has gone through what is ready: fewer awakenings, larger batches.
        if not self._fresh:
            assert self._loop is not None
            self._loop.call_soon(self._hand_over)
        self._fresh.append(job)
        return job.future

    def _hand_over(self) -> None:
        fresh, self._fresh = self._fresh, []
        for job in fresh:
            self._queue.put(job)

    # In the thread.

    def _main(self) -> None:
        left: list[_Job] = []
        running = True
        while running or left:
            jobs = left
            running = self._gather(jobs) and running
            left = self._commit(jobs) if jobs else []
        connection.close()

    def _gather(self, jobs: list[_Job]) -> bool:
        """Add what waits, at least one when there is none. False once told to stop."""
        try:
            job = self._queue.get() if not jobs else self._queue.get_nowait()
            while job is not None:
                jobs.append(job)
                if len(jobs) >= MOST_AT_ONCE:
                    return True
                job = self._queue.get_nowait()
        except queue.Empty:
            return True
        return False

    def _commit(self, jobs: list[_Job]) -> list[_Job]:
        """Put these jobs on disk and answer them. Returns those left for the next transaction."""
        attempt, careful, begun = 0, False, time.monotonic()
        while jobs and attempt < TRIES:
            batch = _Batch()
            try:
                self._transaction(jobs, careful, batch)
            except Exception as error:
                if batch.committed:
                    _log.exception("Something after a commit of the live writer failed.")
                    self._answer(batch)
                    return batch.left
                trouble = troubles.of(error)
                if trouble == "locked":
                    jobs = self._give_up_late(jobs)
                    time.sleep(_pause(time.monotonic() - begun))
                    continue
                attempt += 1
                if trouble == "stored before":
                    careful = True
                elif trouble == "full" and attempt == 1 and reserve.release():
                    _log.warning("The disk is full: the reserve was released for the open conversations.")
                elif trouble == "broken":
                    # Whether the commit arrived is unknown: messages look for their earlier copy, the rest is told.
                    careful = True
                    connection.close()
                    jobs = self._give_up([job for job in jobs if job.post is None], jobs)
                    time.sleep(0.05 * attempt)
                elif trouble == "deadlock":
                    time.sleep(0.005 * attempt)
                else:
                    if trouble == "unknown":
                        _log.exception("A transaction of the live writer failed.")
                    break
            else:
                self._answer(batch)
                return batch.left
        self._give_up(jobs, [])
        return []

    def _transaction(self, jobs: list[_Job], careful: bool, batch: "_Batch") -> None:
        if connection.connection is None:
            _prepare()
        with transaction.atomic():
            transaction.on_commit(batch.mark_committed)
            started = time.monotonic()
            posts = [job for job in jobs if job.post is not None]
            if posts:
                self._store(posts, careful, batch)
            for job in jobs:
                if job.work is None:
                    continue
                if batch.outcomes and time.monotonic() - started > HOLD_SECONDS:
                    batch.left.append(job)
                else:
                    batch.outcomes.append(_try(job))

    def _store(self, jobs: list[_Job], careful: bool, batch: "_Batch") -> None:
        posts = [job.post for job in jobs if job.post is not None]
        now_ms = clock.now_ms()
        at = sql.cursor()
        try:
            results = _one_by_one(at, posts, now_ms) if careful else log.append_batch(at, posts, now_ms)
        finally:
            at.close()
        hints = []
        for job, post, result in zip(jobs, posts, results, strict=True):
            if isinstance(result, Stored):
                batch.outcomes.append((job.future, result, None))
                if result.new:
                    batch.stored.append(log.entry_of(post, result))
                    hints.append(f"m {post.conversation_id} {result.seq}")
            else:
                batch.outcomes.append((job.future, None, result))
        if hints:
            transaction.on_commit(lambda: bus.publish(hints, to_own=False))

    def _answer(self, batch: "_Batch") -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._resolve, batch.outcomes, batch.stored)

    def _give_up(self, over: Sequence[_Job], jobs: list[_Job]) -> list[_Job]:
        """Answer these jobs "not taken"; returns the others."""
        batch = _Batch()
        batch.outcomes = [(job.future, None, NotTaken()) for job in over]
        if over:
            self._answer(batch)
        return [job for job in jobs if job not in over]

    def _give_up_late(self, jobs: list[_Job]) -> list[_Job]:
        """The database is locked: tell those who have waited long enough, also those still in the queue."""
        self._gather_quietly(jobs)
        now = time.monotonic()
        return self._give_up([job for job in jobs if job.until <= now], jobs)

    def _gather_quietly(self, jobs: list[_Job]) -> None:
        while len(jobs) < MOST_WAITING:
            try:
                job = self._queue.get_nowait()
            except queue.Empty:
                return
            if job is None:
                self._queue.put(None)
                return
            jobs.append(job)

    # In the event loop.

    def _resolve(self, outcomes: list[Outcome], stored: list[Entry]) -> None:
        for future, result, error in outcomes:
            if future.done():
                continue
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)
        if stored:
            self._deliver(stored)


class _Batch:
    """What one transaction did."""

    __slots__ = ("committed", "left", "outcomes", "stored")

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []
        self.stored: list[Entry] = []
        self.left: list[_Job] = []
        self.committed = False

    def mark_committed(self) -> None:
        self.committed = True


def _prepare() -> None:
    """The writer waits for locks by itself, in short steps, rather than in the driver: others wait behind it."""
    connection.ensure_connection()
    if sql.is_sqlite():
        sql.run("PRAGMA busy_timeout = 0")
        sql.run(f"PRAGMA cache_size = -{CACHE_KB}")
        # `tidy_wal` does it beside the writer; this is for the case that it never gets round to.
        sql.run(f"PRAGMA wal_autocheckpoint = {LONGEST_WAL_PAGES}")
    else:
        sql.run("SET lock_timeout = '500ms'")


def tidy_wal() -> None:
    """SQLite: move what has gathered in the write-ahead log into the database, without making any commit wait."""
    if not sql.is_sqlite():
        return
    with contextlib.suppress(OSError):
        if os.stat(f"{connection.settings_dict['NAME']}-wal").st_size > WAL_BYTES:
            sql.rows("PRAGMA wal_checkpoint(PASSIVE)")


def _pause(waited: float) -> float:
    """How long to wait before asking for the lock again. Others may take it again and again with hardly a gap: to be
    served between two of them one must ask often; only a lock that stays is asked for more seldom."""
    if waited < 0.1:
        return 0.0003
    return 0.002 if waited < 1 else 0.01


def _try(job: _Job) -> Outcome:
    assert job.work is not None
    try:
        with transaction.atomic():
            return job.future, job.work(), None
    except Exception as error:
        # A collision of the strand's own rows is its own affair; what concerns all is raised to `_commit`.
        if troubles.of(error) in {"locked", "full", "broken", "deadlock"}:
            raise
        return job.future, None, error


def _one_by_one(at: sql.Cursor, posts: Sequence[Post], now_ms: int) -> list[Stored | Refused]:
    results: list[Stored | Refused] = []
    for post in posts:
        try:
            results.append(log.append_one(at, post, now_ms))
        except Refused as refused:
            results.append(refused)
    return results
