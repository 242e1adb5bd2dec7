"""Forms that stretch a password wait for each other here, so that they never take all of `web`'s threads at once.

What such a form costs is one to three Argon2 computations (a test goes through the views for one that is missing).
Two lanes: the door, which anybody may press, and the desk's own, so that a crowd at the door keeps nobody who is signed
in from unlocking. In a lane sources take turns, told apart by a keyed pseudonym that lives in memory for ten minutes at
most: one source with a hundred tries delays another by one try.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from typing import Any

from havn.live.floods import Floods

Scope = MutableMapping[str, Any]

DOOR = ("/desk/sign-in", "/desk/accept/")
DESK = ("/desk/unlock", "/desk/account/password", "/desk/account/app", "/desk/account/recovery-codes")
# Together fewer than `web` has threads: one is left for the pages that children open.
DOOR_AT_ONCE, DESK_AT_ONCE = 1, 1
# So many may be in a lane; each holds its form in memory.
MOST_IN_LANE = 100


class Full(Exception):
    """No room in the lane: the form was not looked at, and can be sent again."""


class Lane:
    """Runs in one event loop."""

    def __init__(self, at_once: int, most: int = MOST_IN_LANE) -> None:
        self._at_once = at_once
        self._most = most
        self._running = 0
        self._waiting: dict[bytes, deque[asyncio.Future[None]]] = {}
        self._floods = Floods()

    @asynccontextmanager
    async def turn(self, scope: Scope) -> AsyncIterator[None]:
        """Wait for this request's turn and keep it while the block lasts. Raises Full.

        A source that sends a lot waits a little first. When there is no room, the last of the source with most tries
        in the lane gives way to one with fewer.
        """
        await self._floods.wait(scope)
        if self._running < self._at_once and not self._waiting:
            self._running += 1
        else:
            await self._queue(self._floods.pseudonym(scope))
        try:
            yield
        finally:
            self._running -= 1
            self._call_next()

    async def _queue(self, source: bytes) -> None:
        if self._running + sum(map(len, self._waiting.values())) >= self._most:
            self._make_room_for(source)
        place = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(source, deque()).append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.cancelled():
                self._forget(source, place)
            elif place.exception() is None:
                # Its turn came in the very moment in which its browser went away.
                self._running -= 1
                self._call_next()
            raise

    def _make_room_for(self, source: bytes) -> None:
        most = max(self._waiting, key=lambda known: len(self._waiting[known]), default=source)
        if len(self._waiting.get(most, ())) <= len(self._waiting.get(source, ())) + 1:
            raise Full
        last = self._waiting[most][-1]
        self._forget(most, last)
        last.set_exception(Full())

    def _call_next(self) -> None:
        while self._waiting and self._running < self._at_once:
            source = next(iter(self._waiting))
            places = self._waiting.pop(source)
            place = places.popleft()
            if places:
                # Behind all others.
                self._waiting[source] = places
            if not place.done():
                self._running += 1
                place.set_result(None)

    def _forget(self, source: bytes, place: asyncio.Future[None]) -> None:
        places = self._waiting.get(source)
        if places is not None and place in places:
            places.remove(place)
            if not places:
                del self._waiting[source]


class Lanes:
    """Both lanes, found by the address of a form."""

    def __init__(self, languages: frozenset[str]) -> None:
        self._languages = languages
        self._lanes = {"door": Lane(DOOR_AT_ONCE), "desk": Lane(DESK_AT_ONCE)}

    def of(self, path: str) -> Lane | None:
        """The lane of a form posted to this path; None when it stretches no password."""
        return self._lanes.get(lane_of(path, self._languages))


def lane_of(path: str, languages: frozenset[str]) -> str:
    """ "door", "desk", or "" for what stretches no password. The language is taken off as `language_of_path` does."""
    first, _, rest = path.lstrip("/").partition("/")
    bare = f"/{rest}" if first in languages else path
    if bare.startswith(DESK):
        return "desk"
    return "door" if bare.startswith(DOOR) else ""
