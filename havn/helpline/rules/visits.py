"""What a visitor may do with a talk of their own, and how long a silent browser keeps it open."""

from collections.abc import Collection
from dataclasses import dataclass

from havn.helpline.rules.turns import ENDED, LEFT, OPEN

NAME_LONGEST = 40
HIGH = frozenset({"high", "imminent"})

MINUTE_MS = 60_000
TALK_SESSION_MS = 30 * MINUTE_MS
QUEUE_SESSION_MS = 10 * MINUTE_MS


@dataclass(frozen=True, slots=True)
class Case:
    """What decides whether a child may have the talk destroyed at once."""

    state: str
    in_danger: bool
    risk: str
    record_complete: bool
    held: bool


def why_not_delete(case: Case) -> str | None:
    """None when the talk may be destroyed now; else "danger" (life may be at risk) or "held" (two people said so).

    The case is open while the talk runs with danger in it, and until its record is complete.
    """
    if case.held:
        return "held"
    if case.state in OPEN and (case.in_danger or case.risk in HIGH):
        return "danger"
    if case.risk in HIGH and not case.record_complete:
        return "danger"
    return None


def session_ms(channel: str, state: str) -> int:
    """How long a browser may be silent. `state` is the conversation's: waiting, open or ended.

    A letter waits for days, so that writing it counts as a talk; whatever has ended closes soon by itself.
    """
    if state == "ended":
        return QUEUE_SESSION_MS
    if state == "waiting" and channel == "chat":
        return QUEUE_SESSION_MS
    return TALK_SESSION_MS


def may_ask_again(*, state: str, channel: str, admits: bool) -> bool:
    """Whether a finished chat can go back in line."""
    return channel == "chat" and state in (ENDED, LEFT) and admits


def language_for(wished: str, offered: Collection[str], fallback: str) -> str:
    """The language of a talk: the one wished for if the service answers in it, else the fallback or its first."""
    if wished in offered:
        return wished
    if fallback in offered or not offered:
        return fallback
    return next(iter(offered))
