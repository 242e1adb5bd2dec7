"""A helpline with a counsellor in a chat, and somebody who leads the shift."""

from dataclasses import dataclass, field

import pytest
from django.test import Client

from havn.common.clock import now_ms
from havn.limits.actions import ladder
from havn.limits.models import Limit
from tests.accounts.factories import signed_in_client
from tests.helpline.conftest import _nothing_remembered, real_transactions
from tests.helpline.factories import Line, Person, make_line
from tests.helpline.public import Visitor, make_visitor
from tests.vault.factories import PASSWORD

__all__ = ["_nothing_remembered", "real_transactions"]


@dataclass
class Chat:
    """Anna writes with a child; Kari leads the shift."""

    line: Line
    anna: Person
    kari: Person
    visitor: Visitor
    clients: dict[int, Client] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return self.visitor.started.conversation_id

    @property
    def key(self) -> bytes:
        return self.visitor.started.key

    @property
    def limit(self) -> Limit:
        return Limit.objects.get(pk=self.id)

    def client(self, person: Person) -> Client:
        """Their browser, signed in."""
        if person.pk not in self.clients:
            self.clients[person.pk] = signed_in_client(person.user, password=PASSWORD)
        return self.clients[person.pk]

    def desk(self) -> str:
        """Anna's desk with the chat open."""
        return self.client(self.anna).get(f"/desk?talk={self.id}").content.decode()

    def kind_word(self) -> None:
        ladder.say_kind_word(actor=self.anna.user, conversation_id=self.id, key=self.key, now_ms=now_ms())

    def ask(self, step: str) -> bool:
        return ladder.ask_step(
            actor=self.anna.user, conversation_id=self.id, step=step, keyring=self.anna.keyring, now_ms=now_ms()
        )

    def approve(self, step: str, by: Person | None = None) -> None:
        who = by or self.kari
        ladder.approve(actor=who.user, conversation_id=self.id, step=step, keyring=who.keyring, now_ms=now_ms())

    def slower(self) -> None:
        """The first two steps."""
        self.kind_word()
        self.ask("slower")
        self.approve("slower")

    def paused(self) -> None:
        """All three."""
        self.slower()
        self.ask("pause")
        self.approve("pause")


def begin() -> Chat:
    """Make it, in the caller's transactions."""
    line = make_line()
    kari = line.on_duty(line.people[0], role="supervisor", seats=0)
    anna = line.counsellor(name="Anna Berg", shown_name="Anna")
    visitor = make_visitor(line)
    line.take(anna)
    return Chat(line, anna, kari, visitor)


@pytest.fixture
def chat(db: None) -> Chat:
    return begin()
