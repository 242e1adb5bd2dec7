"""Requests and answers of the live process, on bare ASGI: cookies, small bodies, JSON or a redirect.

A framework's request object costs as much as storing a message; this reads only what is asked for.
"""

import asyncio
import html
import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl

from django.conf import settings
from django.utils import translation

from havn.live import texts
from havn.live.errors import HttpError as HttpError
from havn.live.errors import no_session as no_session
from havn.live.errors import too_large, too_long
from havn.live.errors import unreadable as unreadable
from havn.live.fields import MOST_FIELDS, parse_cookies, parse_fields
from havn.live.fields import whole_number as whole_number
from havn.live.registry import refusal_pages

if TYPE_CHECKING:
    from havn.live.runtime import Live
    from havn.live.visitors import Visitor

LARGEST_BODY = 64 * 1024
BODY_SECONDS = 30.0

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
Result = TypeVar("Result")

JSON_TYPE = (b"content-type", b"application/json")
NO_STORE = (b"cache-control", b"no-store")


@dataclass(slots=True)
class LiveResponse:
    """What goes back. `headers` in lower case, without content-length."""

    status: int
    body: bytes = b""
    headers: Headers = field(default_factory=list)


class LiveRequest:
    """One request. `write` and `read` are the only ways to the database."""

    __slots__ = ("_cookies", "_fields", "_receive", "_visitor", "headers", "live", "method", "path", "scope")

    def __init__(self, scope: Scope, receive: Receive, live: "Live") -> None:
        self.scope = scope
        self.live = live
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self._receive = receive
        self._cookies: dict[str, str] | None = None
        self._fields: dict[str, str] | None = None
        self._visitor: Visitor | None = None

    @property
    def cookies(self) -> Mapping[str, str]:
        if self._cookies is None:
            self._cookies = parse_cookies(self.headers.get(b"cookie", b"").decode("latin-1"))
        return self._cookies

    def header(self, name: str) -> str:
        return self.headers.get(name.lower().encode(), b"").decode("latin-1")

    @property
    def host(self) -> str:
        """The host name asked for, without port, lower case."""
        host = self.header("host").lower()
        if host.startswith("["):
            return host.partition("]")[0] + "]"
        return host.partition(":")[0]

    @property
    def query(self) -> dict[str, str]:
        """What the address says after its "?". More than any address of ours says counts as nothing."""
        text = self.scope.get("query_string", b"").decode("latin-1")
        return dict(parse_qsl(text)) if text and text.count("&") < MOST_FIELDS else {}

    @property
    def wants_json(self) -> bool:
        return b"application/json" in self.headers.get(b"accept", b"")

    @property
    def language(self) -> str:
        """Field or query `lang` when it is offered, else the first of the centre asked for, else English."""
        wished = (self._fields or {}).get("lang") or self.query.get("lang", "")
        return wished if wished in self.live.languages else self.live.language_of_host(self.host)

    @property
    def spoken(self) -> str:
        """The same as the language to translate into: with the formal you where the centre chose it."""
        return self.live.spoken(self.language, self.host)

    async def fields(self, longest: int = texts.LONGEST) -> dict[str, str]:
        """The body's fields as cleaned texts, each at most `longest` characters. Raises HttpError for anything else."""
        if self._fields is None:
            self._fields = parse_fields(self.headers.get(b"content-type", b""), await self.body())
        for value in self._fields.values():
            if len(value) > longest:
                raise too_long()
        return self._fields

    async def body(self) -> bytes:
        """The whole body, at most 64 KB, within 30 s."""
        length = self.headers.get(b"content-length", b"0")
        if not length.isdigit() or len(length) > 9 or int(length) > LARGEST_BODY:
            raise too_large()
        message = await self._receive()
        if message.get("type") == "http.request" and not message.get("more_body"):
            body: bytes = message.get("body", b"")
        else:
            async with asyncio.timeout(BODY_SECONDS):
                body = await self._rest(message)
        if len(body) > LARGEST_BODY:
            raise too_large()
        return body

    async def _rest(self, message: Message) -> bytes:
        body = bytearray()
        while message["type"] == "http.request":
            body += message.get("body", b"")
            if len(body) > LARGEST_BODY or not message.get("more_body"):
                return bytes(body)
            message = await self._receive()
        raise ConnectionAbortedError

    async def visitor(self) -> "Visitor | None":
        """Who holds the visitor cookie, if the session is alive; renews it."""
        if self._visitor is None:
            self._visitor = await self.live.sessions.visitor(self.cookies)
        return self._visitor

    async def write(self, work: Callable[[], Result]) -> Result:
        """Run `work` in the writer's transaction; returns after the commit. It may run twice: database work only."""
        return await self.live.writer.run(work)

    async def read(self, work: Callable[[], Result]) -> Result:
        """Run blocking reads in a thread."""
        return await self.live.readers.run(work)

    async def slow_down(self) -> None:
        """Wait a little when one source floods. Nobody is refused by it, nothing about the source is kept."""
        await self.live.floods.wait(self.scope)


