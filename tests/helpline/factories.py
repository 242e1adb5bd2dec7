"""A helpline with people who hold its key, children who wait and talks that run, for everybody's tests.

line = make_line()                      # a service with a team key, always open
anna = line.counsellor(speaks=["en"])   # on duty, with a keyring
child = line.child()                    # waiting
turn = line.take(anna)
"""

from dataclasses import dataclass, field
from typing import Any

from havn.accounts.models import Role, User
from havn.common.clock import now_ms
from havn.helpline.actions.duty import go_on_duty
from havn.helpline.actions.taking import take_next
from havn.helpline.actions.vocabularies import load_vocabularies
from havn.helpline.models import HelplineSettings, Turn
from havn.live import api as live
from havn.tenancy.models import Service
from havn.vault import api as vault
from tests.tenancy.factories import make_centre, make_service
from tests.vault.factories import give_team_key, keyring_with_password, make_member

MINUTE = 60_000
COMPLETE = {
    "reasons": ["cyberbullying", "gaming"],
    "person": "teen-12-18",
    "gender": "girl-or-woman",
    "online": True,
    "place": "social-media",
    "outcome": "listened",
    "risk": "none",
}


@dataclass
class Person:
    """Somebody of the staff with their open keyring."""

    user: User
    keyring: vault.Keyring

    @property
    def pk(self) -> int:
        return int(self.user.pk)


@dataclass
class Child:
    """A conversation as its child holds it."""

    conversation_id: int
    participant_id: int
    key: bytes
    code: str

    @property
    def turn(self) -> Turn:
        return Turn.objects.get(pk=self.conversation_id)

    def says(self, text: str, at_ms: int | None = None) -> None:
        live.append(
            conversation_id=self.conversation_id,
            key=self.key,
            author="visitor",
            kind="text",
            text=text,
            participant_id=self.participant_id,
            now_ms=at_ms,
        )

    def events(self) -> list[str]:
        """The codes of the talk's events, in order."""
        viewer = live.Viewer(self.participant_id, "visitor")
        return [
            one.code
            for one in live.messages(conversation_id=self.conversation_id, key=self.key, viewer=viewer)
            if one.kind == "event"
        ]


@dataclass
class Line:
    """A helpline under test."""

    service: Service
    people: list[Person] = field(default_factory=list)

    def member(self, *roles: str, **fields: Any) -> Person:
        """Somebody who holds the key, not on duty."""
        user = make_member(self.service, *roles, **fields)
        lead = next((one for one in self.people if one.user.memberships.exclude(role="counsellor").exists()), None)
        if vault.is_set_up(self.service.pk):
            assert lead is not None
            vault.let_in(service=self.service, member=user, by=lead.user, keyring=lead.keyring)
        else:
            give_team_key(self.service, [user])
        person = Person(user, keyring_with_password(user))
        self.people.append(person)
        return person

    def on_duty(
        self, person: Person, *, role: str = Role.COUNSELLOR, seats: int = 2, languages: tuple[str, ...] = ("en", "nb")
    ) -> Person:
        go_on_duty(
            actor=person.user, service=self.service, role=role, seats=seats, languages=languages, now_ms=now_ms()
        )
        return person

    def counsellor(self, *, seats: int = 2, languages: tuple[str, ...] = ("en", "nb"), **fields: Any) -> Person:
        """A counsellor on duty."""
        return self.on_duty(self.member(**fields), seats=seats, languages=languages)

    def child(
        self,
        *,
        waited_minutes: float = 1,
        language: str = "en",
        in_danger: bool = False,
        risk: str = "",
        away: bool = False,
        channel: str = "chat",
        age_band: str = "",
    ) -> Child:
        """A child who waits."""
        now = now_ms()
        started = live.start_conversation(
            centre_id=self.service.organisation.centre_id,
            service_id=self.service.pk,
            kind=f"helpline.{channel}",
            now_ms=now,
        )
        Turn.objects.create(
            conversation_id=started.conversation_id,
            service=self.service,
            channel=channel,
            language=language,
            in_danger=in_danger,
            risk=risk,
            age_band=age_band,
            waiting_since_ms=now - int(waited_minutes * MINUTE),
            away_since_ms=now if away else None,
        )
        return Child(started.conversation_id, started.participant_id, started.key, started.code)

    def take(self, person: Person) -> Turn:
        return take_next(actor=person.user, service=self.service, keyring=person.keyring, now_ms=now_ms())

    def set(self, **values: Any) -> None:
        HelplineSettings.objects.update_or_create(pk=self.service.pk, defaults=values)


def make_line(*, centre_fields: dict[str, Any] | None = None, **service_fields: Any) -> Line:
    """A helpline that is always open, with its key set up by a coordinator, and the vocabularies loaded."""
    service = make_service(centre=make_centre(**(centre_fields or {})), **service_fields)
    load_vocabularies()
    line = Line(service)
    line.member(Role.COORDINATOR, Role.SUPERVISOR, name="Kari Coordinator", shown_name="Kari")
    return line
