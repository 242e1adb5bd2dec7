"""Reads of events. `events_visible_to` is the one place that says who sees an event."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Avg, Count, Max, Q, QuerySet

from havn.common.clock import now
from havn.events import rules
from havn.events.models import Event, Feedback, Registration
from havn.events.sealing import Person, hash_of_token, unseal
from havn.tenancy.models import Centre

PAST_SHOWN = 50
FEED_REACHES_BACK = dt.timedelta(days=90)
CONFIRMED, WAITING = Registration.State.CONFIRMED, Registration.State.WAITING


@dataclass(frozen=True)
class Viewer:
    """Who looks: at which centre's site, and whether as a member who is signed in there."""

    centre: Centre
    is_member: bool = False


@dataclass(frozen=True)
class Guest:
    """A registration with the person in it, for the organiser's desk."""

    registration: Registration
    person: Person


@dataclass(frozen=True)
class Tally:
    """How many of each."""

    confirmed: int = 0
    waiting: int = 0
    cancelled: int = 0
    attended: int = 0


@dataclass(frozen=True)
class Answers:
    """What people thought: how many gave which rating (1 to 5), the mean, and their words to each question."""

    count: int
    mean: float | None
    ratings: list[tuple[int, int]]
    to_one: list[str]
    to_two: list[str]


def events_visible_to(viewer: Viewer) -> QuerySet[Event]:
    """Every event that this viewer may know of: no draft, the centre's own and the network's, and what is for
    members only to members alone. Every list, page, feed and answer asks here; nothing else decides.

    Joining information is no part of it: only a registration's own link shows that (`registration_by_token`).
    """
    home = Q(centre=viewer.centre) | Q(centre__kind=Centre.Kind.NETWORK, centre__is_hosted=True)
    found = Event.objects.filter(home).exclude(state=Event.State.DRAFT)
    if not viewer.is_member:
        found = found.filter(visibility=Event.Visibility.PUBLIC)
    return found.select_related("organisation", "centre")


def upcoming(viewer: Viewer, moment: dt.datetime) -> QuerySet[Event]:
    """What has not ended yet, the next first."""
    return events_visible_to(viewer).filter(ends_at__gt=moment).order_by("starts_at", "pk")


def past(viewer: Viewer, moment: dt.datetime) -> QuerySet[Event]:
    """What is over, the latest first. Cancelled events never were."""
    found = events_visible_to(viewer).filter(ends_at__lte=moment, state=Event.State.PUBLISHED)
    return found.order_by("-starts_at", "-pk")[:PAST_SHOWN]


def fitting(events: Iterable[Event], *, audience: str = "", language: str = "") -> list[Event]:
    """Those for an audience and in a language; "" asks for nothing. Neither database filters lists in JSON alike."""
    return [
        event
        for event in events
        if (not audience or audience in event.audiences) and (not language or language in event.languages)
    ]


def in_feed(viewer: Viewer, moment: dt.datetime) -> QuerySet[Event]:
    """What a calendar that follows the centre should know, with what was cancelled."""
    return events_visible_to(viewer).filter(ends_at__gt=moment - FEED_REACHES_BACK).order_by("starts_at", "pk")


def events_managed_in(centre: Centre) -> QuerySet[Event]:
    """Every event of the centre itself, drafts too, the newest first. For those who may manage them."""
    return Event.objects.filter(centre=centre).select_related("organisation", "centre").order_by("-starts_at", "-pk")


def held_in(centre: Centre, moment: dt.datetime) -> QuerySet[Event]:
    """Events of the centre itself that took place, the latest first. For those who may read its records."""
    return events_managed_in(centre).filter(state=Event.State.PUBLISHED, ends_at__lte=moment)


def registration_by_token(token: str, centre: Centre) -> Registration | None:
    """The registration whose own link this is, on the site of its centre or, for the network's, on any."""
    found = Registration.objects.filter(token_hash=hash_of_token(token[:100]))
    found = found.filter(Q(event__centre=centre) | Q(event__centre__kind=Centre.Kind.NETWORK))
    found = found.exclude(event__state=Event.State.DRAFT)
    return found.select_related("event__organisation", "event__centre", "from_centre").first()


