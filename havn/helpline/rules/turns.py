"""The states of a child's turn and the only steps between them.

waiting -> talking   somebody pressed Next
waiting -> left      the child left, stayed away or the service closed
talking -> ended     either side, silence, quick exit or an end at closing
talking -> waiting   a letter laid back; a chat given back stays `talking` and keeps its seat
ended, left -> waiting   the child came back with the code (or wrote a further letter)
"""

from enum import StrEnum

WAITING = "waiting"
TALKING = "talking"
ENDED = "ended"
LEFT = "left"


class Step(StrEnum):
    """What can happen to a turn."""

    TAKE = "take"
    LEAVE = "leave"
    END = "end"
    LAY_BACK = "lay-back"
    COME_BACK = "come-back"


STEPS: dict[tuple[str, Step], str] = {
    (WAITING, Step.TAKE): TALKING,
    (WAITING, Step.LEAVE): LEFT,
    (TALKING, Step.END): ENDED,
    (TALKING, Step.LAY_BACK): WAITING,
    (ENDED, Step.COME_BACK): WAITING,
    (LEFT, Step.COME_BACK): WAITING,
}
OPEN = frozenset({WAITING, TALKING})
# What takes one of a counsellor's seats while it runs. A letter waits for its answer without one.
SEATED = ("chat", "phone")
# What is answered in peace, from the list of letters: written on our page, or sent to us by e-mail.
WRITTEN = ("letter", "mail")


def after(state: str, step: Step) -> str | None:
    """The state that follows, or None when the step is not possible from here."""
    return STEPS.get((state, step))


def is_written_kind(kind: str) -> bool:
    """Whether a kind of conversation, such as "helpline.letter", is of a written channel."""
    strand, _dot, channel = kind.partition(".")
    return strand == "helpline" and channel in WRITTEN


def can(state: str, step: Step) -> bool:
    """Whether the step is possible from this state."""
    return (state, step) in STEPS


def result_of(state: str, ended_by: str) -> str:
    """How an attempt is counted: answered, left (while waiting) or closed (the service closed on a waiting child)."""
    if state == LEFT:
        return "closed" if ended_by == "closing" else "left"
    return "answered"
