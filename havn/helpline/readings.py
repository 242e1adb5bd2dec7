"""What a text that was given to read looks like in a talk, for the registry of events."""

from typing import Any

from django.utils.translation import gettext as _

from havn.helpline import words
from havn.helpline.event_parts import EventPart, Values, register_event
from havn.helpline.rules.readings import laid_out
from havn.live.visitors import Visitor


def register_readings() -> None:
    """The event, its sentences, and what stands below it on the child's page."""
    register_event(
        EventPart(
            code=words.READING,
            for_child=lambda values: str(values.get("title", "")),
            for_staff=lambda values: _("Given to read: %(title)s") % {"title": values.get("title", "")},
            template="helpline/public_reading.html",
            values_of=_below,
        )
    )


def _below(_visitor: Visitor, values: Values) -> dict[str, Any] | None:
    path = str(values.get("path", ""))
    return {
        "reading": laid_out(str(values.get("text", ""))),
        "lang": str(values.get("lang", "")),
        # A page of this site and nothing else.
        "path": path if path.startswith("/") and not path.startswith("//") else "",
    }
