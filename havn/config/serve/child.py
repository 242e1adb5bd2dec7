"""The inside of a supervised process: its link to the supervisor, its sockets, and silence about content."""

import asyncio
import logging
import os
import signal
import socket
import sys
import threading
import traceback
from types import TracebackType
from typing import Any

from havn.config.serve.limits import hide_memory, no_core_dumps

log = logging.getLogger("havn.serve")

# Steps by which a process gives way to `live`, which has none.
PAGES, BACKGROUND = 5, 5


def begin() -> None:
    """Prepare this process: no dumps, no exception texts on stderr, and an end when the supervisor is gone."""
    no_core_dumps()
    hide_memory()
    sys.excepthook = _quiet
    threading.excepthook = lambda caught: _quiet(caught.exc_type, caught.exc_value, caught.exc_traceback)
    number = os.environ.get("HAVN_LINK_FD")
    if number:
        threading.Thread(target=_end_with_supervisor, args=(int(number),), daemon=True, name="link").start()


def give_way(steps: int) -> None:
    """Let processes of fewer steps go first where they want the same core (docs/decisions/0007)."""
    os.nice(steps)


def ready() -> None:
    """Tell the supervisor that this process answers now. Without a supervisor nothing happens."""
    number = os.environ.get("HAVN_LINK_FD")
    if number:
        os.write(int(number), b"r")


def inherited_sockets(name: str) -> list[socket.socket]:
    """The listening sockets that the supervisor holds under this name, such as "public" or "web"."""
    numbers = os.environ.get(f"HAVN_{name.upper()}_FDS", "")
    return [socket.socket(fileno=int(number)) for number in numbers.split(",") if number]


def quiet_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Have the event loop log where something failed and its type. By default it would quote the exception, and
    what a failed callback was given."""
    loop.set_exception_handler(_quiet_context)


def _end_with_supervisor(number: int) -> None:
    # The supervisor never writes: the read returns only when its end is closed, even by kill -9.
    try:
        os.read(number, 1)
    except OSError:
        return
    os.kill(os.getpid(), signal.SIGTERM)


def _quiet(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    places = " < ".join(
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(traceback.extract_tb(trace))
    )
    print(f"Unexpected {kind.__name__} at {places}", file=sys.stderr, flush=True)


def _quiet_context(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    log.error("Something failed in the event loop.", exc_info=context.get("exception"))
