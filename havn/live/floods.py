"""Slowing one flooding source without addresses: a keyed pseudonym lives in memory, its key for ten minutes.

Nobody is refused: a school is one address. Who floods waits a little before each start or code; nobody else does.
For one conversation there is a limit of messages in a time, far above what anybody types.
"""

import asyncio
import hashlib
import ipaddress
import os
import secrets
import time

from django.utils.translation import gettext_noop as _

from havn.live.http import HttpError, Scope

KEY_SECONDS = 600.0
# So many starts, letters and codes in ten minutes from one source before it waits.
FREE = 60
LONGEST_WAIT = 2.0
STEP = 0.02

# Messages of one side of one conversation: this many at once, then so many a second.
BURST = 60.0
PER_SECOND = 4.0


class Floods:
    """Runs in the event loop. Nothing of it is ever written down."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._since = time.monotonic()
        self._counts: dict[bytes, int] = {}

    async def wait(self, scope: Scope) -> None:
        """Wait as long as this source has to. The pseudonym dies with its key, after at most ten minutes."""
        seconds = self.seconds_for(scope)
        if seconds > 0:
            await asyncio.sleep(seconds)

    def seconds_for(self, scope: Scope) -> float:
        """Count this request and say how long its source waits."""
        now = time.monotonic()
        if now - self._since > KEY_SECONDS:
            self._key, self._since = secrets.token_bytes(32), now
            self._counts.clear()
        pseudonym = self.pseudonym(scope)
        count = self._counts[pseudonym] = self._counts.get(pseudonym, 0) + 1
        return min(LONGEST_WAIT, max(0, count - FREE) * STEP)

    def pseudonym(self, scope: Scope) -> bytes:
        """What tells this source from others as long as the key lives, and says nothing of it afterwards."""
        client = scope.get("client")
        source = _source_of(client[0] if client else "")
        return hashlib.blake2b(source, key=self._key, digest_size=8).digest()


def _source_of(address: str) -> bytes:
    """An IPv4 address, or the /64 of an IPv6 one: each connection has such a network to itself."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address.encode("utf-8", "replace")
    if isinstance(known, ipaddress.IPv6Address):
        return known.ipv4_mapped.packed if known.ipv4_mapped else known.packed[:8]
    return known.packed


class Pace:
    """Messages of one writer in one conversation."""

    def __init__(self) -> None:
        factor = float(os.environ.get("HAVN_PACE", "1"))
        self._burst, self._per_second = BURST * factor, PER_SECOND * factor
        self._left: dict[int, tuple[float, float]] = {}

    def check(self, participant_id: int) -> None:
        """Raises HttpError 429 when they write faster than anybody types."""
        now = time.monotonic()
        left, at = self._left.get(participant_id, (self._burst, now))
        left = min(self._burst, left + (now - at) * self._per_second)
        if left < 1.0:
            raise HttpError(
                429,
                "too-fast",
                _("You are writing faster than we can carry. Wait a moment, then send it again."),
                retry_after=2,
            )
        self._left[participant_id] = (left - 1.0, now)

    def tidy(self) -> None:
        """Forget those who have been quiet."""
        now = time.monotonic()
        full = [one for one, (left, at) in self._left.items() if left + (now - at) * self._per_second >= self._burst]
        for one in full:
            del self._left[one]
