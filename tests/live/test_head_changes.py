"""Whoever reads a conversation's head again first, everybody who listens is told what changed in it."""

import asyncio

import pytest

from havn.common import clock
from havn.live import api, beacons
from tests.live.conftest import Place, elsewhere
from tests.live.rig import aside, cookie_of, running


def only_staff(*topics: str) -> None:
    """The hint to the desk comes; the one about the conversation itself is late."""
    _bump(*(topic for topic in topics if topic.startswith("staff:")))


_bump = beacons.bump


def test_a_desk_that_reads_first_leaves_the_child_nothing_unsaid(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    started = place.start(state="waiting", joined=False)

    def take() -> None:
        place.join(started)
        api.set_state(conversation_id=started.conversation_id, state="open", now_ms=clock.now_ms())

    async def story() -> None:
        async with running() as rig:
            child = await rig.open("/live/stream", cookie_of(started))
            await child.until("hello")
            desk = await rig.open("/live/desk/stream", place.cookies)
            await desk.until("hello")
            monkeypatch.setattr(beacons, "bump", only_staff)
            await aside(elsewhere(take))
            await desk.until("conversation")
            assert (await child.until("state"))[-1]["state"] == "open"

    asyncio.run(story())


def test_words_of_somebody_new_leave_nothing_unsaid(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    started = place.start(state="waiting", joined=False)

    def take_and_write() -> None:
        participant_id = place.join(started)
        api.set_state(conversation_id=started.conversation_id, state="open", now_ms=clock.now_ms())
        api.append(
            conversation_id=started.conversation_id,
            key=started.key,
            author="staff",
            kind="text",
            text="Hei",
            participant_id=participant_id,
        )

    async def story() -> None:
        async with running() as rig:
            child = await rig.open("/live/stream", cookie_of(started))
            await child.until("hello")
            monkeypatch.setattr(beacons, "bump", lambda *topics: None)
            await aside(elsewhere(take_and_write))
            await child.until("message")
            assert (await child.until("state"))[-1]["state"] == "open"

    asyncio.run(story())
