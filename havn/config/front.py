"""The front door: every request comes in here, in the live process.

`/live/…` and `/exit` are answered by the live app, `/static/…` from disk, and everything else by `web` through a
Unix socket. `web` is told only what a page needs (`_TOLD`): no address, no user agent, no forwarded header. A body that
holds files is refused before it is read, but for the few addresses of the desk that take them (`uploads.py`). Public
pages may be answered from memory (`page_cache.py`), most of them before they come here (`at_once.py`).
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol

from csp.utils import build_policy
from django.conf import settings

from havn.common.middleware import HEADERS
from havn.common.page_cache import mark_path
from havn.config.counts import Counts
from havn.config.lanes import Full, Lanes
from havn.config.long_answers import LONG, LongAnswers
from havn.config.page_cache import Kept, Key, PageCache, for_everybody, was_passed_on, without_keep, without_marks
from havn.config.serve.sockets import is_loopback
from havn.config.static_files import StaticFiles, accepts_gzip
from havn.config.trouble import CODES, BlankPages, TroublePages, is_desk, language_of
from havn.config.uploads import FORM, FORMS_ONLY, Upload, upload_at
from havn.config.upstream import Answer, Upstream, WebDown
from havn.connections.rules.keys import token_of

log = logging.getLogger("havn.front")

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

LARGEST_BODY = FORM
# Each is held in memory here and in `web`.
LARGE_BODIES_AT_ONCE = 2
EXIT_PATH, OPEN_PATH = "/exit", "/live/open"
_METHODS = {"GET", "HEAD", "POST"}
# All that `web` is told of a request. Not the address, not the browser, not what a proxy added.
_TOLD = frozenset(
    b"host cookie accept accept-language accept-encoding content-type origin referer sec-fetch-site sec-fetch-mode "
    b"sec-fetch-dest sec-fetch-user x-requested-with x-csrftoken hx-request hx-target hx-trigger hx-current-url "
    b"hx-boosted if-none-match if-modified-since range authorization webhook-id webhook-timestamp "
    b"webhook-signature".split()
)
_ANY_FRAME = b"frame-ancestors *"
# How `web` is told so. Not in `_TOLD`: nobody outside can send it.
_MARK = (b"x-havn-passed-on", b"1")


class App(Protocol):
    """An ASGI app."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...


def security_headers() -> Headers:
    """What every answer carries that comes from no Django view: there the middleware adds it."""
    headers = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
    headers.append((b"referrer-policy", b"no-referrer"))
    headers.append((b"content-security-policy", build_policy().encode()))
    if settings.SECURE:
        headers.append((b"strict-transport-security", b"max-age=63072000"))
    return headers


