"""What a child reads and presses below the question in their own talk. For both processes."""

import datetime as dt
from typing import Any

from django.utils import translation

from havn.common.clock import from_ms
from havn.handover.actions import moving
from havn.handover.models import Handover
from havn.handover.queries.handovers import asked_in
from havn.handover.rules import states
from havn.handover.words import for_child, for_staff
from havn.helpline.event_parts import EventPart, Values
from havn.live.visitors import Visitor

TEMPLATE = "handover/public_question.html"
TEMPLATE_AFTER = "handover/public_after.html"


def below_the_question(visitor: Visitor, values: Values) -> dict[str, Any] | None:
    """Text, receiver and where it stands; None when the question is not in this talk."""
    found = Handover.objects.filter(
        pk=int(values.get("handover") or 0), conversation_id=visitor.conversation_id
    ).first()
    if found is None or found.state == states.WITHDRAWN:
        return None
    asked = asked_in(found, visitor.key)
    said = asked.said_in(translation.get_language() or "en")
    return {
        "id": found.pk,
        "kind": found.kind,
        "state": found.state,
        "way": found.way,
        "text": asked.text,
        "to": said.to,
        "does": said.does,
        "does_english": said.english,
        "asks": states.may_answer(found.state),
        "may_say_no": states.may_change_mind(found.state),
        "due_at": _due_at(found),
    }


def after_the_talk(visitor: Visitor) -> dict[str, Any] | None:
    """What can still be stopped when a chat is over, and a no said since. No word of it: others may see this page."""
    ended = visitor.ended_at_ms or 0
    found = Handover.objects.filter(conversation_id=visitor.conversation_id).order_by("asked_at_ms", "pk")
    rows = [
        {"id": one.pk, "state": one.state, "way": one.way, "due_at": _due_at(one)}
        for one in found
        if states.may_change_mind(one.state) or (one.state == states.DECLINED and (one.answered_at_ms or 0) > ended)
    ]
    return {"rows": rows} if rows else None


def _due_at(found: Handover) -> dt.datetime | None:
    return from_ms(found.due_at_ms) if found.due_at_ms and found.state == states.AGREED else None


def event_parts() -> list[EventPart]:
    """The events of a hand-over; the question has its panel, and each later event draws it anew."""
    parts = []
    for code in (moving.ASKED, moving.YES, moving.NO, moving.TAKEN_BACK, moving.WENT):
        is_question = code == moving.ASKED
        parts.append(
            EventPart(
                code,
                lambda values, code=code: for_child(code, values),  # type: ignore[misc]
                lambda values, code=code: for_staff(code, values),  # type: ignore[misc]
                TEMPLATE,
                below_the_question if is_question else None,
            )
        )
    return parts
