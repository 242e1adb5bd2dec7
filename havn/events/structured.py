"""An event for machines that read pages: schema.org Event as JSON-LD. Nothing that the page does not say."""

import json
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from havn.events.models import Event

# As in django.utils.html.json_script: the text can end no script element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
_SCHEMA = "https://schema.org/"


def json_ld(event: Event, *, site: str, is_open: bool) -> SafeString:
    """The data block for the page's head."""
    address = urljoin(site, reverse("events:event", args=[event.slug]))
    zone, cancelled = ZoneInfo(event.zone), event.state == Event.State.CANCELLED
    modes = {(True, True): "Mixed", (False, True): "Online"}
    data: dict[str, object] = {
        "@context": _SCHEMA,
        "@type": "Event",
        "name": event.title,
        "description": event.summary,
        "url": address,
        "startDate": event.starts_at.astimezone(zone).isoformat(),
        "endDate": event.ends_at.astimezone(zone).isoformat(),
        "eventStatus": _SCHEMA + ("EventCancelled" if cancelled else "EventScheduled"),
        "eventAttendanceMode": _SCHEMA
        + modes.get((bool(event.place), event.is_online), "Offline")
        + "EventAttendanceMode",
        "inLanguage": event.languages,
        "organizer": {"@type": "Organization", "name": event.organisation.name},
        "location": _places(event, address),
    }
    if is_open:
        data["offers"] = {
            "@type": "Offer",
            "url": urljoin(site, reverse("events:register", args=[event.slug])),
            "availability": _SCHEMA + "InStock",
        }
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


def _places(event: Event, address: str) -> list[dict[str, str]]:
    found = [{"@type": "Place", "name": event.place, "address": event.place}] if event.place else []
    return found + ([{"@type": "VirtualLocation", "url": address}] if event.is_online else [])
