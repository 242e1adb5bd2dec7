"""Visitors' sessions in memory: found in a microsecond, forgotten when they end, renewed in batches."""

import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.conf import settings

from havn.common import clock
from havn.live import visitors
from havn.live.visitors import RENEW_MS, Visitor

if TYPE_CHECKING:
    from havn.live.runtime import Live

KEPT_SECONDS = 120.0
MOST = 50_000


class Sessions:
    """Runs in the event loop. Keys of conversations live here only as long as the session is in use."""

    def __init__(self, live: "Live") -> None:
        self._live = live
        self._cookie = settings.VISITOR_COOKIE_NAME
        self._kept: OrderedDict[bytes, tuple[float, Visitor]] = OrderedDict()
        self._of: dict[int, set[bytes]] = {}
        # Of tokens that were right: spares the hash for each message.
        self._hashes: dict[str, bytes] = {}
        # token hash -> (when it was last heard of, whether by a stream): written together now and then.
        self._heard: dict[bytes, tuple[int, bool]] = {}
        self._written: dict[bytes, int] = {}

    async def visitor(self, cookies: Mapping[str, str]) -> Visitor | None:
        """The visitor behind a cookie if their session is alive. Renews it."""
        token = cookies.get(self._cookie)
        if not token:
            return None
        token_hash = self._hashes.get(token)
        if token_hash is None:
            token_hash = visitors.hash_of(token)
            if token_hash is None:
                return None
        kept = self._kept.get(token_hash)
        if kept is not None and kept[0] > time.monotonic():
            visitor: Visitor | None = kept[1]
        else:
            visitor = await self._live.readers.run(lambda: visitors.find(token))
            if visitor is not None:
                self._keep(visitor, kept)
                self._hashes[token] = token_hash
        if visitor is None:
            self.forget(token_hash)
            return None
        now_ms = clock.now_ms()
        if not visitor.is_valid(now_ms):
            self.forget(token_hash)
            return None
        self.heard(visitor, now_ms)
        return visitor

    def heard(self, visitor: Visitor, now_ms: int, *, streamed: bool = False) -> None:
        """This browser was heard of: note it, to be written with the next batch when the last note is old."""
        visitor.seen_ms = now_ms
        if now_ms - self._written.get(visitor.token_hash, 0) > (visitors.RENEW_STREAM_MS if streamed else RENEW_MS):
            before = self._heard.get(visitor.token_hash, (0, False))
            self._heard[visitor.token_hash] = (now_ms, streamed or before[1])

    def forget(self, token_hash: bytes) -> None:
        kept = self._kept.pop(token_hash, None)
        self._written.pop(token_hash, None)
        if kept is not None:
            of = self._of.get(kept[1].conversation_id)
            if of is not None:
                of.discard(token_hash)
                if not of:
                    del self._of[kept[1].conversation_id]

    def forget_conversation(self, conversation_id: int) -> None:
        """Something about this conversation changed, maybe its sessions: look them up again when they come."""
        for token_hash in list(self._of.get(conversation_id, ())):
            self.forget(token_hash)

    def take_heard(self, most: int = 500) -> tuple[list[bytes], list[bytes]]:
        """(by a request, by a stream): whose renewal is to be written now."""
        by_request: list[bytes] = []
        by_stream: list[bytes] = []
        while self._heard and len(by_request) + len(by_stream) < most:
            token_hash, (at_ms, streamed) = self._heard.popitem()
            (by_stream if streamed else by_request).append(token_hash)
            self._written[token_hash] = at_ms
        return by_request, by_stream

    def tidy(self, now_ms: int) -> None:
        """Forget when sessions long quiet were written."""
        self._hashes = {token: one for token, one in self._hashes.items() if one in self._kept}
        self._written = {one: at for one, at in self._written.items() if now_ms - at < 4 * visitors.RENEW_STREAM_MS}

    def _keep(self, visitor: Visitor, kept: tuple[float, Visitor] | None) -> None:
        if kept is not None:
            # What memory heard may be newer than the row.
            visitor.seen_ms = max(visitor.seen_ms, kept[1].seen_ms)
        self._kept[visitor.token_hash] = (time.monotonic() + KEPT_SECONDS, visitor)
        self._kept.move_to_end(visitor.token_hash)
        self._of.setdefault(visitor.conversation_id, set()).add(visitor.token_hash)
        while len(self._kept) > MOST:
            self.forget(next(iter(self._kept)))
