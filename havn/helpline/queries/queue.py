"""The queue of one service at one moment: places for children, numbers for the desk and the wall."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from havn.common.clock import now_ms as clock_ms
from havn.helpline.models import ServiceQueue, Transfer, Turn
from havn.helpline.queries.alarms import Alarm, alarms_at
from havn.helpline.queries.closing import minutes_to_closing
from havn.helpline.queries.duty import OnDuty, on_duty, room_at, settings_of
from havn.helpline.queries.today import Today, today_at
from havn.helpline.rules import queue as order
from havn.helpline.rules import wait as waits
from havn.helpline.rules.turns import SEATED, WRITTEN

RECENT_TALKS = 60
TURN_FIELDS = (
    "conversation_id", "language", "state", "waiting_since_ms", "returned_at_ms", "away_since_ms", "in_danger", "risk",
    "counsellor_id", "counsellor_lost_at_ms", "taken_at_ms", "channel",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """What one waiting child may know."""

    number: int
    wait: waits.Wait
    near: bool
    late: bool

    def as_values(self) -> dict[str, Any]:
        """For the child's screen. `late`: closing may come first. `sure`: "good", "rough", "no" or "nobody"."""
        return {
            "place": self.number,
            "minutes_from": self.wait.minutes_from,
            "minutes_to": self.wait.minutes_to,
            "sure": self.wait.sure,
            "near": self.near,
            "late": self.late,
        }


@dataclass(frozen=True, slots=True)
class Offer:
    """A talk that one colleague offers another."""

    conversation_id: int
    by_id: int
    by_name: str
    to_id: int
    to_name: str
    declined: bool


@dataclass(frozen=True, slots=True)
class Pool:
    """Some of those who wait, counted."""

    children: tuple[order.Candidate, ...]
    ids: frozenset[int]
    returned: int
    high: int
    high_waiting: int
    longest_since_ms: int | None

    @classmethod
    def of(cls, children: Iterable[order.Candidate]) -> "Pool":
        """Of these, the ones who are there."""
        here = tuple(one for one in children if not one.away)
        return cls(
            children=here,
            ids=frozenset(one.conversation_id for one in here),
            returned=sum(one.returned for one in here),
            high=sum(one.high for one in here),
            high_waiting=sum(one.high and not one.returned for one in here),
            longest_since_ms=min((one.since_ms for one in here), default=None),
        )

    def admitted(self, room: order.Room) -> int:
        """For how many of them there is a seat. The same rule as picking, counted."""
        ordinary = len(self.children) - self.returned - self.high_waiting
        return self.returned * room.returned + self.high_waiting * room.high + ordinary * room.ordinary

    def without(self, ids: Collection[int]) -> "Pool":
        """The same pool where none of these is in it, which costs nothing."""
        if self.ids.isdisjoint(ids):
            return self
        return Pool.of(one for one in self.children if one.conversation_id not in ids)


@dataclass(frozen=True)
class QueueSnapshot:
    """Everything about the queue that screens need, read in a handful of queries."""

    service_id: int
    at_ms: int
    waiting: tuple[order.Candidate, ...]
    talks: tuple[dict[str, Any], ...]
    people: tuple[OnDuty, ...]
    lengths: tuple[float, ...]
    closing_minutes: float | None
    seats_for_high_risk: int
    seats_most: int
    letters_waiting: tuple[str, ...]
    alarms: tuple[Alarm, ...]
    offers: tuple[Offer, ...]
    today: Today
    picks: int = 0
    pools: dict[frozenset[str], "Pool"] = field(default_factory=dict)

    def pool(self, languages: frozenset[str]) -> "Pool":
        """Those who are there and wait in one of these languages; looked for once, however many colleagues ask."""
        found = self.pools.get(languages)
        if found is None:
            found = self.pools[languages] = Pool.of(one for one in self.waiting if one.language in languages)
        return found

    @cached_property
    def everybody(self) -> "Pool":
        """All who are there and wait."""
        return Pool.of(self.waiting)

    @cached_property
    def places(self) -> dict[int, Place]:
        """The place of everybody who waits, by conversation. Only children ask: a desk or a wall never pays for it."""
        return _places(self, self.picks)

    def place_of(self, conversation_id: int) -> dict[str, Any] | None:
        """The place of a waiting child as plain values, or None when the conversation does not wait."""
        place = self.places.get(conversation_id)
        return place.as_values() if place else None

    def if_started_now(self, language: str) -> Place:
        """The place a child would get who started now in this language."""
        return _place(self, _line(self, language), self._ahead_of_newcomer(language) + 1)

    def is_full(self, language: str) -> bool:
        """Whether even the short estimate of a newcomer passes closing: then a letter is offered first."""
        wait = self.if_started_now(language).wait
        return waits.passes_closing(wait, minutes_to_closing=self.closing_minutes)

    @property
    def longest_wait_ms(self) -> int:
        """How long the one who waits longest has waited; 0 when nobody waits."""
        return max((self.at_ms - one.since_ms for one in self.waiting if not one.away), default=0)

    @property
    def imminent(self) -> tuple[int, ...]:
        """Talks and letters in which life is in danger: open ones, and those the child has left with nothing coded."""
        return tuple(alarm.conversation_id for alarm in self.alarms)

    @property
    def letters(self) -> int:
        """Letters that wait, in any language."""
        return len(self.letters_waiting)

    def letters_in(self, languages: Collection[str]) -> int:
        """Letters that wait in one of these languages."""
        return sum(language in languages for language in self.letters_waiting)

    def room_of(self, me: OnDuty) -> order.Room:
        """What this colleague may take now: the answer of the Next button before it is pressed."""
        return room_at(
            me.user_id,
            people=self.people,
            talks=self.talks,
            most=self.seats_most,
            for_high_risk=self.seats_for_high_risk,
        )

    def _ahead_of_newcomer(self, language: str) -> int:
        shared = _reach(self.people, language)
        return sum(1 for one in self.waiting if not one.away and one.language in shared)


