"""Contact points, hours and texts for tests."""

import datetime as dt
from typing import Any

from havn.centres.models import CentreTexts, Channel, ChannelSettings, ContactPoint, OpeningRule
from havn.tenancy.models import Centre, Service


def make_point(service: Service, channel: str = Channel.CHAT, **fields: Any) -> ContactPoint:
    """A contact point of the service."""
    return ContactPoint.objects.create(service=service, channel=channel, **fields)


def make_hours(
    service: Service,
    channel: str = Channel.CHAT,
    opens: str = "14:00",
    closes: str = "22:00",
    days: range = range(7),
    **settings: Any,
) -> None:
    """Weekly hours on the days given, and the channel's settings."""
    for day in days:
        OpeningRule.objects.create(
            service=service,
            channel=channel,
            weekday=day,
            opens=dt.time.fromisoformat(opens),
            closes=dt.time.fromisoformat(closes),
        )
    ChannelSettings.objects.create(service=service, channel=channel, **settings)


def make_texts(centre: Centre, **fields: Any) -> CentreTexts:
    """What the pages on rights say of this centre."""
    values: dict[str, Any] = {
        "controller": "The Authority runs the centre",
        "complaint_name": "The Data Authority",
        "complaint_url": "https://data.example/",
        "feedback_email": "access@centre.example",
        **fields,
    }
    return CentreTexts.objects.create(centre=centre, **values)
