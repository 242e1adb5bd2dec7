"""Streams under strain: slow readers, many at once, topics, presence, pings."""

import asyncio
from typing import Any

import pytest

from havn.audit.models import Entry
from havn.live import api, registry, streams
from havn.live.crowd import MOST_LINES
from havn.live.presence import Presence
from tests.live.conftest import Place
from tests.live.rig import aside, cookie_of, running, wait_until


def test_a_reader_who_stops_reading_is_brought_forward_and_misses_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "MOST_BYTES", 4000)
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            takes = asyncio.Event()
            takes.set()
            slow = await rig.open("/live/stream", cookie_of(started), slow=takes)
            desk = await rig.open("/live/desk/stream", place.cookies, slow=takes)
            quick = await rig.open("/live/desk/stream", place.cookies)
            for line in (slow, desk, quick):
                await line.until("hello")
            takes.clear()
            texts = [f"Nr {number} " + "x" * 200 for number in range(50)]
            for text in texts:
                assert (await rig.post("/live/message", cookie_of(started), text=text)).status == 200
            await quick.until("message", 50)
            assert slow.texts == []
            listening = rig.live.channels.open[started.conversation_id].subscriptions
            assert all(one.stream._size <= 4000 for one in listening)
            takes.set()
            await slow.until("message", 50)
            await desk.until("message", 50)
            await asyncio.sleep(0.1)
            assert slow.texts == desk.texts == texts

    asyncio.run(story())


def test_a_line_that_takes_nothing_is_cut(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "BLOCKED_SECONDS", 0.05)
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            takes = asyncio.Event()
            takes.set()
            line = await rig.open("/live/stream", cookie_of(started), slow=takes)
            await line.until("hello")
            takes.clear()
            await rig.post("/live/message", cookie_of(started), text="Hei")
            await asyncio.sleep(0.1)
            (stream,) = rig.live.visitor_streams(started.conversation_id)
            stream.ping()
            await wait_until(lambda: not rig.live.visitor_streams(started.conversation_id), 2, lambda: "still open")
            takes.set()

    asyncio.run(story())


def test_many_streams_of_many_talks_each_get_their_own(place: Place) -> None:
    talks = [place.start(joined=False) for _ in range(20)]

    async def story() -> None:
        async with running() as rig:
            lines = [await rig.open("/live/stream", cookie_of(talk)) for talk in talks for _ in range(3)]
            await asyncio.gather(
                *(
                    rig.post("/live/message", cookie_of(talk), text=f"talk {number} message {count}")
                    for count in range(5)
                    for number, talk in enumerate(talks)
                )
            )
            for index, line in enumerate(lines):
                await line.until("message", 5)
                assert sorted(line.texts) == [f"talk {index // 3} message {count}" for count in range(5)]

    asyncio.run(story())


