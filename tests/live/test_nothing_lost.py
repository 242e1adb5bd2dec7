"""Whatever breaks, each acknowledged message is there exactly once and in order, and who was not heard is told."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection, connections, transaction

from havn.common.errors import Refused
from havn.live import api, log, reserve, writer
from havn.live.models import Conversation, Message
from havn.vault import rules as vault
from tests.live.conftest import Place
from tests.live.rig import aside, cookie_of, running, wait_until

POSTGRES = str(settings.DATABASES["default"]["ENGINE"]).endswith("postgresql")
only_sqlite = pytest.mark.skipif(POSTGRES, reason="SQLite's lock")
only_postgres = pytest.mark.skipif(not POSTGRES, reason="PostgreSQL's lock")


def stored(started: api.Started) -> list[str]:
    return [one.text for one in log.entries(started.conversation_id, vault.cipher(started.key))]


def test_forced_reconnects_lose_nothing_and_repeat_nothing(place: Place) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            told: list[str] = []
            last = ""

            async def write() -> None:
                for number in range(40):
                    await rig.post("/live/message", cookie_of(started), text=f"Nr {number}")
                    await asyncio.sleep(0.005)

            writing = asyncio.create_task(write())
            while len(told) < 40:
                line = await rig.open("/live/stream", cookie_of(started), last_event_id=last)
                await asyncio.sleep(0.03)
                await line.drop()
                for event in line.events:
                    if event.name == "message":
                        told.append(event.data["text"])
                        last = event.id
            await writing
            assert told == [f"Nr {number}" for number in range(40)]

    asyncio.run(story())


def test_with_the_bus_dropped_entirely_a_message_of_another_process_arrives_within_two_seconds(
    place: Place, no_bus: None
) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            child = await rig.open("/live/stream", cookie_of(started))
            desk = await rig.open("/live/desk/stream", place.cookies)
            await child.until("hello")
            await desk.until("hello")
            for number in range(3):
                await aside(
                    lambda: api.append(
                        conversation_id=started.conversation_id,
                        key=started.key,
                        author="system",
                        kind="text",
                        text="Hei",
                    )
                )
                begun = time.monotonic()
                await child.until("message", number + 1, seconds=2)
                await desk.until("message", number + 1, seconds=2)
                assert time.monotonic() - begun < 2

    asyncio.run(story())


def test_with_the_bus_dropped_state_and_company_are_told_within_two_seconds(place: Place, no_bus: None) -> None:
    started = place.start(state="waiting", joined=False)

    async def story() -> None:
        async with running() as rig:
            child = await rig.open("/live/stream", cookie_of(started))
            desk = await rig.open("/live/desk/stream", place.cookies)
            await child.until("hello")
            await desk.until("hello")
            await aside(lambda: place.join(started))
            await aside(lambda: api.set_state(conversation_id=started.conversation_id, state="open", now_ms=1))
            await wait_until(
                lambda: any(one["state"] == "open" and one["here"] for one in child.named("state")),
                2,
                lambda: str(child.events),
            )
            # One line of what changed, or two when it is read between the joining and the opening.
            told = await desk.until("conversation", seconds=2)
            assert {one["conversation"] for one in told} == {started.conversation_id}

    asyncio.run(story())


@only_sqlite
def test_a_lock_that_passes_delays_a_message_and_loses_nothing(place: Place) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            asking = asyncio.create_task(rig.post("/live/message", cookie_of(started), text="Hei"))
            await asyncio.sleep(0.5)
            assert not asking.done()
            other.execute("ROLLBACK")
            other.close()
            assert (await asking).status == 200

    asyncio.run(story())
    assert stored(started) == ["Hei"]


@only_sqlite
def test_a_lock_that_stays_is_told_as_not_taken(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "PATIENCE_SECONDS", 0.3)
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            answers = await asyncio.gather(
                *(rig.post("/live/message", cookie_of(started), text="Hei", client_id=f"lock-{n:04}") for n in range(5))
            )
            assert {one.status for one in answers} == {503}
            assert {one.json["code"] for one in answers} == {"not-taken"}
            assert answers[0].header("retry-after")
            other.execute("ROLLBACK")
            other.close()
            again = await rig.post("/live/message", cookie_of(started), text="Hei", client_id="lock-0000")
            assert (again.status, again.json["new"]) == (200, True)

    asyncio.run(story())
    assert stored(started) == ["Hei"]


@only_postgres
def test_a_row_that_stays_locked_is_told_as_not_taken(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "PATIENCE_SECONDS", 1.0)
    started, other = place.start(), place.start()
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Conversation.objects.select_for_update().get(pk=started.conversation_id)
            held.set()
            free.wait(20)

    async def story() -> None:
        async with running() as rig:
            holding = asyncio.create_task(aside(hold))
            await asyncio.to_thread(held.wait)
            answer = await rig.post("/live/message", cookie_of(started), text="Hei", client_id="lock-0000")
            assert (answer.status, answer.json["code"]) == (503, "not-taken")
            assert (await rig.post("/live/message", cookie_of(other), text="Hei")).status == 200
            free.set()
            await holding
            again = await rig.post("/live/message", cookie_of(started), text="Hei", client_id="lock-0000")
            assert (again.status, again.json["new"]) == (200, True)

    asyncio.run(story())
    assert stored(started) == ["Hei"]


@only_sqlite
def test_a_full_database_is_told_as_not_taken_and_what_was_acknowledged_stays(place: Place) -> None:
    started = place.start()

    async def story() -> list[str]:
        async with running() as rig:
            await rig.live.writer.run(lambda: limit_pages())
            acknowledged = []
            for number in range(200):
                text = f"{number} " + "x" * 4000
                answer = await rig.post("/live/message", cookie_of(started), text=text)
                if answer.status == 200:
                    acknowledged.append(text)
                else:
                    assert (answer.status, answer.json["code"]) == (503, "not-taken")
                    break
            else:
                raise AssertionError("The database was never full.")
            await rig.live.writer.run(lambda: limit_pages(more=10_000))
            assert (await rig.post("/live/message", cookie_of(started), text="Etterpå")).status == 200
            return [*acknowledged, "Etterpå"]

    def limit_pages(more: int = 20) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            count = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {count + more}")
            cursor.fetchall()

    # Pages that earlier tests emptied would take more messages than a minute allows.
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    acknowledged = asyncio.run(story())
    assert stored(started) == acknowledged


def test_on_a_full_disk_the_reserve_is_given_to_open_talks(
    place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started = place.start()
    kept = tmp_path / "reserve"
    kept.write_bytes(b"kept")
    monkeypatch.setattr("havn.tasks.reserve.path", lambda: kept)
    monkeypatch.setattr(reserve, "keep", lambda: None)
    failing(monkeypatch, lambda: kept.exists(), OperationalError("database or disk is full"))

    async def story() -> None:
        async with running() as rig:
            assert (await rig.post("/live/message", cookie_of(started), text="Hei")).status == 200

    asyncio.run(story())
    assert not kept.exists()
    assert stored(started) == ["Hei"]


def test_below_the_reserve_nothing_new_starts_and_open_talks_go_on(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = place.start()
    monkeypatch.setattr(reserve, "free_bytes", lambda: reserve.RESERVE_BYTES - 1)
    with pytest.raises(api.NoRoom):
        place.start()

    async def story() -> None:
        async with running() as rig:
            assert (await rig.post("/live/message", cookie_of(started), text="Hei")).status == 200

    asyncio.run(story())


def test_a_connection_lost_at_the_commit_stores_a_message_once(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commit arrived but its answer did not: the writer looks for its own copy before it stores again."""
    started = place.start()
    lost = iter([True])

    def commit(self: Any) -> None:
        original(self)
        if next(lost, False):
            raise OperationalError("server closed the connection unexpectedly")

    original = type(connections["default"]).commit

    async def story() -> None:
        async with running() as rig:
            await rig.live.writer.run(lambda: None)
            monkeypatch.setattr(type(connections["default"]), "commit", commit)
            monkeypatch.setattr("havn.live.troubles.of", lambda error: "broken")
            answer = await rig.post("/live/message", cookie_of(started), text="Hei")
            assert answer.status == 200
            monkeypatch.undo()

    asyncio.run(story())
    assert stored(started) == ["Hei"]


