"""Centres, organisations and services for everybody's tests."""

import itertools
from typing import Any

from havn.centres.models import ChannelSettings, ContactPoint
from havn.tenancy.models import Centre, CentreHost, Organisation, Service

_numbers = itertools.count(1)


def make_centre(*, host: str | None = "testserver", **fields: Any) -> Centre:
    """A centre at a host name ("testserver" is the test client's; None: no name yet). Not a demo by default."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "slug": f"centre-{number}",
        "country_code": "NO",
        "name": f"Centre {number}",
        "time_zone": "Europe/Oslo",
        "languages": ["en", "nb", "da"],
        **fields,
    }
    centre = Centre.objects.create(**values)
    if host:
        CentreHost.objects.create(centre=centre, host=host)
    return centre


def make_organisation(centre: Centre | None = None, **fields: Any) -> Organisation:
    """An organisation of the centre given, or of a new one."""
    number = next(_numbers)
    values: dict[str, Any] = {"slug": f"organisation-{number}", "name": f"Organisation {number}", **fields}
    return Organisation.objects.create(centre=centre or make_centre(), **values)


def make_service(
    organisation: Organisation | None = None,
    *,
    centre: Centre | None = None,
    always_open: tuple[str, ...] = ("chat", "letter"),
    **fields: Any,
) -> Service:
    """A helpline of the organisation given, or of a new one in `centre`; open day and night on `always_open`."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "slug": f"service-{number}",
        "kind": Service.Kind.HELPLINE,
        "name": f"Helpline {number}",
        "languages": ["en", "nb", "da"],
        **fields,
    }
    service = Service.objects.create(organisation=organisation or make_organisation(centre), **values)
    for channel in always_open:
        ContactPoint.objects.create(service=service, channel=channel)
        ChannelSettings.objects.create(service=service, channel=channel, always_open=True)
    return service
