"""`havn demo children`: children who play themselves through the public addresses, as any browser would.

Nothing here reaches into Havn: a start, a stream of events, messages and an end, over http on this machine.
"""

import http.client
import itertools
import json
import random
import threading
import time
import urllib.parse
from collections.abc import Iterator
from typing import Any

from havn.common.errors import Refused
from havn.config.demo.stories import STORIES, Story
from havn.config.serve.sockets import is_loopback

_MOST = 20
_PATIENCE = 20 * 60
# How long a child thinks, and how fast they type.
_THINKS = (1.5, 4.0)
_LETTERS_A_SECOND = 9


def play(url: str, count: int, minutes: float) -> int:
    """Keep `count` children in the line or talking until the time is over. Raises Refused when nothing answers."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "http" or not is_loopback(parts.hostname or ""):
        raise Refused("The children play against a demo on this machine only, such as http://localhost:8000.")
    if not 1 <= count <= _MOST:
        raise Refused(f"Between 1 and {_MOST} children can play at once.")
    _Child(parts, STORIES[0], 0).look()
    who = "1 child is" if count == 1 else f"{count} children are"
    print(f"{who} coming to {url}. Sign in at {url}/desk and press Next. Ctrl-C ends it.", flush=True)
    stories = itertools.cycle(random.sample(STORIES, len(STORIES)))
    until = time.monotonic() + minutes * 60
    numbers = itertools.count(1)
    lock = threading.Lock()

    def one_after_another(first: float) -> None:
        time.sleep(first)
        while time.monotonic() < until:
            with lock:
                child = _Child(parts, next(stories), next(numbers))
            child.live_through()
            time.sleep(random.uniform(3, 8))  # noqa: S311 - play

    threads = [threading.Thread(target=one_after_another, args=(place * 4.0,), daemon=True) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return 0


class _Child:
    """One invented child and their browser."""

    def __init__(self, parts: urllib.parse.SplitResult, story: Story, number: int) -> None:
        self._parts = parts
        self._story = story
        self._number = number
        self._cookie = ""
        self._said = 0
        self._after = 0

    def look(self) -> None:
        """Raises Refused when there is no Havn at the address."""
        try:
            self._ask("GET", "/")
        except OSError as error:
            raise Refused(f"Nothing answers at {self._parts.geturl()}. Start it first: havn demo") from error

    def live_through(self) -> None:
        """Start, talk and leave; whatever breaks is told in one line."""
        try:
            self._start()
            for name, data in self._events():
                if not self._hear(name, data):
                    break
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._tell(f"lost the line ({type(error).__name__})")

    def _start(self) -> None:
        story = self._story
        fields = {"language": story.language, "name": story.name, "age_band": story.age_band}
        if story.in_danger:
            fields["in_danger"] = "1"
        status, answer = self._ask("POST", "/live/start", fields)
        if status >= 400 or not self._cookie:
            raise ValueError(f"start was answered {status}: {answer.get('error', '')}")
        self._tell("waits in the line")

    def _events(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """What the stream says, until it ends or patience does."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            line = http.client.HTTPConnection(self._parts.hostname or "", self._parts.port, timeout=60)
            try:
                line.request("GET", f"/live/stream?after={self._after}", headers=self._headers())
                response = line.getresponse()
                if response.status != 200:
                    return
                yield from _read_events(response)
            finally:
                line.close()
            time.sleep(1)

    def _hear(self, name: str, data: dict[str, Any]) -> bool:
        """Answer what was heard. False when it is over."""
        if name == "gone" or (name == "state" and data.get("state") == "ended"):
            self._tell("was said goodbye to")
            return False
        if name == "hello" and data.get("state") == "open" and self._said == 0:
            return self._say_next()
        if name == "state" and data.get("state") == "open" and self._said == 0:
            self._tell("is talking")
            return self._say_next()
        if name == "message":
            self._after = max(self._after, int(data.get("seq", 0)))
            if data.get("from") == "them" and data.get("kind") == "text":
                return self._say_next()
        return True

    def _say_next(self) -> bool:
        if self._said >= len(self._story.lines):
            time.sleep(2)
            self._ask("POST", "/live/end", {})
            self._tell("said goodbye")
            return False
        text = self._story.lines[self._said]
        time.sleep(random.uniform(*_THINKS))  # noqa: S311 - play
        self._ask("POST", "/live/typing", {})
        time.sleep(len(text) / _LETTERS_A_SECOND)
        client_id = f"play-{self._number}-{self._said}-{random.getrandbits(40):010x}"
        status, answer = self._ask("POST", "/live/message", {"text": text, "client_id": client_id})
        if status >= 400:
            raise ValueError(f"a message was answered {status}: {answer.get('error', '')}")
        self._said += 1
        return True

    def _headers(self) -> dict[str, str]:
        origin = f"http://{self._parts.netloc}"
        headers = {"Origin": origin, "Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
        return headers | ({"Cookie": self._cookie} if self._cookie else {})

    def _ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, dict[str, Any]]:
        line = http.client.HTTPConnection(self._parts.hostname or "", self._parts.port, timeout=30)
        try:
            body = None if fields is None else json.dumps(fields)
            kind = {} if body is None else {"Content-Type": "application/json"}
            line.request(method, path, body, {**self._headers(), **kind})
            response = line.getresponse()
            text = response.read()
            for cookie in response.headers.get_all("Set-Cookie") or []:
                self._cookie = cookie.partition(";")[0]
        finally:
            line.close()
        is_json = "json" in (response.headers.get("Content-Type") or "")
        return response.status, json.loads(text) if is_json and text else {}

    def _tell(self, what: str) -> None:
        print(f"  child {self._number} ({self._story.name or 'no name'}) {what}", flush=True)


def _read_events(response: http.client.HTTPResponse) -> Iterator[tuple[str, dict[str, Any]]]:
    name, data = "message", ""
    for raw in response:
        line = raw.decode().rstrip("\r\n")
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            name = value
        elif field == "data":
            data += value
        elif not line and data:
            yield name, json.loads(data)
            name, data = "message", ""
