"""Nobody reads what is not theirs: visitors, staff who take no part, those who left, were locked or signed out."""

import asyncio
from typing import Any

import pytest
from django.conf import settings

from havn.accounts import activity
from havn.accounts.models import StaffSession
from havn.audit.models import Entry
from havn.common import clock
from havn.live import api, beacons, sql, visitors
from havn.live.models import ReturnCode, VisitorSession
from tests.live.conftest import Place
from tests.live.rig import Rig, aside, cookie_of, running, wait_until


def test_a_visitor_reaches_nothing_of_another(place: Place) -> None:
    mine, theirs = place.start(), place.start()

    async def story() -> None:
        async with running() as rig:
            await rig.post("/live/message", cookie_of(theirs), text="Bare mitt", client_id="the-same-id")
            line = await rig.open("/live/stream?after=0", cookie_of(mine), last_event_id="0")
            await line.until("hello")
            answer = await rig.post("/live/message", cookie_of(mine), text="Hei", client_id="the-same-id")
            assert answer.json == {"seq": 1, "at": answer.json["at"], "new": True}
            # Naming the other's conversation in every field changes nothing.
            fields: dict[str, Any] = {"conversation": theirs.conversation_id, "conversation_id": theirs.participant_id}
            await rig.post("/live/message", cookie_of(mine), text="To", participant=theirs.participant_id, **fields)
            await rig.post("/live/read", cookie_of(mine), up_to=99, **fields)
            await line.until("message", 2)
            assert line.texts == ["Hei", "To"]
            for path in ("/live/desk/stream", "/live/desk/topics", "/live/desk/here"):
                assert (await rig.request("GET", path, cookies=cookie_of(mine))).status == 401
            for path in ("message", "read", "typing", "pong"):
                assert (await rig.post(f"/live/desk/{path}", cookie_of(mine), text="x", **fields)).status == 401

    asyncio.run(story())
    assert sql.rows("SELECT read_up_to FROM live_participant WHERE id = %s", (theirs.participant_id,)) == [(0,)]


def test_staff_who_take_no_part_get_no_word(place: Place) -> None:
    started = place.start()
    _, cookies = place.staff()

    async def story() -> None:
        async with running() as rig:
            line = await rig.open(f"/live/desk/stream?after={started.conversation_id}:0", cookies)
            (hello,) = await line.until("hello")
            assert hello["conversations"] == []
            await rig.post("/live/message", cookie_of(started), text="Bare oss")
            fields: dict[str, Any] = {"conversation": started.conversation_id}
            for path, more in (("message", {"text": "x"}), ("read", {"up_to": 1}), ("typing", {})):
                answer = await rig.post(f"/live/desk/{path}", cookies, **fields, **more)
                assert answer.status == 403, path
                assert answer.json["code"] == "not-allowed"
            await asyncio.sleep(1.3)
            assert b"Bare oss" not in line.body
            assert line.named("message") == []

    asyncio.run(story())


def test_who_joins_reads_all_and_who_leaves_reads_no_more(place: Place, no_bus: None) -> None:
    started = place.start()
    user, cookies = place.staff()

    async def story() -> None:
        async with running() as rig:
            line = await rig.open("/live/desk/stream", cookies)
            await line.until("hello")
            await rig.post("/live/message", cookie_of(started), text="Før")
            await aside(lambda: place.join(started, "supervisor", user))
            (told,) = await line.until("conversation", seconds=2)
            assert told["role"] == "supervisor"
            await line.until("message", seconds=2)
            assert line.texts == ["Før"]
            await aside(lambda: api.leave(conversation_id=started.conversation_id, user_id=user.pk, now_ms=1))
            await line.until("left", seconds=2)
            await rig.post("/live/message", cookie_of(started), text="Etter")
            await asyncio.sleep(1.2)
            assert line.texts == ["Før"]

    asyncio.run(story())


