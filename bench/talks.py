"""Talks between clients: 64 in flight as fast as they go, or many at a human pace; with lines that drop."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.load import Listener, Poster, Side, now, post_head, stream_head, text_of
from bench.servers import Running


@dataclass
class Talk:
    """One conversation: who posts, and what each side has seen."""

    number: int
    visitor: Side
    staff: Side
    count: int = 0
    sent_at: float = 0.0
    missing: int = 0
    # What each side's stream brought, in order.
    seen: dict[bytes, list[tuple[int, bytes]]] = field(default_factory=lambda: {b"v": [], b"s": []})


@dataclass
class Stream:
    """An open stream that can be dropped and opened again where it was, as a browser does."""

    load: "Load"
    request: bytes
    side: bytes
    listener: Listener

    async def again(self) -> None:
        """Drop the line without a word, and come back after the last id."""
        last_id = self.listener.last_id
        self.listener.on_mark = None
        self.listener.transport.abort()
        head = self.request
        if last_id:
            head = head.replace(b"\r\n", b"\r\nlast-event-id: " + last_id + b"\r\n", 1)
        loop = asyncio.get_running_loop()
        side, load = self.side, self.load

        def seen(talk: int, number: int, author: bytes) -> None:
            load.on_seen(side, talk, number, author)

        on_ping = self.listener.on_ping
        _, self.listener = await loop.create_connection(lambda: Listener(head, seen), "127.0.0.1", load.server.port)
        self.listener.last_id = last_id
        self.listener.on_ping = on_ping
        await self.listener.hello


class Load:
    """Clients of one server. Make it with `of_toy` or `of_havn`."""

    def __init__(self, server: Running) -> None:
        self.server = server
        self.talks: list[Talk] = []
        self.latencies: list[float] = []
        self.on_seen: Callable[[bytes, int, int, bytes], None] = self._seen
        self.streams: list[Stream] = []
        self.errors: list[tuple[int, bytes]] = []

    @classmethod
    async def of_toy(cls, server: Running, count: int) -> "Load":
        load = cls(server)
        head = post_head(server.port, "/post", {})
        for number in range(count):
            visitor = Side(await load.poster(), head, {"room": number, "author": "visitor"})
            staff = Side(await load.poster(), head, {"room": number, "author": "staff"})
            load.talks.append(Talk(number, visitor, staff))
            for side in (b"v", b"s"):
                request = stream_head(server.port, f"/stream?{number}", {}).replace(b"accept", b"X-Toy: 1\r\naccept")
                await load.listen(request, side)
        return load

    @classmethod
    async def of_havn(cls, server: Running, count: int) -> "Load":
        load = cls(server)
        world = server.world
        for number in range(count):
            talk, staff = world["talks"][number], world["staff"][world["talks"][number]["staff"]]
            cookies = {world["visitor_cookie"]: talk["token"]}
            visitor = Side(await load.poster(), post_head(server.port, "/live/message", cookies), {})
            head = post_head(server.port, "/live/desk/message", staff["cookies"])
            desk = Side(await load.poster(), head, {"conversation": talk["conversation"]})
            load.talks.append(Talk(number, visitor, desk))
            await load.listen(stream_head(server.port, "/live/stream?after=0", cookies), b"v")
        for staff in world["staff"]:
            if any(number < count for number in staff["talks"]):
                pong = await load._pong(staff["cookies"])
                await load.listen(stream_head(server.port, "/live/desk/stream", staff["cookies"]), b"s", pong)
        return load

    async def poster(self) -> Poster:
        loop = asyncio.get_running_loop()
        _, poster = await loop.create_connection(lambda: Poster(self.server.port), "127.0.0.1", self.server.port)
        return poster

    async def _pong(self, cookies: dict[str, str]) -> Callable[[], None]:
        poster = await self.poster()
        request = post_head(self.server.port, "/live/desk/pong", cookies) + b"content-length: 2\r\n\r\n{}"
        return lambda: poster.post(request, lambda status, body: None)

    async def listen(self, request: bytes, side: bytes, on_ping: Callable[[], None] | None = None) -> Listener:
        loop = asyncio.get_running_loop()

        def seen(talk: int, number: int, author: bytes) -> None:
            self.on_seen(side, talk, number, author)

        _, listener = await loop.create_connection(lambda: Listener(request, seen), "127.0.0.1", self.server.port)
        listener.on_ping = on_ping
        await listener.hello
        self.streams.append(Stream(self, request, side, listener))
        return listener

    async def _post(self, side: Side, request: bytes) -> None:
        done: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        side.poster.post(request, lambda status, body: done.set_result(status))
        if await done != 200:
            self.errors.append((done.result(), b""))

    def _answered(self, status: int, body: bytes) -> None:
        if status != 200:
            self.errors.append((status, body))

    def _seen(self, side: bytes, talk: int, number: int, author: bytes) -> None:
        if side == author:
            return
        one = self.talks[talk]
        if number == one.count:
            one.missing -= 1
            self.latencies.append(now() - one.sent_at)
            if one.missing == 0:
                self.next(one)

    def next(self, talk: Talk) -> None:
        """The other side answers as soon as the last message is acknowledged and has arrived."""
        talk.count += 1
        talk.missing = 2
        side, name = (talk.visitor, "v") if talk.count % 2 else (talk.staff, "s")
        talk.sent_at = now()
        request = side.request(text_of(talk.number, talk.count, name), f"bench-{talk.number}-{talk.count}")

        def answered(status: int, body: bytes) -> None:
            if status != 200:
                self.errors.append((status, body))
                return
            talk.missing -= 1
            if talk.missing == 0:
                self.next(talk)

        side.poster.post(request, answered)

    async def as_fast_as_it_goes(self, seconds: float, warm: float = 1.0) -> dict[str, float]:
        """All talks in flight. Returns messages, seconds and the server's CPU seconds of the measured part."""
        for talk in self.talks:
            self.next(talk)
        await asyncio.sleep(warm)
        begun, cpu, count = now(), self.server.cpu_seconds(), sum(talk.count for talk in self.talks)
        self.latencies.clear()
        await asyncio.sleep(seconds)
        done = sum(talk.count for talk in self.talks) - count
        result = {"messages": done, "seconds": now() - begun, "cpu": self.server.cpu_seconds() - cpu}
        self.next = lambda talk: None  # type: ignore[method-assign]
        await asyncio.sleep(0.3)
        if self.errors:
            raise RuntimeError(f"{len(self.errors)} refused, first: {self.errors[0]}")
        return result

    async def at_a_human_pace(self, seconds: float, every: float) -> list[float]:
        """Each talk sends a message every so often, sides in turn. Returns the delivery times in seconds."""
        waiting: dict[tuple[int, int], float] = {}
        latencies: list[float] = []

        def seen(side: bytes, talk: int, number: int, author: bytes) -> None:
            if side != author and (talk, number) in waiting:
                latencies.append(now() - waiting.pop((talk, number)))

        self.on_seen = seen

        async def speak(talk: Talk) -> None:
            await asyncio.sleep(random.random() * every)
            end = now() + seconds
            while now() < end:
                talk.count += 1
                side, name = (talk.visitor, "v") if talk.count % 2 else (talk.staff, "s")
                waiting[talk.number, talk.count] = now()
                request = side.request(text_of(talk.number, talk.count, name), f"slow-{talk.number}-{talk.count}")
                side.poster.post(request, self._answered)
                await asyncio.sleep(every * (0.8 + 0.4 * random.random()))

        await asyncio.gather(*(speak(talk) for talk in self.talks))
        await asyncio.sleep(2.5)
        if waiting or self.errors:
            raise RuntimeError(f"{len(waiting)} not delivered, {len(self.errors)} refused: {self.errors[:1]}")
        return latencies

    async def with_lines_that_drop(self, seconds: float, every: float, drop_every: float) -> dict[str, float]:
        """The same at a human pace while each line is dropped every so often. Every reader must be told every
        acknowledged message once and in order: returns how many were not, and how many lines were dropped."""
        told: dict[tuple[bytes, int], list[int]] = {}
        self.on_seen = lambda side, talk, number, author: told.setdefault((side, talk), []).append(number)
        drops = 0
        end = now() + seconds

        async def drop(stream: Stream) -> None:
            nonlocal drops
            await asyncio.sleep(random.random() * drop_every)
            while now() < end:
                await stream.again()
                drops += 1
                await asyncio.sleep(drop_every)

        async def speak(talk: Talk) -> None:
            await asyncio.sleep(random.random() * every)
            while now() < end:
                talk.count += 1
                side, name = (talk.visitor, "v") if talk.count % 2 else (talk.staff, "s")
                request = side.request(text_of(talk.number, talk.count, name), f"drop-{talk.number}-{talk.count}")
                await self._post(side, request)
                await asyncio.sleep(every * (0.8 + 0.4 * random.random()))

        await asyncio.gather(*(drop(stream) for stream in self.streams), *(speak(talk) for talk in self.talks))
        await asyncio.sleep(3)
        wrong = len(self.errors)
        for talk in self.talks:
            whole = list(range(1, talk.count + 1))
            for side in (b"v", b"s"):
                seen = told.get((side, talk.number), [])
                if seen != whole:
                    wrong += max(1, len(set(whole) - set(seen)) + len(seen) - len(set(seen)))
        return {"lost": wrong, "drops": drops, "messages": sum(talk.count for talk in self.talks)}
