"""A helpline with letters, and the steps of a letter in their words, for every test of the letterbox."""

import uuid
from dataclasses import dataclass

from django.test import Client

from havn.accounts.models import Role
from havn.common.clock import now_ms
from havn.helpline.actions.taking import take_letter
from havn.helpline.models import Turn
from havn.letterbox.actions import consent, drafting, publishing, second_reading
from havn.letterbox.models import Draft, LetterboxSettings, PublishedAnswer
from havn.letterbox.rules.publishing import Version
from havn.live.models import Conversation
from havn.vocabularies.api import load_public
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Child, Line, Person, make_line
from tests.vault.factories import PASSWORD

HOUR = 3_600_000
GOOD = Version(
    title="How do I tell a friend that it hurt?",
    question="somebody in my class shares a picture of me",
    answer="it is not your fault, and you can say so to a grown-up you trust",
    language="en",
    topics=("cyberbullying",),
)


@dataclass
class Letters:
    """A helpline whose letters are under test."""

    line: Line

    @property
    def service_id(self) -> int:
        return int(self.line.service.pk)

    @property
    def centre_id(self) -> int:
        return int(self.line.service.organisation.centre_id)

    def letter(self, text: str = "dear you", *, hours_ago: float = 1, **fields: object) -> Child:
        """A letter that waits since then."""
        child = self.line.child(channel="letter", waited_minutes=hours_ago * 60, **fields)  # type: ignore[arg-type]
        child.says(text, at_ms=now_ms() - int(hours_ago * HOUR))
        return child

    def take(self, person: Person, child: Child | None = None) -> Turn:
        return take_letter(
            actor=person.user,
            service=self.line.service,
            keyring=person.keyring,
            now_ms=now_ms(),
            conversation_id=child.conversation_id if child else None,
        )

    def keep(self, person: Person, child: Child, text: str, version: int = 0) -> Draft:
        return drafting.keep_draft(
            actor=person.user,
            conversation_id=child.conversation_id,
            text=text,
            version=version,
            key=child.key,
            now_ms=now_ms(),
        )

    def send(
        self,
        person: Person,
        child: Child,
        text: str = "you are not alone",
        version: int = 0,
        *,
        client_id: str = "",
        seen: int | None = None,
    ) -> None:
        drafting.send_answer(
            actor=person.user,
            conversation_id=child.conversation_id,
            text=text,
            version=version,
            seen=last_seq(child) if seen is None else seen,
            key=child.key,
            client_id=client_id or str(uuid.uuid4()),
            now_ms=now_ms(),
        )

    def ask(self, person: Person, child: Child, text: str = "you are not alone", version: int = 0) -> Draft:
        return drafting.ask_second_reading(
            actor=person.user,
            conversation_id=child.conversation_id,
            text=text,
            version=version,
            seen=last_seq(child),
            key=child.key,
            now_ms=now_ms(),
        )

    def read(self, person: Person, child: Child, at_ms: int | None = None) -> Draft:
        return second_reading.claim_reading(
            actor=person.user,
            conversation_id=child.conversation_id,
            keyring=person.keyring,
            now_ms=at_ms or now_ms(),
        )

    def send_read(self, person: Person, child: Child, version: int = 1, *, seen: int | None = None) -> None:
        second_reading.send_read(
            actor=person.user,
            conversation_id=child.conversation_id,
            version=version,
            seen=last_seq(child) if seen is None else seen,
            key=child.key,
            now_ms=now_ms(),
        )

    def set(self, **values: object) -> None:
        LetterboxSettings.objects.update_or_create(pk=self.service_id, defaults=values)

    def answered(self, person: Person, **fields: object) -> Child:
        """A letter whose child allows publishing, taken and answered by this person."""
        child = self.letter("somebody in my class shares a picture of me", **fields)  # type: ignore[arg-type]
        consent.allow_publishing(conversation_id=child.conversation_id, code=child.code)
        self.take(person, child)
        self.send(person, child, "it is not your fault")
        return child

    def published(self, editor: Person, second: Person, child: Child, version: Version = GOOD) -> PublishedAnswer:
        """That letter on the site."""
        publishing.save_edition(
            actor=editor.user,
            conversation_id=child.conversation_id,
            version=version,
            number=0,
            key=child.key,
            now_ms=now_ms(),
            ready=True,
        )
        return publishing.publish(
            actor=second.user, conversation_id=child.conversation_id, number=1, key=child.key, now_ms=now_ms()
        )


def last_seq(child: Child) -> int:
    """The last place of the letter's log, as a screen that was opened just now has shown it."""
    return int(Conversation.objects.values_list("last_seq", flat=True).get(pk=child.conversation_id))


def make_letters() -> Letters:
    """A helpline with a coordinator who holds its key, and the public lists of words."""
    load_public()
    return Letters(make_line())


def browser_of(person: Person) -> Client:
    """Signed in, with the keys."""
    return signed_in_client(person.user, password=PASSWORD)


def supervisor(letters: Letters) -> Person:
    """Somebody who may publish, beside the coordinator."""
    return letters.line.member(Role.SUPERVISOR, shown_name="Sol")
