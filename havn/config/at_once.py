"""Kept pages straight onto the connection: no task, no ASGI, one write.

Of what the page cache keeps, most is asked for by plain browsers of people without a cookie. Such a request is answered
from within the parser, as soon as its headers are there. Everything else goes the ordinary way (`front.py`), which
gives the same bytes: a request with a body or with a header that is not in the lists below, one that comes while
another of its connection is being answered, and one whose reader does not keep up.
"""

import asyncio
import logging
from functools import lru_cache
from typing import Any, Protocol

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from havn.config.page_cache import Headers, Kept, Key, languages_wished
from havn.config.static_files import accepts_gzip

log = logging.getLogger("havn.front")

# What browsers send of their own, and what changes no public page. No cookie, no range, nothing that announces a body.
_PLAIN = frozenset(
    b"host user-agent accept accept-language accept-encoding connection keep-alive referer dnt sec-gpc te priority "
    b"upgrade-insecure-requests cache-control pragma sec-fetch-site sec-fetch-mode sec-fetch-dest sec-fetch-user "
    b"sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform if-none-match if-modified-since origin save-data".split()
)
# What a proxy adds; each of these counts as passed on (`page_cache.was_passed_on`).
_PASSED_ON = _PLAIN | frozenset(
    b"forwarded via x-real-ip x-forwarded-for x-forwarded-host x-forwarded-port x-forwarded-proto "
    b"x-forwarded-server".split()
)
_CLOSE = b"connection: close\r\n\r\n"
# Both are asked for every request, of a handful of values.
_gzip = lru_cache(maxsize=64)(accepts_gzip)
_languages = lru_cache(maxsize=256)(languages_wished)


class Door(Protocol):
    """What the front door says to this."""

    def lets_in(self, peer: str) -> bool:
        """Whether a connection from this address is answered at all."""
        ...

    def kept_at_once(self, key: Key) -> Kept | None:
        """What is kept for it at this moment."""
        ...

    def count(self, kept: Kept) -> None:
        """Count a page that was given out."""
        ...


def key_at_once(url: bytes, headers: Headers, codes: frozenset[bytes]) -> Key | None:
    """The same key as `PageCache.key_of` makes of the same request; None for one that goes the ordinary way.

    Whether anything may be kept by it at all is not asked here: nothing is kept but what `key_of` allowed.
    """
    asked = dict(headers)
    if len(asked) != len(headers):
        return None
    passed_on = False
    if not asked.keys() <= _PLAIN:
        if not asked.keys() <= _PASSED_ON:
            return None
        passed_on = True
    path, _, query = url.partition(b"?")
    in_language = path[1:].partition(b"/")[0] in codes
    return Key(
        asked.get(b"host", b"").lower(),
        path,
        query,
        b"" if in_language else _languages(asked.get(b"accept-language", b"")),
        _gzip(asked.get(b"accept-encoding", b"")),
        b"application/json" in asked.get(b"accept", b""),
        passed_on,
    )


class AtOnceProtocol(HttpToolsProtocol):
    """Asks `door` for each request before an ASGI task is made for it."""

    door: Door
    codes: frozenset[bytes]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lets_in = False
        self._answered = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._lets_in = self.door.lets_in(self.client[0] if self.client else "")

    def on_headers_complete(self) -> None:
        if self.transport.is_closing():
            # The answer before this one ended the connection.
            self._answered = True
        elif self._lets_in and not self._is_busy() and self._answer_at_once():
            self._answered = True
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if not self._answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if self._answered:
            self._answered = False
        else:
            super().on_message_complete()

    def _is_busy(self) -> bool:
        """Whether an earlier request of this connection is not answered to its end."""
        return self.flow.write_paused or (self.cycle is not None and not self.cycle.response_complete)

    def _answer_at_once(self) -> bool:
        method = self.parser.get_method()
        if method not in {b"GET", b"HEAD"}:
            return False
        try:
            key = key_at_once(self.url, self.headers, self.codes)
            kept = None if key is None else self.door.kept_at_once(key)
        except Exception:
            log.exception("Nothing could be given at once.")
            return False
        if kept is None:
            return False
        stays = self.parser.get_http_version() != "1.0" and self.parser.should_keep_alive()
        parts = [STATUS_LINE[200]]
        for name, value in self.server_state.default_headers:
            parts += (name, b": ", value, b"\r\n")
        parts += (kept.head, b"\r\n" if stays else _CLOSE)
        if method == b"GET":
            parts.append(kept.answer.body)
            self.door.count(kept)
        self.transport.write(b"".join(parts))
        if not stays:
            self.transport.close()
        self.on_response_complete()
        return True


def at_once(base: type[HttpToolsProtocol], door: Door, codes: frozenset[str]) -> type[HttpToolsProtocol]:
    """A protocol that does what `base` does and gives out at once what the door keeps."""
    known = frozenset(code.encode() for code in codes)
    return type("FrontProtocol", (base, AtOnceProtocol), {"door": door, "codes": known})
