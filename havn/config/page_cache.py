"""Public pages in the memory of the front door, for people without any cookie.

`web` says of an answer for how many seconds it may be kept (`havn.common.page_cache.keepable`); whatever says nothing
is never kept. A publication, or any other change of what the public reads, empties all of it at once. While a page is
being made, others who ask for the same one wait for it, so that a rush on a cold page makes it once.

In memory only, never on a disk, and bounded: what was not asked for longest goes first.
"""

import asyncio
import os
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from pathlib import Path
from typing import Any, NamedTuple

from havn.common.counting import COUNT
from havn.common.page_cache import KEEP
from havn.config.static_files import accepts_gzip
from havn.config.upstream import Answer

MOST_BYTES = 32 * 1024 * 1024
MOST_ANSWERS = 500
LARGEST = 1024 * 1024
# Where nobody's wait may hang on another's, and where what was looked for stands in the address.
NEVER = frozenset({"desk", "live", "exit", "chat", "letter", "search", "media", "files", "static"})
_KEEP = KEEP.lower().encode()
_COUNT = COUNT.lower().encode()
_ENCODING, _JSON = b"accept-encoding", b"application/json"
_READING = frozenset({"GET", "HEAD"})
# Any of these says that the request did not come from this machine itself, whatever its host name says.
_PASSED_ON = frozenset({b"forwarded", b"via", b"x-real-ip"})
# An answer that hangs on more than these is nobody else's.
_VARY = frozenset({b"accept-encoding"})
_LANGUAGE = b"accept-language"

Headers = list[tuple[bytes, bytes]]
Ask = Callable[[], Awaitable[Answer]]


class Key(NamedTuple):
    """All that a kept answer may hang on. HEAD and GET are one."""

    host: bytes
    path: bytes
    query: bytes
    languages: bytes
    gzip: bool
    json: bool
    passed_on: bool


class Kept(NamedTuple):
    """An answer and until when; its headers as they leave the house, also as lines; what it counts as, "" nothing."""

    answer: Answer
    until: float
    ready: Headers
    head: bytes
    counts_as: str


def languages_wished(header: bytes) -> bytes:
    """The languages of an Accept-Language header in their order, without countries and weights."""
    return b",".join(wish.partition(b";")[0].strip().lower().partition(b"-")[0] for wish in header[:200].split(b","))