def test_a_job_that_fails_takes_no_other_with_it(place: Place) -> None:
    started = place.start()

    def fails() -> None:
        Conversation.objects.filter(pk=started.conversation_id).update(state="ended")
        raise Refused("Nei.")

    async def story() -> None:
        async with running() as rig:
            hold = asyncio.create_task(rig.live.writer.run(lambda: time.sleep(0.05)))
            await asyncio.sleep(0.01)
            results: Any = await asyncio.gather(
                rig.live.writer.run(fails),
                rig.live.writer.run(lambda: 7),
                rig.post("/live/message", cookie_of(started), text="Hei"),
                rig.live.writer.run(lambda: 1 // 0),
                return_exceptions=True,
            )
            await hold
            assert isinstance(results[0], Refused)
            assert results[1] == 7
            assert results[2].status == 200
            assert isinstance(results[3], ZeroDivisionError)

    asyncio.run(story())
    assert Conversation.objects.get().state == "open"


def test_a_queue_that_is_full_says_so(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "MOST_WAITING", 0)
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            answer = await rig.post("/live/message", cookie_of(started), text="Hei")
            assert (answer.status, answer.json["code"]) == (503, "not-taken")

    asyncio.run(story())
    assert not Message.objects.exists()


def test_500_at_once_are_all_stored(place: Place) -> None:
    talks = [place.start(joined=False) for _ in range(10)]

    async def story() -> None:
        async with running() as rig:
            answers = await asyncio.gather(
                *(
                    rig.post("/live/message", cookie_of(talks[number % 10]), text=f"Nr {number}")
                    for number in range(500)
                )
            )
            assert {one.status for one in answers} == {200}

    asyncio.run(story())
    assert Message.objects.count() == 500


def failing(monkeypatch: pytest.MonkeyPatch, condition: Callable[[], bool], error: Exception) -> None:
    original = log.append_batch

    def append_batch(*args: Any) -> Any:
        if condition():
            raise error
        return original(*args)

    monkeypatch.setattr(log, "append_batch", append_batch)
