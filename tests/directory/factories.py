"""Countries that do not run here, with lines whose facts a test chooses."""

import datetime as dt
import itertools
from typing import Any

from havn.centres.models import ContactPoint
from havn.directory.models import CentreEntry, Confirmation, Entry, PublishedHours
from havn.tenancy.models import Centre, Organisation, Service

MORNING = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)
"""A Wednesday; ten in the morning in Warsaw."""

_numbers = itertools.count(1)


def make_country(code: str = "PL", zone: str = "Europe/Warsaw", **fields: Any) -> Centre:
    """A country's centre that is only known to the directory."""
    centre = Centre.objects.create(
        slug=f"country-{next(_numbers)}",
        country_code=code,
        name=f"Centre of {code}",
        time_zone=zone,
        languages=[],
        is_hosted=False,
        **fields,
    )
    CentreEntry.objects.create(centre=centre)
    return centre


def make_line(centre: Centre, name: str = "The Line", **facts: Any) -> Entry:
    """A helpline (or, with kind="hotline", a hotline) with its entry."""
    service_fields = {key: facts.pop(key) for key in ("kind", "languages") if key in facts}
    organisation = Organisation.objects.create(
        centre=centre, slug=f"organisation-{next(_numbers)}", name=f"Those of {name}"
    )
    service = Service.objects.create(
        organisation=organisation,
        slug=f"line-{next(_numbers)}",
        name=name,
        **{"kind": Service.Kind.HELPLINE, **service_fields},
    )
    return Entry.objects.create(service=service, confirmer=organisation, **facts)


def make_way(entry: Entry, channel: str = "phone", rule: str = "", **fields: Any) -> ContactPoint:
    """A way to reach it, with published hours when a rule is given."""
    point = ContactPoint.objects.create(service=entry.service, channel=channel, **fields)
    if rule:
        PublishedHours.objects.create(point=point, rule=rule)
    return point


def confirm(entry: Entry, at: dt.datetime, **fields: Any) -> Confirmation:
    """A confirmation that all was right."""
    return Confirmation.objects.create(
        service=entry.service,
        at=at,
        by_words=entry.service.organisation.name,
        result=Confirmation.Result.RIGHT,
        **fields,
    )
