"""Give free places to those who wait. Called by whatever may free a place, inside its transaction."""

from havn.events import letters, rules
from havn.events.models import Event, Registration
from havn.events.queries import CONFIRMED, WAITING, person_of, seats_of


def move_up(event: Event) -> int:
    """Give places to the waiting line in its order, and write to each. The event's row must be locked.

    Nobody moves up once the event has begun: that is for the caller to see. Returns how many.
    """
    waiting = list(event.registrations.filter(state=WAITING).order_by("number"))
    taken = event.registrations.filter(state=CONFIRMED).values_list("from_centre_id", flat=True)
    line = [(row.number, row.from_centre_id) for row in waiting]
    numbers = set(rules.moved_up(seats_of(event), taken, line))
    for row in waiting:
        if row.number in numbers:
            row.state = Registration.State.CONFIRMED
            row.told = event.sequence
            row.save(update_fields=["state", "told"])
            person = person_of(row)
            if person is not None:
                letters.send_moved_up(event, row, person)
    return len(numbers)
