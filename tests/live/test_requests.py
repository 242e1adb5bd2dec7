"""Bad input gets a clear sentence, never a 500, and stores nothing."""

import asyncio
import contextlib
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from havn.live import origin, texts
from havn.live.http import HttpError, local_path, parse_cookies, parse_fields
from havn.live.models import Message
from havn.live.staff_stream import cursor_of
from havn.live.visitors import token_of
from tests.live.conftest import Place
from tests.live.rig import ORIGIN, cookie_of, running

OURS = {**ORIGIN, "accept": "application/json"}
JSON = {**OURS, "content-type": "application/json"}
FORM = {**OURS, "content-type": "application/x-www-form-urlencoded"}
BAD = [
    ({**OURS, "content-type": "multipart/form-data; boundary=x"}, b"--x\r\n", 415, "kind-of-content"),
    ({**OURS, "content-type": "text/plain"}, b"text=Hei", 415, "kind-of-content"),
    ({**OURS, "content-type": "application/octet-stream"}, b"\x00\x01", 415, "kind-of-content"),
    (OURS, b"text=Hei", 415, "kind-of-content"),
    (JSON, b"", 400, "unreadable"),
    (JSON, b"{", 400, "unreadable"),
    (JSON, b"[]", 400, "unreadable"),
    (JSON, b'"text"', 400, "unreadable"),
    (JSON, b"[" * 60_000, 400, "unreadable"),
    (JSON, b'{"text": {"a": 1}}', 400, "unreadable"),
    (JSON, b'{"text": 1e400}', 400, "unreadable"),
    (JSON, b'{"text": "\xff"}', 400, "unreadable"),
    (JSON, b'{"text": "\\ud800"}', 400, "unreadable"),
    (JSON, b'{"client_id": "client-0001"}', 400, "unreadable"),
    (JSON, b'{"text": "Hei", "client_id": "short"}', 400, "unreadable"),
    (JSON, b'{"text": "Hei", "client_id": "with a space"}', 400, "unreadable"),
    (FORM, b"text=%FF", 400, "unreadable"),
    (FORM, b"a=1&" * 200, 400, "unreadable"),
    (JSON, b'{"text": ""}', 422, "empty"),
    (JSON, b'{"text": " \\n\\t"}', 422, "empty"),
    (JSON, '{"text": "\u200b\ufeff\u2060\u3164"}'.encode(), 422, "empty"),
    (JSON, b'{"text": "\\u0000\\u0007"}', 422, "empty"),
    (JSON, json.dumps({"text": "x" * 5001}).encode(), 422, "too-long"),
    (JSON, json.dumps({"text": "x" * 70_000}).encode(), 413, "too-large"),
    ({**JSON, "content-length": "99999999"}, b"{}", 413, "too-large"),
    ({**JSON, "content-length": "-1"}, b"{}", 413, "too-large"),
    ({**JSON, "origin": "https://evil.example"}, b'{"text": "Hei"}', 403, "origin"),
    ({**JSON, "origin": "http://testserver.evil.example"}, b'{"text": "Hei"}', 403, "origin"),
    ({**JSON, "origin": "https://testserver"}, b'{"text": "Hei"}', 403, "origin"),
    ({**JSON, "origin": "null"}, b'{"text": "Hei"}', 403, "origin"),
    ({**JSON, "origin": "null", "sec-fetch-site": "cross-site"}, b'{"text": "Hei"}', 403, "origin"),
    ({**JSON, "origin": "null", "sec-fetch-site": "same-site"}, b'{"text": "Hei"}', 403, "origin"),
]


@pytest.mark.parametrize(("headers", "body", "status", "code"), BAD)
def test_a_bad_post_gets_a_sentence_and_stores_nothing(
    place: Place, headers: dict[str, str], body: bytes, status: int, code: str
) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            answer = await rig.request("POST", "/live/message", body, cookie_of(started), headers)
            assert (answer.status, answer.json["code"]) == (status, code)
            assert answer.json["error"].endswith(".")

    asyncio.run(story())
    assert not Message.objects.exists()


def test_what_is_odd_and_fine_is_stored_as_meant(place: Place) -> None:
    started = place.start()
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    said = {
        "a\r\nb\rc": "a\nb\nc",
        "a\x00b\x07c": "abc",
        "\u202eevil\u202c": "evil",
        family: family,
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645": "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "w" * 5000: "w" * 5000,
        "<script>alert(1)</script> & \"'": "<script>alert(1)</script> & \"'",
        "data: x\n\nevent: gone": "data: x\n\nevent: gone",
        "\u2028line\u2029": "\nline\n",
    }

    async def story() -> None:
        async with running() as rig:
            line = await rig.open("/live/stream", cookie_of(started))
            for text in said:
                assert (await rig.post("/live/message", cookie_of(started), text=text)).status == 200
            await line.until("message", len(said))
            assert line.texts == list(said.values())
            assert line.named("gone") == []

    asyncio.run(story())


