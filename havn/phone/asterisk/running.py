"""The adapter: listen to Asterisk, translate, send; begin again when a line is lost, and miss no call by it."""

import asyncio
import base64
import json
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from havn.common.clock import now
from havn.phone.asterisk.sending import Sender
from havn.phone.asterisk.translating import Translator
from havn.phone.asterisk.websocket import LineLost, connect

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0
_TIMEOUT_S = 10.0


@dataclass(frozen=True)
class Asterisk:
    """Where the REST interface is ("http://127.0.0.1:8088/ari") and who signs in there."""

    address: str
    app: str
    user: str
    password: str = field(repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """Basic authentication, as ari.conf has it."""
        return {"Authorization": "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()}

    @property
    def events(self) -> str:
        """The address of the event stream, of every channel there is."""
        parts = urlsplit(self.address)
        scheme = "wss" if parts.scheme == "https" else "ws"
        query = urlencode({"app": self.app, "subscribeAll": "true"}, quote_via=quote)
        return urlunsplit((scheme, parts.netloc, parts.path.rstrip("/") + "/events", query, ""))

    def channels(self) -> list[dict[str, Any]]:
        """The channels that exist now. Raises OSError or ValueError."""
        request = urllib.request.Request(self.address.rstrip("/") + "/channels", headers=self.headers)  # noqa: S310 - http(s) only, checked by the command
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310
            found = json.loads(answer.read())
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


async def run(asterisk: Asterisk, translator: Translator, sender: Sender, tell: Callable[[str], None]) -> None:
    """Until cancelled. Messages wait in a queue, so that a slow Havn never stops the listening."""
    waiting: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    sending = asyncio.create_task(_send_all(waiting, sender))
    pause = FIRST_PAUSE_S
    try:
        while True:
            try:
                await _listen(asterisk, translator, waiting, tell)
                pause = FIRST_PAUSE_S
            except LineLost as lost:
                tell(f"{lost} Trying again in {pause:.0f} s.")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)
    finally:
        sending.cancel()


async def _listen(
    asterisk: Asterisk, translator: Translator, waiting: asyncio.Queue[dict[str, Any]], tell: Callable[[str], None]
) -> None:
    line = await connect(asterisk.events, asterisk.headers)
    try:
        tell("Connected to Asterisk.")
        try:
            channels = await asyncio.to_thread(asterisk.channels)
        except (OSError, ValueError):
            raise LineLost("Asterisk does not tell its channels.") from None
        for message in translator.after_a_gap(channels, now()):
            waiting.put_nowait(message)
        async for text in line.texts():
            try:
                said = json.loads(text)
            except ValueError:
                continue
            for message in translator.messages(said) if isinstance(said, dict) else []:
                waiting.put_nowait(message)
    finally:
        await line.close()


async def _send_all(waiting: asyncio.Queue[dict[str, Any]], sender: Sender) -> None:
    while True:
        await sender.send(await waiting.get())
        waiting.task_done()
