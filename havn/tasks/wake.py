"""The bell that wakes a worker when a transaction with new work commits. A hint only: workers also look once a second.

SQLite: an empty datagram to each worker's socket in HAVN_DATA/run. PostgreSQL: NOTIFY, which also reaches workers on
other machines. Neither carries anything but the ring.
"""

import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

CHANNEL = "havn_tasks"
_PREFIX = "worker-"


def run_folder() -> Path:
    """HAVN_DATA/run, made at first use (mode 0700)."""
    folder = Path(settings.DATA) / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def wake_on_commit() -> None:
    """Ring once the current transaction is committed (at once when there is none)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
    else:
        transaction.on_commit(ring)


def ring() -> None:
    """Send the datagrams. A worker that is gone, or busy enough to have a full socket, needs none."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell:
        bell.setblocking(False)
        for path in run_folder().glob(f"{_PREFIX}*.sock"):
            with contextlib.suppress(OSError), _short(path) as address:
                bell.sendto(b"", address)


class Bell:
    """A worker's end of the datagrams."""

    def __init__(self, name: str) -> None:
        self._path = run_folder() / f"{_PREFIX}{name}.sock"
        _remove_dead()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        with _short(self._path) as address:
            self._socket.bind(address)

    def fileno(self) -> int:
        """For select()."""
        return self._socket.fileno()

    def drain(self) -> None:
        """Forget every ring so far."""
        with contextlib.suppress(BlockingIOError):
            while True:
                self._socket.recv(16)

    def close(self) -> None:
        """Stop listening and remove the socket's file."""
        self._socket.close()
        self._path.unlink(missing_ok=True)


@contextlib.contextmanager
def _short(path: Path) -> Iterator[str]:
    """The path as a socket address, which may have 107 bytes: a longer one goes through an open folder."""
    if len(os.fsencode(path)) < 108:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def _remove_dead() -> None:
    """Remove the sockets of workers that were killed."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as probe:
        for path in run_folder().glob(f"{_PREFIX}*.sock"):
            try:
                with _short(path) as address:
                    probe.connect(address)
            except (ConnectionRefusedError, FileNotFoundError):
                path.unlink(missing_ok=True)
