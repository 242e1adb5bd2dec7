"""What `live` and `web` share: Django set up, an ASGI server on sockets that the supervisor holds."""

import asyncio
import gc
import os
import sys
from collections.abc import Callable
from typing import Any

import django
import uvicorn

from havn.common.errors import Refused
from havn.config.serve import child
from havn.config.serve.supervisor import CANNOT_START

# Streams never end by themselves: after this many seconds a stop cuts them, and browsers come back by themselves.
GRACE_SECONDS = 1


def set_up_django() -> None:
    """Load settings and apps, and refuse in one sentence to run on a database of another release."""
    child.begin()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havn.config.settings")
    try:
        django.setup()
        from havn.config.database import refuse_if_behind

        refuse_if_behind()
    except Refused as refusal:
        print(refusal.sentence, file=sys.stderr, flush=True)
        sys.exit(CANNOT_START)


def serve(app: Any, sockets_name: str, on_stop: Callable[[], None] | None = None, **options: Any) -> None:
    """Serve an ASGI app until SIGTERM. `on_stop` is called in the event loop's thread when the signal arrives."""
    config = uvicorn.Config(
        app,
        loop="uvloop",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        **options,
    )
    _Server(config, on_stop).run(child.inherited_sockets(sockets_name))


class _Server(uvicorn.Server):
    """Says when it answers, keeps exception texts out of the log, and passes the word on when told to stop."""

    def __init__(self, config: uvicorn.Config, on_stop: Callable[[], None] | None) -> None:
        super().__init__(config)
        self._on_stop = on_stop

    async def startup(self, sockets: Any = None) -> None:
        child.quiet_loop(asyncio.get_running_loop())
        await super().startup(sockets)
        if self.should_exit:
            return
        # What was made so far lives as long as the process: the collector need not walk it again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        child.ready()

    async def shutdown(self, sockets: Any = None) -> None:
        if self._on_stop is not None:
            self._on_stop()
        await super().shutdown(sockets)
