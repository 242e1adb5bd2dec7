"""How many messages are looked at, counted by helpline and never by where they come from."""

import threading


class Bucket:
    """Lets `burst` through at once and `per_second` in the long run, for each key. Safe in several threads."""

    def __init__(self, *, per_second: float, burst: int) -> None:
        self._rate, self._burst = per_second / 1000, float(burst)
        self._left: dict[int, tuple[float, int]] = {}
        self._lock = threading.Lock()

    def take(self, key: int, now_ms: int) -> bool:
        """Whether one more may pass now."""
        with self._lock:
            left, at_ms = self._left.get(key, (self._burst, now_ms))
            left = min(self._burst, left + max(now_ms - at_ms, 0) * self._rate)
            passes = left >= 1
            self._left[key] = (left - 1 if passes else left, now_ms)
        return passes