def test_a_silent_reader_is_not_told_to_the_child(place: Place) -> None:
    started = place.start()
    user, cookies = place.staff("supervisor")
    place.join(started, "supervisor", user)

    async def story() -> None:
        async with running() as rig:
            child = await rig.open("/live/stream", cookie_of(started))
            await rig.open("/live/desk/stream", cookies)
            await rig.post("/live/message", cookie_of(started), text="Hei")
            await rig.post("/live/desk/read", cookies, conversation=started.conversation_id, up_to=1)
            await rig.post("/live/desk/typing", cookies, conversation=started.conversation_id)
            await asyncio.sleep(0.3)
            assert child.named("hello")[0]["names"] == [place.counsellor.shown_name]
            assert child.named("read") == child.named("typing") == child.named("state") == []
            assert user.shown_name.encode() not in child.body
            assert str(user.pk).encode() + b"," not in child.body

    asyncio.run(story())


def test_the_read_is_on_the_trail_before_the_first_word(place: Place) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            await rig.post("/live/message", cookie_of(started), text="Hei")
            for _ in range(2):
                line = await rig.open("/live/desk/stream", place.cookies)
                await line.until("message")
                await line.drop()

    asyncio.run(story())
    assert Entry.objects.filter(action="conversation.read").count() == 1


