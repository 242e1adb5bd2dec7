"""What is kept in memory of a conversation: its state and who takes part. Never a word of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from havn.live import sql
from havn.live.registry import Kind, kind_of


@dataclass(slots=True)
class Person:
    """A participant. `user_id` is None for the visitor."""

    id: int
    role: str
    user_id: int | None
    name: str
    read_up_to: int
    left: bool


@dataclass(slots=True)
class Head:
    """A conversation as it stood when it was read."""

    id: int
    centre_id: int
    service_id: int
    kind: Kind
    state: str
    last_seq: int
    ended_at_ms: int | None = None
    people: dict[int, Person] = field(default_factory=dict)

    def name_of(self, participant_id: int | None) -> str:
        person = self.people.get(participant_id or 0)
        return person.name if person else ""

    def company(self) -> list[Person]:
        """The counsellors who take part now. A silent reader is none."""
        return [person for person in self.people.values() if person.role == "counsellor" and not person.left]

    def person_of(self, user_id: int) -> Person | None:
        """The part this member of staff takes now."""
        for person in self.people.values():
            if person.user_id == user_id and not person.left:
                return person
        return None

    def read_by_staff(self) -> int:
        """How far the counsellors have read; a silent reader's mark is not told."""
        return max((person.read_up_to for person in self.people.values() if person.role == "counsellor"), default=0)


def load(ids: Sequence[int]) -> dict[int, Head]:
    """The heads of those conversations that exist, in two queries for each sixty-four."""
    heads: dict[int, Head] = {}
    for piece in sql.in_sizes(list(ids)):
        marks = sql.marks(len(piece))
        for row in sql.rows(
            "SELECT id, centre_id, service_id, kind, state, last_seq, ended_at_ms FROM live_conversation"
            f" WHERE id IN ({marks})",
            piece,
        ):
            heads[row[0]] = Head(row[0], row[1], row[2], kind_of(row[3]), *row[4:])
        for row in sql.rows(
            "SELECT id, conversation_id, role, user_id, shown_name, read_up_to, left_at_ms FROM live_participant"
            f" WHERE conversation_id IN ({marks})",
            piece,
        ):
            if row[1] in heads:
                heads[row[1]].people[row[0]] = Person(row[0], row[2], row[3], row[4], row[5], row[6] is not None)
    return heads


def of_user(user_id: int) -> list[int]:
    """The conversations this member of staff takes part in now."""
    found = sql.rows(
        "SELECT conversation_id FROM live_participant WHERE user_id = %s AND left_at_ms IS NULL", (user_id,)
    )
    return [row[0] for row in found]


def changed_since(since_ms: int) -> list[tuple[int, int]]:
    """(id, last seq) of every conversation whose log grew since, by one indexed query."""
    found = sql.rows("SELECT id, last_seq FROM live_conversation WHERE last_at_ms >= %s", (since_ms,))
    return [(row[0], row[1]) for row in found]
