"""What the first page of a centre shows of its surveys."""

from typing import Any

from django.http import HttpRequest

from havn.common.clock import now
from havn.surveys.queries.surveys import surveys_at_door
from havn.surveys.words import title_of

SHOWN = 2


def entry_door(request: HttpRequest) -> dict[str, Any] | None:
    """The surveys that are open now, as `cards`, and whether there are results to read; None when there is neither."""
    found, has_results = surveys_at_door(request.centre, now())  # type: ignore[attr-defined]
    cards = [{"survey": survey, "title": title_of(survey)} for survey in found[:SHOWN]]
    return {"cards": cards, "has_results": has_results} if cards or has_results else None
