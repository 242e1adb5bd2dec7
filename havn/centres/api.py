"""The door of centres for the apps above: is a channel open, and how can a person reach the centre.

from havn.centres.api import opening, staffing_of
answer = opening(service, "chat", now(), staffing_of(service.id, now()))
if not answer.admits: ...
"""

import datetime as dt
from zoneinfo import ZoneInfo

from havn.centres.doors import ICONS, TIMED
from havn.centres.models import Channel, ContactPoint, StaffGroup
from havn.centres.queries import contact_points_of, schedule_of, schedules_of
from havn.centres.registry import (
    EntryPart,
    page_of,
    register_entry_part,
    register_page,
    register_staffing,
    staffing_of,
)
from havn.centres.rules.opening import Hours, Opening, Schedule, Staffing, WeeklyHours, opening_at
from havn.centres.words import channel_name, hours_words, opening_words, weekday_name
from havn.tenancy.models import Centre, Service

__all__ = [
    "ICONS",
    "TIMED",
    "Channel",
    "ContactPoint",
    "EntryPart",
    "Hours",
    "Opening",
    "Schedule",
    "StaffGroup",
    "Staffing",
    "WeeklyHours",
    "channel_name",
    "contact_points",
    "hours_words",
    "opening",
    "opening_at",
    "opening_by_hours",
    "opening_words",
    "page_of",
    "register_entry_part",
    "register_page",
    "register_staffing",
    "schedules_of",
    "services_with",
    "staffing_of",
    "weekday_name",
]


def opening(service: Service, channel: str, now: dt.datetime, staffing: Staffing | None = None) -> Opening:
    """Whether a channel ("chat", "phone", "letter", "text", "report", …) of a service is open at `now`.

    `staffing` is who is on duty when the service has set a minimum, else None. A demo is open at all hours (why
    "demo") and admits with nobody on duty. See `Opening` for what is promised.
    """
    if service.organisation.centre.is_demo:
        return Opening(open=True, admits=True, why="demo")
    return opening_by_hours(service, channel, now, staffing)


def opening_by_hours(service: Service, channel: str, now: dt.datetime, staffing: Staffing | None = None) -> Opening:
    """As `opening`, but by the real hours in a demo too."""
    today = now.astimezone(ZoneInfo(service.organisation.centre.time_zone)).date()
    return opening_at(schedule_of(service, channel, today), now, staffing)


def contact_points(centre: Centre, *, channel: str = "", audience: str = "") -> list[ContactPoint]:
    """The centre's contact points in its own order, narrowed by channel and by the service's audience."""
    return [
        point
        for point in contact_points_of(centre)
        if (not channel or point.channel == channel) and (not audience or point.service.audience == audience)
    ]


def services_with(centre: Centre, channel: str, *, audience: str = "") -> list[Service]:
    """The services that can be reached by a channel on our own pages, in the centre's order, each once."""
    points = contact_points(centre, channel=channel, audience=audience)
    return list({point.service_id: point.service for point in points if not point.url}.values())
