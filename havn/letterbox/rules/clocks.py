"""How long a letter may wait: answered within the aim, an alarm later. The same on list, desk and wall."""

from enum import StrEnum

HOUR_MS = 3_600_000
# How far back "answered lately" looks.
LATELY_MS = 7 * 24 * HOUR_MS


class Standing(StrEnum):
    """How a letter stands with its clock."""

    ANSWERED = "answered"
    IN_TIME = "in-time"
    LATE = "late"
    ALARM = "alarm"


def standing(*, unanswered_since_ms: int | None, aim_hours: int, alarm_hours: int, now_ms: int) -> Standing:
    """Where the clock of the oldest unanswered words stands."""
    if unanswered_since_ms is None:
        return Standing.ANSWERED
    waited = now_ms - unanswered_since_ms
    if waited >= alarm_hours * HOUR_MS:
        return Standing.ALARM
    return Standing.LATE if waited >= aim_hours * HOUR_MS else Standing.IN_TIME


def hours(span_ms: int) -> int:
    """A span in whole hours, cut down; never below none."""
    return max(span_ms, 0) // HOUR_MS