def test_places_go_at_once_to_those_near_and_evenly_to_the_rest(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    near, far, talking = place.start("waiting", joined=False), place.start("waiting", joined=False), place.start("open")
    numbers = {near.conversation_id: 1, far.conversation_id: 30}

    def for_visitor(snapshot: dict[int, int], conversation_id: int) -> dict[str, Any] | None:
        number = snapshot.get(conversation_id)
        return None if number is None else {"place": number, "near": number < 3}

    registry.register_topic(
        registry.Topic(
            prefix="queue",
            load=lambda service_id: dict(numbers),
            for_visitor=for_visitor,
            for_staff=lambda snapshot, user_id: {"waiting": len(snapshot)},
            near=lambda snapshot: [one for one, number in snapshot.items() if number < 3],
        )
    )
    monkeypatch.setattr(registry, "services_of", [lambda user_id: [place.service.pk]])

    async def story() -> None:
        async with running() as rig:
            first = await rig.open("/live/stream", cookie_of(near))
            later = await rig.open("/live/stream", cookie_of(far))
            none = await rig.open("/live/stream", cookie_of(talking))
            desk = await rig.open("/live/desk/stream", place.cookies)
            assert (await first.until("place", seconds=2))[0] == {"place": 1, "near": True}
            assert (await later.until("place", seconds=7))[0] == {"place": 30, "near": False}
            assert (await desk.until("queue"))[0] == {"service": place.service.pk, "waiting": 2}
            numbers.update({near.conversation_id: 2, far.conversation_id: 29})
            await aside(lambda: api.bump(f"queue:{place.service.pk}"))
            assert (await first.until("place", 2, seconds=2))[1]["place"] == 2
            assert (await later.until("place", 2, seconds=7))[1]["place"] == 29
            assert none.named("place") == []

    asyncio.run(story())


def test_strands_are_told_who_is_connected(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    by_stream, by_pages, never = (place.start("waiting", joined=False) for _ in range(3))
    monkeypatch.setattr("havn.live.presence.GONE_SECONDS", 0.3)
    monkeypatch.setattr("havn.live.presence.EVERY_SECONDS", 0.2)
    told: list[frozenset[int]] = []
    registry.register_presence(lambda connected, now_ms: told.append(connected))
    from havn.live.models import VisitorSession

    VisitorSession.objects.filter(conversation_id=never.conversation_id).update(seen_ms=1)

    async def story() -> None:
        async with running() as rig:
            line = await rig.open("/live/stream", cookie_of(by_stream))
            await line.until("hello")
            both = {by_stream.conversation_id, by_pages.conversation_id}
            await wait_until(lambda: bool(told) and told[-1] == both, 4, lambda: str(told))
            await rig.live._renew()
            await line.drop()
            await wait_until(lambda: told[-1] == {by_pages.conversation_id}, 4, lambda: str(told))
            back = await rig.open("/live/stream", cookie_of(by_stream))
            await back.until("hello")
            await wait_until(lambda: told[-1] == both, 4, lambda: str(told))

    asyncio.run(story())


def test_nobody_is_called_away_just_after_a_start(monkeypatch: pytest.MonkeyPatch) -> None:
    presence = Presence()
    presence.came(7)
    assert not presence.due()
    monkeypatch.setattr("havn.live.presence.EVERY_SECONDS", -100.0)
    assert presence.due()


def test_a_short_gap_is_no_absence() -> None:
    presence = Presence()
    presence.came(7)
    presence.left(7)
    assert presence.here() == {7}
    presence.came(7)
    assert presence.gone() == frozenset()


def test_a_desk_that_answers_pings_is_told_to_the_strands(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[frozenset[int]] = []
    monkeypatch.setattr(registry, "pongs", [lambda users, now_ms: told.append(users)])

    async def story() -> None:
        async with running() as rig:
            line = await rig.open("/live/desk/stream", place.cookies)
            await line.until("ping", seconds=8)
            assert (await rig.post("/live/desk/pong", place.cookies)).status == 204
            await rig.live._tell_pongs()
            assert told == [{place.counsellor.pk}]

    asyncio.run(story())


def test_a_page_that_follows_topics_gets_them_and_no_talk_and_leaves_no_read(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = place.start()
    registry.register_topic(
        registry.Topic("queue", lambda service_id: service_id, for_staff=lambda known, user_id: {"known": known})
    )
    monkeypatch.setattr(registry, "services_of", [lambda user_id: [place.service.pk]])

    async def story() -> None:
        async with running() as rig:
            await rig.post("/live/message", cookie_of(started), text="Bare til skranken")
            line = await rig.open("/live/desk/topics", place.cookies)
            (hello,) = await line.until("hello")
            assert hello["conversations"] == []
            assert (await line.until("queue"))[0]["known"] == place.service.pk
            # It is looked at again who this is: still nothing of the talk.
            (stream,) = rig.live.crowd.staff
            await stream._check_once()
            await rig.post("/live/message", cookie_of(started), text="Og dette")
            await asyncio.sleep(0.3)
            assert b"skranken" not in line.body
            assert b"dette" not in line.body

    asyncio.run(story())
    assert not Entry.objects.filter(action="conversation.read").exists()


def test_a_session_in_a_stream_never_falls_silent(place: Place) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            line = await rig.open("/live/stream", cookie_of(started))
            await line.until("hello")
            (stream,) = rig.live.visitor_streams(started.conversation_id)
            stream.visitor.seen_ms -= 31 * 60_000
            stream.ping()
            assert (await rig.request("GET", "/live/here", cookies=cookie_of(started))).status == 200
            assert (await line.until("ping"))[0] == {}

    asyncio.run(story())


def test_one_visit_holds_a_few_lines_and_the_newest_stay(place: Place) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            lines = []
            for _ in range(MOST_LINES + 3):
                lines.append(await rig.open("/live/stream", cookie_of(started)))
                await lines[-1].until("hello")
            await wait_until(lambda: [line.over for line in lines].count(True) == 3, 5, lambda: "still open")
            assert [line.over for line in lines] == [True] * 3 + [False] * MOST_LINES
            await rig.post("/live/message", cookie_of(started), text="Hei")
            await lines[-1].until("message")

    asyncio.run(story())
