"""A form that stopped on its way is not acted upon: half of it could mean something else."""

import asyncio
from typing import Any

from havn.config.front import Front
from havn.config.upstream import Answer


class _Web:
    def __init__(self) -> None:
        self.asked: list[bytes] = []

    async def ask(self, request: bytes, repeatable: bool) -> Answer:
        self.asked.append(request)
        return Answer(200, [(b"content-type", b"text/plain")], b"done")


def _post(messages: list[dict[str, Any]]) -> tuple[_Web, list[Any]]:
    web, sent = _Web(), []

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/desk/record", "raw_path": b"/desk/record", "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"content-length", b"20")], "client": ("127.0.0.1", 1),
    }  # fmt: skip
    asyncio.run(Front(None, frozenset(), web, None)(scope, receive, send))  # type: ignore[arg-type]
    return web, sent


def test_a_whole_form_reaches_the_page() -> None:
    web, sent = _post(
        [{"type": "http.request", "body": b"a=1&", "more_body": True}, {"type": "http.request", "body": b"b=2"}]
    )
    assert web.asked[0].endswith(b"\r\n\r\na=1&b=2")
    assert sent[0]["status"] == 200


def test_a_form_whose_line_was_lost_halfway_reaches_no_page() -> None:
    web, _sent = _post([{"type": "http.request", "body": b"a=1&", "more_body": True}, {"type": "http.disconnect"}])
    assert web.asked == []
