"""Invented activities and reports."""

import datetime as dt
import itertools
from typing import Any

from django.test import Client

from havn.accounts.models import User
from havn.activities import actions
from havn.activities.models import Activity, PeriodReport, Reach
from havn.common.clock import now
from havn.tenancy.models import Centre
from tests.accounts.factories import make_organisation, make_staff, signed_in_client

_numbers = itertools.count(1)
FIRST, LAST = dt.date(2022, 4, 1), dt.date(2024, 3, 31)


def make_activity(centre: Centre, *reach: tuple[str, str, int, str], **fields: Any) -> Activity:
    """A training on one day of the period, with these numbers: group, measure, number, basis."""
    number = next(_numbers)
    day = fields.pop("day", dt.date(2023, 2, 7))
    values: dict[str, Any] = {
        "organisation": centre.organisations.first() or make_organisation(centre),
        "kind": "training",
        "title": f"Training {number}",
        "starts_on": day,
        "ends_on": day,
        "recorded_at": now(),
        "changed_at": now(),
    }
    activity = Activity.objects.create(centre=centre, **{**values, **fields})
    Reach.objects.bulk_create(
        Reach(activity=activity, group=group, measure=measure, number=many, basis=basis,
              how="" if basis == "counted" else "As the platform says")
        for group, measure, many, basis in reach
    )  # fmt: skip
    return activity


def make_report(centre: Centre, actor: User | None = None, **fields: Any) -> PeriodReport:
    """A draft in English of two years, compiled."""
    values: dict[str, Any] = {
        "title": "What we did", "summary": "Two years in numbers.", "starts_on": FIRST, "ends_on": LAST,
        "language": "en", "project": "Grant 101",
    }  # fmt: skip
    report = PeriodReport(centre=centre, **{**values, **fields})
    return actions.save_report(actor=actor or member(centre), report=report)


def member(centre: Centre, role: str = "publisher") -> User:
    """Somebody of the centre with this role."""
    return make_staff(centre.organisations.first() or make_organisation(centre), role)


def client_of(centre: Centre, role: str = "publisher") -> Client:
    """Their browser."""
    return signed_in_client(member(centre, role), host=centre.hosts.get().host)