def person_of(registration: Registration) -> Person | None:
    """Who it is; None once forgotten."""
    return unseal(registration.pk, registration.sealed) if registration.sealed else None


def guests_of(event: Event, *states: str) -> list[Guest]:
    """The people registered, in the order in which they came; none of those who cancelled or are forgotten."""
    rows = event.registrations.filter(state__in=states or (CONFIRMED, WAITING)).select_related("from_centre")
    return [Guest(row, unseal(row.pk, row.sealed)) for row in rows if row.sealed]


def tally_of(event: Event) -> Tally:
    """The counts, also after the people are forgotten."""
    if event.forgotten_at:
        return Tally(**event.counts)
    state = Registration.State
    return Tally(
        **event.registrations.aggregate(
            confirmed=Count("pk", filter=Q(state=state.CONFIRMED)),
            waiting=Count("pk", filter=Q(state=state.WAITING)),
            cancelled=Count("pk", filter=Q(state=state.CANCELLED)),
            attended=Count("pk", filter=Q(attended=True)),
        )
    )


def answers_of(event: Event) -> Answers:
    """What the feedback says."""
    rows = Feedback.objects.filter(event=event)
    counted = dict(rows.values_list("rating").annotate(n=Count("pk")).order_by())
    answers = rows.order_by("pk").values_list("answer_one", "answer_two")
    return Answers(
        count=sum(counted.values()),
        mean=rows.aggregate(mean=Avg("rating"))["mean"],
        ratings=[(rating, counted.get(rating, 0)) for rating in range(5, 0, -1)],
        to_one=[one for one, _two in answers if one],
        to_two=[two for _one, two in answers if two],
    )


def seats_of(event: Event) -> rules.Seats:
    """How many the event takes."""
    return rules.Seats(event.capacity, event.per_centre, event.has_waiting_list)


def closes_at(event: Event) -> dt.datetime:
    """Until when one may register."""
    return rules.closes_at(
        deadline=event.deadline,
        close_of_business=event.close_of_business,
        zone=event.zone,
        starts_at=event.starts_at,
    )


def why_closed(event: Event, moment: dt.datetime | None = None) -> rules.Closed | None:
    """Why nobody can register now, or None when one can, be it for the waiting list."""
    if not event.takes_registrations:
        return rules.Closed.NOT_TAKEN
    if event.state != Event.State.PUBLISHED:
        return rules.Closed.CANCELLED
    if (moment or now()) >= closes_at(event):
        return rules.Closed.TOO_LATE
    full = event.capacity is not None and tally_of(event).confirmed >= event.capacity
    return rules.Closed.FULL if full and not event.has_waiting_list else None


def next_number(event: Event) -> int:
    """The number of the next registration. Only while the event's row is locked."""
    return (event.registrations.aggregate(last=Max("number"))["last"] or 0) + 1


def centres_to_choose() -> QuerySet[Centre]:
    """The national centres, whether they run here or elsewhere."""
    return Centre.objects.national().order_by("name")


def to_remind(moment: dt.datetime) -> list[Event]:
    """Events soon enough that somebody may want a reminder."""
    found = Event.objects.filter(state=Event.State.PUBLISHED, starts_at__gt=moment, reminder_days__gt=0)
    found = found.filter(starts_at__lte=moment + dt.timedelta(days=60)).select_related("organisation", "centre")
    return [event for event in found if event.starts_at - dt.timedelta(days=event.reminder_days) <= moment]


def to_forget(moment: dt.datetime) -> list[Event]:
    """Events whose people must be forgotten now."""
    found = Event.objects.filter(forgotten_at__isnull=True, ends_at__lte=moment)
    return [
        event for event in found if rules.is_forgotten(ends_at=event.ends_at, kept_days=event.kept_days, now=moment)
    ]
