"""Writing a centre's description into the database. Again: what is there is brought up to date, hours are kept."""

import datetime as dt

from django.db import transaction

from havn.centres.models import CentreTexts, ChannelSettings, ContactPoint, OpeningRule
from havn.config.centre.facts import CentreFacts, OrganisationFacts, Point, ServiceFacts
from havn.handover.actions.seeding import seed_routes
from havn.helpline.models import HelplineSettings
from havn.tenancy.models import Centre, CentreHost, Organisation, Service


@transaction.atomic
def load_centre(facts: CentreFacts, *, is_demo: bool = False) -> Centre:
    """The centre with its addresses and the texts of its information pages."""
    centre, _new = Centre.objects.update_or_create(
        slug=facts.slug,
        defaults={
            "kind": facts.kind,
            "country_code": facts.country,
            # The directory may have known it before it ran here.
            "is_hosted": True,
            "name": facts.name,
            **({"names": facts.names} if facts.names else {}),
            "time_zone": facts.zone,
            "languages": list(facts.languages),
            "emergency_number": facts.emergency_number,
            "neutral_site": facts.neutral_site,
            "is_demo": is_demo,
        },
    )
    for host in facts.hosts:
        CentreHost.objects.update_or_create(host=host, defaults={"centre": centre})
    CentreTexts.objects.update_or_create(centre=centre, defaults=facts.texts)
    seed_routes(centre)
    return centre


def load_organisation(centre: Centre, facts: OrganisationFacts) -> Organisation:
    """A member of the consortium, without its services."""
    organisation, _new = Organisation.objects.update_or_create(
        centre=centre,
        slug=facts.slug,
        defaults={"name": facts.name, "website": facts.website} | ({"names": facts.names} if facts.names else {}),
    )
    return organisation


@transaction.atomic
def load_service(organisation: Organisation, facts: ServiceFacts) -> Service:
    """A service. Its ways in and hours are written once: from then on the coordinator keeps them on the desk."""
    languages = list(organisation.centre.languages)
    service, new = Service.objects.update_or_create(
        organisation=organisation,
        slug=facts.slug,
        defaults={"kind": facts.kind, "name": facts.name, "audience": facts.audience, "languages": languages}
        | ({"names": facts.names} if facts.names else {}),
    )
    if new:
        for order, point in enumerate(facts.points):
            _point(service, point, order)
    if any(point.channel == "chat" for point in facts.points):
        HelplineSettings.objects.get_or_create(service=service, defaults={"needs_staff": facts.needs_staff})
    return service


def _point(service: Service, point: Point, order: int) -> None:
    ContactPoint.objects.create(
        service=service,
        channel=point.channel,
        label=point.label,
        number=point.number,
        url=point.url,
        email=point.email,
        note=point.note,
        emergency=point.emergency,
        order=order,
    )
    if point.emergency or not (point.hours or point.always):
        return
    holiday = point.holiday_hours
    ChannelSettings.objects.create(
        service=service,
        channel=point.channel,
        always_open=point.always,
        stop_admitting_minutes=point.stop_admitting,
        on_holidays="own" if holiday else "usual",
        holiday_opens=dt.time.fromisoformat(holiday[0]) if holiday else None,
        holiday_closes=dt.time.fromisoformat(holiday[1]) if holiday else None,
    )
    if point.hours:
        days, opens, closes = point.hours
        OpeningRule.objects.bulk_create(
            OpeningRule(
                service=service,
                channel=point.channel,
                weekday=day,
                opens=dt.time.fromisoformat(opens),
                closes=dt.time.fromisoformat(closes),
            )
            for day in days
        )