class PageCache:
    """Answers by key. All of it runs in one event loop.

    `mark` is the file that is replaced by every change; `dress` says with which headers an answer leaves the house.
    """

    def __init__(
        self, mark: Path, codes: frozenset[str], dress: Callable[[Answer], Headers], *,
        most_bytes: int = MOST_BYTES, most_answers: int = MOST_ANSWERS, clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._mark = os.fspath(mark)
        self._dress = dress
        self._codes = codes
        self._most_bytes, self._most_answers = most_bytes, most_answers
        self._clock = clock
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._bytes = 0
        self._being_made: dict[Key, asyncio.Future[Answer | None]] = {}
        self._state: tuple[int, int] = self._read_mark()

    def key_of(self, scope: MutableMapping[str, Any]) -> Key | None:
        """What the answer may be kept by; None for a request that has to do with nobody else."""
        if scope["method"] not in _READING:
            return None
        asked = dict(scope["headers"])
        # Of a header that comes twice, `web` may read another one than stands in the key.
        if b"cookie" in asked or b"range" in asked or len(asked) != len(scope["headers"]):
            return None
        first, _, rest = scope["path"][1:].partition("/")
        in_language = first in self._codes
        if (rest.partition("/")[0] if in_language else first) in NEVER:
            return None
        return Key(
            asked.get(b"host", b"").lower(),
            scope["raw_path"],
            scope["query_string"],
            b"" if in_language else languages_wished(asked.get(_LANGUAGE, b"")),
            accepts_gzip(asked.get(_ENCODING, b"")),
            _JSON in asked.get(b"accept", b""),
            was_passed_on(asked),
        )

    def kept(self, key: Key) -> Kept | None:
        """What is kept for it at this moment."""
        self._empty_after_changes()
        kept = self._kept.get(key)
        if kept is None:
            return None
        if self._clock() < kept.until:
            self._kept.move_to_end(key)
            return kept
        self._drop(key)
        return None

    async def answer(self, key: Key, ask: Ask) -> Answer:
        """What is kept, what somebody else is just waiting for, or what `ask` says.

        When the one who asked first gets nothing to share, everybody who waited asks for themselves, once.
        Raises what `ask` raises.
        """
        kept = self.kept(key)
        if kept is not None:
            return kept.answer
        waiting = self._being_made.get(key)
        if waiting is None:
            return await self._make(key, ask)
        shared = await asyncio.shield(waiting)
        return await ask() if shared is None else shared

    async def _make(self, key: Key, ask: Ask) -> Answer:
        state = self._state
        done: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        self._being_made[key] = done
        shared = None
        try:
            answer = await ask()
            seconds = seconds_to_keep(answer, in_language=not key.languages)
            if seconds:
                shared = answer
                self._empty_after_changes()
                if state == self._state:
                    self._keep(key, answer, seconds)
            return answer
        finally:
            if self._being_made.get(key) is done:
                del self._being_made[key]
            done.set_result(shared)

    def _keep(self, key: Key, answer: Answer, seconds: int) -> None:
        if len(answer.body) > LARGEST or key in self._kept:
            return
        kept = self._kept[key] = self._ready(answer, self._clock() + seconds)
        # Nothing stays that nobody asks for again, not even what stood in its address.
        asyncio.get_running_loop().call_later(seconds, self._forget, key, kept)
        self._bytes += _weight(key, kept)
        while len(self._kept) > self._most_answers or self._bytes > self._most_bytes:
            self._drop(next(iter(self._kept)))

    def _ready(self, answer: Answer, until: float) -> Kept:
        headers = self._dress(answer)
        head = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
        return Kept(answer, until, headers, head, dict(answer.headers).get(_COUNT, b"").decode("latin-1"))

    def _forget(self, key: Key, kept: Kept) -> None:
        if self._kept.get(key) is kept:
            self._drop(key)

    def _drop(self, key: Key) -> None:
        self._bytes -= _weight(key, self._kept.pop(key))

    def _empty_after_changes(self) -> None:
        """A page whose making began before the change is shared by those who waited, and kept for nobody."""
        state = self._read_mark()
        if state != self._state:
            self._state = state
            self._kept.clear()
            self._being_made.clear()
            self._bytes = 0

    def _read_mark(self) -> tuple[int, int]:
        # A microsecond and a half. Looking less often would show for a moment what was just taken back.
        try:
            found = os.stat(self._mark)
        except FileNotFoundError:
            return (0, 0)
        return found.st_ino, found.st_mtime_ns


def was_passed_on(names: Iterable[bytes]) -> bool:
    """Whether something between the browser and us passed the request on, by the names of its headers."""
    return any(name in _PASSED_ON or name.startswith(b"x-forwarded-") for name in names)


def seconds_to_keep(answer: Answer, *, in_language: bool) -> int:
    """For how long the answer may be given to others: 0 unless its view said so and nothing in it is one person's.

    `in_language`: the address names the language, so that the browser's wish must not have mattered.
    """
    if answer.status != 200:
        return 0
    seconds = 0
    for name, value in answer.headers:
        if name == _KEEP and value.isdigit():
            seconds = int(value)
        elif name == b"set-cookie":
            return 0
        elif name == b"vary":
            hangs_on = {one.strip().lower() for one in value.split(b",")} - _VARY
            if hangs_on - (set() if in_language else {_LANGUAGE}):
                return 0
    return seconds


def for_everybody(told: Headers, key: Key) -> Headers:
    """What `web` is told when its answer may be shared: of the encodings only the one that is in the key."""
    plain = [pair for pair in told if pair[0] != _ENCODING]
    return [*plain, (_ENCODING, b"gzip")] if key.gzip else plain


def without_keep(headers: Headers) -> Headers:
    """The headers without what was said to the cache."""
    return [pair for pair in headers if pair[0] != _KEEP]


def without_marks(headers: Headers) -> Headers:
    """The headers without anything that `web` says to the front door alone."""
    return [pair for pair in headers if pair[0] not in {_KEEP, _COUNT}]


def _weight(key: Key, kept: Kept) -> int:
    # The rest is what Python and the headers take.
    return len(kept.answer.body) + len(kept.head) + len(key.path) + len(key.query) + 1500
