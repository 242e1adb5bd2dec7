"""The worker process: claims tasks on a few threads, keeps the schedule, and ends within two seconds when asked."""

import logging
import os
import secrets
import select
import signal
import threading
import time
from types import FrameType
from typing import Any

from django.db import DatabaseError, connection

from havn.common.clock import now_ms
from havn.tasks import claims, reserve, running, schedule
from havn.tasks.claims import Claim
from havn.tasks.listen import Listener
from havn.tasks.models import Worker as WorkerRow
from havn.tasks.wake import Bell

log = logging.getLogger("havn.tasks")

THREADS = 2
POLL_S = 1.0
SEEN_EVERY_S = 20.0
# What a running task gets to notice `should_stop()` before it is handed back.
GRACE_S = 1.2


def run(threads: int = THREADS) -> None:
    """Work until SIGTERM or SIGINT. Called from the main thread of a process of its own, after django.setup().

    Ends the process itself when a task does not let go in time: its claim is handed back and runs elsewhere.
    """
    worker = Worker(threads)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        worker.stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    clean = worker.work()
    connection.close()
    if not clean:
        os._exit(0)


class Worker:
    """One process's threads and what they hold. `work()` blocks until `stop()`, which a signal handler may call."""

    def __init__(self, threads: int = THREADS) -> None:
        self.name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._stop = threading.Event()
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_write, False)
        self._work = threading.Condition()
        self._rings = 0
        self._held: dict[int, Claim] = {}
        self._threads = [
            threading.Thread(target=self._loop, args=(place,), name=f"task-{place}", daemon=True)
            for place in range(threads)
        ]

    def stop(self) -> None:
        """Ask to end. Takes no lock, hence safe in a signal handler."""
        self._stop.set()
        running.ask_to_stop()
        os.write(self._wake_write, b"x")

    def work(self) -> bool:
        """Work until stopped. True when every task let go; False when one had to be handed back while it ran on."""
        running.ask_to_stop(False)
        schedule.prepare()
        bell = Bell(self.name)
        listener = Listener() if connection.vendor == "postgresql" else None
        for thread in self._threads:
            thread.start()
        try:
            self._listen(bell, listener)
        finally:
            bell.close()
            if listener:
                listener.close()
        return self._end()

    def _listen(self, bell: Bell, listener: Listener | None) -> None:
        seen_at = -SEEN_EVERY_S
        while not self._stop.is_set():
            reserve.tend()
            try:
                if time.monotonic() - seen_at >= SEEN_EVERY_S:
                    _seen(self.name)
                    seen_at = time.monotonic()
                schedule.tick()
            except DatabaseError as error:
                log.warning("The database did not answer the worker: %s", type(error).__name__)
                connection.close()
            self._ring()
            ears: list[Any] = [bell, self._wake_read, *([listener] if listener and listener.ready() else [])]
            select.select(ears, [], [], POLL_S)
            bell.drain()
            if listener:
                listener.drain()

    def _ring(self) -> None:
        with self._work:
            self._rings += 1
            self._work.notify_all()

    def _loop(self, place: int) -> None:
        heard = 0
        while not self._stop.is_set():
            try:
                while not self._stop.is_set() and self._one(place):
                    pass
            except DatabaseError as error:
                # A locked or unreachable database: the lease runs out and the task comes again.
                log.warning("A task could not be claimed or stored: %s", type(error).__name__)
                connection.close()
                self._stop.wait(POLL_S)
            with self._work:
                self._work.wait_for(lambda heard=heard: self._rings > heard or self._stop.is_set())  # type: ignore[misc]
                heard = self._rings
        connection.close()

    def _one(self, place: int) -> bool:
        held = claims.claim(self.name)
        if held is None:
            return False
        self._held[place] = held
        try:
            running.run(held)
        finally:
            self._held.pop(place, None)
        return True

    def _end(self) -> bool:
        self._ring()
        until = time.monotonic() + GRACE_S
        for thread in self._threads:
            thread.join(timeout=max(until - time.monotonic(), 0))
        clean = not any(thread.is_alive() for thread in self._threads)
        try:
            for held in list(self._held.values()):
                claims.give_back(held)
            WorkerRow.objects.filter(pk=self.name).delete()
        except DatabaseError as error:
            log.warning("The worker ended without the database: %s", type(error).__name__)
        os.close(self._wake_read)
        os.close(self._wake_write)
        return clean


def _seen(name: str) -> None:
    WorkerRow.objects.update_or_create(pk=name, defaults={"seen_at_ms": now_ms()})
    WorkerRow.objects.filter(seen_at_ms__lt=now_ms() - 3_600_000).delete()