def reply(
    request: LiveRequest,
    data: Mapping[str, Any],
    *,
    to: str,
    status: int = 200,
    cookies: Sequence[str] = (),
) -> LiveResponse:
    """JSON for a script, else a redirect (303): to the form's `next` when it is a path of this site, else to `to`."""
    headers: Headers = [(b"set-cookie", cookie.encode("latin-1")) for cookie in cookies]
    headers.append(NO_STORE)
    if request.wants_json:
        headers.append(JSON_TYPE)
        return LiveResponse(status, encode(data), headers)
    headers.append((b"location", next_path(request, to).encode()))
    return LiveResponse(303, b"", headers)


def next_path(request: LiveRequest, otherwise: str) -> str:
    """Where a plain form goes on: its field `next` if that is a path of this site."""
    return local_path((request._fields or {}).get("next", "")) or otherwise


def local_path(text: str) -> str:
    """The text if it is a path of this site, else "": never another host, never a header in disguise."""
    fine = text.startswith("/") and not text.startswith("//") and text.isascii() and text.isprintable()
    return text if fine and "\\" not in text and " " not in text and len(text) < 300 else ""


def no_content(cookies: Sequence[str] = ()) -> LiveResponse:
    headers: Headers = [(b"set-cookie", cookie.encode("latin-1")) for cookie in cookies]
    return LiveResponse(204, b"", [*headers, NO_STORE])


def refusal(request: LiveRequest, error: HttpError) -> LiveResponse:
    """The answer to a refused request: JSON for scripts, a small page with a way back for forms."""
    headers: Headers = [NO_STORE]
    if error.retry_after is not None:
        headers.append((b"retry-after", str(error.retry_after).encode()))
    if error.status in {400, 413, 415}:
        # The rest of the body was not read: the connection cannot be used again.
        headers.append((b"connection", b"close"))
    with translation.override(request.spoken):
        sentence = translation.gettext(error.sentence)
    if request.wants_json or request.method == "GET":
        headers.append(JSON_TYPE)
        return LiveResponse(error.status, encode({"error": sentence, "code": error.code}), headers)
    headers.append((b"content-type", b"text/html; charset=utf-8"))
    back = next_path(request, "/")
    page = refusal_pages[-1] if refusal_pages else _plain_page
    return LiveResponse(error.status, page(error.status, sentence, request.spoken, back), headers)


def _plain_page(status: int, sentence: str, language: str, back: str) -> bytes:
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>Writing</title><main><p role="alert">{html.escape(sentence)}</p>'
        f'<p><a href="{html.escape(back)}">Back</a></p></main></html>'
    ).encode()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode(data: Mapping[str, Any]) -> bytes:
    return _encode(data).encode("utf-8", "replace")


def set_cookie(name: str, value: str, *, max_age: int | None = None) -> str:
    """A Set-Cookie value: HttpOnly, SameSite=Lax, for the whole site, Secure wherever we are served by https."""
    parts = [f"{name}={value}", "Path=/", "HttpOnly", "SameSite=Lax"]
    if max_age is not None:
        parts.append(f"Max-Age={max_age}")
    if settings.SECURE:
        parts.append("Secure")
    return "; ".join(parts)


def visitor_cookie(token: str) -> str:
    """The cookie that carries a visitor's token; gone with the browser's session."""
    return set_cookie(settings.VISITOR_COOKIE_NAME, token)


def no_visitor_cookie() -> str:
    """Clears the visitor's cookie."""
    return set_cookie(settings.VISITOR_COOKIE_NAME, "", max_age=0)
