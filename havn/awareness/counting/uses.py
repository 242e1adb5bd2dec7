"""How often pages are used: sums in memory, written together every half minute. See `havn.common.counting`."""

import logging
import threading
from collections import Counter
from collections.abc import Mapping

from django.db import Error, connection
from django.http import HttpResponse

from havn.awareness.actions.uses import Uses, add_uses
from havn.awareness.models import EditorialPage, PageUse
from havn.common.clock import now
from havn.common.counting import counted_as

log = logging.getLogger("havn.awareness")

EVERY_SECONDS = 30.0
AT_ONCE = 500
_KINDS = frozenset(kind.value for kind in PageUse.Kind)


def counted(response: HttpResponse, page: EditorialPage, kind: str) -> HttpResponse:
    """The answer, marked as one use of the page ("view", "lesson", "easy", "print", "pack")."""
    if kind not in _KINDS:
        raise ValueError(kind)
    counted_as(response, f"{kind}-{page.pk}")
    return response


class Ledger:
    """Sums that wait to be written. SQLite has one writer: a page that is read must not ask for it each time."""

    def __init__(self, every: float = EVERY_SECONDS) -> None:
        self._every = every
        self._lock = threading.Lock()
        self._sums: Counter[tuple[int, str]] = Counter()
        self._timer: threading.Timer | None = None

    def take(self, sums: Mapping[str, int]) -> None:
        """Add what the front door counted. Never waits for the database."""
        with self._lock:
            for name, number in sums.items():
                kind, _, page = name.partition("-")
                if kind in _KINDS and page.isdigit() and number > 0:
                    self._sums[int(page), kind] += number
            if self._sums and self._timer is None:
                self._timer = threading.Timer(self._every, self._write_and_leave)
                self._timer.daemon = True
                self._timer.start()

    def write(self) -> None:
        """Write what is there. When the database refuses, it is kept for the next time."""
        with self._lock:
            sums, self._sums = self._sums, Counter()
            timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
        if not sums:
            return
        # A month of UTC: centres of several zones share one table, and nobody pays by these numbers.
        month = now().date().replace(day=1)
        uses: Uses = {(page, month, kind): number for (page, kind), number in sums.items()}
        rows = list(uses.items())
        for some in (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE)):
            try:
                add_uses(uses=dict(some))
            except Error:
                log.warning("The counts of uses could not be written; they are kept for the next time.")
                self.take({f"{kind}-{page}": number for (page, _, kind), number in some})

    def _write_and_leave(self) -> None:
        """In a thread of its own, which leaves no connection behind."""
        try:
            self.write()
        finally:
            connection.close()


LEDGER = Ledger()
