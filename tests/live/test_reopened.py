"""A page that is loaded again: its new stream opens while the sessions of the old ones are being looked up."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from havn.live import api, sql, visitors
from tests.live.conftest import Place
from tests.live.rig import cookie_of, running

_living = visitors.living


class Look:
    """A look for the living sessions that has read, and goes on when it is told."""

    def __init__(self) -> None:
        self.has_read, self.goes_on = threading.Event(), threading.Event()

    def __call__(self, tokens: list[bytes]) -> frozenset[bytes]:
        found = _living(tokens)
        self.has_read.set()
        assert self.goes_on.wait(10)
        return found


@contextmanager
def looking(live: Any, conversation_id: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Look]:
    """Heads and sessions of a conversation are read, and what was read has not been used yet."""
    look = Look()
    monkeypatch.setattr(visitors, "living", look)
    live.channels.refresh([conversation_id])
    try:
        yield look
    finally:
        look.goes_on.set()


def test_a_stream_that_opens_meanwhile_is_not_taken_for_an_ended_one(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            await (await rig.open("/live/desk/stream", place.cookies)).until("hello")
            with looking(rig.live, started.conversation_id, monkeypatch) as look:
                await asyncio.to_thread(look.has_read.wait, 10)
                child = await rig.open("/live/stream", cookie_of(started))
                await child.until("hello")
            await rig.post("/live/message", cookie_of(started), text="Hei")
            await child.until("message")
            assert child.named("gone") == []

    asyncio.run(story())


def test_a_session_that_ends_meanwhile_ends_its_stream(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            await (await rig.open("/live/desk/stream", place.cookies)).until("hello")
            with looking(rig.live, started.conversation_id, monkeypatch) as look:
                await asyncio.to_thread(look.has_read.wait, 10)
                child = await rig.open("/live/stream", cookie_of(started))
                await child.until("hello")
                await rig.live.readers.run(_end(started))
            await child.until("gone")

    asyncio.run(story())


def _end(started: api.Started) -> Callable[[], object]:
    """The session is gone and nobody was told."""

    def end() -> object:
        visitor = api.visitor_of(cookie_of(started))
        assert visitor is not None
        return sql.run("DELETE FROM live_visitorsession WHERE token_hash = %s", (visitor.token_hash,))

    return end
