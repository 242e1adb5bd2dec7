"""The `live` process: the public port, event streams and chat writes, and the front door for everything else."""

import os
from typing import Any

from havn.config import processes


def main() -> None:
    """Serve until SIGTERM."""
    os.environ["HAVN_PROCESS"] = "live"
    processes.set_up_django()
    from django.conf import settings

    from havn.config.at_once import at_once
    from havn.config.front import Front
    from havn.config.patience import PatientProtocol
    from havn.config.static_files import StaticFiles
    from havn.config.upstream import Upstream
    from havn.live.app import live_app

    live = live_app()
    upstream = Upstream(str(settings.DATA / "run" / "web.sock"))
    files = StaticFiles(settings.RELEASE, settings.STATIC_ROOT)
    front = Front(live, live.paths, upstream, files, staff=live.staff_paths)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        # Starting and stopping are the live app's own affair; requests come in by the front door.
        await (live if scope["type"] == "lifespan" else front)(scope, receive, send)

    options: dict[str, Any] = {"http": at_once(PatientProtocol, front, front.codes), "backlog": 2048}
    if settings.FRONT == "tls":
        options |= {"ssl_certfile": settings.TLS_CERT, "ssl_keyfile": settings.TLS_KEY}
    # Streams would keep a stop waiting; ended here, browsers come back to the next process by themselves.
    processes.serve(app, "public", on_stop=live.live.end_streams, **options)


if __name__ == "__main__":
    main()
