"""The dead-man rule: when a counsellor counts as lost, when the child is offered to others, and the staffing minimum.

A duty is a lease. The desk answers each ping of the server; nothing else renews it. All times in milliseconds.
"""

PING_EVERY_MS = 6_000
# Answers are gathered so long before they are written.
GATHERED_MS = 4_000
SWEEP_EVERY_S = 2.0
STARTUP_GRACE_MS = 60_000
# A lease that has been dead this long is no duty any more.
FORGOTTEN_AFTER_MS = 30 * 60_000


def lease_ms(told_seconds: int) -> int:
    """How long a renewed lease lasts, so that the sweep that follows tells the child within `told_seconds`.

    The last answer may have been gathered just before it was written, and the sweep may just have passed.
    """
    wanted = told_seconds * 1000 - GATHERED_MS - int(SWEEP_EVERY_S * 1000) - 1_000
    return max(wanted, PING_EVERY_MS + GATHERED_MS + 1_000)


def lost_since(*, alive_until_ms: int, locked_at_ms: int | None, told_seconds: int, now_ms: int) -> int | None:
    """Since when the counsellor is away: the idle lock, or the last sign of a lease that ran out. None: is there."""
    if locked_at_ms is not None:
        return locked_at_ms
    if alive_until_ms > now_ms:
        return None
    return min(alive_until_ms - lease_ms(told_seconds), now_ms)


def offered_at(*, lost_at_ms: int, locked: bool, offered_seconds: int, locked_seconds: int) -> int:
    """From when on the talk of a counsellor lost since `lost_at_ms` is offered to others."""
    return lost_at_ms + 1000 * (locked_seconds if locked else offered_seconds)


def silence_step(
    *, quiet_since_ms: int, asked_ms: int | None, now_ms: int, ask_minutes: int, end_minutes: int
) -> str | None:
    """What a child's silence calls for: "ask" once, "end" later, or None.

    `quiet_since_ms`: the latest sign of either side. The end comes `end_minutes` after that, but never sooner after
    the kind line than there was time between the two by design, whatever the sweep missed in between.
    """
    quiet = now_ms - quiet_since_ms
    if asked_ms is None:
        return "ask" if quiet >= ask_minutes * 60_000 else None
    patience = max(end_minutes - ask_minutes, 1) * 60_000
    return "end" if now_ms - asked_ms >= patience and quiet >= end_minutes * 60_000 else None
