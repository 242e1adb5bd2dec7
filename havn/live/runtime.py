"""Everything of the live process in one place: what listens, what writes, and what turns by itself."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from havn.accounts import api as accounts
from havn.common import clock
from havn.common.language import spoken
from havn.live import beacons, bus, heads, presence, registry, reserve, visitors
from havn.live.channels import Channels
from havn.live.crowd import TICK_SECONDS, Crowd
from havn.live.floods import Floods, Pace
from havn.live.presence import Presence
from havn.live.seats import Seat, Seats
from havn.live.sessions import Sessions
from havn.live.staff_stream import StaffStream
from havn.live.telling import Telling
from havn.live.threads import Threads
from havn.live.topics import Topics, in_slices
from havn.live.visitor_stream import VisitorStream
from havn.live.writer import Writer, tidy_wal
from havn.tenancy.models import CentreHost

POLL_SECONDS = 1.0
SETTLE_SECONDS = 0.1
# How far each read looks back: transactions that took long, clocks of other machines.
LOOK_BACK_MS = 10_000
_ENGLISH: tuple[str, frozenset[str]] = ("en", frozenset())
_log = logging.getLogger("havn.live")


class Live:
    """One per process. Start it in the event loop that serves the requests."""

    def __init__(self) -> None:
        self.readers = Threads("live-read", 4)
        self.sweepers = Threads("live-sweep", 2)
        self.channels = Channels(self.readers)
        self.writer = Writer(self.channels.deliver)
        self.crowd = Crowd()
        self.telling = Telling(self.channels)
        self.sessions = Sessions(self)
        self.seats = Seats(self.readers)
        self.topics = Topics(self, self.readers)
        self.presence = Presence()
        self.floods = Floods()
        self.pace = Pace()
        self.languages = frozenset(code for code, _ in settings.LANGUAGES)
        self._bus = bus.Bus(self._hinted)
        self._tasks: list[asyncio.Task[None]] = []
        self._hosts: dict[str, tuple[str, frozenset[str]]] = {}
        self._beacons: dict[str, int] = {}
        self._pongs: set[int] = set()
        self._writing: set[int] = set()
        self._active: dict[bytes, float] = {}
        self._polled_at_ms = 0

    async def start(self) -> None:
        """Ready to answer: start-up functions have run, the writer and all that turns by itself are running."""
        loop = asyncio.get_running_loop()
        await self.sweepers.run(_first_things)
        await self._read_hosts()
        self.writer.start(loop)
        self._bus.start(loop)
        self._beacons = dict(await self.readers.run(lambda: beacons.changed_since(clock.now_ms() - LOOK_BACK_MS)))
        self._polled_at_ms = clock.now_ms()
        self._turn("poll", POLL_SECONDS, self._poll)
        self._turn("wheel", TICK_SECONDS, self._tick)
        self._turn("second", 1.0, self._each_second)
        self._turn("renewals", 5.0, self._renew)
        self._turn("pongs", 4.0, self._tell_pongs)
        self._turn("tidy", 60.0, self._tidy)
        self._turn("write-ahead log", 1.0, self._tidy_wal)
        for sweep in registry.sweeps:
            self._turn("sweep", sweep.every_seconds, partial(self._sweep, sweep.run))

    async def stop(self) -> None:
        """Tell the streams nothing (browsers come back by themselves), store what waits, end the threads."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.end_streams()
        self._bus.stop()
        await self.writer.stop()
        await asyncio.to_thread(self.readers.stop)
        await asyncio.to_thread(self.sweepers.stop)

    def end_streams(self) -> None:
        """Close every stream: the server is about to stop, and must not wait for them."""
        self.crowd.end_all()

    # Streams coming and going.

    def visitor_came(self, stream: VisitorStream) -> None:
        self.crowd.add(stream)
        self.sessions.heard(stream.visitor, clock.now_ms(), streamed=True)
        if self.presence.came(stream.conversation_id):
            self.telling.presence(stream.conversation_id, True)
        self.topics.tell_place(stream)

    def visitor_left(self, stream: VisitorStream) -> None:
        self.crowd.remove(stream)
        if self.presence.left(stream.conversation_id):
            self.telling.presence(stream.conversation_id, False)

    def visitor_streams(self, conversation_id: int) -> list[VisitorStream]:
        return self.crowd.of_conversation(conversation_id)

    def cipher_of(self, seat: Seat, conversation_id: int) -> AESGCM | None:
        """The key this session has opened for a stream already."""
        channel = self.channels.open.get(conversation_id)
        for one in channel.subscriptions if channel else ():
            stream = one.stream
            if isinstance(stream, StaffStream) and stream.seat.session_id_hash == seat.session_id_hash:
                return one.cipher
        return None

    # What requests bring.

    def visitor_writes(self, conversation_id: int) -> None:
        """A visitor is writing: told to the strands with the next pongs."""
        self._writing.add(conversation_id)

    def pong(self, user_id: int) -> None:
        self._pongs.add(user_id)

    def active(self, seat: Seat) -> None:
        """A person did something: their idle lock is put off. Written at most every 20 s."""
        now = time.monotonic()
        if now - self._active.get(seat.session_id_hash, 0.0) > 20:
            self._active[seat.session_id_hash] = now
            self._spawn(self.writer.run(lambda: accounts.mark_active(seat.session_id_hash)))

    def language_of_host(self, host: str) -> str:
        """The first of the centre's languages, English for an unknown host."""
        return self._hosts.get(host, _ENGLISH)[0]

    def spoken(self, language: str, host: str) -> str:
        """The language to translate into at this host: the formal one where its centre chose so."""
        return spoken(language, self._hosts.get(host, _ENGLISH)[1])

    # Hints and reads.

    def _hinted(self, hints: list[str]) -> None:
        for hint in hints:
            word, _, rest = hint.partition(" ")
            if word == "b":
                self._beacon(rest)
                continue
            first, _, second = rest.partition(" ")
            if not (first.isdigit() and second.isdigit()):
                continue
            if word == "m":
                self.channels.grown(int(first), int(second))
            elif word == "t":
                self.telling.typing_here(int(first), int(second))
            elif word == "p":
                self.telling.presence_here(int(first), second == "1")

    async def _poll(self) -> None:
        """Find what hints did not say. Two indexed queries, however many streams are open."""
        since = self._polled_at_ms - LOOK_BACK_MS
        now_ms = clock.now_ms()
        grown, bumped = await self.readers.run(lambda: (heads.changed_since(since), beacons.changed_since(since)))
        # What this process stored itself is being delivered in these milliseconds, without reading it back.
        await asyncio.sleep(SETTLE_SECONDS)
        for conversation_id, seq in grown:
            self.channels.grown(conversation_id, seq)
        for topic, version in bumped:
            if self._beacons.get(topic) != version:
                self._beacons[topic] = version
                self._beacon(topic)
        if len(self._beacons) > 50_000:
            self._beacons = dict(bumped)
        self._polled_at_ms = now_ms

    def _beacon(self, topic: str) -> None:
        prefix, _, name = topic.partition(":")
        if prefix == "conversation" and name.isdigit():
            self.sessions.forget_conversation(int(name))
            self.channels.refresh([int(name)])
        elif prefix in {"session", "staff"} and name.isdigit():
            if prefix == "session":
                self.seats.forget(int(name))
            for stream in self.crowd.staff:
                if stream.user_id == int(name):
                    stream.check()
        else:
            self.topics.changed(topic)

    # What turns by itself.

    def _turn(self, name: str, every: float, work: Callable[[], Any]) -> None:
        self._tasks.append(asyncio.create_task(_turning(name, every, work)))

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.create_task(work)
        task.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def _tick(self) -> None:
        places, pings, desks = self.crowd.due()
        await in_slices(places, self.topics.tell_place)
        await in_slices(pings, self._ping)
        await in_slices(desks, lambda desk: desk.ping())

    def _ping(self, stream: VisitorStream) -> None:
        stream.ping()
        self.sessions.heard(stream.visitor, stream.visitor.seen_ms, streamed=True)

    async def _each_second(self) -> None:
        self.topics.turn()
        if registry.presences and self.presence.due():
            here, gone, now_ms = self.presence.here(), self.presence.gone(), clock.now_ms()
            await self.sweepers.run(lambda: _tell_strands(here, gone, now_ms))

    async def _renew(self) -> None:
        by_request, by_stream = self.sessions.take_heard()
        now_ms = clock.now_ms()
        if by_request:
            await self.writer.run(lambda: visitors.renew(by_request, now_ms))
        if by_stream:
            await self.writer.run(lambda: visitors.renew(by_stream, now_ms, streamed=True))

    async def _tell_pongs(self) -> None:
        if self._pongs:
            users, self._pongs = frozenset(self._pongs), set()
            for run in registry.pongs:
                await self.writer.run(partial(run, users, clock.now_ms()))
        if self._writing:
            conversations, self._writing = frozenset(self._writing), set()
            for run in registry.typings:
                await self.writer.run(partial(run, conversations, clock.now_ms()))

    async def _tidy(self) -> None:
        now, now_ms = time.monotonic(), clock.now_ms()
        self.pace.tidy()
        self.sessions.tidy(now_ms)
        self.telling.tidy()
        self._active = {one: at for one, at in self._active.items() if now - at < 60}
        await self._read_hosts()
        await self.sweepers.run(reserve.keep)
        while await self.writer.run(lambda: visitors.end_silent_sessions(now_ms)) == 200:
            pass
        await self.writer.run(lambda: beacons.sweep(now_ms - 24 * 3_600_000))

    async def _tidy_wal(self) -> None:
        await self.sweepers.run(tidy_wal)

    async def _sweep(self, run: Callable[[int], None]) -> None:
        await self.sweepers.run(lambda: run(clock.now_ms()))

    async def _read_hosts(self) -> None:
        self._hosts = dict(await self.readers.run(_languages))


async def _turning(name: str, every: float, work: Callable[[], Any]) -> None:
    """Do `work` every so often for as long as the process lives; a failure is told and the next turn comes."""
    while True:
        started = time.monotonic()
        try:
            result = work()
            if result is not None:
                await result
        except Exception:
            _log.exception("The turn %s failed.", name)
        await asyncio.sleep(max(every - (time.monotonic() - started), every * 0.1))


def _first_things() -> None:
    for run in registry.startups:
        run(clock.now_ms())


def _tell_strands(here: frozenset[int], gone: frozenset[int], now_ms: int) -> None:
    connected = here | presence.elsewhere(now_ms, gone)
    for run in registry.presences:
        run(connected, now_ms)


def _languages() -> list[tuple[str, tuple[str, frozenset[str]]]]:
    found: Iterable[CentreHost] = CentreHost.objects.select_related("centre")
    return [(one.host, (one.centre.default_language, frozenset(one.centre.formal_in))) for one in found]
