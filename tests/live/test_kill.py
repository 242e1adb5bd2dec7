"""Real processes, killed in the middle of talks: what was acknowledged is there once, and the streams go on."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.server import ROOT, Server, running_server

MAKE = """
import json, django
django.setup()
from django.db import transaction
from havn.common import clock
from havn.live import api
from havn.tenancy.models import Centre, CentreHost, Organisation, Service
from havn.vault.rules import new_pair
from havn.vault.models import RecoveryKey, TeamKey
from django.conf import settings
with transaction.atomic():
    centre = Centre.objects.create(slug="t", country_code="NO", name="T", time_zone="Europe/Oslo", languages=["en"])
    CentreHost.objects.create(host="localhost", centre=centre)
    organisation = Organisation.objects.create(centre=centre, slug="t", name="T")
    service = Service.objects.create(organisation=organisation, slug="t", kind="helpline", name="T", languages=["en"])
    from tests.accounts.factories import make_staff
    from tests.vault.factories import give_team_key
    settings.ARGON2 = {"time_cost": 1, "memory_cost": 64, "parallelism": 1}
    give_team_key(service, [make_staff(organisation, "supervisor")], "harbour-light-at-evening")
    talks = [
        api.start_conversation(centre_id=centre.pk, service_id=service.pk, kind="test", now_ms=clock.now_ms(),
                               state="open")
        for _ in range(4)
    ]
print(json.dumps([settings.VISITOR_COOKIE_NAME, [talk.token for talk in talks]]))
"""


MESSAGES = 45


@pytest.mark.slow
@pytest.mark.parametrize("victim", ["live", "web", "worker"])
def test_a_killed_process_loses_no_acknowledged_message_and_no_order(tmp_path: Path, victim: str) -> None:
    with running_server(tmp_path / "data", "serve", DJANGO_SETTINGS_MODULE="havn.config.settings") as server:
        name, tokens = made_talks(server)
        talks = [_Talk(server, {name: token}) for token in tokens]
        asyncio.run(_story(server, victim, talks))
        for talk in talks:
            acknowledged = sorted(talk.acknowledged.items())
            assert len(acknowledged) == MESSAGES
            assert [seq for seq, _ in talk.told] == list(range(1, len(talk.told) + 1))
            assert dict(talk.told) == dict(acknowledged)


class _Talk:
    """One browser: it sends the next message when the last is acknowledged, and again when it does not know."""

    def __init__(self, server: Server, cookies: dict[str, str]) -> None:
        self.server, self.cookies = server, cookies
        self.acknowledged: dict[int, str] = {}
        self.told: list[tuple[int, str]] = []
        self.last = ""
        self.over = False

    async def write(self) -> None:
        async with httpx.AsyncClient(base_url=self.server.url, cookies=self.cookies, timeout=5) as client:
            for number in range(1, MESSAGES + 1):
                text = f"Nr {number}"
                seq = await self._send(client, text, f"client-{number:06}")
                self.acknowledged[seq] = text
        self.over = True

    async def _send(self, client: httpx.AsyncClient, text: str, client_id: str) -> int:
        headers = {"origin": self.server.url, "accept": "application/json"}
        while True:
            try:
                answer = await client.post(
                    "/live/message", json={"text": text, "client_id": client_id}, headers=headers
                )
            except httpx.TransportError:
                await asyncio.sleep(0.05)
                continue
            if answer.status_code == 200:
                return int(answer.json()["seq"])
            assert answer.status_code in {429, 503}, answer.text
            await asyncio.sleep(0.3)

    async def read(self) -> None:
        async with httpx.AsyncClient(base_url=self.server.url, cookies=self.cookies, timeout=20) as client:
            while not (self.over and len(self.told) >= len(self.acknowledged)):
                try:
                    await self._listen(client)
                except httpx.TransportError:
                    await asyncio.sleep(0.05)

    async def _listen(self, client: httpx.AsyncClient) -> None:
        headers = {"last-event-id": self.last} if self.last else {}
        async with client.stream("GET", "/live/stream", headers=headers) as answer:
            name = ""
            async for line in answer.aiter_lines():
                key, _, value = line.partition(": ")
                if key == "id":
                    self.last = value
                elif key == "event":
                    name = value
                elif key == "data" and name == "message":
                    data: dict[str, Any] = json.loads(value)
                    self.told.append((data["seq"], data["text"]))
                if self.over and len(self.told) >= len(self.acknowledged):
                    return


async def _story(server: Server, victim: str, talks: list[_Talk]) -> None:
    async def kill() -> None:
        """Twice in the middle: after a third and after two thirds of what is written."""
        for share in (1, 2):
            while sum(len(talk.acknowledged) for talk in talks) < len(talks) * MESSAGES * share / 3:
                await asyncio.sleep(0.01)
            await asyncio.to_thread(server.kill, victim)

    async with asyncio.timeout(120):
        await asyncio.gather(kill(), *(talk.write() for talk in talks), *(talk.read() for talk in talks))


def made_talks(server: Server) -> tuple[str, list[str]]:
    made = subprocess.run(
        [sys.executable, "-c", MAKE], cwd=ROOT, env=server.environment, check=True, capture_output=True, text=True
    )
    name, tokens = json.loads(made.stdout.splitlines()[-1])
    return name, tokens
