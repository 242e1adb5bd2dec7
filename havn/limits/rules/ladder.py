"""The ladder of limits: a kind word, slower, a pause. Everybody who tests the line is a child who tries it.

kind word   the counsellor alone, any time in a running chat
slower      after a kind word, approved by somebody else who leads the shift
pause       after slower, approved likewise

Neither slower nor a pause while life may be at risk.
"""

from dataclasses import dataclass
from enum import StrEnum

MINUTE_MS = 60_000
HOUR_MS = 3_600_000
# Between these a helpline chooses.
SLOW_SECONDS = (5, 120)
PAUSE_HOURS = (1, 72)


class Step(StrEnum):
    """A step of the ladder, in order."""

    KIND_WORD = "kind-word"
    SLOWER = "slower"
    PAUSE = "pause"


class Alone(StrEnum):
    """What holds while nobody else who leads is on duty: nothing goes beyond the kind word, or slower needs nobody."""

    NOTHING = "nothing"
    SLOWER = "slower"


# The step that must stand before.
_BEFORE = {Step.KIND_WORD: "", Step.SLOWER: Step.KIND_WORD, Step.PAUSE: Step.SLOWER}
_ORDER = ("", Step.KIND_WORD, Step.SLOWER, Step.PAUSE)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a chat is: `step` is the last that holds ("" for none), `asked` the one that waits for a yes."""

    step: str
    asked: str
    running: bool
    in_danger: bool
    risk: str


def may_be_in_danger(*, in_danger: bool, risk: str) -> bool:
    """Whether the child says "I'm in danger now", or the risk is judged high or imminent."""
    return in_danger or risk in {"high", "imminent"}


def why_not(step: str, at: Standing) -> str | None:
    """None when this step may be asked for or taken now, else "over", "danger", "asked", "done" or "order".

    A kind word may be said again. The other steps are refused while somebody may be in danger: nobody in danger is held
    back or sent away.
    """
    if step not in _BEFORE:
        return "order"
    if not at.running:
        return "over"
    if step == Step.KIND_WORD:
        return None
    if may_be_in_danger(in_danger=at.in_danger, risk=at.risk):
        return "danger"
    if at.asked:
        return "asked"
    if _ORDER.index(step) <= _ORDER.index(at.step):
        return "done"
    return None if at.step == _BEFORE[Step(step)] else "order"


def next_step(at: Standing) -> str:
    """The step that may be asked for now, "" for none."""
    return next((step for step in (Step.SLOWER, Step.PAUSE) if why_not(step, at) is None), "")


def needs_approval(step: str, *, alone: bool, fall_back: str) -> bool:
    """Whether somebody else must say yes. `alone`: nobody else who leads the shift is on duty."""
    if step == Step.KIND_WORD:
        return False
    return not (step == Step.SLOWER and alone and fall_back == Alone.SLOWER)


def wait_ms(*, before_ms: int | None, at_ms: int, seconds: int) -> int:
    """How long a message at `at_ms` comes too soon after the one before; 0 when it does not."""
    if before_ms is None:
        return 0
    return max(before_ms + seconds * 1000 - at_ms, 0)


def pause_until_ms(*, now_ms: int, hours: int) -> int:
    """When a pause ends: after so many hours, rounded up to the quarter of an hour, so that the time names nobody."""
    quarter = 15 * MINUTE_MS
    return -(-(now_ms + hours * HOUR_MS) // quarter) * quarter


def is_paused(*, step: str, until_ms: int | None, now_ms: int) -> bool:
    """Whether a pause stands."""
    return step == Step.PAUSE and until_ms is not None and now_ms < until_ms
