"""A helpline that takes e-mail.

box = make_box(line); box.takes(mail("hello")); box.answers(anna, "you are not alone")
"""

import uuid
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from havn.common.clock import now_ms
from havn.helpline.actions.taking import take_letter
from havn.helpline.models import Turn
from havn.letterbox.actions import drafting
from havn.live import api as live
from havn.live.models import Conversation, Participant
from havn.mail.models import LetterOut
from havn.mail.sealing import Content, unseal
from havn.mailbox.actions import connecting
from havn.mailbox.actions.receiving import Taken, take_mails
from havn.mailbox.models import Mailbox, MailThread
from havn.mailbox.sealing import Facts, open_facts
from tests.helpline.factories import Line, Person
from tests.mailbox.mails import ADDRESS


@dataclass
class Box:
    """The mailbox of a helpline under test. Its first member holds the keys."""

    line: Line

    @property
    def row(self) -> Mailbox:
        return Mailbox.objects.get(pk=self.line.service.pk)

    def takes(self, *mails: bytes | EmailMessage) -> list[Taken]:
        raws = [one if isinstance(one, bytes) else one.as_bytes() for one in mails]
        return take_mails(self.line.service, raws, now_ms=now_ms())

    def thread(self) -> MailThread:
        """The one thread there is."""
        return MailThread.objects.get()

    def turn(self) -> Turn:
        return Turn.objects.get(channel=Turn.Channel.MAIL)

    def key(self, thread: MailThread | None = None) -> bytes:
        row = thread or self.thread()
        return bytes(self.line.people[0].keyring.conversation_key(row.pk))

    def facts(self, thread: MailThread | None = None) -> Facts:
        row = thread or self.thread()
        return open_facts(row, self.key(row))

    def log(self, thread: MailThread | None = None) -> list[tuple[str, str]]:
        """(author, text) of each text and (code, words) of each event, as a colleague reads them."""
        row = thread or self.thread()
        viewer = live.Viewer(0, Participant.Role.COUNSELLOR, self.line.people[0].pk)
        shown = live.messages(conversation_id=row.pk, key=self.key(row), viewer=viewer, language="en")
        return [(one.code if one.kind == "event" else one.author, one.text) for one in shown]

    def texts(self, thread: MailThread | None = None) -> list[str]:
        """What the child wrote."""
        return [text for who, text in self.log(thread) if who == "visitor"]

    def take(self, person: Person) -> Turn:
        return take_letter(
            actor=person.user, service=self.line.service, keyring=person.keyring, now_ms=now_ms(),
            conversation_id=self.thread().pk,
        )  # fmt: skip

    def answers(self, person: Person, text: str = "you are not alone") -> None:
        """The letter is taken, unless it is, and answered."""
        if self.turn().counsellor_id is None:
            self.take(person)
        drafting.send_answer(
            actor=person.user,
            conversation_id=self.thread().pk,
            text=text,
            version=0,
            seen=int(Conversation.objects.values_list("last_seq", flat=True).get(pk=self.thread().pk)),
            key=self.key(),
            client_id=str(uuid.uuid4()),
            now_ms=now_ms(),
        )


def make_box(line: Line, **values: Any) -> Box:
    """Set up by the coordinator, with nothing to fetch from."""
    connecting.change_address(
        actor=line.people[0].user,
        service=line.service,
        site="https://centre.example",
        **{"address": ADDRESS, "separator": "+", "receipts_a_day": 2, **values},
    )
    return Box(line)


def outbox() -> list[Content]:
    """What waits to go out, the oldest first."""
    return [unseal(row.pk, row.sealed) for row in LetterOut.objects.order_by("queued_at") if row.sealed]
