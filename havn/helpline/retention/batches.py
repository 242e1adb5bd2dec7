"""Deleting much in small transactions: none holds SQLite's one write lock over 20 ms, and each gives way after.

The lock is free three quarters of the time: a purge has the whole night, a message has milliseconds.
"""

import time
from collections.abc import Callable, Sequence

from django.db import connection, transaction

from havn.helpline.retention.tables import Table

MOST_MS = 20.0
_AIM_MS = 4.0
_FIRST, _LEAST, _LARGEST = 20, 1, 400
_PAUSE, _SHORTEST_PAUSE_S = 3, 0.002


class Batches:
    """Learns how many rows fit into a few milliseconds on this disk. `held_ms` is how long each took."""

    def __init__(self, *, first: int = _FIRST, largest: int = _LARGEST) -> None:
        self.size = first
        self._largest = largest
        self.held_ms: list[float] = []

    def until_none(self, step: Callable[[int], int], *, between: Callable[[], None]) -> int:
        """Call `step(rows)` in transactions of their own until it deletes less than asked. Returns the sum.

        `between` runs outside them; it may raise to stop.
        """
        total = 0
        while True:
            between()
            asked = self.size
            done = self.once(lambda asked=asked: step(asked))  # type: ignore[misc]
            total += done
            if done < asked:
                return total

    def once(self, step: Callable[[], int]) -> int:
        """One transaction; then let others write for three times as long as it held the lock."""
        with transaction.atomic():
            begun = time.perf_counter()
            done = step()
        held = (time.perf_counter() - begun) * 1000
        self.held_ms.append(held)
        if held > _AIM_MS:
            self.size = max(_LEAST, self.size // 2)
        elif held < _AIM_MS / 2:
            self.size = min(self._largest, self.size + max(1, self.size // 2))
        time.sleep(max(_PAUSE * held / 1000, _SHORTEST_PAUSE_S))
        return done


def delete_some(table: Table, ids: Sequence[int], rows: int) -> int:
    """Delete at most so many rows about these conversations, in the caller's transaction. Returns how many."""
    place, match = ("ctid", "= ANY(ARRAY({}))") if connection.vendor == "postgresql" else ("rowid", "IN ({})")
    marks = ",".join(["%s"] * len(ids))
    chosen = f'SELECT {place} FROM "{table.name}" WHERE "{table.column}" IN ({marks}) LIMIT {int(rows)}'
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{table.name}" WHERE {place} {match.format(chosen)}', list(ids))
        return int(cursor.rowcount)
