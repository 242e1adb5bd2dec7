"""Letters to many: each in a transaction of its own, so that none holds the database, and none is written twice."""

import datetime as dt

from django.db import transaction

from havn.events import letters, rules
from havn.events.models import Event, Registration
from havn.events.queries import CONFIRMED, WAITING, person_of
from havn.tasks.api import Stopped, should_stop, task


@task(lease_s=120)
def tell_change(event_id: int) -> int:
    """Write to everybody who does not know the event as it is now. Run again, it goes on where it stopped."""
    event = Event.objects.select_related("organisation", "centre").filter(pk=event_id).first()
    if event is None or event.state == Event.State.DRAFT:
        return 0
    people = event.registrations.filter(state__in=(CONFIRMED, WAITING), told__lt=event.sequence)
    told = 0
    for pk in people.order_by("number").values_list("pk", flat=True):
        if should_stop():
            raise Stopped
        told += _tell_one(event, pk)
    return told


def remind(event: Event, *, now: dt.datetime) -> int:
    """Remind those who have a place and registered long enough ago, each once. Returns how many."""
    count = 0
    for pk in event.registrations.filter(state=CONFIRMED, reminded=False).values_list("pk", flat=True):
        if should_stop():
            raise Stopped
        count += _remind_one(event, pk, now)
    return count


@transaction.atomic
def _tell_one(event: Event, pk: int) -> int:
    registration = _still(pk, state__in=(CONFIRMED, WAITING), told__lt=event.sequence)
    person = person_of(registration) if registration else None
    if registration is None or person is None:
        return 0
    registration.told = event.sequence
    registration.save(update_fields=["told"])
    send = letters.send_event_cancelled if event.state == Event.State.CANCELLED else letters.send_changed
    send(event, registration, person)
    return 1


@transaction.atomic
def _remind_one(event: Event, pk: int, now: dt.datetime) -> int:
    registration = _still(pk, state=CONFIRMED, reminded=False)
    person = person_of(registration) if registration else None
    if registration is None or person is None:
        return 0
    registration.reminded = True
    registration.save(update_fields=["reminded"])
    due = rules.is_reminded(
        starts_at=event.starts_at, days=event.reminder_days, registered_at=registration.registered_at, now=now
    )
    if due:
        letters.send_reminder(event, registration, person)
    return int(due)


def _still(pk: int, **wanted: object) -> Registration | None:
    """The row, locked, if it is still as wanted: two workers, or somebody who cancels meanwhile, may be there first."""
    return Registration.objects.select_for_update().filter(pk=pk, **wanted).first()
