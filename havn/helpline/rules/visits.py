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

    The case is open while the talk runs with danger in it, and until its record is complete: ending the talk settles
    nothing. A child who left the line before anybody came has no record to wait for.
    """
    if case.held:
        return "held"
    danger = case.in_danger or case.risk in HIGH
    if case.state in OPEN:
        return "danger" if danger else None
    talked = case.state == ENDED or case.risk in HIGH
    return "danger" if danger and talked and not case.record_complete else None


def session_ms(channel: str, state: str) -> int:
    """How long a browser may be silent. `state` is the conversation's: waiting, open or ended.

    A letter waits for days, so that writing it counts as a talk; whatever has ended closes soon by itself.
    """
    if state == "ended":
        return QUEUE_SESSION_MS
    if state == "waiting" and channel == "chat":
        return QUEUE_SESSION_MS
    return TALK_SESSION_MS


def may_ask_again(*, state: str, channel: str, admits: bool, shut: bool, has_words: bool) -> bool:
    """Whether a finished chat can go back in line from this browser.

    `shut`: the browser saw the end, so that only the return code opens what was said. Where nothing was said there is
    nothing to open.
    """
    return channel == "chat" and state in (ENDED, LEFT) and admits and not (shut and has_words)


def language_for(wished: str, offered: Collection[str], fallback: str) -> str:
    """The language of a talk: the one wished for if the service answers in it, else the fallback or its first."""
    if wished in offered:
        return wished
    if fallback in offered or not offered:
        return fallback
    return next(iter(offered))
