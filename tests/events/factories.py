"""Invented events and guests."""

import datetime as dt
import itertools
from typing import Any

from django.test import Client

from havn.accounts.models import User
from havn.common.clock import now
from havn.events import actions, queries
from havn.events.models import Event, Registration
from havn.events.sealing import Person
from havn.tenancy.models import Centre
from tests.accounts.factories import make_organisation, make_staff, signed_in_client

_numbers = itertools.count(1)
HOUR = dt.timedelta(hours=1)
JOINING = "https://meet.example/secret-room"
SITE = "http://testserver"


def make_event(centre: Centre, **fields: Any) -> Event:
    """A published webinar in a fortnight, with joining information."""
    number = next(_numbers)
    starts = fields.pop("starts_at", now() + dt.timedelta(days=14))
    values: dict[str, Any] = {
        "organisation": centre.organisations.first() or make_organisation(centre),
        "slug": f"event-{number}",
        "state": Event.State.PUBLISHED,
        "changed_at": now(),
        "title": f"Webinar {number}",
        "summary": f"What we talk about in {number}.",
        "language": "en",
        "languages": ["en"],
        "audiences": ["teachers-professionals"],
        "starts_at": starts,
        "ends_at": starts + HOUR,
        "zone": centre.time_zone,
        "is_online": True,
        "joining": JOINING,
        "question_one": "What will you use?",
        "question_two": "What was missing?",
    }
    return Event.objects.create(centre=centre, **{**values, **fields})


def register(event: Event, name: str = "Kari", *, from_centre: Centre | None = None, **told: str) -> Registration:
    """Somebody registers on the event's own site."""
    told = {"email": f"{name.lower()}@example.org", "site": SITE, **told}
    return actions.register(
        viewer=queries.Viewer(event.centre),
        event_id=event.pk,
        person=Person(name=name, **told),
        from_centre=from_centre,
        language="en",
    )


def token_of(registration: Registration) -> str:
    """The secret of the own link, as it stands in the letter."""
    registration.refresh_from_db()
    person = queries.person_of(registration)
    assert person is not None
    return person.token


def own_page(registration: Registration) -> str:
    """The path of somebody's own page."""
    return f"/en/events/registration/{token_of(registration)}"


def editor_of(centre: Centre, role: str = "editor") -> User:
    """Somebody who may hold events there."""
    return make_staff(centre.organisations.first() or make_organisation(centre), role)


def editors_client(centre: Centre, role: str = "editor") -> Client:
    """Their browser."""
    host = centre.hosts.get().host
    return signed_in_client(editor_of(centre, role), host=host)
