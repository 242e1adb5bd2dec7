"""The life of a hand-over: nothing leaves without a yes, a no is always heard until it has gone."""

ASKED = "asked"
AGREED = "agreed"
SENDING = "sending"
GONE = "gone"
FAILED = "failed"
DECLINED = "declined"
WITHDRAWN = "withdrawn"
OPEN = frozenset({ASKED, AGREED, SENDING, FAILED})
"""Something may still come of it."""

_NEXT: dict[str, frozenset[str]] = {
    ASKED: frozenset({AGREED, DECLINED, WITHDRAWN}),
    AGREED: frozenset({SENDING, GONE, FAILED, DECLINED, WITHDRAWN}),
    SENDING: frozenset({GONE, FAILED, DECLINED}),
    FAILED: frozenset({AGREED, DECLINED, WITHDRAWN}),
    GONE: frozenset(),
    DECLINED: frozenset(),
    WITHDRAWN: frozenset(),
}
TEXT_MOST = 4000
"""Characters that can pass: a message of the talk takes 5,000, and names and words stand around it."""
MINUTES = (0, 60)
"""How long a child can have to change their mind after the yes, before it goes."""


def may_become(state: str, other: str) -> bool:
    """Whether a hand-over in one state may come into another."""
    return other in _NEXT[state]


def may_answer(state: str) -> bool:
    """Whether the child is asked for a yes or a no now."""
    return state == ASKED


def may_change_mind(state: str) -> bool:
    """Whether a yes can still be taken back. On its way it can for as long as nobody is sending it."""
    return state in {AGREED, SENDING, FAILED}


def due_at_ms(*, agreed_at_ms: int, minutes: int) -> int:
    """When something agreed to goes."""
    return agreed_at_ms + minutes * 60_000
