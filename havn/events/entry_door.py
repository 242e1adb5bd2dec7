"""What the first page of a centre shows of its events."""

from typing import Any

from django.http import HttpRequest

from havn.common.clock import now
from havn.events.pages import card
from havn.events.queries import Viewer, upcoming
from havn.tenancy.models import Centre

SHOWN = 2


def entry_door(request: HttpRequest) -> dict[str, Any] | None:
    """The next public events as `cards`; None when none is planned."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    cards = [card(event, centre) for event in upcoming(Viewer(centre), now())[:SHOWN]]
    return {"cards": cards} if cards else None
