"""The door of surveys for the apps above: what a centre asked children and found out, as something to point at.

for one in surveys.held_by(centre):
    print(one.title, one.url)
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.urls import reverse

from havn.surveys.models import Wave
from havn.surveys.words import title_of
from havn.tenancy.models import Centre


@dataclass(frozen=True)
class Held:
    """A wave of a survey that was counted. `url`: where staff look at it."""

    number: int
    title: str
    url: str
    day: dt.date | None = None


def held_by(centre: Centre) -> list[Held]:
    """Every counted wave of the centre's surveys, the latest first, in the reader's language."""
    found = Wave.objects.filter(survey__centre=centre, counted_at__isnull=False).select_related("survey__centre")
    return [
        Held(
            one.pk,
            f"{title_of(one.survey).text} ({one.opens_at.year})",
            reverse("surveys:wave", args=[one.pk]),
            one.closes_at.astimezone(ZoneInfo(one.survey.centre.time_zone)).date(),
        )
        for one in found.order_by("-opens_at", "-pk")
    ]
