"""Contacts for reports: made as the helpline makes them, row and counts together."""

import datetime as dt
from typing import Any

from havn.helpline.actions.figures import count_in
from havn.helpline.actions.vocabularies import load_vocabularies
from havn.helpline.models import Contact, ContactReason
from havn.helpline.rules.figures import Reason
from havn.tenancy.models import Service
from havn.vocabularies.api import version_on
from havn.vocabularies.models import Vocabulary
from tests.tenancy.factories import make_service

TALK: dict[str, Any] = {
    "channel": "chat", "result": "answered", "language": "en", "waiting_band": "1-5", "length_band": "15-30",
    "person": "teen-12-18", "age_band": "12-14", "gender": "girl-or-woman", "place": "gaming", "platform": "Roblox",
    "online": True, "outcome": "listened", "risk": "none",
}  # fmt: skip
LEFT: dict[str, Any] = {
    "channel": "chat",
    "result": "left",
    "language": "en",
    "waiting_band": "5-15",
    "length_band": "",
}


def helpline(**fields: Any) -> Service:
    """A helpline with its lists, without people."""
    if not Vocabulary.objects.filter(dimension="reason").exists():
        load_vocabularies()
    return make_service(**fields)


def contact(service: Service, day: str, *reasons: str, talk: bool = True, **fields: Any) -> Contact:
    """A contact at three in the afternoon UTC; the first reason is the main one."""
    moment = dt.datetime.fromisoformat(f"{day}T15:00+00:00")
    made = Contact.objects.create(
        centre_id=service.organisation.centre_id,
        service=service,
        half_hour=moment,
        **{**(TALK if talk else LEFT), **fields},
    )
    vocabulary = version_on("reason", on=moment.date())
    coded = [Reason(vocabulary, code, place == 0) for place, code in enumerate(reasons)]
    ContactReason.objects.bulk_create(
        ContactReason(contact=made, vocabulary=one.vocabulary, code=one.code, main=one.main) for one in coded
    )
    count_in(made, coded)
    return made


def contacts(number: int, service: Service, day: str, *reasons: str, **fields: Any) -> None:
    """Several alike."""
    for _number in range(number):
        contact(service, day, *reasons, **fields)
