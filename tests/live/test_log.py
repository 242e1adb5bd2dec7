"""The log under any order of events: what every reader was told equals the page opened afresh."""

import asyncio
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havn.common import clock
from havn.common.errors import Refused
from havn.live import api, log, sql
from havn.live.models import Conversation, Message
from havn.vault import rules as vault
from tests.live.conftest import Place
from tests.live.rig import Line, Rig, aside, cookie_of, running, wait_until

STEP = st.one_of(
    st.tuples(st.just("child"), st.integers(0, 9)),
    st.tuples(st.just("desk"), st.integers(0, 9)),
    st.tuples(st.just("elsewhere"), st.integers(0, 9)),
    st.tuples(st.just("together"), st.integers(2, 6)),
    st.tuples(st.just("drop"), st.integers(0, 1)),
    st.tuples(st.just("open"), st.integers(0, 1)),
)


class Reader:
    """A browser that reconnects after the last id it saw, and keeps all that it was told."""

    def __init__(self, rig: Rig, address: str, cookies: dict[str, str], conversation_id: int) -> None:
        self.rig, self.address, self.cookies, self.conversation_id = rig, address, cookies, conversation_id
        self.line: Line | None = None
        self.told: list[tuple[int, str]] = []
        self.last = ""

    async def open(self) -> None:
        if self.line is None:
            self.line = await self.rig.open(self.address, self.cookies, last_event_id=self.last)

    async def drop(self) -> None:
        if self.line is not None:
            await self.line.drop()
            self.keep()
            self.line = None

    def keep(self) -> None:
        assert self.line is not None
        for event in self.line.events:
            if event.name == "message":
                self.last = event.id
                # The counsellor has talks of earlier examples as well.
                if event.data.get("conversation", self.conversation_id) == self.conversation_id:
                    self.told.append((event.data["seq"], event.data["text"]))
        self.line.events.clear()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=st.lists(STEP, max_size=25))
def test_any_interleaving_of_posts_resends_drops_and_replays_equals_the_fresh_page(
    place: Place, steps: list[tuple[str, int]]
) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            readers = [
                Reader(rig, "/live/stream", cookie_of(started), started.conversation_id),
                Reader(rig, "/live/desk/stream", place.cookies, started.conversation_id),
            ]
            for step, number in steps:
                await take(rig, readers, step, number)
            last = (await aside(lambda: Conversation.objects.get(pk=started.conversation_id))).last_seq
            for reader in readers:
                await reader.open()
                await wait_until(lambda reader=reader: reached(reader, last), 5, lambda: str(steps))  # type: ignore[misc]
            fresh = await aside(lambda: log.entries(started.conversation_id, vault.cipher(started.key)))
            page = [(one.seq, one.text) for one in fresh]
            assert [seq for seq, _ in page] == list(range(1, last + 1))
            assert len({one.client_id + one.author for one in fresh}) == len(fresh)
            for reader in readers:
                assert reader.told == page

    def reached(reader: Reader, last: int) -> bool:
        reader.keep()
        return (reader.told[-1][0] if reader.told else 0) >= last

    async def take(rig: Rig, readers: list[Reader], step: str, number: int) -> None:
        child: dict[str, Any] = {"text": f"child {number}", "client_id": f"child-{number:04}"}
        desk: dict[str, Any] = {"text": f"desk {number}", "client_id": f"desk-{number:04}"}
        desk["conversation"] = started.conversation_id
        if step == "child":
            assert (await rig.post("/live/message", cookie_of(started), **child)).status == 200
        elif step == "desk":
            assert (await rig.post("/live/desk/message", place.cookies, **desk)).status == 200
        elif step == "elsewhere":
            await aside(
                lambda: api.append(
                    conversation_id=started.conversation_id,
                    key=started.key,
                    author="system",
                    kind="text",
                    text=f"system {number}",
                    client_id=f"system-{number:04}",
                )
            )
        elif step == "together":
            answers: Any = await asyncio.gather(
                *(rig.post("/live/message", cookie_of(started), **child) for _ in range(number)),
                rig.post("/live/desk/message", place.cookies, **desk),
            )
            assert {one.status for one in answers} == {200}
            assert len({one.json["seq"] for one in answers[:-1]}) == 1
        elif step == "drop":
            await readers[number].drop()
        else:
            await readers[number].open()

    asyncio.run(story())


def test_a_batch_hands_out_places_in_order_over_many_conversations(place: Place) -> None:
    talks = [place.start(joined=False) for _ in range(3)]
    posts = [
        log.Post(
            talks[number % 3].conversation_id,
            talks[number % 3].participant_id,
            "visitor",
            "text",
            f"client-{number}",
            f"Nr {number}",
            vault.cipher(talks[number % 3].key),
        )
        for number in range(10)
    ]
    with transaction.atomic():
        results = log.append_batch(sql.cursor(), posts, clock.now_ms())
    assert [one.seq for one in results if isinstance(one, log.Stored)] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4]
    read = log.entries(talks[0].conversation_id, vault.cipher(talks[0].key))
    assert [one.text for one in read] == ["Nr 0", "Nr 3", "Nr 6", "Nr 9"]


def test_an_ended_conversation_takes_events_and_notes_but_no_text(place: Place) -> None:
    started = place.start(state="ended", joined=False)
    known: dict[str, Any] = {"conversation_id": started.conversation_id, "key": started.key, "author": "system"}
    with pytest.raises(Refused):
        api.append(kind="text", text="sent", **known)
    assert api.append(kind="note", text="til oss", **known).seq == 1
    assert api.append_event(started.conversation_id, started.key, "closed").seq == 2


def test_a_batch_without_an_ended_conversation_takes_the_rest(place: Place) -> None:
    over, running_talk = place.start(state="ended", joined=False), place.start(joined=False)
    posts = [
        log.Post(one.conversation_id, None, "visitor", "text", f"client-{number}", "Hei", vault.cipher(one.key))
        for number, one in enumerate((over, running_talk, over))
    ]
    with transaction.atomic():
        results = log.append_batch(sql.cursor(), posts, clock.now_ms())
    assert isinstance(results[0], Refused)
    assert isinstance(results[1], log.Stored)
    assert isinstance(results[2], Refused)


def test_a_row_moved_to_another_place_opens_no_more(place: Place) -> None:
    started = place.start(joined=False)
    for text in ("en", "to"):
        api.append(conversation_id=started.conversation_id, key=started.key, author="visitor", kind="text", text=text)
    _first, second = Message.objects.order_by("seq")
    sql.run("UPDATE live_message SET nonce = %s, body = %s WHERE seq = 1", (bytes(second.nonce), bytes(second.body)))
    read = log.entries(started.conversation_id, vault.cipher(started.key))
    assert [(one.code, one.text) for one in read] == [("unreadable", ""), ("", "to")]
