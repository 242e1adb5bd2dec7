"""A helpline with a counsellor in a talk, routes of each way, and a receiver that keeps what it is given."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from havn.centres import handovers
from havn.centres.handovers import Passed, Receiver, register_receiver
from havn.common.clock import now_ms
from havn.common.errors import Refused
from havn.handover.actions.answering import answer
from havn.handover.actions.asking import ask_child
from havn.handover.models import Handover, HandoverRoute, HandoverSettings
from havn.helpline.forms_public import fresh_once
from tests.helpline.factories import Child, Line, Person, make_line
from tests.mail.conftest import Server, mail_server
from tests.vault.conftest import _nothing_remembered

__all__ = ["Server", "_nothing_remembered", "mail_server"]
TEXT = "somebody called lantern_9 asks for pictures"


@dataclass
class Hotline:
    """A strand that stands behind a door of this installation."""

    taken: list[Passed] = field(default_factory=list)
    refuses: bool = False
    breaks_at: str = ""

    def take(self, passed: Passed) -> None:
        if self.refuses:
            raise Refused("Not that.")
        if self.breaks_at and self.breaks_at in passed.text:
            raise KeyError(passed.text)
        self.taken.append(passed)


@dataclass
class Talk:
    """Anna talks with a child; Kari coordinates."""

    line: Line
    anna: Person
    kari: Person
    child: Child

    @property
    def id(self) -> int:
        return self.child.conversation_id

    def ask(self, route: str = "inside", text: str = TEXT, once: str = "") -> Handover:
        return ask_child(
            actor=self.anna.user,
            conversation_id=self.id,
            route=route,
            text=text,
            once=once or fresh_once(),
            key=self.child.key,
            now_ms=now_ms(),
        )

    def says(self, yes: bool, handover: Handover, at_ms: int | None = None) -> Handover:
        """The child's press."""
        return answer(
            conversation_id=self.id,
            handover_id=handover.pk,
            yes=yes,
            key=self.child.key,
            language="en",
            now_ms=at_ms or now_ms(),
        )

    def minutes(self, minutes: int) -> None:
        HandoverSettings.objects.update_or_create(pk=self.line.service.pk, defaults={"change_mind_minutes": minutes})


@pytest.fixture
def hotline(monkeypatch: pytest.MonkeyPatch) -> Hotline:
    monkeypatch.setattr(handovers, "_receivers", {})
    strand = Hotline()
    register_receiver(Receiver("hotline", lambda: "Our hotline", lambda centre_id: True, strand.take))
    return strand


def make_routes(line: Line) -> None:
    centre = line.service.organisation.centre
    places: list[dict[str, Any]] = [
        {"key": "inside", "kind": "hotline", "way": "inside", "name": "Our hotline", "receiver": "hotline"},
        {"key": "kripos", "kind": "police", "way": "mail", "name": "Kripos", "email": "tips@police.example"},
        {"key": "form", "kind": "complaint", "way": "page", "name": "Board", "page_url": "https://board.example/form"},
    ]
    HandoverRoute.objects.bulk_create(HandoverRoute(centre=centre, **place) for place in places)


def make_talk(channel: str = "chat") -> Talk:
    line = make_line()
    make_routes(line)
    kari = line.people[0]
    anna = line.counsellor(name="Anna Berg", shown_name="Anna", seats=3)
    child = line.child(channel=channel)
    line.take(anna)
    child.says("they call themselves lantern_9")
    child.says("my name is Vera and I live by the harbour")
    return Talk(line, anna, kari, child)


@pytest.fixture
def talk(db: None, hotline: Hotline) -> Talk:
    return make_talk()
