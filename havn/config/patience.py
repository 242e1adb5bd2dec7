"""HTTP connections that may not be slow on purpose: uvicorn alone held a half-sent header for ever.

Ten seconds for the request line and headers, thirty for a body, counted from the first byte (or the connection).
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from havn.config.uploads import FORMS_ONLY, upload_at

HEADER_SECONDS = 10.0
BODY_SECONDS = 30.0
# Cookies and one language list: nothing of ours comes near it.
LARGEST_HEADERS = 32 * 1024


class PatientProtocol(HttpToolsProtocol):
    """Closes a connection whose request does not arrive in time. A request that comes in one piece costs nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._timer: asyncio.TimerHandle | None = None
        self._phase = "headers"
        self._header_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._timer = self.loop.call_later(HEADER_SECONDS, self._too_slow)

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._phase == "idle":
            self._phase = "headers"
            self._header_bytes = 0
        if self._phase == "headers":
            self._header_bytes += len(data)
        super().data_received(data)
        if self._phase == "headers" and self._header_bytes > LARGEST_HEADERS:
            self.transport.close()
        elif self._phase != "idle" and self._timer is None:
            seconds = HEADER_SECONDS if self._phase == "headers" else self._body_seconds()
            self._timer = self.loop.call_later(seconds, self._too_slow)

    def on_headers_complete(self) -> None:
        """Raises ValueError, which the parser takes for a request that cannot be read, for headers of no use to us."""
        # They may have come in one piece, with a body behind them: only then is there something to count.
        if self._header_bytes > LARGEST_HEADERS and self._measure() > LARGEST_HEADERS:
            raise ValueError("headers too large")
        self._forget_timer()
        self._phase = "body"
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._forget_timer()
        self._phase = "idle"
        super().on_message_complete()

    def _body_seconds(self) -> float:
        """A form is short; a film takes its time on a slow line, where one may be sent at all."""
        upload = upload_at(self.url.decode("latin-1"))
        return BODY_SECONDS if upload is FORMS_ONLY else upload.seconds

    def _measure(self) -> int:
        return len(self.url) + sum(len(name) + len(value) for name, value in self.headers)

    def _forget_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _too_slow(self) -> None:
        self._timer = None
        self.transport.close()
