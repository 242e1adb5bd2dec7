"""What the first page of a centre shows of its surveys."""

from typing import Any

from django.http import HttpRequest

from havn.common.clock import now
from havn.surveys.queries.surveys import open_surveys
from havn.surveys.words import title_of

SHOWN = 2


def entry_door(request: HttpRequest) -> dict[str, Any] | None:
    """The surveys that are open now, as `cards`; None when there is none."""
    found = open_surveys(request.centre, now(), SHOWN)  # type: ignore[attr-defined]
    return {"cards": [{"survey": survey, "title": title_of(survey)} for survey in found]} if found else None
