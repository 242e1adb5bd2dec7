"""The `web` process: Django's pages as WSGI in a few threads, behind the Unix socket that the front door uses."""

import sys
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

    from havn.config.wsgi import application

    pages: Any = WSGIMiddleware(application, workers=THREADS)  # type: ignore[arg-type]
    scheme = "https" if settings.SECURE else "http"

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            # The browser's scheme, not the socket's; and no address: Django sees the same one for everybody.
            scope["scheme"] = scheme
            scope["client"] = None
        await pages(scope, receive, send)

    sys.setswitchinterval(SWITCH_SECONDS)
    child.give_way(child.PAGES)
    processes.serve(app, "web", timeout_keep_alive=120)


if __name__ == "__main__":
    main()
