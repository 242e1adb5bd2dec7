"""Answers of systems keep nobody waiting: not e-mails, not the desk; and without a key nothing long is waited for."""

import asyncio
from typing import Any

from django.conf import settings

from havn.config.front import LARGE_BODIES_AT_ONCE, Front
from havn.config.uploads import upload_at
from havn.config.upstream import Answer

ROUND, MAIL, DESK = "/api/v1/rounds/1/answers", "/hooks/mail/1", "/en/desk/rounds/answers/1"
KEY = (b"authorization", b"Bearer havn_abcdefgh_" + b"A" * 43)
FILES = (b"content-type", b"multipart/form-data; boundary=x")
SESSION = (b"cookie", settings.SESSION_COOKIE_NAME.encode() + b"=x")
LONG = (b"content-length", b"200000")


class _Web:
    def __init__(self) -> None:
        self.asked: list[str] = []

    async def ask(self, request: bytes, repeatable: bool) -> Answer:
        self.asked.append(request.split(b" ")[1].decode())
        return Answer(200, [(b"content-type", b"text/plain")], b"done")


async def _send(front: Front, path: str, *headers: tuple[bytes, bytes], whole: asyncio.Event | None = None) -> int:
    """The status. `whole`: until it is set, the body does not end."""
    sent: list[Any] = []

    async def receive() -> Any:
        if whole is not None:
            await whole.wait()
        return {"type": "http.request", "body": b"{}"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
        "headers": [(b"host", b"localhost"), *headers], "client": ("192.0.2.1", 1),
    }  # fmt: skip
    await front(scope, receive, send)
    return int(sent[0]["status"])


async def _while_slow(*headers: tuple[bytes, bytes]) -> list[str]:
    """What reaches `web` while slow bodies come in at the address of rounds, with these headers."""
    web, whole = _Web(), asyncio.Event()
    front = Front(None, frozenset(), web, None)  # type: ignore[arg-type]
    slow = [
        asyncio.create_task(_send(front, ROUND, *headers, whole=whole)) for _ in range(LARGE_BODIES_AT_ONCE + 1)
    ]  # fmt: skip
    await asyncio.sleep(0)
    others = [_send(front, MAIL), _send(front, DESK, FILES, SESSION)]
    if KEY not in headers:
        others.append(_send(front, ROUND, KEY, FILES))
    assert await asyncio.wait_for(asyncio.gather(*others), 2) == [200] * len(others)
    before = list(web.asked)
    whole.set()
    assert await asyncio.gather(*slow) == [200] * len(slow)
    return before


def test_slow_answers_of_systems_keep_neither_e_mails_nor_the_desk_waiting() -> None:
    assert asyncio.run(_while_slow(KEY)) == [MAIL, DESK]


def test_slow_bodies_without_a_key_keep_nobody_waiting() -> None:
    assert asyncio.run(_while_slow()) == [MAIL, DESK, ROUND]
    assert asyncio.run(_while_slow((b"authorization", b"Bearer nothing"))) == [MAIL, DESK, ROUND]


def test_nothing_long_and_no_file_is_taken_without_something_like_a_key() -> None:
    async def all_of_them() -> list[int]:
        front = Front(None, frozenset(), _Web(), None)  # type: ignore[arg-type]
        return [
            await _send(front, ROUND, FILES), await _send(front, ROUND, LONG),
            await _send(front, ROUND, SESSION, FILES),
            await _send(front, ROUND), await _send(front, ROUND, KEY, FILES), await _send(front, ROUND, KEY, LONG),
        ]  # fmt: skip

    assert asyncio.run(all_of_them()) == [415, 413, 415, 200, 200, 200]


def test_a_system_has_no_longer_than_an_e_mail() -> None:
    assert upload_at(ROUND).seconds == upload_at(MAIL).seconds
