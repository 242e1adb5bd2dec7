"""Reads of the trail."""

import json
from dataclasses import dataclass
from datetime import datetime

from havn.audit.models import Entry
from havn.common import clock

PAGE = 50


@dataclass(frozen=True)
class Line:
    """An entry as a screen shows it."""

    seq: int
    at: datetime
    actor_id: int | None
    action: str
    service_id: int | None
    subject: str
    codes: dict[str, str | int]


def trail(centre_id: int, *, action: str = "", before: int | None = None) -> tuple[list[Line], int | None]:
    """Up to a page of a centre's entries, newest first, and the seq to go on before (None: that was all).

    `action` narrows to one action or to everything under it ("helpline" finds "helpline.turn.taken").
    """
    entries = Entry.objects.filter(centre_id=centre_id)
    if action:
        # A range, so that the index serves it: "." comes just before "/".
        entries = entries.filter(action=action) | entries.filter(action__gt=action + ".", action__lt=action + "/")
    if before is not None:
        entries = entries.filter(seq__lt=before)
    rows = list(entries.order_by("-seq")[: PAGE + 1])
    lines = [
        Line(
            row.seq,
            clock.from_ms(row.at_ms),
            row.actor_id,
            row.action,
            row.service_id,
            row.subject,
            json.loads(row.codes),
        )
        for row in rows[:PAGE]
    ]
    return lines, (lines[-1].seq if len(rows) > PAGE else None)


def actions_of(centre_id: int) -> list[str]:
    """The different actions in a centre's trail, by name. One step of the index for each, not one for each entry."""
    found: list[str] = []
    entries = Entry.objects.filter(centre_id=centre_id).order_by("action")
    following = entries.values_list("action", flat=True).first()
    while following is not None:
        found.append(following)
        following = entries.filter(action__gt=following).values_list("action", flat=True).first()
    return found
