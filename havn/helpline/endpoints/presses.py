"""Which presses were made a moment ago, by a hash of the name that the form gave them. In one process's memory."""

KEPT_MS = 10 * 60_000
MOST = 20_000


class Presses:
    """Remembers presses for ten minutes, the latest 20 000 of them. For one thread."""

    def __init__(self) -> None:
        # The oldest first.
        self._seen: dict[bytes, int] = {}

    def is_first(self, press: bytes, now_ms: int) -> bool:
        """Whether this one is new. It is remembered from now on."""
        while self._seen:
            oldest, at_ms = next(iter(self._seen.items()))
            if len(self._seen) < MOST and at_ms > now_ms - KEPT_MS:
                break
            del self._seen[oldest]
        if press in self._seen:
            return False
        self._seen[press] = now_ms
        return True

    def forget(self, press: bytes) -> None:
        """As if it had not been made: what it should have done failed."""
        self._seen.pop(press, None)
