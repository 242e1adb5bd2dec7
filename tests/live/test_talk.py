"""A talk from both sides: what is posted is stored, acknowledged and delivered, and a stream equals the log."""

import asyncio
from typing import Any

from havn.live import api, log
from havn.live.models import Message
from havn.vault import rules as vault
from tests.live.conftest import Place
from tests.live.rig import aside, cookie_of, running


def test_a_message_reaches_both_sides_once_and_in_order(place: Place) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            child = await rig.open("/live/stream", cookie_of(started))
            desk = await rig.open("/live/desk/stream", place.cookies)
            await child.until("hello")
            await desk.until("hello")
            first = await rig.post("/live/message", cookie_of(started), text="Hei", client_id="child-00001")
            assert first.status == 200, first.body
            assert first.json["seq"] == 1
            assert first.json["new"] is True
            reply = await rig.post(
                "/live/desk/message",
                place.cookies,
                conversation=started.conversation_id,
                text="Hei på deg",
                client_id="staff-00001",
            )
            assert reply.json["seq"] == 2
            await child.until("message", 2)
            await desk.until("message", 2)
            mine, theirs = child.named("message")
            assert mine == {
                "seq": 1,
                "from": "me",
                "kind": "text",
                "name": "",
                "text": "Hei",
                "code": "",
                "at": first.json["at"],
                "client_id": "child-00001",
            }
            assert theirs["from"] == "them"
            assert theirs["name"] == place.counsellor.shown_name
            assert theirs["client_id"] == ""
            assert desk.texts == ["Hei", "Hei på deg"]
            assert [one["mine"] for one in desk.named("message")] == [False, True]
            assert desk.events[-1].id == f"{started.conversation_id}:2"

    asyncio.run(story())


def test_it_is_stored_sealed_to_its_place(place: Place) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            await rig.post("/live/message", cookie_of(started), text="et hemmelig ord")

    asyncio.run(story())
    row = Message.objects.get()
    assert b"hemmelig" not in bytes(row.body)
    aad = vault.message_aad(started.conversation_id, 1, "visitor", "text", 1)
    assert vault.open_(started.key, row.nonce, row.body, aad) == b"et hemmelig ord"


def test_a_resend_is_stored_and_delivered_once(place: Place) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            child = await rig.open("/live/stream", cookie_of(started))
            await child.until("hello")
            answers = [
                await rig.post("/live/message", cookie_of(started), text="Hei", client_id="same-0001") for _ in range(3)
            ]
            together = await asyncio.gather(
                *(rig.post("/live/message", cookie_of(started), text="To", client_id="same-0002") for _ in range(5))
            )
            assert [one.json["seq"] for one in answers] == [1, 1, 1]
            assert [one.json["new"] for one in answers] == [True, False, False]
            assert {one.json["seq"] for one in together} == {2}
            assert sum(one.json["new"] for one in together) == 1
            await child.until("message", 2)
            await asyncio.sleep(0.1)
            assert child.texts == ["Hei", "To"]

    asyncio.run(story())


def test_a_stream_goes_on_where_it_was_left(place: Place) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            for number in range(5):
                await rig.post("/live/message", cookie_of(started), text=f"Nr {number}")
            by_header = await rig.open("/live/stream?after=1", cookie_of(started), last_event_id="3")
            by_query = await rig.open("/live/stream?after=1", cookie_of(started))
            await by_header.until("message", 2)
            await by_query.until("message", 4)
            assert by_header.texts == ["Nr 3", "Nr 4"]
            assert by_query.texts == ["Nr 1", "Nr 2", "Nr 3", "Nr 4"]
            desk = await rig.open("/live/desk/stream", place.cookies, last_event_id=f"{started.conversation_id}:4")
            await desk.until("message", 1)
            assert desk.texts == ["Nr 4"]

    asyncio.run(story())


