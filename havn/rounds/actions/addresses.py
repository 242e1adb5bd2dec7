"""Saying where letters about rounds go, and sending reminders there."""

from django.db import transaction

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.clock import now
from havn.mail import api as mail
from havn.rounds.letters import reminder_of
from havn.rounds.models import Assignment, DataAddress, Reminder
from havn.rounds.permissions import ANSWER, check_is_of
from havn.rounds.queries.addresses import address_of
from havn.rounds.queries.rounds import VISITED, Place, place_of
from havn.rounds.rules.states import WAITS_FOR_CENTRE
from havn.rounds.sealing import seal
from havn.tenancy.models import Centre


@transaction.atomic
def save_address(*, actor: User, centre: Centre, address: str) -> None:
    """Letters go to this address of the office from now on; "" and there are none."""
    check_is_of(actor, centre, ANSWER)
    if address:
        values = {"sealed": seal(centre.pk, address), "changed_by": actor, "changed_at": now()}
        DataAddress.objects.update_or_create(centre=centre, defaults=values)
    else:
        DataAddress.objects.filter(centre=centre).delete()
    record(centre_id=centre.pk, actor_id=actor.pk, action="rounds.address_changed")


def reminders_due() -> list[Place]:
    """Every centre that has to answer and whose reminder holds now, where a letter can go and none went for it."""
    waiting = Assignment.objects.filter(state__in=WAITS_FOR_CENTRE, centre__data_address__isnull=False)
    rows = (
        waiting.exclude(VISITED)
        .select_related("round__form_version__form", "round__owner", "centre")
        .prefetch_related("reminders")
    )
    places = [place_of(row) for row in rows]
    return [
        place
        for place in places
        if place.is_open
        and place.reminder is not None
        and all(sent.days > place.reminder for sent in place.assignment.reminders.all())
    ]


@transaction.atomic
def remind(place: Place) -> bool:
    """Queue one letter, once for each reminder, however often this runs. Returns whether it was queued."""
    assignment = place.assignment
    assert place.reminder is not None
    _row, new = Reminder.objects.get_or_create(assignment=assignment, days=place.reminder, defaults={"at": now()})
    address = address_of(assignment.centre)
    if not new or not address:
        return False
    subject, text = reminder_of(place)
    mail.send(centre=assignment.centre, to=address, subject=subject, text=text, kind="rounds.reminder")
    return True
