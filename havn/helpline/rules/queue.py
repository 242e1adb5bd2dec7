"""Who is next, and who may take whom.

Order: given back by a lost counsellor, then high risk, then waiting time; but every fourth pick goes to whoever has
waited longest, so that nobody waits for ever behind graver cases. Only languages the counsellor speaks; who is away
is skipped and keeps the place.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

LONGEST_EVERY = 4
HIGH = frozenset({"high", "imminent"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A conversation that somebody could take. Times in milliseconds."""

    conversation_id: int
    language: str
    waiting_since_ms: int
    high: bool = False
    returned_at_ms: int | None = None
    away: bool = False

    @property
    def returned(self) -> bool:
        """Given back by a lost counsellor: the child is in the middle of a talk."""
        return self.returned_at_ms is not None

    @property
    def since_ms(self) -> int:
        """Since when this child waits for a human now."""
        return self.waiting_since_ms if self.returned_at_ms is None else self.returned_at_ms


@dataclass(frozen=True, slots=True)
class Room:
    """What one counsellor may take at this moment."""

    ordinary: bool
    high: bool
    returned: bool

    def admits(self, candidate: Candidate) -> bool:
        """Whether there is a seat for this candidate."""
        if candidate.returned:
            return self.returned
        return self.high if candidate.high else self.ordinary

    def __bool__(self) -> bool:
        return self.ordinary or self.high or self.returned


def is_high(*, in_danger: bool, risk: str) -> bool:
    """High risk before a talk: the child's own press, or what the counsellor who had the talk before set."""
    return in_danger or risk in HIGH


def room(*, open_talks: int, seats: int, most: int, shift_seats: int, shift_ordinary: int, for_high_risk: int) -> Room:
    """The room of a counsellor with `open_talks` on `seats`.

    `for_high_risk` seats of the whole shift are kept: ordinary talks never fill more than the rest. A talk given back
    by a lost counsellor may make it `most`, never more, and needs none of the kept seats: it holds one already.
    """
    free = open_talks < min(seats, most)
    kept_clear = for_high_risk == 0 or shift_ordinary < shift_seats - for_high_risk
    return Room(
        ordinary=free and kept_clear,
        high=free,
        returned=open_talks < most,
    )


def pick(candidates: Iterable[Candidate], *, languages: Sequence[str], picks: int, room: Room) -> Candidate | None:
    """The next child for this counsellor after `picks` picks of the service, or None."""
    possible = [c for c in candidates if not c.away and c.language in languages and room.admits(c)]
    if not possible:
        return None
    return min(possible, key=_longest if _is_for_longest(picks) else _rank)


def in_order(candidates: Iterable[Candidate], *, picks: int) -> Iterator[Candidate]:
    """All of them as they would be picked from now on, were nobody to come or go. Linear after two sorts."""
    by_rank = sorted(candidates, key=_rank)
    by_wait = sorted(by_rank, key=_longest)
    taken: set[int] = set()
    rank_at = wait_at = 0
    while len(taken) < len(by_rank):
        if _is_for_longest(picks):
            while by_wait[wait_at].conversation_id in taken:
                wait_at += 1
            chosen = by_wait[wait_at]
        else:
            while by_rank[rank_at].conversation_id in taken:
                rank_at += 1
            chosen = by_rank[rank_at]
        taken.add(chosen.conversation_id)
        if not chosen.away:
            picks += 1
        yield chosen


def _is_for_longest(picks: int) -> bool:
    return (picks + 1) % LONGEST_EVERY == 0


def _rank(candidate: Candidate) -> tuple[int, int, int]:
    grade = 0 if candidate.returned else 1 if candidate.high else 2
    return grade, candidate.since_ms, candidate.conversation_id


def _longest(candidate: Candidate) -> tuple[int, int]:
    return candidate.since_ms, candidate.conversation_id
