"""The `web` process: Django's pages as WSGI in a few threads, behind the Unix socket that the front door uses."""

from typing import Any

from havn.config import processes

# Rendering holds the interpreter: more threads only wait for each other, fewer wait for the database.
THREADS = 4


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

    processes.serve(app, "web", timeout_keep_alive=120)


if __name__ == "__main__":
    main()
