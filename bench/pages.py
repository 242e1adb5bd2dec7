"""Chat while the rest of the house is busy: four people hammer pages through the same port, one of them writing,
and a purge destroys ten thousand messages. Havn, the people and the clock share the machine's cores as they like."""

import asyncio
import http.client
import json
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import uvloop

from bench import servers
from bench.load import percentile
from bench.talks import Load

TALKS, EVERY = 200, 2.0
OLD_TALKS, OLD_MESSAGES = 100, 100


def run(scratch: Path, quick: bool = False) -> dict[str, float]:
    """chat_p99_under_pages_ms; the same load on a quiet house is its floor."""
    seconds = 5.0 if quick else 20.0
    with servers.every_core():
        quiet, busy, counts = _measure(scratch, seconds)
    return {
        "chat_p99_under_pages_ms": percentile(busy, 0.99),
        "floor_chat_p99_quiet_ms": percentile(quiet, 0.99),
        "pages_per_s_under_chat": (counts["read"] + counts["written"]) / counts["seconds"],
    }


def _measure(scratch: Path, seconds: float) -> tuple[list[float], list[float], dict[str, float]]:
    with servers.havn(scratch, talks=TALKS, one_core=False) as server:
        quiet = _chat(server, seconds)
    with servers.havn(scratch, talks=TALKS, old=(OLD_TALKS, OLD_MESSAGES), one_core=False) as server:
        folder = scratch / "havn"
        pages = subprocess.Popen(
            [sys.executable, "-m", "bench.pages", str(server.port), str(folder / "world.json")],
            cwd=servers.ROOT,
            stdout=subprocess.PIPE,
        )
        purge = subprocess.Popen(
            [sys.executable, "-m", "bench.pages", "purge"],
            cwd=servers.ROOT,
            env=servers.environment(folder),
            stdout=subprocess.PIPE,
        )
        try:
            busy = _chat(server, seconds)
        finally:
            pages.terminate()
            said, purged = pages.communicate()[0], purge.communicate()[0]
    counts = json.loads(said.splitlines()[-1])
    if int(purged) != OLD_TALKS * OLD_MESSAGES or not counts["read"] or not counts["written"]:
        raise RuntimeError(f"The house was not busy: {counts}, {purged!r} messages purged.")
    return quiet, busy, counts


def _chat(server: servers.Running, seconds: float) -> list[float]:
    async def talk() -> list[float]:
        return await (await Load.of_havn(server, TALKS)).at_a_human_pace(seconds, EVERY)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(talk())


class _Pages:
    """Three who read and one who writes, as fast as the pages come."""

    def __init__(self, port: int, world: dict[str, Any]) -> None:
        self.port = port
        self.staff = world["staff"][0]
        self.talk = world["talks"][self.staff["talks"][0]]["conversation"]
        self.counts = {"read": 0, "written": 0}

    def read(self, paths: tuple[str, ...], cookies: dict[str, str]) -> None:
        line = http.client.HTTPConnection("localhost", self.port)
        while True:
            for path in paths:
                self._get(line, path, cookies)
                self.counts["read"] += 1

    def write(self) -> None:
        line = http.client.HTTPConnection("localhost", self.port)
        cookies = dict(self.staff["cookies"])
        page, given = self._get(line, f"/desk?talk={self.talk}", cookies)
        cookies |= given
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if token is None:
            raise RuntimeError("The desk shows no form.")
        version = 0
        while True:
            body = f"csrfmiddlewaretoken={token[1]}&version={version}&person=&summary=Number+{version}"
            line.request(
                "POST",
                f"/desk/talk/{self.talk}/record",
                body,
                {
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Accept": "application/json",
                    "Origin": f"http://localhost:{self.port}",
                    "Cookie": _cookie(cookies),
                },
            )
            answer = line.getresponse()
            said = json.loads(answer.read())
            if answer.status != 200:
                raise RuntimeError(f"{answer.status}: {said}")
            version = said["version"]
            self.counts["written"] += 1

    def _get(self, line: http.client.HTTPConnection, path: str, cookies: dict[str, str]) -> tuple[str, dict[str, str]]:
        line.request("GET", path, headers={"Cookie": _cookie(cookies)} if cookies else {})
        answer = line.getresponse()
        text = answer.read().decode()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        given = [value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie") or []]
        return text, dict(value.split("=", 1) for value in given)


def _cookie(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _hammer(port: int, world: dict[str, Any]) -> None:
    """Until it is told to stop; then says how much it did."""
    import os
    import signal

    house = _Pages(port, world)
    begun = time.monotonic()

    def say(*_: object) -> None:
        print(json.dumps({**house.counts, "seconds": time.monotonic() - begun}), flush=True)
        sys.stdout.flush()
        os._exit(0)

    # On one core with the client whose clock measures the chat: that one goes first.
    os.nice(5)
    signal.signal(signal.SIGTERM, say)
    public, desk = ("/", "/chat", "/privacy"), ("/desk", "/desk/wall")
    for work in (
        lambda: house.read(public, {}),
        lambda: house.read(public, {}),
        lambda: house.read(desk, house.staff["cookies"]),
        house.write,
    ):
        threading.Thread(target=work, daemon=True).start()
    while True:
        time.sleep(1)


def _purge() -> None:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havn.config.settings")
    import django

    django.setup()
    from havn.common.clock import now
    from havn.config.serve import child
    from havn.helpline.retention.destroy import purge_centre
    from havn.tenancy.models import Centre

    # As the worker's own tasks do.
    child.give_way(child.BACKGROUND)
    time.sleep(2)
    print(sum(purge_centre(centre, now=now()).messages for centre in Centre.objects.all()))


if __name__ == "__main__":
    if sys.argv[1] == "purge":
        _purge()
    else:
        _hammer(int(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text()))
