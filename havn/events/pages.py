"""What the public pages tell of an event."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from havn.common.clock import now
from havn.events import queries, words
from havn.events.actions import closed_sentence
from havn.events.models import Event
from havn.events.structured import json_ld
from havn.tenancy.models import Centre


@dataclass(frozen=True)
class Card:
    """An event in a list."""

    event: Event
    when: str
    where: str
    audiences: list[str]
    from_network: bool
    full: bool


def card(event: Event, centre: Centre) -> Card:
    """The event as a list on this centre's site shows it."""
    return Card(
        event=event,
        when=words.when(event, with_zone=_needs_zone(event, centre)),
        where=words.where(event),
        audiences=[words.audience_name(code) for code in event.audiences],
        from_network=event.centre_id != centre.pk,
        full=_is_full(event),
    )


def event_context(event: Event, centre: Centre, site: str) -> dict[str, object]:
    """Everything that the page of an event shows, on this centre's site. Never joining information."""
    why = queries.why_closed(event)
    return {
        "event": event,
        "card": card(event, centre),
        "languages": [words.language_name(code) for code in event.languages],
        "is_over": event.ends_at <= now(),
        "is_open": why is None,
        "closed": closed_sentence(why) if why else "",
        "open_until": words.until(queries.closes_at(event), event.zone) if why is None and event.deadline else "",
        "places": _places_words(event) if why is None else "",
        "json_ld": json_ld(event, site=site, is_open=why is None),
    }


def _needs_zone(event: Event, centre: Centre) -> bool:
    return event.zone != centre.time_zone or event.centre_id != centre.pk


def _is_full(event: Event) -> bool:
    if event.capacity is None or not event.takes_registrations or event.state != Event.State.PUBLISHED:
        return False
    return event.ends_at > now() and queries.tally_of(event).confirmed >= event.capacity


def _places_words(event: Event) -> str:
    """How many places are left, when there is an end to them."""
    seats = queries.seats_of(event)
    if seats.capacity is None:
        return ""
    tally = queries.tally_of(event)
    left = max(seats.capacity - tally.confirmed, 0)
    if left:
        return _("%(left)s of %(all)s places are free.") % {"left": left, "all": seats.capacity}
    return _("All places are taken. You can be in the waiting list: %(count)s wait now.") % {"count": tally.waiting}