def snapshot(service_id: int, *, now_ms: int | None = None) -> QueueSnapshot:
    """The queue as it stands. Times in it are relative to `now_ms` (default: the present)."""
    at = clock_ms() if now_ms is None else now_ms
    rows = list(
        Turn.objects.filter(service_id=service_id, state__in=(Turn.State.WAITING, Turn.State.TALKING))
        .values(*TURN_FIELDS)
        .order_by()
    )
    seated = [row for row in rows if row["channel"] in SEATED]
    settings = settings_of(service_id)
    return QueueSnapshot(
        service_id=service_id,
        at_ms=at,
        waiting=candidates_in(seated),
        talks=tuple(row for row in seated if row["state"] == Turn.State.TALKING),
        people=tuple(on_duty(service_id, now_ms=at)),
        lengths=recent_lengths(service_id),
        closing_minutes=minutes_to_closing(service_id, at),
        seats_for_high_risk=settings.seats_for_high_risk,
        seats_most=settings.seats_most,
        letters_waiting=tuple(
            row["language"] for row in rows if row["channel"] in WRITTEN and row["state"] == Turn.State.WAITING
        ),
        alarms=alarms_at(service_id),
        offers=offers_at(service_id),
        today=today_at(service_id, at),
        picks=ServiceQueue.objects.filter(pk=service_id).values_list("picks", flat=True).first() or 0,
    )


def candidates_in(rows: Iterable[dict[str, Any]]) -> tuple[order.Candidate, ...]:
    """Those of the rows that somebody could take: waiting, or given back by a lost counsellor."""
    return tuple(
        order.Candidate(
            conversation_id=row["conversation_id"],
            language=row["language"],
            waiting_since_ms=row["waiting_since_ms"],
            high=order.is_high(in_danger=row["in_danger"], risk=row["risk"]),
            returned_at_ms=row["returned_at_ms"] if row["state"] == Turn.State.TALKING else None,
            away=row["away_since_ms"] is not None,
        )
        for row in rows
        if row["state"] == Turn.State.WAITING or row["returned_at_ms"] is not None
    )


def recent_lengths(service_id: int) -> tuple[float, ...]:
    """Minutes of the latest finished talks. Ended talks live as long as the clock of the centre lets them."""
    ended = (
        Turn.objects.filter(
            service_id=service_id,
            state=Turn.State.ENDED,
            channel=Turn.Channel.CHAT,
            taken_at_ms__isnull=False,
            ended_at_ms__isnull=False,
        )
        .order_by("-waiting_since_ms")
        .values_list("taken_at_ms", "ended_at_ms")[:RECENT_TALKS]
    )
    return tuple((end - start) / 60_000 for start, end in ended if end is not None and start is not None)


def offers_at(service_id: int) -> tuple[Offer, ...]:
    """The transfers offered at this service, also those that were declined and not yet cleared away."""
    rows = Transfer.objects.filter(conversation__turn__service_id=service_id).values_list(
        "conversation_id", "by_id", "by__name", "to_id", "to__name", "declined"
    )
    return tuple(Offer(*row) for row in rows)


def _places(queue: QueueSnapshot, picks: int) -> dict[int, Place]:
    languages = {one.language for one in queue.waiting}
    shared = {language: _reach(queue.people, language) for language in languages}
    lines = {language: _line(queue, language) for language in languages}
    ahead = dict.fromkeys(languages, 0)
    known: dict[tuple[int, str], Place] = {}
    places: dict[int, Place] = {}
    for one in order.in_order(queue.waiting, picks=picks):
        number = ahead[one.language] + 1
        if not one.returned:
            key = (number, one.language)
            if key not in known:
                known[key] = _place(queue, lines[one.language], number)
            places[one.conversation_id] = known[key]
        if not one.away:
            for language in languages:
                ahead[language] += one.language in shared[language]
    return places


def _line(queue: QueueSnapshot, language: str) -> waits.Line:
    speaking = {person.user_id: person for person in queue.people if language in person.languages and person.alive}
    running = [
        (queue.at_ms - talk["taken_at_ms"]) / 60_000
        for talk in queue.talks
        if talk["counsellor_id"] in speaking and talk["taken_at_ms"] is not None
    ]
    seats = sum(person.seats_now for person in speaking.values()) - queue.seats_for_high_risk
    return waits.Line(seats=seats, running=running, lengths=queue.lengths, anybody=bool(speaking))


def _place(queue: QueueSnapshot, line: waits.Line, number: int) -> Place:
    wait = line.at(number)
    return Place(
        number=number,
        wait=wait,
        near=waits.is_near(place=number, wait=wait),
        late=waits.may_pass_closing(wait, minutes_to_closing=queue.closing_minutes),
    )


def _reach(people: Sequence[OnDuty], language: str) -> frozenset[str]:
    """The languages whose children compete with this one's for the same counsellors."""
    shared = {spoken for person in people if language in person.languages for spoken in person.languages}
    return frozenset(shared | {language})
