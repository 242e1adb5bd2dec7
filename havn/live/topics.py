"""Telling many what concerns them of one snapshot, such as their places in a queue.

The snapshot is read once for all. Each waiting visitor has a slot in a wheel that turns in five seconds, so that ten
thousand are told evenly and never all in one moment; those near the front are told at once.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from havn.live import frames
from havn.live.registry import Payload, Topic, topics
from havn.live.staff_stream import StaffStream
from havn.live.threads import Threads
from havn.live.visitor_stream import VisitorStream

if TYPE_CHECKING:
    from havn.live.runtime import Live

# A moving queue is read at most this often, a quiet one at least this often (waits grow by themselves).
SOONEST_SECONDS = 0.3
LATEST_SECONDS = 30.0
# Reading takes at most this share of a core: a queue of ten thousand is read less often than one of ten.
LARGEST_SHARE = 0.1
LONGEST_PAUSE_SECONDS = 4.0
SLICE_SECONDS = 0.002
Listener = TypeVar("Listener")
_log = logging.getLogger("havn.live")


@dataclass
class _Kept:
    """A topic of one service while somebody here listens."""

    topic: Topic
    service_id: int
    snapshot: Any = None
    version: int = 0
    read_at: float = 0.0
    pause: float = SOONEST_SECONDS
    stale: bool = True
    task: asyncio.Task[None] | None = None
    for_staff: dict[int, Payload | None] = field(default_factory=dict)


@dataclass
class _Reading:
    """What a thread made ready of a topic, so that the event loop has only to send it."""

    snapshot: Any
    for_staff: dict[int, Payload | None]
    near: list[int]
    spent_seconds: float


class Topics:
    """Runs in the event loop."""

    def __init__(self, live: "Live", readers: Threads) -> None:
        self._live = live
        self._readers = readers
        self._kept: dict[tuple[str, int], _Kept] = {}

    def changed(self, beacon: str) -> None:
        """A beacon was bumped: if it is a topic's that somebody listens to, read it again."""
        prefix, _, service = beacon.partition(":")
        if prefix in topics and service.isdigit():
            kept = self._kept.get((prefix, int(service)))
            if kept is not None:
                kept.stale = True
                self._read(kept)

    def tell(self, stream: StaffStream) -> None:
        """Everything this person is to be told, now."""
        for service_id in stream.services:
            for topic in topics.values():
                if topic.for_staff is not None:
                    kept = self._of(topic, service_id)
                    if kept.snapshot is not None:
                        self._tell_staff(kept, stream)

    def tell_place(self, stream: VisitorStream) -> None:
        """The visitor's slot has come: tell their place if it changed."""
        if not stream.is_waiting:
            return
        for topic in topics.values():
            if topic.for_visitor is not None:
                kept = self._of(topic, stream.service_id)
                if kept.snapshot is not None and stream.place_of != kept.version:
                    self._tell_visitor(kept, stream)

    def turn(self) -> None:
        """Once a second: read what is due, forget what nobody listens to."""
        now = time.monotonic()
        wanted = self._live.crowd.services()
        for key, kept in list(self._kept.items()):
            if kept.service_id not in wanted:
                del self._kept[key]
            elif kept.stale or now - kept.read_at > LATEST_SECONDS:
                self._read(kept)

    def _of(self, topic: Topic, service_id: int) -> _Kept:
        kept = self._kept.get((topic.prefix, service_id))
        if kept is None:
            kept = self._kept[topic.prefix, service_id] = _Kept(topic, service_id)
            self._read(kept)
        return kept

    def _read(self, kept: _Kept) -> None:
        if kept.task is None:
            kept.task = asyncio.create_task(self._read_and_tell(kept))

    async def _read_and_tell(self, kept: _Kept) -> None:
        try:
            await asyncio.sleep(max(0.0, kept.pause - (time.monotonic() - kept.read_at)))
            kept.stale = False
            kept.read_at = time.monotonic()
            users = {stream.user_id for stream in self._live.crowd.staff if kept.service_id in stream.services}
            read = await self._readers.run(lambda: _read(kept, users))
            kept.snapshot, kept.for_staff = read.snapshot, read.for_staff
            kept.pause = min(LONGEST_PAUSE_SECONDS, max(SOONEST_SECONDS, read.spent_seconds / LARGEST_SHARE))
            kept.version += 1
            desks = [stream for stream in self._live.crowd.staff if kept.service_id in stream.services]
            await in_slices(desks, lambda stream: self._tell_staff(kept, stream))
            near = [stream for one in read.near for stream in self._live.visitor_streams(one) if stream.is_waiting]
            await in_slices(near, lambda stream: self._tell_visitor(kept, stream))
        except Exception:
            kept.stale = True
            _log.exception("A topic could not be read; it is tried again within a second.")
        finally:
            kept.task = None

    def _tell_visitor(self, kept: _Kept, stream: VisitorStream) -> None:
        assert kept.topic.for_visitor is not None
        stream.place_of = kept.version
        place = kept.topic.for_visitor(kept.snapshot, stream.conversation_id)
        if place is not None and place != stream.place:
            stream.place = place
            stream.push(frames.event(kept.topic.visitor_event, place))
            stream.flush()

    def _tell_staff(self, kept: _Kept, stream: StaffStream) -> None:
        if kept.topic.for_staff is None:
            return
        if stream.user_id not in kept.for_staff:
            kept.for_staff[stream.user_id] = kept.topic.for_staff(kept.snapshot, stream.user_id)
        told = kept.for_staff[stream.user_id]
        if told is not None:
            stream.push(frames.event(kept.topic.staff_event, {"service": kept.service_id, **told}))
            stream.flush()


def _read(kept: _Kept, users: set[int]) -> _Reading:
    begun = time.thread_time()
    topic, snapshot = kept.topic, kept.topic.load(kept.service_id)
    for_staff = {user: topic.for_staff(snapshot, user) for user in users} if topic.for_staff else {}
    near = list(topic.near(snapshot)) if topic.near and topic.for_visitor else []
    return _Reading(snapshot, for_staff, near, time.thread_time() - begun)


async def in_slices(streams: Iterable[Listener], tell: Callable[[Listener], None]) -> None:
    """Tell many without keeping anybody's message waiting: every two milliseconds others have their turn."""
    until = time.monotonic() + SLICE_SECONDS
    for stream in streams:
        tell(stream)
        if time.monotonic() > until:
            await asyncio.sleep(0)
            until = time.monotonic() + SLICE_SECONDS