class Front:
    """The ASGI app of the public port.

    `live` answers its own paths; `exact` are those outside `/live/`, `staff` those that the desk uses. For ten minutes
    after quick exit nothing but a blank page comes from here or from `live`, as from Django (`common.left`): pressing
    Back may send a form once more, and its refusal would show the child's own words.
    """

    def __init__(
        self, live: App, exact: frozenset[str], upstream: Upstream, files: StaticFiles,
        staff: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self._live = live
        self._exact = exact
        self._upstream = upstream
        self._files = files
        self._not_blank = staff | {EXIT_PATH, OPEN_PATH}
        self._trouble = TroublePages()
        self._blank = BlankPages()
        self._left = f"{settings.LEFT_COOKIE_NAME}=".encode()
        self._headers = security_headers()
        self._proxy = settings.TRUSTED_PROXY
        self._session = f"{settings.SESSION_COOKIE_NAME}=".encode()
        self._large = asyncio.Semaphore(LARGE_BODIES_AT_ONCE)
        # Of their own: their senders are known only when all is here, and e-mails and the desk do not wait for them.
        self._large_keyed = asyncio.Semaphore(LARGE_BODIES_AT_ONCE)
        self._long = LongAnswers()
        self.codes = frozenset(code for code, _ in settings.LANGUAGES)
        self._lanes = Lanes(self.codes)
        self._pages = PageCache(mark_path(), self.codes, self._dressed)
        self.kept_at_once = self._pages.kept
        self._counts = Counts(lambda request: self._upstream.ask(request, repeatable=False))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever it is, without ever raising."""
        if scope["type"] != "http":
            return
        sending = _Sending(send, self._headers)
        try:
            if self._proxy and not _through_proxy(scope, self._proxy):
                return await self._refuse(scope, sending, 403)
            path: str = scope["path"]
            if path.startswith("/live/") or path in self._exact:
                if self._is_blank(scope):
                    # Read and forgotten: a browser that is cut off while it sends shows an error of its own.
                    await _whole_body(receive)
                    return await self._send_blank(scope, sending)
                told = _for_live(scope["headers"])
                if told is None:
                    return await self._refuse(scope, sending, 415)
                scope["headers"] = told
                await self._live(scope, receive, sending)
            elif path.startswith("/static/"):
                await self._send_file(scope, sending)
            else:
                key = self._pages.key_of(scope)
                kept = None if key is None else self._pages.kept(key)
                if kept is None:
                    await self._pass_on(scope, receive, sending, key)
                else:
                    await self._send_kept(scope, sending, kept)
        except ConnectionAbortedError:
            # The browser went away in the middle of a form: half of it is acted upon by nobody.
            return
        except Exception:
            log.exception("The front door failed.")
            if not sending.started:
                await self._refuse(scope, sending, 500)

    async def _refuse(self, scope: Scope, send: Send, status: int, extra: Headers | None = None) -> None:
        if self._is_blank(scope):
            return await self._send_blank(scope, send)
        asked = dict(scope["headers"])
        language = language_of(scope["path"], asked.get(b"accept-language", b"").decode("latin-1"))
        if b"application/json" in asked.get(b"accept", b""):
            kind = b"application/json"
            body = json.dumps({"error": self._trouble.sentence(status, language), "code": CODES[status]}).encode()
        else:
            kind, body = b"text/html; charset=utf-8", self._trouble.page(status, language, desk=is_desk(scope["path"]))
        headers = [(b"content-type", kind), (b"content-language", language.encode()), *(extra or [])]
        if status in {400, 413, 415}:
            # The rest of the body is not read: the connection cannot be used again.
            headers.append((b"connection", b"close"))
        await _answer(scope, send, status, headers, body)

    def _is_blank(self, scope: Scope) -> bool:
        """Whether somebody who left quickly sees nothing here: a page of visitors, not what a script asks for."""
        path: str = scope["path"]
        if path in self._not_blank or path.startswith("/static/") or not _has_cookie(scope["headers"], self._left):
            return False
        accept = dict(scope["headers"]).get(b"accept", b"")
        return not is_desk(path) and b"application/json" not in accept and b"text/event-stream" not in accept

    async def _send_blank(self, scope: Scope, send: Send) -> None:
        language = language_of(scope["path"], dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1"))
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-language", language.encode())]
        if scope["method"] != "GET":
            # A form that was not read to its end: the connection cannot be used again.
            headers.append((b"connection", b"close"))
        await _answer(scope, send, 200, headers, self._blank.page(language))

    async def _send_file(self, scope: Scope, send: Send) -> None:
        if scope["method"] not in {"GET", "HEAD"}:
            return await self._refuse(scope, send, 405, [(b"allow", b"GET, HEAD")])
        found = await self._files.find(scope["path"].removeprefix("/static/"))
        if found is None:
            return await self._refuse(scope, send, 404)
        file, keep = found
        headers = [(b"content-type", file.kind), (b"cache-control", keep)]
        body = file.plain
        if file.packed is not None:
            headers.append((b"vary", b"Accept-Encoding"))
            if accepts_gzip(dict(scope["headers"]).get(b"accept-encoding", b"")):
                headers.append((b"content-encoding", b"gzip"))
                body = file.packed
        await _answer(scope, send, 200, headers, body)

    async def _send_kept(self, scope: Scope, send: "_Sending", kept: Kept) -> None:
        if scope["method"] == "GET":
            self.count(kept)
        send.started = True
        await send.plain({"type": "http.response.start", "status": kept.answer.status, "headers": kept.ready})
        body = b"" if scope["method"] == "HEAD" else kept.answer.body
        await send.plain({"type": "http.response.body", "body": body})

    def lets_in(self, peer: str) -> bool:
        """Whether a connection from this address is answered with more than a refusal."""
        return not self._proxy or _is_proxy(peer, self._proxy)

    def count(self, kept: Kept) -> None:
        """Count a page that was given out of memory: whoever got it has no cookie."""
        if kept.counts_as:
            self._counts.add(kept.counts_as)

    def _dressed(self, answer: Answer) -> Headers:
        headers = with_missing(without_marks(answer.headers), self._headers)
        return [*headers, (b"content-length", b"%d" % len(answer.body))]

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send, key: Key | None) -> None:
        told = [(name, value) for name, value in scope["headers"] if name in _TOLD]
        if was_passed_on(name for name, _ in scope["headers"]):
            told.append(_MARK)
        upload = upload_at(scope["path"])
        known = _has_key(told) if upload.keyed else upload.raw or _has_cookie(scope["headers"], self._session)
        if not known:
            # Nobody who is not signed in, and no system without a key, has files for us.
            upload = FORMS_ONLY
        status = _unreadable(scope, told, upload)
        if status:
            allow = [(b"allow", b"GET, HEAD, POST")] if status == 405 else None
            return await self._refuse(scope, send, status, allow)
        try:
            if scope["method"] == "POST" and (upload.raw or _holds_a_file(told)):
                async with self._large_keyed if upload.keyed else self._large:
                    body = await _whole_body(receive, upload.longest)
                    answer = None if body is None else await self._ask(scope, _request(scope, told, body))
            else:
                body = await _whole_body(receive, upload.longest) if scope["method"] == "POST" else b""
                if body is not None and (b"\x00" in body or b"%00" in body):
                    return await self._refuse(scope, send, 400)
                if key is not None:
                    answer = await self._ask_for_everybody(scope, told, key)
                else:
                    answer = None if body is None else await self._ask(scope, _request(scope, told, body))
        except WebDown as down:
            maybe_done = down.sent and scope["method"] == "POST"
            return await self._refuse(scope, send, 502 if maybe_done else 503, [(b"retry-after", b"3")])
        if answer is None:
            return await self._refuse(scope, send, 413)
        await self._send_answer(scope, send, answer)

    async def _ask_for_everybody(self, scope: Scope, told: Headers, key: Key) -> Answer:
        return await self._pages.answer(key, lambda: self._ask(scope, _request(scope, for_everybody(told, key), b"")))

    async def _ask(self, scope: Scope, request: bytes) -> Answer:
        """The page's answer. Forms that stretch a password take turns first (`lanes`)."""
        if scope["method"] != "POST":
            return await self._upstream.ask(request, repeatable=True)
        lane = self._lanes.of(scope["path"])
        if lane is None:
            return await self._upstream.ask(request, repeatable=False)
        try:
            async with lane.turn(scope):
                return await self._upstream.ask(request, repeatable=False)
        except Full:
            raise WebDown(sent=False) from None

    async def _send_answer(self, scope: Scope, send: Send, answer: Answer) -> None:
        if answer.headers:
            body = b"" if scope["method"] == "HEAD" else answer.body
            if self._long.is_full(body):
                return await self._refuse(scope, send, 503, [(b"retry-after", b"10")])
            headers = without_keep(answer.headers)
            headers = self._counts.note(scope, headers, signed_in=_has_cookie(scope["headers"], self._session))
            if len(body) > LONG:
                headers = [*headers, (b"content-length", b"%d" % len(body))]
                await self._long.send(send, answer.status, headers, body)
            else:
                await _answer(scope, send, answer.status, headers, answer.body)
        else:
            # Refused by the server in front of Django, which says nothing a person could read.
            await self._refuse(scope, send, 400)


class _Sending:
    """`send` that adds the security headers an answer lacks and remembers whether one began."""

    __slots__ = ("_headers", "plain", "started")

    def __init__(self, send: Send, headers: Headers) -> None:
        # What comes after the beginning of an answer needs us no more: every frame of a stream goes straight there.
        self.plain = send
        self._headers = headers
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            message["headers"] = with_missing(message["headers"], self._headers)
        await self.plain(message)


def with_missing(given: Headers, ours: Headers) -> Headers:
    """The headers of an answer with those of ours that it lacks."""
    names = [name for name, _ in given]
    if _ANY_FRAME in dict(given).get(b"content-security-policy", b""):
        # The page says itself that every site may frame it (`common.middleware.for_other_sites`).
        names.append(b"x-frame-options")
    return [*given, *[pair for pair in ours if pair[0] not in names]]


def _has_cookie(headers: Headers, named: bytes) -> bool:
    """Whether a cookie of this name (with its equals sign) came along."""
    return any(
        name == b"cookie" and named in value and any(one.strip().startswith(named) for one in value.split(b";"))
        for name, value in headers
    )


def _has_key(headers: Headers) -> bool:
    """Whether something came along that looks like a key of a system. Whether it is one is asked in `web`."""
    return any(name == b"authorization" and token_of(value.decode("latin-1")) for name, value in headers)


def _is_proxy(peer: str, proxy: str) -> bool:
    # A proxy on this machine may come by either of its loopback addresses.
    return peer == proxy or (is_loopback(proxy) and is_loopback(peer))


def _through_proxy(scope: Scope, proxy: str) -> bool:
    """Take address and scheme from the trusted hop alone, then forget what it said. False: came another way."""
    if not _is_proxy(scope["client"][0] if scope["client"] else "", proxy):
        return False
    headers = dict(scope["headers"])
    last = headers.get(b"x-forwarded-for", b"").rpartition(b",")[2].strip().decode("latin-1")
    scope["client"] = (last, 0) if last else None
    scope["scheme"] = "https"
    return True


def _unreadable(scope: Scope, told: Headers, upload: Upload) -> int:
    """The status to refuse with before the body is read, or 0."""
    if scope["method"] not in _METHODS:
        return 405
    if "\x00" in scope["path"] or b"%00" in scope["query_string"] or not scope["query_string"].isascii():
        return 400
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and (len(value) > 9 or int(value) > upload.longest):
            return 413
    return 0 if upload.files or not _holds_a_file(told) else 415


def _for_live(headers: Headers) -> Headers | None:
    """The headers without the browser's name; None for a post that holds a file."""
    told = []
    for pair in headers:
        name = pair[0]
        if name == b"content-type" and pair[1].lstrip()[:10].lower() == b"multipart/":
            return None
        if name != b"user-agent":
            told.append(pair)
    return told


def _holds_a_file(headers: Headers) -> bool:
    return any(name == b"content-type" and value.lstrip()[:10].lower() == b"multipart/" for name, value in headers)


async def _whole_body(receive: Receive, longest: int = LARGEST_BODY) -> bytes | None:
    """The body, or None when it is longer than it may be. Raises ConnectionAbortedError when it broke off."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise ConnectionAbortedError
        body += message.get("body", b"")
        if len(body) > longest:
            return None
        if not message.get("more_body"):
            return bytes(body)


def _request(scope: Scope, told: Headers, body: bytes) -> bytes:
    method = b"POST" if scope["method"] == "POST" else b"GET"
    query = b"?" + scope["query_string"] if scope["query_string"] else b""
    lines = [method + b" " + scope["raw_path"] + query + b" HTTP/1.1"]
    lines += [name + b": " + value for name, value in told]
    if method == b"POST":
        lines.append(b"content-length: %d" % len(body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


async def _answer(scope: Scope, send: Send, status: int, headers: Headers, body: bytes) -> None:
    if status not in {204, 304}:
        headers = [*headers, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