def test_a_plain_form_is_led_on_and_a_refused_one_shows_the_sentence(place: Place) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            answer = await rig.form("/live/message", cookie_of(started), text="Hei", next="/nb/chat/talk")
            assert (answer.status, answer.header("location")) == (303, "/nb/chat/talk")
            for elsewhere in ("//evil.example", "https://evil.example", "/\\evil", "/a\r\nx: y", "javascript:1"):
                answer = await rig.form("/live/message", cookie_of(started), text="Hei", next=elsewhere)
                assert (answer.status, answer.header("location")) == (303, "/chat/talk")
            answer = await rig.form("/live/message", cookie_of(started), text="", next="/chat/write")
            assert answer.status == 422
            assert answer.header("content-type").startswith("text/html")
            assert b"/chat/write" in answer.body

    asyncio.run(story())


def test_an_old_browser_shows_the_forms_token(place: Place) -> None:
    started = place.start()
    cookie = token_of(cookie_of(started))
    silent = {"origin": "null", "sec-fetch-site": ""}

    async def story() -> None:
        async with running() as rig:

            async def send(token: str) -> int:
                headers = {"content-type": "application/x-www-form-urlencoded"}
                body = f"text=Hei&form_token={token}".encode()
                return (await rig.request("POST", "/live/message", body, cookie_of(started), headers)).status

            assert silent
            assert await send(origin.form_token(cookie)) == 303
            assert await send("") == 403
            assert await send(origin.form_token("another visitor")) == 403
            assert await send(origin.form_token(cookie, now=1)) == 403
            assert await send(origin.form_token(cookie)[:-1] + "x") == 403
            assert await send("9" * 30 + ".x") == 403

    asyncio.run(story())


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "GET"])
def test_another_method_is_refused(place: Place, method: str) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            answer = await rig.request(method, "/live/message", b"", cookie_of(started), OURS)
            assert answer.status == 405
            assert (await rig.request("GET", "/live/nothing", b"", cookie_of(started))).status == 404

    asyncio.run(story())


def test_faster_than_anybody_types_is_slowed_and_nothing_of_it_stored(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("havn.live.floods.BURST", 3.0)
    one, other = place.start(), place.start()

    async def story() -> None:
        async with running() as rig:
            statuses = [(await rig.post("/live/message", cookie_of(one), text="x")).status for _ in range(5)]
            assert statuses == [200, 200, 200, 429, 429]
            assert (await rig.post("/live/message", cookie_of(other), text="x")).status == 200

    asyncio.run(story())
    assert Message.objects.count() == 4


HOSTILE = ["-1", "999999999999999", "9" * 400, "1e3", "0x10", "\u0661", "1;DROP", "a:b,c", "1:2:3", " 1", "", "NaN"]


@pytest.mark.parametrize("place_in_log", HOSTILE)
def test_a_hostile_last_event_id_gets_the_whole_log(place: Place, place_in_log: str) -> None:
    started = place.start()

    async def story() -> None:
        async with running() as rig:
            await rig.post("/live/message", cookie_of(started), text="Hei")
            headers = place_in_log.encode().decode("latin-1")
            child = await rig.open("/live/stream", cookie_of(started), last_event_id=headers)
            desk = await rig.open("/live/desk/stream", place.cookies, last_event_id=headers)
            await child.until("message")
            await desk.until("message")
            assert child.texts == desk.texts == ["Hei"]

    asyncio.run(story())


@given(st.text(max_size=200))
def test_no_text_makes_a_cursor_fail(text: str) -> None:
    assert all(seq >= 0 for seq in cursor_of(text).values())


@given(st.binary(max_size=300), st.sampled_from([b"application/json", b"application/x-www-form-urlencoded", b"x/y"]))
def test_no_body_fails_other_than_with_a_sentence(body: bytes, kind: bytes) -> None:
    with contextlib.suppress(HttpError):
        fields = parse_fields(kind, body)
        for name, value in fields.items():
            assert "\x00" not in value
            assert isinstance(name + value, str)


@given(st.text(max_size=300))
def test_cleaning_is_done_once_and_never_adds(text: str) -> None:
    try:
        once = texts.clean(text)
    except texts.Unreadable:
        return
    assert texts.clean(once) == once
    assert len(once) <= len(text)
    assert "\x00" not in once
    texts.is_empty(once)


@given(st.text(max_size=100))
def test_a_path_to_go_on_never_leaves_the_site(text: str) -> None:
    path = local_path(text)
    assert path == "" or (path[0] == "/" and path[1:2] not in {"/", "\\"} and "\n" not in path)


@given(st.text(max_size=200))
def test_no_cookie_header_fails(header: str) -> None:
    parse_cookies(header)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.dictionaries(st.text(max_size=12), st.one_of(st.text(max_size=50), st.integers(), st.none()), max_size=5))
def test_no_fields_make_an_endpoint_fail(place: Place, fields: dict[str, Any]) -> None:
    started = place.start(joined=False)

    async def story() -> None:
        async with running() as rig:
            for path in ("message", "read", "typing", "desk/message", "desk/read", "desk/typing", "desk/pong"):
                cookies = place.cookies if path.startswith("desk") else cookie_of(started)
                body = json.dumps(fields).encode()
                answer = await rig.request("POST", f"/live/{path}", body, cookies, JSON)
                assert answer.status < 500, path

    asyncio.run(story())
