"""A right that is taken away ends what is open already, not only what is opened next."""

import asyncio

from havn.live import frames
from havn.live.heads import Head
from havn.live.log import Entry
from havn.live.places import Places
from havn.live.registry import Kind, Viewer
from havn.vault import api as vault
from tests.live.conftest import Place
from tests.live.rig import aside, cookie_of, running


def test_who_is_taken_out_of_the_key_reads_and_writes_no_more_on_an_open_line(place: Place, no_bus: None) -> None:
    started = place.start(joined=False)
    user, cookies = place.staff()
    place.join(started, user=user)

    async def story() -> None:
        async with running() as rig:
            line = await rig.open("/live/desk/stream", cookies)
            await rig.post("/live/message", cookie_of(started), text="Før")
            await line.until("message")
            await aside(lambda: vault.remove_member(service=place.service, member=user, by=place.counsellor))
            await line.until("unreadable", seconds=3)
            await rig.post("/live/message", cookie_of(started), text="Etter")
            answer = await rig.post("/live/desk/message", cookies, conversation=started.conversation_id, text="Hei")
            assert answer.status == 403
            await asyncio.sleep(1.2)
            assert line.texts == ["Før"]

    asyncio.run(story())


def test_an_event_for_staff_alone_is_not_told_to_the_child_at_all() -> None:
    kind = Kind("test.quiet", event_words=lambda *_: "", staff_only=frozenset({"left-quickly"}))
    head = Head(1, 1, 1, kind, "open", 1)
    event = Entry(1, 1, None, "system", "event", "id", "", 0, "left-quickly")
    places = Places()
    assert frames.for_visitor(event, head, Viewer(1, "visitor"), "en", places.take) == b""
    assert len(places) == 0
    assert b"left-quickly" in frames.for_staff(event, head, Viewer(2, "counsellor", 3), "en")
