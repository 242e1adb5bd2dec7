"""Signed messages to Havn, each once and in their order, again and again for five minutes while it does not answer."""

import asyncio
import json
import secrets
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

from havn.common.clock import now_ms
from havn.common.signatures import sign

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 20.0
GIVEN_UP_AFTER_S = 5 * 60
_TIMEOUT_S = 10.0


class Sender:
    """Sends to one address. `tell` is given sentences for whoever reads the log."""

    def __init__(self, address: str, key: bytes, tell: Callable[[str], None]) -> None:
        self._address, self._key, self._tell = address, key, tell

    async def send(self, message: dict[str, Any]) -> bool:
        """Send until it is taken or refused for good; False when it was not taken. The id stays the same each time."""
        body = json.dumps(message, separators=(",", ":")).encode()
        message_id = f"msg_{secrets.token_hex(12)}"
        until, pause = time.monotonic() + GIVEN_UP_AFTER_S, FIRST_PAUSE_S
        while True:
            status = await asyncio.to_thread(self._post, message_id, body)
            if 200 <= status < 300:
                return True
            if 400 <= status < 500 and status not in {408, 409, 429}:
                self._tell(f"Havn refused an event ({status}). Is the secret right, and this machine's clock?")
                return False
            if time.monotonic() >= until:
                self._tell("Havn did not answer for five minutes. An event was given up.")
                return False
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)

    def _post(self, message_id: str, body: bytes) -> int:
        timestamp = now_ms() // 1000
        headers = {
            "Content-Type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": sign(self._key, message_id=message_id, timestamp=timestamp, body=body),
        }
        request = urllib.request.Request(self._address, data=body, headers=headers, method="POST")  # noqa: S310 - http(s) only, checked by the command
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return int(error.code)
        except (OSError, ValueError):
            return 0
