"""The same for the addresses of the live process: every kind of person is tried on every one."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from havn.config.front import Front
from havn.config.static_files import StaticFiles
from havn.config.upstream import Upstream
from havn.live.app import LiveApp, live_app
from havn.live.registry import LiveRoute
from tests.codebase.people import PEOPLE, STAFF, People, make_people
from tests.live.rig import aside
from tools.routes import live_routes

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_person_reaches_what_the_table_says_and_nothing_else(tmp_path: Any) -> None:
    people = make_people()
    wrong = []
    for person, route, status in asyncio.run(_ask_all(people, str(tmp_path))):
        expected = _may(person, route)
        # A public address may still ask for a session in its own words, to give back what was written without one.
        refused = status == 401 and route.access != "public"
        if refused is expected or status >= 500:
            wrong.append(f"{person} at {route.path}: {status}, expected {'entry' if expected else 'a no'}")
    assert not wrong, "\n".join(wrong)


def test_no_form_of_another_site_is_taken(tmp_path: Any) -> None:
    people = make_people()
    asked = _ask_all(people, str(tmp_path), ("visitor", "counsellor"), origin=b"https://elsewhere.example")
    for person, route, status in asyncio.run(asked):
        if "POST" in route.methods:
            assert status == 403, f"{person} at {route.path}: {status}"


def test_no_file_is_taken(tmp_path: Any) -> None:
    people = make_people()
    asked = _ask_all(people, str(tmp_path), ("visitor", "counsellor"), kind=b"multipart/form-data; boundary=x")
    for person, route, status in asyncio.run(asked):
        if "POST" in route.methods:
            assert status == 415, f"{person} at {route.path}: {status}"


def test_every_answer_carries_the_security_headers(tmp_path: Any) -> None:
    people = make_people()
    headers: list[dict[bytes, bytes]] = []
    asyncio.run(_ask_all(people, str(tmp_path), ("visitor", "counsellor"), seen=headers))
    assert len(headers) == 2 * len(live_routes())
    for found in headers:
        assert found[b"cache-control"] == b"no-store"
        assert found[b"x-content-type-options"] == b"nosniff"
        assert found[b"referrer-policy"] in {b"no-referrer", b"same-origin"}
        assert b"default-src 'none'" in found[b"content-security-policy"]
        assert found[b"cross-origin-resource-policy"] == b"same-origin"


def _may(person: str, route: LiveRoute) -> bool:
    if route.access == "public":
        return True
    # The door asks only whether one is staff; which conversations one has is looked up inside, by participation.
    return person == "visitor" if route.access == "visitor" else person in {*STAFF, "counsellor elsewhere"}


async def _ask_all(
    people: People,
    folder: str,
    persons: tuple[str, ...] = PEOPLE,
    seen: list[dict[bytes, bytes]] | None = None,
    origin: bytes = b"http://testserver",
    kind: bytes = b"application/json",
) -> list[tuple[str, LiveRoute, int]]:
    live = live_app()
    front = Front(live, live.paths, Upstream(folder + "/none"), StaticFiles("x", Path(folder)))
    await live.start()
    try:
        found = []
        for route in live_routes():
            for person in persons:
                cookies = await aside(partial(people.cookies, person))
                headers = [(b"origin", origin), (b"content-type", kind)]
                status = await _status(front, live, route, cookies, headers, seen)
                found.append((person, route, status))
        return found
    finally:
        await live.stop()


async def _status(
    front: Front,
    live: LiveApp,
    route: LiveRoute,
    cookies: dict[str, str],
    headers: list[tuple[bytes, bytes]],
    seen: list[dict[bytes, bytes]] | None,
) -> int:
    """Ask as a script would and go away at once, so that a stream ends."""
    sent: list[Any] = []
    answered = asyncio.Event()
    body = {"type": "http.request", "body": b"{}", "more_body": False}
    messages = [body] if "POST" in route.methods else []

    async def receive() -> Any:
        if messages:
            return messages.pop()
        await answered.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)
        answered.set()

    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items()).encode()
    scope: dict[str, Any] = {
        "type": "http", "method": route.methods[0], "path": route.path, "raw_path": route.path.encode(),
        "query_string": b"", "scheme": "http", "client": ("127.0.0.1", 1),
        "headers": [(b"host", b"testserver"), (b"accept", b"application/json"), (b"cookie", cookie), *headers],
    }  # fmt: skip
    async with asyncio.timeout(10):
        await front(scope, receive, send)
    start = sent[0]
    if seen is not None:
        seen.append(dict(start["headers"]))
    return int(start["status"])
