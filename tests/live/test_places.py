"""A child's browser knows its messages by 1, 2, 3 …, however many notes colleagues wrote between them."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.live import api
from havn.live.models import Participant
from havn.live.places import Places, places_in
from havn.live.registry import Viewer, kind_of
from havn.vault import rules as vault
from tests.live.conftest import KIND, Place
from tests.live.rig import Line, aside, cookie_of, running

pytestmark = pytest.mark.django_db(transaction=True)


@given(st.lists(st.booleans(), max_size=60), st.integers(0, 60))
def test_numbers_count_what_is_shown_and_lead_back_to_the_log(shown: list[bool], known: int) -> None:
    seqs = [seq for seq, is_shown in enumerate(shown, start=1) if is_shown]
    # A reconnect knows some from the log, and is then given what follows, some of it again.
    places = Places(seqs[:known])
    assert [places.take(seq) for seq in seqs[max(0, known - 3) :]] == list(range(1, len(seqs) + 1))[max(0, known - 3) :]
    for number, seq in enumerate(seqs, start=1):
        assert places.seq(number) == seq
        assert places.up_to(seq) == number
    for seq in range(len(shown) + 2):
        assert places.up_to(seq) == sum(one <= seq for one in seqs)
    assert places.seq(0) == 0
    assert places.seq(len(seqs) + 5) == (seqs[-1] if seqs else 0)


def _numbers(line: Line) -> list[tuple[str, int, str]]:
    return [(one.id, one.data["seq"], one.data["text"]) for one in line.events if one.name == "message"]


def test_notes_leave_no_trace_in_the_numbers_of_a_child(place: Place) -> None:
    started = place.start()
    cookies, talk = cookie_of(started), {"conversation": started.conversation_id}

    async def story() -> None:
        async with running() as rig:
            child = await rig.open("/live/stream", cookies)
            await child.until("hello")
            told: list[int] = []
            for text in ("En", "To", "Tre"):
                await rig.post("/live/desk/message", place.cookies, text="Bare oss", kind="note", **talk)
                told.append((await rig.post("/live/message", cookies, text=text)).json["seq"])
            await rig.post("/live/desk/message", place.cookies, text="Fire", **talk)
            await child.until("message", 4)
            assert told == [1, 2, 3]
            assert _numbers(child) == [("1", 1, "En"), ("2", 2, "To"), ("3", 3, "Tre"), ("4", 4, "Fire")]

            # A resend is answered with the same number, and so is a post when no stream is open here.
            again = {"text": "Fem", "client_id": "aaaaaaaa-1"}
            assert (await rig.post("/live/message", cookies, **again)).json["seq"] == 5
            await child.drop()
            assert (await rig.post("/live/message", cookies, **again)).json == {
                **(await rig.post("/live/message", cookies, **again)).json, "seq": 5, "new": False,
            }  # fmt: skip

            # A reconnect goes on where it was left: what was told is not told again, and nothing is left out.
            for last, expected in (("2", [3, 4, 5]), ("5", []), ("0", [1, 2, 3, 4, 5]), ("77", [1, 2, 3, 4, 5])):
                line = await rig.open("/live/stream", cookies, last_event_id=last)
                (hello,) = await line.until("hello")
                assert hello["seq"] == 5
                if expected:
                    await line.until("message", len(expected))
                await asyncio.sleep(0.05)
                assert [number for _id, number, _text in _numbers(line)] == expected, last
                await line.drop()

    asyncio.run(story())


def test_marks_are_told_and_taken_by_the_child_s_own_numbers(place: Place) -> None:
    started = place.start()
    cookies, talk = cookie_of(started), {"conversation": started.conversation_id}

    def mark() -> int:
        return Participant.objects.get(pk=started.participant_id).read_up_to

    async def story() -> None:
        async with running() as rig:
            child = await rig.open("/live/stream", cookies)
            await child.until("hello")
            await rig.post("/live/desk/message", place.cookies, text="Bare oss", kind="note", **talk)
            await rig.post("/live/message", cookies, text="En")
            await rig.post("/live/desk/message", place.cookies, text="To", **talk)
            await child.until("message", 2)
            # Read by the counsellor: number 1 of the child is the log's 2.
            await rig.post("/live/desk/read", place.cookies, up_to=2, **talk)
            assert (await child.until("read"))[0] == {"up_to": 1}
            await rig.post("/live/desk/message", place.cookies, text="Bare oss", kind="note", **talk)
            await rig.post("/live/desk/read", place.cookies, up_to=3, **talk)
            assert (await child.until("read", 2))[1] == {"up_to": 2}
            # Reading on in what only colleagues see is told to no child.
            await rig.post("/live/desk/read", place.cookies, up_to=4, **talk)
            await asyncio.sleep(1.3)
            assert len(child.named("read")) == 2
            # What the child has read, the log knows by its own number, with a stream and without.
            await rig.post("/live/read", cookies, up_to=1)
            assert await aside(mark) == 2
            await child.drop()
            await rig.post("/live/read", cookies, up_to=2)
            assert await aside(mark) == 3
            later = await rig.open("/live/stream", cookies, last_event_id="2")
            assert (await later.until("hello"))[0]["read"] == 2

    asyncio.run(story())


def test_reconnects_amid_notes_lose_nothing_and_repeat_nothing(place: Place) -> None:
    started = place.start()
    cookies, talk = cookie_of(started), {"conversation": started.conversation_id}

    async def story() -> None:
        async with running() as rig:
            told: list[tuple[int, str]] = []
            last = ""

            async def write() -> None:
                for number in range(20):
                    await rig.post("/live/desk/message", place.cookies, text="Bare oss", kind="note", **talk)
                    await rig.post("/live/message", cookies, text=f"Nr {number}")
                    await asyncio.sleep(0.005)

            writing = asyncio.create_task(write())
            while len(told) < 20:
                line = await rig.open("/live/stream", cookies, last_event_id=last)
                await asyncio.sleep(0.03)
                await line.drop()
                for event in line.events:
                    if event.name == "message":
                        told.append((event.data["seq"], event.data["text"]))
                        last = event.id
            await writing
            assert told == [(number + 1, f"Nr {number}") for number in range(20)]

    asyncio.run(story())


def test_a_page_numbers_as_the_stream_does(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    started = place.start()
    args: dict[str, Any] = {"conversation_id": started.conversation_id, "key": started.key, "author": "staff"}
    for kind, text in (("note", "oss"), ("text", "En"), ("note", "oss"), ("note", "oss"), ("text", "To")):
        api.append(kind=kind, text=text, **args)
    viewer = Viewer(started.participant_id, "visitor")
    views = api.messages(conversation_id=started.conversation_id, key=started.key, viewer=viewer)
    assert [(view.number, view.seq, view.text) for view in views] == [(1, 2, "En"), (2, 5, "To")]
    cipher = vault.cipher(started.key)
    monkeypatch.setattr("havn.live.places._PAGE", 2)
    places = places_in(started.conversation_id, cipher, kind_of(KIND), viewer)
    assert [places.seq(number) for number in (1, 2)] == [2, 5]
    assert len(places) == 2


def test_a_number_that_was_made_up_opens_no_log(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            child = await rig.open("/live/stream", cookie_of(started))
            await child.until("hello")
            await rig.post("/live/desk/message", place.cookies, text="Hei", conversation=started.conversation_id)
            await child.until("message", 1)
            monkeypatch.setattr("havn.live.endpoints.places_in", None)
            for number in (999_999, 1):
                assert (await rig.post("/live/read", cookie_of(started), up_to=number)).status < 300

    asyncio.run(story())
    assert Participant.objects.get(pk=started.participant_id).read_up_to == 1
