"""Who came is forgotten when the event's clock ends; the counts survive."""

import dataclasses
import datetime as dt

from django.db import transaction

from havn.audit.api import record
from havn.events import queries
from havn.events.models import Event


def forget_people(*, moment: dt.datetime) -> int:
    """Destroy the registrations and the words of the feedback of every event past its clock. Returns how many events.

    Counts and ratings stay. One event in one transaction, and an entry in the trail for each.
    """
    events = queries.to_forget(moment)
    for event in events:
        with transaction.atomic():
            locked = Event.objects.select_for_update().get(pk=event.pk)
            if locked.forgotten_at is None:
                _forget(locked, moment)
    return len(events)


def _forget(event: Event, moment: dt.datetime) -> None:
    event.counts = dataclasses.asdict(queries.tally_of(event))
    event.forgotten_at = moment
    event.save(update_fields=["counts", "forgotten_at"])
    count = event.registrations.all().delete()[0]
    event.feedback.update(answer_one="", answer_two="")
    if count:
        record(centre_id=event.centre_id, action="events.people.forgotten", subject=f"event:{event.pk}", people=count)