def test_when_the_trail_cannot_be_written_nothing_is_shown(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    started = place.start()

    def fails(**_: Any) -> None:
        raise OSError("no room")

    monkeypatch.setattr("havn.audit.api.record_read", fails)

    async def story() -> None:
        async with running() as rig:
            await rig.post("/live/message", cookie_of(started), text="Hemmelig")
            line = await rig.open("/live/desk/stream", place.cookies)
            (told,) = await line.until("unreadable")
            assert told["conversation"] == started.conversation_id
            await rig.post("/live/message", cookie_of(started), text="Hemmelig to")
            await asyncio.sleep(0.2)
            assert b"Hemmelig" not in line.body

    asyncio.run(story())


def test_a_member_without_the_key_gets_no_text(place: Place) -> None:
    from tests.accounts.factories import make_staff
    from tests.live.conftest import cookies_of

    started = place.start()
    user = make_staff(place.service.organisation)
    place.join(started, "counsellor", user)
    cookies = cookies_of(user)

    async def story() -> None:
        async with running() as rig:
            await rig.post("/live/message", cookie_of(started), text="Hemmelig")
            line = await rig.open("/live/desk/stream", cookies)
            await line.until("unreadable")
            answer = await rig.post("/live/desk/message", cookies, conversation=started.conversation_id, text="Hei")
            assert answer.status == 403
            assert b"Hemmelig" not in line.body

    asyncio.run(story())


def test_a_locked_desk_gets_counts_but_no_text_and_sends_nothing(place: Place, no_bus: None) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            line = await rig.open("/live/desk/stream", place.cookies)
            await line.until("hello")
            await rig.post("/live/message", cookie_of(started), text="Før")
            await line.until("message")
            await aside(lambda: activity.lock(session_id_hash=bytes(StaffSession.objects.get().id_hash)))
            await line.until("locked", seconds=2)
            await rig.post("/live/message", cookie_of(started), text="Under")
            await asyncio.sleep(1.2)
            assert line.texts == ["Før"]
            answer = await rig.post(
                "/live/desk/message", place.cookies, conversation=started.conversation_id, text="Hei"
            )
            assert answer.status == 409

    asyncio.run(story())


def test_signing_out_closes_the_stream_within_two_seconds(place: Place, no_bus: None) -> None:
    place.start()

    def sign_out() -> None:
        StaffSession.objects.all().delete()
        beacons.bump(f"session:{place.counsellor.pk}")

    async def story() -> None:
        async with running() as rig:
            line = await rig.open("/live/desk/stream", place.cookies)
            await line.until("hello")
            await aside(sign_out)
            await line.until("signed-out", seconds=2)
            assert line.over
            assert (await rig.request("GET", "/live/desk/here", cookies=place.cookies)).status == 401

    asyncio.run(story())


def test_the_end_of_a_visit_closes_its_streams_and_refuses_its_cookie(place: Place, no_bus: None) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            line = await rig.open("/live/stream", cookie_of(started))
            await line.until("hello")
            await aside(lambda: api.end_visitor_sessions(started.conversation_id))
            await line.until("gone", seconds=2)
            assert line.over
            await refused(rig, cookie_of(started))

    asyncio.run(story())


def test_a_destroyed_conversation_ends_every_stream_on_it(place: Place) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            child = await rig.open("/live/stream", cookie_of(started))
            desk = await rig.open("/live/desk/stream", place.cookies)
            await child.until("hello")
            await desk.until("hello")
            await aside(lambda: api.destroy_conversations([started.conversation_id]))
            await child.until("gone", seconds=2)
            await desk.until("left", seconds=2)
            await refused(rig, cookie_of(started))
            fields: dict[str, Any] = {"conversation": started.conversation_id, "text": "Hei"}
            assert (await rig.post("/live/desk/message", place.cookies, **fields)).status == 403

    asyncio.run(story())
    for table in ("conversation", "message", "participant", "returncode", "visitorsession"):
        assert sql.rows(f"SELECT COUNT(*) FROM live_{table}") == [(0,)]
    assert sql.rows("SELECT COUNT(*) FROM vault_conversationkeywrap") == [(0,)]


@pytest.mark.parametrize(("state", "minutes"), [("waiting", 10), ("open", 30)])
def test_a_cookie_is_refused_after_silence(place: Place, state: str, minutes: int) -> None:
    young, old = place.start(state), place.start(state)
    for started, ago in ((young, minutes - 1), (old, minutes + 1)):
        seen = clock.now_ms() - ago * 60_000
        VisitorSession.objects.filter(conversation_id=started.conversation_id).update(seen_ms=seen)
    assert visitors.visitor_of(cookie_of(young)) is not None
    assert visitors.visitor_of(cookie_of(old)) is None

    async def story() -> None:
        async with running() as rig:
            assert (await rig.request("GET", "/live/here", cookies=cookie_of(young))).status == 200
            await refused(rig, cookie_of(old))

    asyncio.run(story())


def test_silent_sessions_end_and_an_unwanted_code_goes_with_the_last(place: Place) -> None:
    kept, unwanted = place.start(), place.start()
    api.code_unwanted(unwanted.conversation_id)
    VisitorSession.objects.update(seen_ms=clock.now_ms() - 31 * 60_000)
    assert visitors.end_silent_sessions(clock.now_ms()) == 2
    assert not VisitorSession.objects.exists()
    assert [one.conversation_id for one in ReturnCode.objects.all()] == [kept.conversation_id]


@pytest.mark.parametrize(
    "token", ["", "x", "A" * 43, "A" * 42 + "=", "A" * 500, "A" * 42 + "\u00e6", "../../etc/passwd", "'; DROP TABLE--"]
)
def test_a_forged_cookie_opens_nothing(place: Place, token: str) -> None:
    place.start()

    async def story() -> None:
        async with running() as rig:
            await refused(rig, {settings.VISITOR_COOKIE_NAME: token})

    asyncio.run(story())


def test_a_cookie_replayed_after_the_visit_opens_nothing(place: Place) -> None:
    started = place.start()
    visitor = visitors.visitor_of(cookie_of(started))
    assert visitor is not None

    async def story() -> None:
        async with running() as rig:
            assert (await rig.request("GET", "/live/here", cookies=cookie_of(started))).status == 200
            await aside(lambda: api.end_session(visitor))
            await wait_until(lambda: not rig.live.sessions._kept, 2, lambda: "still kept")
            await refused(rig, cookie_of(started))

    asyncio.run(story())


async def refused(rig: Rig, cookies: dict[str, str]) -> None:
    for path in ("/live/stream", "/live/here"):
        assert (await rig.request("GET", path, cookies=cookies)).status == 401
    for path in ("message", "read", "typing"):
        answer = await rig.post(f"/live/{path}", cookies, text="Hei", up_to=1)
        assert (answer.status, answer.json["code"]) == (401, "no-session")
