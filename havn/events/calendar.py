"""Events as iCalendar (RFC 5545): one file, or the feed of a centre. Time zones go with them."""

from collections.abc import Iterable
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import icalendar
from django.urls import reverse

from havn.events import zones
from havn.events.models import Event
from havn.events.words import where
from havn.tenancy.models import Centre

CONTENT_TYPE = "text/calendar; charset=utf-8"
_MAKER = "-//Havn//Events//EN"


def file_of(event: Event, *, site: str, joining: str = "") -> bytes:
    """One event. `joining` only for somebody who has a place; `site` such as "https://centre.example"."""
    return _calendar([event], [_component(event, site, joining)])


def feed_of(centre: Centre, events: Iterable[Event], *, site: str) -> bytes:
    """What a calendar program follows. Never with joining information."""
    found = list(events)
    return _calendar(found, [_component(event, site, "") for event in found], name=centre.name)


def _calendar(events: list[Event], components: list[icalendar.Event], name: str = "") -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
    for zone in sorted({event.zone for event in events} - {"UTC"}):
        there = [event for event in events if event.zone == zone]
        first, last = min(event.starts_at for event in there), max(event.ends_at for event in there)
        calendar.add_component(zones.component_of(zone, first, last))
    for component in components:
        calendar.add_component(component)
    return bytes(calendar.to_ical())


def _component(event: Event, site: str, joining: str) -> icalendar.Event:
    zone, found = ZoneInfo(event.zone), icalendar.Event()
    found.add("uid", event.uid)
    found.add("sequence", event.sequence)
    found.add("dtstamp", event.changed_at)
    found.add("last-modified", event.changed_at)
    found.add("dtstart", event.starts_at.astimezone(zone))
    found.add("dtend", event.ends_at.astimezone(zone))
    found.add("summary", event.title)
    found.add("description", "\n\n".join(part for part in (event.summary, joining) if part))
    found.add("location", where(event))
    found.add("url", urljoin(site, reverse("events:event", args=[event.slug])))
    found.add("status", "CANCELLED" if event.state == Event.State.CANCELLED else "CONFIRMED")
    return found
