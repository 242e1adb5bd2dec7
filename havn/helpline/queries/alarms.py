"""What calls a supervisor: talks and letters in which life is in danger, also when the child has gone."""

from dataclasses import dataclass

from django.db.models import Q

from havn.helpline.models import Turn
from havn.helpline.rules.risk import calls_the_supervisor


@dataclass(frozen=True, slots=True)
class Alarm:
    """A talk or letter in which life is in danger; `left_at_ms` when the child has gone and nobody has coded it yet."""

    conversation_id: int
    counsellor_id: int | None
    counsellor: str
    channel: str
    language: str
    taken_at_ms: int
    left_at_ms: int | None
    ended_by: str


def alarms_at(service_id: int) -> tuple[Alarm, ...]:
    """What turns the wall red and calls a supervisor (`rules/risk.py`), the open talks first, then who left first."""
    grave = (
        Turn.objects.filter(service_id=service_id, state__in=(Turn.State.TALKING, Turn.State.ENDED))
        .filter(Q(risk="imminent") | Q(in_danger=True))
        .order_by("ended_at_ms", "taken_at_ms")
        .values(
            "conversation_id", "counsellor_id", "counsellor__name", "channel", "language", "state", "risk", "in_danger",
            "taken_at_ms", "waiting_since_ms", "ended_at_ms", "ended_by", "conversation__record__completed_at",
        )
    )  # fmt: skip
    alarms = [
        Alarm(
            conversation_id=row["conversation_id"],
            counsellor_id=row["counsellor_id"],
            counsellor=row["counsellor__name"] or "",
            channel=row["channel"],
            language=row["language"],
            taken_at_ms=row["taken_at_ms"] or row["waiting_since_ms"],
            left_at_ms=row["ended_at_ms"] if row["state"] == Turn.State.ENDED else None,
            ended_by=row["ended_by"],
        )
        for row in grave
        if calls_the_supervisor(
            state=row["state"],
            answered=row["taken_at_ms"] is not None,
            risk=row["risk"],
            in_danger=row["in_danger"],
            record_complete=row["conversation__record__completed_at"] is not None,
        )
    ]
    return tuple(sorted(alarms, key=lambda alarm: alarm.left_at_ms or 0))
