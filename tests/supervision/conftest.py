"""A helpline with a counsellor in a talk and a supervisor on duty."""

from dataclasses import dataclass

import pytest

from havn.common.clock import now_ms
from havn.helpline.actions.reading import read_along
from havn.helpline.actions.transfers import accept_transfer, offer_transfer
from tests.helpline.factories import Child, Line, Person, make_line
from tests.vault.conftest import _nothing_remembered

__all__ = ["_nothing_remembered"]


@dataclass
class Talk:
    """Anna talks with a child; Kari leads the shift."""

    line: Line
    anna: Person
    kari: Person
    child: Child

    @property
    def id(self) -> int:
        return self.child.conversation_id

    def hand_over(self, to: Person) -> None:
        """Anna hands the talk to a colleague, who accepts."""
        offer_transfer(
            actor=self.anna.user,
            conversation_id=self.id,
            to=to.user,
            reason="",
            keyring=self.anna.keyring,
            now_ms=now_ms(),
        )
        accept_transfer(actor=to.user, conversation_id=self.id, keyring=to.keyring, now_ms=now_ms())

    def kari_reads(self) -> None:
        read_along(actor=self.kari.user, conversation_id=self.id, keyring=self.kari.keyring, now_ms=now_ms())


@pytest.fixture
def talk(db: None) -> Talk:
    line = make_line(centre_fields={"country_code": "NO"})
    kari = line.on_duty(line.people[0], role="supervisor", seats=0)
    anna = line.counsellor(name="Anna Berg", shown_name="Anna")
    child = line.child()
    line.take(anna)
    child.says("there is a lighthouse")
    return Talk(line, anna, kari, child)
