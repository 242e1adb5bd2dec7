"""What the settings of the telephone show."""

import datetime as dt
from dataclasses import dataclass

from havn.accounts.models import Membership, User
from havn.common.clock import from_ms
from havn.helpline.rules.roles import WORKS
from havn.phone.models import Connection, Extension, Secret
from havn.tenancy.models import Service


@dataclass(frozen=True)
class Joined:
    """How a helpline is joined to its telephone system."""

    connection: Connection
    secrets: list[Secret]
    extensions: list[Extension]
    last_event_at: dt.datetime | None
    last_event: str


def connection_of(service_id: int) -> Connection:
    """What is set, or the defaults (unsaved)."""
    return Connection.objects.filter(pk=service_id).first() or Connection(service_id=service_id)


def is_joined(service_id: int) -> bool:
    """Whether a telephone system could tell us anything."""
    return Secret.objects.filter(service_id=service_id).exists()


def joined_of(service: Service) -> Joined:
    """Everything the settings screen shows but the secrets themselves."""
    connection = connection_of(service.pk)
    at_ms = connection.last_event_ms
    return Joined(
        connection=connection,
        secrets=list(Secret.objects.filter(service=service).select_related("made_by").order_by("-made_at", "pk")),
        extensions=list(Extension.objects.filter(service=service).select_related("user")),
        last_event_at=None if at_ms is None else from_ms(at_ms),
        last_event=connection.last_event,
    )


def people_of(service: Service) -> list[User]:
    """Who works at the helpline, by name."""
    working = Membership.objects.filter(organisation_id=service.organisation_id, role__in=WORKS, user__is_active=True)
    return list(User.objects.filter(pk__in=working.values("user_id")).order_by("name", "pk"))
