"""A telephone system as a helpline knows it: it has a secret and extensions, and signs what it tells.

phone = make_phone(line, at={"101": anna})
phone.rings("1", number="+47 99 88 77 66"); phone.answers("1", "101"); phone.ends("1")
"""

import datetime as dt
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from havn.common.clock import from_ms, now_ms
from havn.common.signatures import key_of, sign
from havn.helpline.models import Turn
from havn.phone.actions import connecting
from havn.phone.actions.receiving import Answer, receive
from havn.phone.models import Call
from tests.helpline.factories import Line, Person

MINUTE = 60_000


@dataclass
class Telephone:
    """Sends events of calls to one helpline. `now_ms` is the clock of both sides unless a call names another."""

    line: Line
    secret: str
    sent: list[dict[str, Any]] = field(default_factory=list)

    def rings(self, call: str, *, at_ms: int | None = None, **data: str) -> Answer:
        return self.tells("call.ringing", call, at_ms=at_ms, **data)

    def answers(self, call: str, extension: str = "101", *, at_ms: int | None = None) -> Answer:
        return self.tells("call.answered", call, at_ms=at_ms, extension=extension)

    def ends(self, call: str, reason: str = "hung-up", *, at_ms: int | None = None) -> Answer:
        return self.tells("call.ended", call, at_ms=at_ms, reason=reason)

    def tells(self, kind: str, call: str, *, at_ms: int | None = None, **data: str) -> Answer:
        """One event of a moment, told now."""
        moment = from_ms(now_ms() if at_ms is None else at_ms).astimezone(dt.UTC).isoformat()
        return self.sends({"type": kind, "timestamp": moment, "data": {"call": call, **data}})

    def sends(self, message: dict[str, Any], *, message_id: str = "") -> Answer:
        """Whatever this is, signed."""
        body = json.dumps(message).encode()
        headers = self.headers(body, message_id=message_id)
        return receive(self.line.service, headers=headers, body=body, now_ms=now_ms())

    def posts(self, client: Client, message: dict[str, Any], **how: Any) -> Any:
        """The same through the address, as from outside."""
        body = json.dumps(message).encode()
        address = reverse("phone:hook", args=[self.line.service.pk])
        headers = self.headers(body, **how)
        return client.post(address, body, content_type="application/json", headers=headers)

    def headers(
        self, body: bytes, *, message_id: str = "", secret: str = "", at_s: int | None = None
    ) -> dict[str, str]:
        """The three headers of a message."""
        name, moment = message_id or secrets.token_hex(8), now_ms() // 1000 if at_s is None else at_s
        key = key_of(secret or self.secret)
        return {
            "webhook-id": name,
            "webhook-timestamp": str(moment),
            "webhook-signature": sign(key, message_id=name, timestamp=moment, body=body),
        }


def make_phone(line: Line, at: dict[str, Person] | None = None) -> Telephone:
    """A telephone system with a secret, and these extensions."""
    lead = line.people[0].user
    phone = Telephone(line, connecting.make_secret(actor=lead, service=line.service))
    for name, person in (at or {}).items():
        connecting.give_extension(actor=lead, service=line.service, name=name, user_id=person.pk)
    return phone


def the_turn() -> Turn:
    """The one call that came to somebody's desk."""
    return Turn.objects.get(channel=Turn.Channel.PHONE)


def the_call() -> Call:
    """The one call that was told of."""
    return Call.objects.get()
