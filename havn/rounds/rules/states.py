"""What becomes of an assignment: from nothing to accepted and published, and who moves it.

The table alone says which move is possible; nobody else compares states by hand.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where an assignment stands."""

    OPEN = "open"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    QUERY = "query"
    ACCEPTED = "accepted"
    PUBLISHED = "published"


class Side(StrEnum):
    """Who moves it: whoever answers, or whoever runs the round and may accept."""

    ANSWERS = "answers"
    RUNS = "runs"
    ACCEPTS = "accepts"


class Move(StrEnum):
    """What can happen to it."""

    BEGIN = "begin"
    SUBMIT = "submit"
    TAKE_BACK = "take-back"
    QUERY = "query"
    ACCEPT = "accept"
    PUBLISH = "publish"
    REOPEN = "reopen"


@dataclass(frozen=True)
class Step:
    """From which states a side may move it where, and whether it must say why in words."""

    froms: frozenset[State]
    to: State
    side: Side
    needs_words: bool = False


STEPS: dict[Move, Step] = {
    Move.BEGIN: Step(frozenset({State.OPEN}), State.DRAFT, Side.ANSWERS),
    Move.SUBMIT: Step(frozenset({State.DRAFT, State.QUERY}), State.SUBMITTED, Side.ANSWERS),
    Move.TAKE_BACK: Step(frozenset({State.SUBMITTED}), State.DRAFT, Side.ANSWERS),
    Move.QUERY: Step(frozenset({State.SUBMITTED}), State.QUERY, Side.RUNS),
    Move.ACCEPT: Step(frozenset({State.SUBMITTED}), State.ACCEPTED, Side.ACCEPTS),
    Move.PUBLISH: Step(frozenset({State.ACCEPTED}), State.PUBLISHED, Side.ACCEPTS),
    Move.REOPEN: Step(frozenset({State.ACCEPTED, State.PUBLISHED}), State.QUERY, Side.ACCEPTS, needs_words=True),
}
"""A correction after acceptance goes by REOPEN, SUBMIT and ACCEPT, and is a revision of its own."""

WRITABLE = frozenset({State.OPEN, State.DRAFT, State.QUERY})
"""States in which the answers can be changed."""
WAITS_FOR_CENTRE = WRITABLE
WAITS_FOR_COORDINATOR = frozenset({State.SUBMITTED})
DONE = frozenset({State.ACCEPTED, State.PUBLISHED})


def after(move: Move, state: str) -> State | None:
    """Where the move leads from this state; None when it is not possible."""
    step = STEPS[move]
    return step.to if state in step.froms else None


def moves_from(state: str) -> tuple[Move, ...]:
    """The moves that are possible, in the order of the work."""
    return tuple(move for move, step in STEPS.items() if state in step.froms)


def handle_order(state: str, *, late: bool) -> int:
    """What is looked at first: what came in, then who is late, who was asked back, who has not begun, the rest."""
    if state == State.SUBMITTED:
        return 0
    if late and state in WRITABLE:
        return 1
    order = {State.QUERY: 2, State.OPEN: 3, State.DRAFT: 4, State.ACCEPTED: 5, State.PUBLISHED: 6}
    return order[State(state)]
