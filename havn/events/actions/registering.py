"""What somebody does who comes: register, give the place up, say how it was; and the organiser's tick at the door."""

import dataclasses
import datetime as dt
import secrets
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common import ids
from havn.common.clock import now
from havn.common.errors import Refused
from havn.events import letters, queries, rules
from havn.events.actions.moving_up import move_up
from havn.events.models import Event, Feedback, Registration
from havn.events.permissions import check_can_manage
from havn.events.sealing import Person, email_mark, hash_of_token, seal
from havn.tenancy.models import Centre

LINK_AGAIN_AFTER = dt.timedelta(minutes=15)
# Without letters and digits that look alike.
_REFERENCE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@transaction.atomic
def register(
    *, viewer: queries.Viewer, event_id: int, person: Person, from_centre: Centre | None, language: str
) -> Registration:
    """Give the person a place, or one in the waiting list, and write to them.

    Two who want the last place at once stand in line at the event's row: one gets it, the other waits. An address
    that is registered already keeps its one place and gets its link again, so that the answer tells nobody who is
    registered. Refused, with a sentence, when nobody can register; Event.DoesNotExist for what the viewer can't see.
    """
    visible = queries.events_visible_to(viewer).filter(pk=event_id)
    # Locked by itself: PostgreSQL locks no row of a query with an outer join.
    Event.objects.select_for_update().get(pk=visible.values_list("pk", flat=True).get())
    event = visible.get()
    check_is_open(event)
    mark = email_mark(event.pk, person.email)
    known = event.registrations.filter(email_mark=mark).first()
    if known is not None:
        _send_link_again(event, known)
        return known
    place = _place(event, from_centre)
    person = dataclasses.replace(person, token=secrets.token_urlsafe(24))
    registration_id = ids.random_id()
    registration = Registration.objects.create(
        id=registration_id,
        event=event,
        state=place.value,
        number=queries.next_number(event),
        reference=_new_reference(event),
        from_centre=from_centre,
        language=language,
        token_hash=hash_of_token(person.token),
        email_mark=mark,
        sealed=seal(registration_id, person),
        registered_at=now(),
        link_sent_at=now(),
        told=event.sequence,
    )
    letters.send_place(event, registration, person)
    return registration


def _send_link_again(event: Event, known: Registration) -> None:
    """Send it, unless it went out a moment ago: whoever types somebody else's address floods nobody's letter box."""
    person = queries.person_of(known)
    if person is None or (known.link_sent_at is not None and now() - known.link_sent_at < LINK_AGAIN_AFTER):
        return
    known.link_sent_at = now()
    known.save(update_fields=["link_sent_at"])
    letters.send_link_again(event, known, person)


def check_is_open(event: Event) -> None:
    """Raise Refused with a sentence that says why nobody can register."""
    why = queries.why_closed(event)
    if why is not None:
        raise Refused(closed_sentence(why))


def closed_sentence(why: rules.Closed) -> str:
    """Why nobody can register, for whoever wants to."""
    sentences = {
        rules.Closed.NOT_TAKEN: _("You need not register for this event."),
        rules.Closed.CANCELLED: _("This event is cancelled."),
        rules.Closed.TOO_LATE: _("Registration is closed."),
        rules.Closed.FULL: _("This event is full."),
    }
    return sentences[why]


@transaction.atomic
def leave_event(*, registration_id: int) -> None:
    """Give the place up: who it was is destroyed at once, and the next in line moves up.

    Twice does no harm. Refused once the event has begun: who came is the organiser's to say.
    """
    event = _locked_event_of(registration_id)
    registration = event.registrations.get(pk=registration_id)
    if registration.state == Registration.State.CANCELLED:
        return
    if now() >= event.starts_at:
        raise Refused(_("The event has begun, so the place cannot be given up any more."))
    person = queries.person_of(registration)
    registration.state = Registration.State.CANCELLED
    registration.sealed = registration.email_mark = None
    registration.save(update_fields=["state", "sealed", "email_mark"])
    if person is not None:
        letters.send_left(event, registration, person)
    if event.state == Event.State.PUBLISHED:
        move_up(event)


@transaction.atomic
def give_feedback(*, registration_id: int, rating: int, answer_one: str, answer_two: str) -> None:
    """Keep what somebody thought of the event, once, without a word of who it was.

    Refused before the end, from somebody without a place, and the second time.
    """
    event = _locked_event_of(registration_id)
    registration = event.registrations.get(pk=registration_id)
    if now() < event.ends_at or registration.state != Registration.State.CONFIRMED:
        raise Refused(_("You can say how it was when the event is over."))
    if registration.has_answered:
        raise Refused(_("You have told us already. Thank you."))
    Feedback.objects.create(event=event, rating=rating, answer_one=answer_one, answer_two=answer_two)
    registration.has_answered = True
    registration.save(update_fields=["has_answered"])


@transaction.atomic
def tick_attendance(*, actor: User, event: Event, came: Collection[int]) -> int:
    """Keep who came: exactly the registrations named, of those who have a place. Returns how many."""
    check_can_manage(actor, event.centre)
    Event.objects.select_for_update().get(pk=event.pk)
    places = event.registrations.filter(state=Registration.State.CONFIRMED)
    places.exclude(pk__in=came).update(attended=False)
    count = places.filter(pk__in=came).update(attended=True)
    record(
        centre_id=event.centre_id, actor_id=actor.pk, action="events.attendance.ticked", subject=f"event:{event.pk}",
        came=count,
    )  # fmt: skip
    return count


def _place(event: Event, from_centre: Centre | None) -> rules.Place:
    confirmed = event.registrations.filter(state=Registration.State.CONFIRMED)
    of_centre = confirmed.filter(from_centre=from_centre).count() if event.per_centre else 0
    place = rules.place_for(queries.seats_of(event), confirmed.count(), of_centre)
    if place is rules.Place.FULL:
        raise Refused(_("Nobody else from your centre can have a place, and there is no waiting list."))
    return place


def _locked_event_of(registration_id: int) -> Event:
    event_id = Registration.objects.values_list("event_id", flat=True).get(pk=registration_id)
    Event.objects.select_for_update().get(pk=event_id)
    return Event.objects.select_related("organisation", "centre").get(pk=event_id)


def _new_reference(event: Event) -> str:
    while True:
        reference = "".join(secrets.choice(_REFERENCE) for _ in range(6))
        if not event.registrations.filter(reference=reference).exists():
            return reference
