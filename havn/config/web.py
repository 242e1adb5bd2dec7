"""The `web` process: Django's pages as WSGI in a few threads, behind the Unix socket that the front door uses."""

import sys
import threading
from collections.abc import Callable
from typing import Any

from havn.config import processes
from havn.config.serve import child

# Rendering holds the interpreter: more threads only wait for each other, fewer wait for the database.
THREADS = 3
# A thread in a transaction holds SQLite's one write lock, and gives up the interpreter at each statement: it gets it
# back after this long from each of the others, not after five milliseconds.
SWITCH_SECONDS = 0.0003


def main() -> None:
    """Serve until SIGTERM."""
    processes.set_up_django()
    from a2wsgi import WSGIMiddleware
    from django.conf import settings

    from havn.awareness.counting.uses import LEDGER
    from havn.common.counting import SUMS, take
    from havn.config.wsgi import application

    pages: Any = WSGIMiddleware(application, workers=THREADS)  # type: ignore[arg-type]
    scheme = "https" if settings.SECURE else "http"

    sums = SUMS.lower().encode()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            told = next((value for name, value in scope["headers"] if name == sums), None)
            if told is not None:
                # From the front door itself: nobody outside can send it.
                take(told.decode("latin-1"))
                await send({"type": "http.response.start", "status": 204, "headers": []})
                await send({"type": "http.response.body", "body": b""})
                return
            # The browser's scheme, not the socket's; and no address: Django sees the same one for everybody.
            scope["scheme"] = scheme
            scope["client"] = None
        await pages(scope, receive, send)

    sys.setswitchinterval(SWITCH_SECONDS)
    child.give_way(child.PAGES)
    processes.serve(app, "web", on_stop=lambda: _in_a_thread(LEDGER.write), timeout_keep_alive=120)


def _in_a_thread(write: Callable[[], None]) -> None:
    """Django keeps its database out of the event loop's thread. A stop waits two seconds for it, not longer."""
    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    thread.join(2.0)


if __name__ == "__main__":
    main()
