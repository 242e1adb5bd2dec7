"""The streams open in this process. Visitors' are spread over a wheel, so that ten thousand are told evenly."""

import random
import time

from havn.live.staff_stream import StaffStream
from havn.live.visitor_stream import VisitorStream

TICK_SECONDS = 0.05
PLACE_SLOTS = 100  # five seconds
PING_SLOTS = 340  # seventeen seconds
DESK_PING_SLOTS = 120  # six seconds
# Lines of one visit in this process: tabs share one, so many more than a phone that lost a few on its way.
MOST_LINES = 16


class Crowd:
    """Runs in the event loop."""

    def __init__(self) -> None:
        self.staff: set[StaffStream] = set()
        self._desk_pings: dict[StaffStream, int] = {}
        # In the order in which they came.
        self._visitors: dict[int, dict[VisitorStream, None]] = {}
        self._places: list[set[VisitorStream]] = [set() for _ in range(PLACE_SLOTS)]
        self._pings: list[set[VisitorStream]] = [set() for _ in range(PING_SLOTS)]
        self._slot_of: dict[VisitorStream, tuple[int, int]] = {}
        self._listening: dict[int, int] = {}
        self._tick = _tick_now()

    def add(self, stream: VisitorStream) -> None:
        several = self._visitors.setdefault(stream.conversation_id, {})
        several[stream] = None
        if len(several) > MOST_LINES:
            # The oldest is dead most likely; with one cookie nobody fills the memory.
            next(iter(several)).end()
        place, ping = random.randrange(PLACE_SLOTS), random.randrange(PING_SLOTS)  # noqa: S311 - spreads load
        self._slot_of[stream] = place, ping
        self._places[place].add(stream)
        self._pings[ping].add(stream)
        self._listening[stream.service_id] = self._listening.get(stream.service_id, 0) + 1

    def remove(self, stream: VisitorStream) -> None:
        several = self._visitors.get(stream.conversation_id, {})
        several.pop(stream, None)
        if not several:
            self._visitors.pop(stream.conversation_id, None)
        place, ping = self._slot_of.pop(stream)
        self._places[place].discard(stream)
        self._pings[ping].discard(stream)
        self._listening[stream.service_id] -= 1

    def of_conversation(self, conversation_id: int) -> list[VisitorStream]:
        return list(self._visitors.get(conversation_id, ()))

    def services(self) -> set[int]:
        """Those whose topics somebody here listens to."""
        wanted = {service_id for service_id, count in self._listening.items() if count > 0}
        return wanted.union(*(stream.services for stream in self.staff))

    def add_desk(self, stream: StaffStream) -> None:
        self.staff.add(stream)
        self._desk_pings[stream] = random.randrange(DESK_PING_SLOTS)  # noqa: S311 - spreads load

    def remove_desk(self, stream: StaffStream) -> None:
        self.staff.discard(stream)
        self._desk_pings.pop(stream, None)

    def due(self) -> tuple[list[VisitorStream], list[VisitorStream], list[StaffStream]]:
        """(whose turn it is to be told their place, whose to be pinged, which desks'). A late call loses no slot."""
        now = _tick_now()
        ticks = range(max(self._tick + 1, now - PLACE_SLOTS + 1), now + 1)
        self._tick = max(now, self._tick)
        places = [stream for tick in ticks for stream in self._places[tick % PLACE_SLOTS]]
        pings = [stream for tick in ticks for stream in self._pings[tick % PING_SLOTS]]
        slots = {tick % DESK_PING_SLOTS for tick in ticks}
        return places, pings, [stream for stream, slot in self._desk_pings.items() if slot in slots]

    def end_all(self) -> None:
        """Close every stream: the server is about to stop, and must not wait for them."""
        for stream in [*self.staff, *(one for several in self._visitors.values() for one in several)]:
            stream.end()


def _tick_now() -> int:
    return int(time.monotonic() / TICK_SECONDS)
