"""A centre with everybody in it, the live process before it, and a witness: a talk that nobody attacks."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from havn.accounts.models import Role, User
from havn.common.clock import now_ms
from havn.live import api as live
from havn.live.models import Message
from tests.codebase.people import People, make_people
from tests.hostile.door import SCRIPT, Door, cookie_header, open_door
from tests.vault.conftest import _nothing_remembered, real_commits

__all__ = ["_nothing_remembered", "real_commits"]

WITNESSED = "Still here afterwards."


@dataclass
class Scene:
    """`talk` is one in which the coordinator takes part. `people.cookies("visitor")` makes a new visitor each time."""

    door: Door
    people: People
    talk: int
    _visitor: dict[str, str] = field(default_factory=dict)
    _witness: dict[str, str] = field(default_factory=dict)

    def visitor(self) -> dict[str, str]:
        """The cookies of a visitor whose talk goes on: the last one's, or a new one's when that has ended."""
        visitor = live.visitor_of(self._visitor) if self._visitor else None
        if visitor is None or visitor.state == "ended":
            self._visitor = self.people.cookies("visitor")
        return self._visitor

    def cookies_for(self, access: str) -> dict[str, str]:
        """The cookies with which an address of this access answers."""
        return self.people.cookies("coordinator") if access == "staff" else self.visitor()

    def witness(self) -> None:
        """Let the witness say something that must stay."""
        self._witness = self.people.cookies("visitor")
        body = json.dumps({"text": WITNESSED, "client_id": "the-witness"}).encode()
        headers = [*SCRIPT, cookie_header(self._witness)]
        assert self.door.ask("POST", "/live/message", headers, body).status == 200

    def assert_nothing_lost(self) -> None:
        """What the witness said is there, once, and opens."""
        visitor = live.visitor_of(self._witness)
        assert visitor is not None
        viewer = live.Viewer(visitor.participant_id, "visitor")
        read = live.messages(conversation_id=visitor.conversation_id, key=visitor.key, viewer=viewer)
        assert [one.text for one in read if one.kind == "text"] == [WITNESSED]
        assert Message.objects.filter(conversation_id=visitor.conversation_id, kind="text").count() == 1


def _talk_with_the_coordinator(people: People) -> int:
    visitor = live.visitor_of(people.cookies("visitor"))
    coordinator = User.objects.get(memberships__role=Role.COORDINATOR)
    assert visitor is not None
    with transaction.atomic():
        live.join(
            conversation_id=visitor.conversation_id, user_id=coordinator.pk, role="counsellor", shown_name="Kim",
            now_ms=now_ms(),
        )  # fmt: skip
        live.set_state(conversation_id=visitor.conversation_id, state="open", now_ms=now_ms())
    return visitor.conversation_id


@pytest.fixture
def scene(real_commits: None, tmp_path: Path) -> Iterator[Scene]:
    assert settings.DEBUG is False
    people = make_people()
    with open_door(tmp_path) as door:
        found = Scene(door, people, _talk_with_the_coordinator(people))
        found.witness()
        yield found
        found.assert_nothing_lost()
