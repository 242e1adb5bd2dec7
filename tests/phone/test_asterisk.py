"""The adapter against an Asterisk of our own making: it listens, signs, sends, and begins again when a line is lost."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from havn.common.errors import Refused
from havn.common.signatures import key_of, new_secret, which_signed
from havn.config.command import main
from havn.phone.asterisk import running, sending, websocket
from havn.phone.asterisk.running import Asterisk
from havn.phone.asterisk.sending import Sender
from havn.phone.asterisk.translating import Translator
from tests.phone.fake_asterisk import FakeAsterisk
from tests.phone.test_translating import CONTEXT, channel, dial, event

SECRET = new_secret()


class Hook:
    """Where the messages arrive: keeps them, and answers with the next of `answers`, then 200."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.got: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.wrong = 0
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook._take(self.headers, body)
                status = hook.answers.pop(0) if hook.answers else 200
                if status == 200:
                    hook.got.append(json.loads(body))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/hooks/phone/1"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def _take(self, headers: Any, body: bytes) -> None:
        self.ids.append(headers["webhook-id"])
        signed = which_signed(
            [(1, key_of(SECRET))],
            message_id=headers["webhook-id"],
            timestamp=headers["webhook-timestamp"],
            body=body,
            signatures=headers["webhook-signature"],
        )
        self.wrong += signed is None

    def types(self) -> list[str]:
        return [message["type"] for message in self.got]


@pytest.fixture
def hook() -> Iterator[Hook]:
    made = Hook()
    yield made
    made.server.shutdown()
    made.server.server_close()
    made.thread.join()


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "FIRST_PAUSE_S", 0.01)
    monkeypatch.setattr(running, "LONGEST_PAUSE_S", 0.05)
    monkeypatch.setattr(sending, "FIRST_PAUSE_S", 0.01)


async def _until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not done():
            await asyncio.sleep(0.01)


def _with_adapter(
    hook: Hook, play: Callable[[FakeAsterisk], Awaitable[None]], *, password: str = "a long one"
) -> list[str]:
    """Run the adapter beside what the test plays; gives the sentences it told."""
    told: list[str] = []

    async def both() -> None:
        asterisk = FakeAsterisk()
        await asterisk.start()
        there = Asterisk(f"http://127.0.0.1:{asterisk.port}/ari", "havn", "havn", password)
        sender = Sender(hook.address, key_of(SECRET), told.append)
        task = asyncio.create_task(running.run(there, Translator({CONTEXT}), sender, told.append))
        try:
            await play(asterisk)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await asterisk.stop()

    asyncio.run(both())
    return told


def test_a_call_is_told_signed_and_in_order(hook: Hook) -> None:
    async def play(asterisk: FakeAsterisk) -> None:
        await asterisk.connected.wait()
        await asterisk.says(event("ChannelCreated", channel=channel("1.1")), pieces=3)
        asterisk.pings()
        await asterisk.says(dial("1.1", "ANSWER"))
        await asterisk.says(event("ChannelDestroyed", channel=channel("1.1"), cause=16))
        await _until(lambda: len(hook.got) == 3)
        await _until(lambda: asterisk.pongs == 1)
        assert asterisk.asked[0] == "/ari/events?app=havn&subscribeAll=true"

    _with_adapter(hook, play)
    assert hook.types() == ["call.ringing", "call.answered", "call.ended"]
    assert hook.got[1]["data"] == {"call": "1.1", "extension": "101"}
    assert hook.wrong == 0
    assert "99887766" not in json.dumps(hook.got)


def test_a_havn_that_does_not_answer_gets_it_again_with_the_same_id(hook: Hook) -> None:
    hook.answers = [500, 429, 503]

    async def play(asterisk: FakeAsterisk) -> None:
        await asterisk.connected.wait()
        await asterisk.says(event("ChannelCreated", channel=channel("1.1")))
        await _until(lambda: len(hook.got) == 1)

    _with_adapter(hook, play)
    assert len(hook.ids) == 4
    assert len(set(hook.ids)) == 1


def test_what_is_refused_for_good_is_said_and_the_next_goes_on(hook: Hook) -> None:
    hook.answers = [401]

    async def play(asterisk: FakeAsterisk) -> None:
        await asterisk.connected.wait()
        await asterisk.says(event("ChannelCreated", channel=channel("1.1")))
        await asterisk.says(event("ChannelDestroyed", channel=channel("1.1"), cause=16))
        await _until(lambda: len(hook.got) == 1)

    told = _with_adapter(hook, play)
    assert hook.types() == ["call.ended"]
    assert any("refused an event (401)" in sentence for sentence in told)


def test_a_lost_line_is_taken_up_again_and_nothing_is_missed(hook: Hook) -> None:
    async def play(asterisk: FakeAsterisk) -> None:
        await asterisk.connected.wait()
        await asterisk.says(event("ChannelCreated", channel=channel("1.1")))
        await _until(lambda: len(hook.got) == 1)
        asterisk.channels = [channel("1.2")]
        await asterisk.hangs_up()
        await asterisk.connected.wait()
        await _until(lambda: len(hook.got) == 3)

    told = _with_adapter(hook, play)
    assert [(one["type"], one["data"]["call"]) for one in hook.got] == [
        ("call.ringing", "1.1"), ("call.ended", "1.1"), ("call.ringing", "1.2"),
    ]  # fmt: skip
    assert told.count("Connected to Asterisk.") == 2


def test_a_wrong_password_is_said_and_tried_again(hook: Hook) -> None:
    async def play(asterisk: FakeAsterisk) -> None:
        await _until(lambda: len(asterisk.asked) >= 2)

    told = _with_adapter(hook, play, password="wrong")
    assert any("refused the connection (401)" in sentence for sentence in told)
    assert "wrong" not in " ".join(told)
    assert hook.got == []


def test_a_line_that_falls_silent_is_given_up(monkeypatch: pytest.MonkeyPatch, hook: Hook) -> None:
    monkeypatch.setattr(websocket, "QUIET_SECONDS", 0.05)
    monkeypatch.setattr(FakeAsterisk, "_listen", lambda self, reader: asyncio.sleep(5))

    async def play(asterisk: FakeAsterisk) -> None:
        await _until(lambda: len(asterisk.asked) >= 3)

    told = _with_adapter(hook, play)
    assert any("does not answer any more" in sentence for sentence in told)


def test_the_command_says_what_cannot_be_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    password, secret = tmp_path / "ari", tmp_path / "secret"
    words = ["phone", "asterisk", "--ari-secret-file", str(password), "--secret-file", str(secret), "--context", "x"]
    for hook_address, content, sentence in (
        ("ftp://x", SECRET, "--hook must be"),
        ("https://x", "nothing", "holds no secret"),
        ("https://x", SECRET, "cannot read"),
    ):
        secret.write_text(content + "\n")
        assert main([*words, "--hook", hook_address]) == 1
        assert sentence in capsys.readouterr().err
    with pytest.raises(Refused):
        from havn.phone.commands import _first_line

        _first_line(tmp_path / "nothing here")
