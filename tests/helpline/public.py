"""A child's browser against Django's pages, for the tests of the child's side."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.test import Client

from havn.common.clock import now_ms
from havn.helpline.actions.visits import start_visit
from havn.helpline.endpoints.start import secret_of
from havn.helpline.forms_public import fresh_once
from havn.helpline.models import Turn
from havn.live import api as live
from tests.helpline.factories import Line


@dataclass
class Visitor:
    """A browser with the cookie of a visit."""

    client: Client
    started: live.Started

    @property
    def turn(self) -> Turn:
        return Turn.objects.get(pk=self.started.conversation_id)

    @property
    def held(self) -> live.Visitor:
        """The visit as the engine knows it."""
        found = live.visitor_of({settings.VISITOR_COOKIE_NAME: self.started.token or ""})
        assert found is not None
        return found

    def page(self, path: str, status: int = 200) -> str:
        """The page's HTML; fails for another status."""
        response = self.client.get(path)
        assert response.status_code == status, f"{path}: {response.status_code} {response.headers.get('Location')}"
        return response.content.decode()

    def leads_to(self, path: str) -> str:
        """Where a page redirects to."""
        response = self.client.get(path)
        assert response.status_code == 302
        return response.headers["Location"]


def make_visitor(line: Line, channel: str = "chat", **wish: Any) -> Visitor:
    """A child who has just started at this helpline."""
    started = start_visit(
        centre_id=line.service.organisation.centre_id,
        service_id=line.service.pk,
        channel=channel,
        language=wish.pop("language", "en"),
        now_ms=now_ms(),
        secret=secret_of(fresh_once()),
        **wish,
    )
    client = Client()
    client.cookies[settings.VISITOR_COOKIE_NAME] = started.token or ""
    return Visitor(client, started)
