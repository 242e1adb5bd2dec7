"""Who gets a place, until when one may register, when people are reminded and forgotten. Values in, values out."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

ASKS = ("organisation", "centre", "access", "note")
"""What an event may ask beside name and e-mail. Each is asked only where the organiser says that it is needed."""

# A change of any of these changes the calendar file.
IN_CALENDAR = ("title", "summary", "starts_at", "ends_at", "zone", "place", "is_online", "joining")
# A change of any of these is told to everybody who is registered.
WORTH_A_LETTER = ("title", "starts_at", "ends_at", "place", "is_online", "joining")


class Place(StrEnum):
    """What a new registration becomes."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    FULL = "full"


class Closed(StrEnum):
    """Why nobody can register."""

    NOT_TAKEN = "not-taken"
    CANCELLED = "cancelled"
    TOO_LATE = "too-late"
    FULL = "full"


@dataclass(frozen=True)
class Seats:
    """How many an event takes. None: any number."""

    capacity: int | None
    per_centre: int | None
    has_waiting_list: bool = True

    def has_room(self, confirmed: int, of_centre: int) -> bool:
        """Whether one more person from a centre with `of_centre` places may have one."""
        return (self.capacity is None or confirmed < self.capacity) and (
            self.per_centre is None or of_centre < self.per_centre
        )


def place_for(seats: Seats, confirmed: int, of_centre: int) -> Place:
    """What the next registration becomes. Whoever waits for want of a quota keeps nobody else from a free place."""
    if seats.has_room(confirmed, of_centre):
        return Place.CONFIRMED
    return Place.WAITING if seats.has_waiting_list else Place.FULL


def moved_up(seats: Seats, taken: Iterable[int | None], line: Sequence[tuple[int, int | None]]) -> list[int]:
    """Who of the waiting line gets a place now, in its order.

    `taken`: the centre of everybody who has a place; `line`: number and centre of everybody who waits.
    """
    places = Counter(taken)
    found = []
    for number, centre in line:
        if seats.has_room(places.total(), places[centre]):
            places[centre] += 1
            found.append(number)
    return found


def closes_at(
    *, deadline: dt.date | None, close_of_business: dt.time, zone: str, starts_at: dt.datetime
) -> dt.datetime:
    """Until when one may register: close of business on the day of the deadline on the organiser's clocks, and
    never after the event has begun."""
    if deadline is None:
        return starts_at
    return min(dt.datetime.combine(deadline, close_of_business, ZoneInfo(zone)).astimezone(dt.UTC), starts_at)


def is_reminded(*, starts_at: dt.datetime, days: int, registered_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether it is time to remind somebody. Who registered within those days has just had a letter."""
    first = starts_at - dt.timedelta(days=days)
    return days > 0 and first <= now < starts_at and registered_at < first


def is_forgotten(*, ends_at: dt.datetime, kept_days: int, now: dt.datetime) -> bool:
    """Whether the time for keeping who came is over."""
    return now >= ends_at + dt.timedelta(days=kept_days)
