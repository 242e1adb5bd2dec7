"""Hints between processes: ids only, never text. All of them may be lost; a read each second finds what they said.

A hint is a short line: "m <conversation> <seq>" (the log has grown), "b <topic>" (a beacon), "t <conversation>
<participant>" (typing), "p <conversation> <0|1>" (a visitor's line). Over Unix datagrams in HAVN_DATA/run on one
machine; over LISTEN/NOTIFY on PostgreSQL, where processes may be far apart.
"""

import asyncio
import contextlib
import errno
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.db import connection

LONGEST = 7_500
_CHANNEL = "havn_live"

Listener = Callable[[list[str]], None]

# This process's own listener; called from any thread.
_own: Listener | None = None
_own_address: str | None = None
_tag = secrets.token_hex(6)
_peers: tuple[float, list[str]] = (0.0, [])
_sender: socket.socket | None = None
_lock = threading.Lock()


def publish(hints: list[str], *, to_own: bool = True) -> None:
    """Tell every live process. Never raises and never waits: a hint that cannot be sent now is dropped."""
    if _muted() or not hints:
        return
    own = _own
    if to_own and own is not None:
        own(hints)
    with contextlib.suppress(Exception):
        if connection.vendor == "postgresql":
            for text in _packed(hints):
                _notify(text)
        elif _addresses():
            for text in _packed(hints):
                _send(text)


def _muted() -> bool:
    return os.environ.get("HAVN_BUS") == "off"


def _packed(hints: Iterable[str]) -> Iterable[str]:
    """Lines joined into as few messages as the narrowest carrier takes (NOTIFY: 8,000 bytes)."""
    text = _tag
    for hint in hints:
        if len(text) + len(hint) + 1 > LONGEST:
            yield text
            text = _tag
        text += "\n" + hint
    yield text


def _notify(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [_CHANNEL, text])


def _send(text: str) -> None:
    for address in _addresses():
        try:
            _socket().sendto(text.encode(), address)
        except OSError as error:
            if error.errno in {errno.ECONNREFUSED, errno.ENOENT}:
                _forget(address)


def _socket() -> socket.socket:
    global _sender
    if _sender is None:
        _sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        _sender.setblocking(False)
    return _sender


def _addresses() -> list[str]:
    """The other live processes' sockets, looked up once a second."""
    global _peers
    read_at, found = _peers
    if time.monotonic() - read_at > 1:
        with _lock:
            found = [str(path) for path in folder().glob("live-*.sock") if str(path) != _own_address]
            _peers = (time.monotonic(), found)
    return found


def _forget(address: str) -> None:
    """The process behind this socket is gone (killed): take its file away."""
    global _peers
    with contextlib.suppress(OSError):
        os.unlink(address)
    _peers = (0.0, [])


def folder() -> Path:
    """Where sockets stand. A path of a Unix socket holds about 100 bytes; a longer folder falls back to polling."""
    return Path(settings.DATA) / "run"


class Bus:
    """This process's ear. `on_hints` is called in the event loop."""

    def __init__(self, on_hints: Listener) -> None:
        self._on_hints = on_hints
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ear: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to listen. Never raises: without an ear the reads each second carry everything."""
        global _own
        self._loop = loop
        _own = self._from_any_thread
        if connection.vendor == "postgresql":
            self._thread = threading.Thread(target=self._listen, name="live-bus", daemon=True)
            self._thread.start()
        else:
            with contextlib.suppress(OSError):
                self._bind(loop)

    def stop(self) -> None:
        """Stop listening and take the socket's file away."""
        global _own, _own_address
        _own = None
        self._stopping.set()
        if self._ear is not None and self._loop is not None:
            self._loop.remove_reader(self._ear)
            self._ear.close()
            self._ear = None
        if _own_address:
            with contextlib.suppress(OSError):
                os.unlink(_own_address)
            _own_address = None
        if self._thread is not None:
            self._thread.join(timeout=2)

    def _from_any_thread(self, hints: list[str]) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._on_hints, hints)

    def _bind(self, loop: asyncio.AbstractEventLoop) -> None:
        global _own_address
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        address = str(folder() / f"live-{os.getpid()}-{_tag}.sock")
        ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        ear.setblocking(False)
        ear.bind(address)
        os.chmod(address, 0o600)
        ear.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        _own_address, self._ear = address, ear
        loop.add_reader(ear, self._readable)

    def _readable(self) -> None:
        assert self._ear is not None
        for _ in range(64):
            try:
                self._take(self._ear.recv(65_536).decode("ascii", "replace"))
            except OSError:
                return

    def _take(self, text: str) -> None:
        tag, *hints = text.split("\n")
        if tag != _tag:
            self._on_hints(hints)

    def _listen(self) -> None:
        """PostgreSQL: a connection of its own, opened again after every failure."""
        import psycopg

        while not self._stopping.is_set():
            try:
                parameters = connection.get_connection_params()
                for ours in ("pool", "server_side_binding", "cursor_factory", "context", "prepare_threshold"):
                    parameters.pop(ours, None)
                with psycopg.connect(**parameters, autocommit=True) as ear:
                    ear.execute(f"LISTEN {_CHANNEL}")
                    while not self._stopping.is_set():
                        for notice in ear.notifies(timeout=0.5):
                            tag, *hints = notice.payload.split("\n")
                            if tag != _tag and not _muted():
                                self._from_any_thread(hints)
            except Exception:
                self._stopping.wait(1)
