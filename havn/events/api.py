"""The door of events for the apps above: what a centre invites to, for front pages and search, and what was held.

for event in upcoming_events(centre, limit=3):
    print(event.title, event.when, event.url, event.from_network)
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.urls import reverse

from havn.common.clock import now
from havn.events import queries
from havn.events.actions import forget_people
from havn.events.models import Event
from havn.events.words import when, where
from havn.tenancy.models import Centre

__all__ = ["Held", "Invitation", "forget_people", "held_event", "held_events", "public_events", "upcoming_events"]


@dataclass(frozen=True)
class Invitation:
    """A public event as other apps may show it. `when` and `where` in the reader's words, `url` in their language."""

    slug: str
    title: str
    summary: str
    text: str
    language: str
    when: str
    where: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    audiences: tuple[str, ...]
    languages: tuple[str, ...]
    organisation: str
    from_network: bool
    url: str


@dataclass(frozen=True)
class Held:
    """An event of the centre that is over, for its staff. Days on the organiser's clocks; `attended`: ticked there."""

    number: int
    title: str
    summary: str
    organisation_id: int
    starts_on: dt.date
    ends_on: dt.date
    place: str
    is_online: bool
    audiences: tuple[str, ...]
    attended: int


def held_events(centre: Centre) -> list[Held]:
    """The centre's own events that took place, also those for members only, the latest first."""
    return [_held(event) for event in queries.held_in(centre, now())]


def held_event(centre: Centre, number: int) -> Held | None:
    """One of them; None when there is none of this number."""
    event = queries.held_in(centre, now()).filter(pk=number).first()
    return _held(event) if event else None


def upcoming_events(centre: Centre, *, limit: int = 5) -> list[Invitation]:
    """The centre's next public events and the network's, the soonest first; none that is cancelled."""
    found = queries.upcoming(queries.Viewer(centre), now()).filter(state=Event.State.PUBLISHED)[:limit]
    return [_invitation(event, centre) for event in found]


def public_events(centre: Centre) -> list[Invitation]:
    """Every public event of the centre and the network, past ones too: for search and sitemaps."""
    found = queries.events_visible_to(queries.Viewer(centre)).filter(state=Event.State.PUBLISHED)
    return [_invitation(event, centre) for event in found]


def _invitation(event: Event, centre: Centre) -> Invitation:
    return Invitation(
        slug=event.slug,
        title=event.title,
        summary=event.summary,
        text=event.text,
        language=event.language,
        when=when(event),
        where=where(event),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        audiences=tuple(event.audiences),
        languages=tuple(event.languages),
        organisation=event.organisation.name,
        from_network=event.centre_id != centre.pk,
        url=reverse("events:event", args=[event.slug]),
    )


def _held(event: Event) -> Held:
    zone = ZoneInfo(event.zone)
    return Held(
        number=event.pk,
        title=event.title,
        summary=event.summary,
        organisation_id=event.organisation_id,
        starts_on=event.starts_at.astimezone(zone).date(),
        ends_on=event.ends_at.astimezone(zone).date(),
        place=event.place,
        is_online=event.is_online,
        audiences=tuple(event.audiences),
        attended=queries.tally_of(event).attended,
    )
