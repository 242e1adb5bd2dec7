"""A helpline with a counsellor, a coordinator who leads the shift, and talks that are coded in one step."""

from dataclasses import dataclass
from typing import Any

import pytest

from havn.common.clock import now_ms
from havn.helpline.actions.record import complete_and_close, save_record
from havn.helpline.models import Record
from havn.tenancy.models import Service
from tests.helpline.factories import COMPLETE, Child, Line, Person, make_line
from tests.vault.conftest import _nothing_remembered

__all__ = ["_nothing_remembered"]
HARD = {**COMPLETE, "reasons": ["suicide"]}


@dataclass
class Team:
    """Anna answers, Kari leads the shift."""

    line: Line
    anna: Person
    kari: Person

    @property
    def service(self) -> Service:
        return self.line.service

    def talk(self, by: Person | None = None, *, says: str = "there is a lighthouse") -> Child:
        """A talk that runs."""
        child = self.line.child()
        self.line.take(by or self.anna)
        child.says(says)
        return child

    def codes(self, child: Child, by: Person | None = None, **values: Any) -> None:
        """Fill in the record and close it."""
        person = by or self.anna
        save_record(
            actor=person.user,
            conversation_id=child.conversation_id,
            version=Record.objects.get(pk=child.conversation_id).version,
            values={**COMPLETE, **values},
            summary=None,
            key=child.key,
        )
        complete_and_close(actor=person.user, conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())

    def coded(self, by: Person | None = None, **values: Any) -> Child:
        """A talk from its beginning to its closed record."""
        child = self.talk(by)
        self.codes(child, by, **values)
        return child

    def hard(self, by: Person | None = None) -> Child:
        """One about suicide."""
        return self.coded(by, reasons=["suicide"])


@pytest.fixture
def team(db: None) -> Team:
    line = make_line()
    kari = line.on_duty(line.people[0], role="supervisor", seats=2)
    return Team(line, line.counsellor(name="Anna Berg", shown_name="Anna"), kari)
