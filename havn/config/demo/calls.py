"""Calls for the demo: two extensions, and what became of the telephone's attempts of the last days and today."""

import random

from django.db import transaction

from havn.accounts.models import User
from havn.common.clock import now_ms
from havn.helpline.actions.counting import count_attempt
from havn.phone.models import Extension
from havn.tenancy.models import Service

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
DAYS = 5
CALLS_A_DAY = 6
RESULTS = ["answered"] * 6 + ["left"] * 3 + ["refused"]


@transaction.atomic
def make_calls(service: Service, counsellors: list[User]) -> None:
    """Make the telephone of one helpline, once."""
    if Extension.objects.filter(service=service).exists():
        return
    for name, person in zip(("101", "102"), counsellors, strict=False):
        Extension.objects.create(service=service, name=name, user=person)
    dice = random.Random(f"calls of {service.slug}")  # noqa: S311 - invented figures, the same on every machine
    for day in range(DAYS):
        for _number in range(CALLS_A_DAY):
            result = dice.choice(RESULTS)
            count_attempt(
                service=service,
                channel="phone",
                language=service.languages[0],
                result=result,
                began_ms=now_ms() - day * DAY - dice.randint(1, 60) * MINUTE,
                waited_ms=dice.randint(0, 12) * MINUTE,
                length_ms=dice.randint(2, 45) * MINUTE if result == "answered" else None,
            )
