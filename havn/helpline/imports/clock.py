"""When the rows of files go, for the screen "What goes when"."""

from typing import Any

from django.db.models import Min

from havn.helpline.imports.actions import STAGED_KEPT
from havn.helpline.models import ContactBatch
from havn.helpline.parts import Screen


def what_goes_when(screen: Screen) -> dict[str, Any] | None:
    """How many files wait, and when the oldest of them goes; None where none waits."""
    waiting = ContactBatch.objects.filter(service=screen.service, state=ContactBatch.State.STAGED)
    oldest = waiting.aggregate(at=Min("made_at"))["at"]
    if oldest is None:
        return None
    return {"service": screen.service, "files": waiting.count(), "goes": oldest + STAGED_KEPT}
