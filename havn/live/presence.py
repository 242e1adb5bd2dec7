"""Which visitors are connected. Never stored here: a strand is told, and decides what it means.

Connected is who has a stream open, or had one less than 30 s ago; and who reads without script and asked for a page
lately. With several processes (PostgreSQL) the sessions' renewals of the others count as well.
"""

import time

from havn.live import sql, visitors

GONE_SECONDS = 30.0
EVERY_SECONDS = 10.0


class Presence:
    """Runs in the event loop, but for `elsewhere`."""

    def __init__(self) -> None:
        self._open: dict[int, int] = {}
        self._closing: dict[int, float] = {}
        self._away: set[int] = set()
        self._news = False
        # After a start everybody comes back first: nobody is called away before that.
        self._told_at = time.monotonic() + GONE_SECONDS - EVERY_SECONDS

    def came(self, conversation_id: int) -> bool:
        """A stream of this visitor opened. True when it is the first."""
        count = self._open.get(conversation_id, 0)
        self._open[conversation_id] = count + 1
        self._closing.pop(conversation_id, None)
        if conversation_id in self._away:
            self._away.discard(conversation_id)
            self._news = True
        return count == 0

    def left(self, conversation_id: int) -> bool:
        """A stream of this visitor closed. True when it was the last."""
        count = self._open.get(conversation_id, 0) - 1
        if count > 0:
            self._open[conversation_id] = count
            return False
        self._open.pop(conversation_id, None)
        self._closing[conversation_id] = time.monotonic()
        return True

    def due(self) -> bool:
        """Whether the strands are to be told now: every 10 s, and when somebody is gone for 30 s or came back."""
        now = time.monotonic()
        for conversation_id, since in list(self._closing.items()):
            if now - since >= GONE_SECONDS:
                del self._closing[conversation_id]
                self._away.add(conversation_id)
                self._news = True
        if self._news or now - self._told_at >= EVERY_SECONDS:
            self._news, self._told_at = False, now
            return True
        return False

    def here(self) -> frozenset[int]:
        """Who is connected to this process."""
        return frozenset(self._open) | frozenset(self._closing)

    def gone(self) -> frozenset[int]:
        """Who was, and is no more. Forgotten by the next call of `tidy`."""
        return frozenset(self._away)

    def tidy(self, keep: frozenset[int]) -> None:
        """Forget those that nobody waits for any more, when they have become many."""
        if len(self._away) > 20_000:
            self._away &= keep


def elsewhere(now_ms: int, gone: frozenset[int]) -> frozenset[int]:
    """Who is connected without a stream here: by pages, or (several processes) by a stream of another process."""
    found = visitors.connected_by_pages(now_ms)
    if not sql.is_sqlite():
        recent = sql.rows(
            "SELECT DISTINCT conversation_id FROM live_visitorsession WHERE streamed = %s AND seen_ms >= %s",
            (True, now_ms - 2 * visitors.RENEW_MS),
        )
        found |= frozenset(row[0] for row in recent) - gone
    return found