def test_a_note_is_for_colleagues_only(place: Place) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            child = await rig.open("/live/stream", cookie_of(started))
            desk = await rig.open("/live/desk/stream", place.cookies)
            await desk.until("hello")
            args: dict[str, Any] = {"conversation": started.conversation_id}
            note = await rig.post("/live/desk/message", place.cookies, text="Ring meg", kind="note", **args)
            assert note.status == 200
            await rig.post("/live/desk/message", place.cookies, text="Hei", **args)
            await child.until("message")
            await desk.until("message", 2)
            assert child.texts == ["Hei"]
            assert b"Ring meg" not in child.body
            fresh = await rig.open("/live/stream", cookie_of(started))
            await fresh.until("message")
            assert fresh.texts == ["Hei"]

    asyncio.run(story())


def test_events_are_words_in_the_readers_language_and_carry_no_values_to_a_child(place: Place) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            child = await rig.open("/live/stream?lang=nb", cookie_of(started))
            desk = await rig.open("/live/desk/stream?lang=da", place.cookies)
            await child.until("hello")
            await desk.until("hello")
            await aside(lambda: api.append_event(started.conversation_id, started.key, "taken", by=place.counsellor.pk))
            (told,) = await child.until("message")
            assert told["text"] == "taken in nb for visitor"
            assert told["from"] == "system"
            assert "values" not in told
            (read,) = await desk.until("message")
            assert read["values"] == {"by": place.counsellor.pk}
            assert read["text"] == "taken in da for counsellor"

    asyncio.run(story())


def test_marks_typing_state_and_presence_are_told(place: Place) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            desk = await rig.open("/live/desk/stream", place.cookies)
            await desk.until("hello")
            child = await rig.open("/live/stream", cookie_of(started))
            (hello,) = await child.until("hello")
            assert hello == {
                "state": "open",
                "names": [place.counsellor.shown_name],
                "here": True,
                "seq": 0,
                "read": 0,
            }
            assert (await desk.until("presence"))[0]["visitor_here"] is True
            await rig.post("/live/message", cookie_of(started), text="Hei")
            answer = await rig.post("/live/desk/read", place.cookies, conversation=started.conversation_id, up_to=1)
            assert answer.status == 200
            assert (await child.until("read"))[0] == {"up_to": 1}
            typed = await rig.post("/live/desk/typing", place.cookies, conversation=started.conversation_id)
            assert typed.status == 204
            assert (await child.until("typing"))[0] == {"from": "them", "name": place.counsellor.shown_name}
            await rig.post("/live/typing", cookie_of(started))
            assert (await desk.until("typing"))[0]["role"] == "visitor"
            await aside(lambda: api.set_state(conversation_id=started.conversation_id, state="ended", now_ms=1))
            assert (await child.until("state"))[0]["state"] == "ended"
            late = await rig.post("/live/message", cookie_of(started), text="Er du der?")
            assert late.status == 409
            assert late.json["code"] == "refused"
            await child.drop()
            assert (await desk.until("presence", 2))[1]["visitor_here"] is False

    asyncio.run(story())


def test_what_the_api_reads_equals_what_the_stream_said(place: Place) -> None:
    started = place.start()

    async def story() -> list[str]:
        async with running() as rig:
            child = await rig.open("/live/stream", cookie_of(started))
            await child.until("hello")
            await rig.post("/live/message", cookie_of(started), text="En")
            await rig.post("/live/desk/message", place.cookies, conversation=started.conversation_id, text="To")
            await child.until("message", 2)
            return child.texts

    said = asyncio.run(story())
    viewer = api.Viewer(started.participant_id, "visitor")
    read = api.messages(conversation_id=started.conversation_id, key=started.key, viewer=viewer)
    assert [one.text for one in read] == said == ["En", "To"]
    assert [one.mine for one in read] == [True, False]
    assert read[1].name == place.counsellor.shown_name
    assert log.entries(started.conversation_id, vault.cipher(started.key), after=1)[0].text == "To"
