"""Starts the processes, starts a dead one again, and stops all of them within three seconds."""

import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

# A process that ends with this code said a sentence that a restart cannot cure (EX_CONFIG of sysexits.h).
CANNOT_START = 78
_SLOWEST_STOP = 2.3
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 10.0
_CALM_AFTER = 30.0
_TRIES_BEFORE_READY = 3


@dataclass
class Part:
    """One process to keep running: its module, and the sockets it inherits under a name."""

    name: str
    module: str
    sockets: dict[str, list[socket.socket]] = field(default_factory=dict)


@dataclass
class _Running:
    part: Part
    process: subprocess.Popen[bytes]
    link: socket.socket
    since: float
    ready: bool = False


class Supervisor:
    """Keeps `parts` running until told to stop. `on_ready` is called once, when all have said they are ready."""

    def __init__(self, parts: list[Part], on_ready: Callable[[], None]) -> None:
        self._parts = parts
        self._on_ready = on_ready
        self._running: dict[str, _Running] = {}
        self._due: dict[str, float] = {}
        self._failures: dict[str, int] = {}
        self._was_ready: set[str] = set()
        self._selector = selectors.DefaultSelector()
        self._announced = False
        self._stopping = False

    def run(self) -> int:
        """Block until a signal stops everything. Returns the exit code: 0, or 1 when a part could not start."""
        wake, woken = socket.socketpair()
        for end in (wake, woken):
            end.setblocking(False)
        self._selector.register(wake, selectors.EVENT_READ)
        signal.set_wakeup_fd(woken.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN or number != signal.SIGHUP:
                signal.signal(number, self._told_to_stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        code = 0
        try:
            for part in self._parts:
                self._start(part)
            while not self._stopping:
                self._wait(wake)
                if not self._look_after_the_dead():
                    code = 1
                    break
                self._start_what_is_due()
        finally:
            self._stop_all()
            signal.set_wakeup_fd(-1)
        return code

    def _told_to_stop(self, *_: object) -> None:
        self._stopping = True

    def _start(self, part: Part) -> None:
        ours, theirs = socket.socketpair()
        environment = dict(os.environ, HAVN_LINK_FD=str(theirs.fileno()))
        inherited = [theirs.fileno()]
        for name, sockets in part.sockets.items():
            numbers = [made.fileno() for made in sockets]
            environment[f"HAVN_{name.upper()}_FDS"] = ",".join(map(str, numbers))
            inherited += numbers
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module names
            [sys.executable, "-m", part.module],
            env=environment,
            pass_fds=inherited,
            stdin=subprocess.DEVNULL,
            # A group of its own: Ctrl-C reaches the supervisor alone, which stops the others in order.
            process_group=0,
        )
        theirs.close()
        ours.setblocking(False)
        running = _Running(part, process, ours, time.monotonic())
        self._running[part.name] = running
        self._selector.register(ours, selectors.EVENT_READ, running)

    def _wait(self, wake: socket.socket) -> None:
        pause = min((due - time.monotonic() for due in self._due.values()), default=None)
        for key, _ in self._selector.select(None if pause is None else max(pause, 0)):
            if key.fileobj is wake:
                wake.recv(4096)
            else:
                self._hear(key.data)

    def _hear(self, running: _Running) -> None:
        try:
            word = running.link.recv(16)
        except OSError:
            word = b""
        if not word:
            self._selector.unregister(running.link)
            running.link.close()
            return
        running.ready = True
        self._was_ready.add(running.part.name)
        if len(self._was_ready) == len(self._parts) and not self._announced:
            self._announced = True
            self._on_ready()

    def _look_after_the_dead(self) -> bool:
        """Plan a new start for what ended. False when it makes no sense to go on."""
        for name, running in list(self._running.items()):
            code = running.process.poll()
            if code is None:
                continue
            del self._running[name]
            self._forget(running)
            if self._stopping:
                continue
            if code == CANNOT_START:
                return False
            calm = time.monotonic() - running.since > _CALM_AFTER
            failures = self._failures[name] = 1 if calm else self._failures.get(name, 0) + 1
            if name not in self._was_ready and failures >= _TRIES_BEFORE_READY:
                _say(f"Havn stops: its process {name} could not start.")
                return False
            pause = min(_FIRST_PAUSE * 2 ** (failures - 1), _LONGEST_PAUSE)
            _say(f"The process {name} ended ({_ending(code)}); starting it again.")
            self._due[name] = time.monotonic() + pause
        return True

    def _forget(self, running: _Running) -> None:
        if running.link.fileno() >= 0:
            self._selector.unregister(running.link)
            running.link.close()

    def _start_what_is_due(self) -> None:
        for part in self._parts:
            if not self._stopping and self._due.get(part.name, float("inf")) <= time.monotonic():
                del self._due[part.name]
                self._start(part)

    def _stop_all(self) -> None:
        for running in self._running.values():
            running.process.terminate()
        deadline = time.monotonic() + _SLOWEST_STOP
        for running in self._running.values():
            try:
                running.process.wait(max(deadline - time.monotonic(), 0))
            except subprocess.TimeoutExpired:
                running.process.kill()
                running.process.wait()
            self._forget(running)
        self._running.clear()


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
