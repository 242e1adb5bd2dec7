"""A browser for every kind of person, all looking at the same centre."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.test import Client

from havn.accounts.models import Role
from havn.awareness.actions.sites import open_site
from havn.centres.models import ChannelSettings, ContactPoint
from havn.common.clock import now_ms
from havn.helpline.actions.visits import start_visit
from havn.tenancy.models import Service
from tests.accounts.factories import make_centre, make_staff, signed_in_client
from tests.vault.factories import give_team_key

STAFF = tuple(role.value for role in Role)
PEOPLE = ("anonymous", "visitor", *STAFF, "counsellor elsewhere")


@dataclass
class People:
    """Their clients by kind, and the helpline of the centre that all of them look at."""

    clients: dict[str, Client]
    service: Service

    def cookies(self, person: str) -> dict[str, str]:
        """Names and values of a person's cookies. A visitor is a new one each time, so that each can do anything."""
        if person == "visitor":
            return {settings.VISITOR_COOKIE_NAME: self._new_visitor()}
        return {name: morsel.value for name, morsel in self.clients[person].cookies.items()}

    def _new_visitor(self) -> str:
        centre = self.service.organisation.centre_id
        with transaction.atomic():
            started = start_visit(
                centre_id=centre,
                service_id=self.service.pk,
                channel="chat",
                language="en",
                now_ms=now_ms(),
                secret=secrets.token_bytes(32),
            )
        assert started.token
        return started.token


def make_people() -> People:
    """Staff of every role here, a counsellor of another centre, a visitor and a stranger."""
    here, elsewhere = make_centre(host="testserver"), make_centre(host="elsewhere.test")
    service = here.organisations.get().services.get()
    for channel in ("chat", "letter"):
        ContactPoint.objects.create(service=service, channel=channel)
        ChannelSettings.objects.create(service=service, channel=channel, always_open=True)
    open_site(here)
    staff = {role: make_staff(here, role) for role in STAFF}
    give_team_key(service, [staff[Role.COORDINATOR]])
    clients = {role: signed_in_client(person) for role, person in staff.items()}
    clients["counsellor elsewhere"] = signed_in_client(make_staff(elsewhere, Role.COUNSELLOR))
    clients["anonymous"] = Client(headers={"host": "testserver"})
    return People(clients, service)
