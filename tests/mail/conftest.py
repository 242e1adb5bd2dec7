"""A real mail server on the machine itself."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from havn.tenancy.models import Centre
from tests.server import free_port
from tests.tenancy.factories import make_centre


class Server:
    """Takes mail and keeps it; `answers` says what it tells the next senders ("250 OK" when empty)."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.answers: list[str] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.received.append(email.message_from_bytes(envelope.content, policy=email.policy.default))  # type: ignore[arg-type]
        return "250 Taken"


@pytest.fixture
def mail_server(settings: Any) -> Iterator[Server]:
    """Havn is set up to send through a server on loopback."""
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.DEFAULT_FROM_EMAIL = "havn@centre.example"
    yield handler
    controller.stop()


@pytest.fixture
def centre() -> Centre:
    return make_centre(name="Trygg på nett")
