"""A country's lines for machines that read pages: schema.org as JSON-LD.

Only what is certain is told without a word: hours of an entry that nobody has confirmed lately are left out, and its
description says how old it is.
"""

import datetime as dt
import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from havn.directory.listing import Country, EntryNow, PointNow
from havn.directory.rules.hours import usual_week
from havn.directory.words import age_words, audience_name

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ANY_MONDAY = dt.date(2024, 1, 1)
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def linked_data(country: Country, address: str, *, dials: bool) -> SafeString:
    """The data block of a country's page. Without `dials` (a demonstration) no number stands in it."""
    data = {
        "@context": "https://schema.org",
        "@graph": [_service(entry, country, address, dials=dials) for entry in country.entries if entry.name],
    }
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    # A data block is not executed, so the content policy lets it stand; its signs are escaped above.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


def _service(entry: EntryNow, country: Country, address: str, *, dials: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "Service",
        "@id": f"{address}#line-{entry.service.pk}",
        "name": entry.name,
        "serviceType": "Hotline" if entry.is_hotline else "Helpline",
        "areaServed": {"@type": "Country", "name": country.name, "identifier": country.code},
        "description": age_words(entry),
        "availableChannel": [
            channel for point in entry.points if (channel := _channel(point, entry, address, dials=dials))
        ],
    }
    if entry.organisation.name:
        found["provider"] = {"@type": "Organization", "name": entry.organisation.name}
        if entry.organisation.website:
            found["provider"]["url"] = entry.organisation.website
    if entry.audiences:
        found["audience"] = [{"@type": "Audience", "audienceType": audience_name(code)} for code in entry.audiences]
    if entry.entry.free is not None:
        found["isAccessibleForFree"] = entry.entry.free
    return found


def _channel(point: PointNow, entry: EntryNow, address: str, *, dials: bool) -> dict[str, Any] | None:
    row = point.point
    contact: dict[str, Any] = {"@type": "ContactPoint", "contactType": point.channel}
    if row.number and dials:
        contact["telephone"] = point.number.dial if point.number else row.number
    hours = _hours(point) if entry.certain else []
    if hours:
        contact["hoursAvailable"] = hours
    found: dict[str, Any] = {"@type": "ServiceChannel", "name": point.channel}
    if entry.service.languages or row.languages:
        found["availableLanguage"] = list(row.languages or entry.service.languages)
    if row.url:
        found["serviceUrl"] = row.url
    elif point.own_page:
        found["serviceUrl"] = address
    elif row.email and dials:
        found["serviceUrl"] = f"mailto:{row.email}"
    if "telephone" in contact or hours:
        found["servicePhone"] = contact
    return found if "serviceUrl" in found or "servicePhone" in found else None


def _hours(point: PointNow) -> list[dict[str, str]]:
    if point.schedule is not None:
        weekly = [(rule.weekday, rule.hours.opens, rule.hours.closes) for rule in point.schedule.weekly]
    else:
        weekly = [
            (one.weekday, one.opens, one.closes)
            for hours in point.hours
            if hours.rule
            for one in usual_week(hours.rule, _ANY_MONDAY)
        ]
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{_DAYS[weekday]}",
            "opens": f"{opens:%H:%M}",
            "closes": "23:59" if closes == opens else f"{closes:%H:%M}",
        }
        for weekday, opens, closes in weekly
    ]
