"""How long a child will wait, said honestly: a range, and how sure we are.

No formula knows how long the next talk takes. We let the seats play out twice: once with the short end of recent
talks and once with the long end, and say both.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

# With fewer talks than this there is no pattern to speak of, and we say so.
ENOUGH_FOR_ROUGH = 5
ENOUGH_FOR_GOOD = 20
# What chats take where nothing is known yet (40 to 50 minutes in the field, some much shorter).
USUAL_MINUTES = (25.0, 55.0)
FLOOR_MINUTES = 2.0
NEAR_PLACE = 2
# At the front, the next talk to end may be theirs: near once it could end within these minutes.
FRONT_MINUTES = 5
NEAR_MINUTES = 3


@dataclass(frozen=True, slots=True)
class Wait:
    """From and to in whole minutes (None: nobody can say); sure: "good", "rough", "no" or "nobody".

    "nobody": nobody on duty answers in the language, so that no wait can be said.
    """

    minutes_from: int | None
    minutes_to: int | None
    sure: str


UNKNOWN = Wait(None, None, "no")
NOBODY = Wait(None, None, "nobody")


def estimate(*, place: int, seats: int, running: Sequence[float], lengths: Sequence[float]) -> Wait:
    """The wait of the child at `place` (1 is next).

    `seats` of counsellors on duty who speak the language, `running` minutes of the talks that hold some of them,
    `lengths` in minutes of recent talks. Never decreases with the place, never increases with more seats.
    """
    return Line(seats=seats, running=running, lengths=lengths).at(place)


class Line:
    """The waits of all places of one line; `estimate` says what the numbers mean. `anybody` speaks the language.

    Each further place costs one step only, so that a line of ten thousand is said as quickly as it is read.
    """

    def __init__(self, *, seats: int, running: Sequence[float], lengths: Sequence[float], anybody: bool = True) -> None:
        self._seats = seats
        self._anybody = anybody
        self._sureness = _sureness(len(lengths), seats)
        self._ends = [_Seats(seats, running, length) for length in _spread(lengths)] if seats > 0 else []

    def at(self, place: int) -> Wait:
        """The wait of the child at `place` (1 is next)."""
        if self._seats <= 0:
            return UNKNOWN if self._anybody else NOBODY
        low, high = (end.free_for(place) for end in self._ends)
        return Wait(int(low), _round_up(max(high, low)), self._sureness)


def is_near(*, place: int, wait: Wait) -> bool:
    """Whether the child should be told to look at the screen now. Never while nobody can take the talk."""
    if wait.minutes_from is None or wait.minutes_to is None:
        return False
    return wait.minutes_to <= NEAR_MINUTES or (place <= NEAR_PLACE and wait.minutes_from <= FRONT_MINUTES)


def passes_closing(wait: Wait, *, minutes_to_closing: float | None) -> bool:
    """Full: even the short end of the estimate is later than closing. An unknown wait is not full."""
    if minutes_to_closing is None or wait.minutes_from is None:
        return False
    return wait.minutes_from >= minutes_to_closing


def may_pass_closing(wait: Wait, *, minutes_to_closing: float | None) -> bool:
    """The early warning: the long end of the estimate is later than closing."""
    if minutes_to_closing is None or wait.minutes_to is None:
        return False
    return wait.minutes_to >= minutes_to_closing


def _spread(lengths: Sequence[float]) -> tuple[float, float]:
    if len(lengths) < ENOUGH_FOR_ROUGH:
        return USUAL_MINUTES
    ordered = sorted(lengths)
    short = ordered[len(ordered) // 4]
    long = ordered[(3 * len(ordered)) // 4]
    return max(short, FLOOR_MINUTES), max(long, FLOOR_MINUTES)


class _Seats:
    """When a seat is free for each place, if every talk takes `length` minutes."""

    def __init__(self, seats: int, running: Sequence[float], length: float) -> None:
        # A talk that has passed the usual length is about to end, but not this minute.
        left = sorted(max(length - minutes, length / 5) for minutes in running)
        # Above the limit (a talk taken over from a lost colleague) the first talks to end free no seat.
        self._heap = [0.0] * max(seats - len(left), 0) + left[max(len(left) - seats, 0) :]
        self._length = length
        self._moments = [0.0]

    def free_for(self, place: int) -> float:
        while len(self._moments) <= place:
            moment = heapq.heappop(self._heap)
            heapq.heappush(self._heap, moment + self._length)
            self._moments.append(moment)
        return self._moments[place]


def _round_up(minutes: float) -> int:
    """To a number people say: 2 to 5 exactly, then fives, then tens above half an hour."""
    whole = int(minutes) + (minutes > int(minutes))
    if whole <= 5:
        return max(whole, 2)
    step = 5 if whole <= 30 else 10
    return -(-whole // step) * step


def _sureness(known: int, seats: int) -> str:
    if known >= ENOUGH_FOR_GOOD and seats > 1:
        return "good"
    return "rough" if known >= ENOUGH_FOR_ROUGH else "no"
