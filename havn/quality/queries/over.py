"""What the night destroys: rows older than the weeks each helpline keeps."""

from typing import Any

from django.db.models import QuerySet

from havn.quality.models import Answer, Debrief, Draw, DutyLoad, ReviewedPerson, TalkWish
from havn.quality.queries.settings import day_at, quality_of
from havn.quality.rules.load import ASKED_FOR_MS, oldest_day
from havn.quality.rules.sample import DAY_MS
from havn.tenancy.models import Service


def over_at(service: Service, *, at_ms: int) -> dict[str, QuerySet[Any]]:
    """The rows of one helpline whose time is over at a moment, by the name of their table."""
    today, weeks = day_at(service, at_ms), quality_of(service.pk).keep_weeks
    since, since_ms = oldest_day(today, keep_weeks=weeks), at_ms - 7 * weeks * DAY_MS
    return {
        "DutyLoad": DutyLoad.objects.filter(service=service, day__lt=since),
        "Answer": Answer.objects.filter(service=service, day__lt=since),
        "Debrief": Debrief.objects.filter(service=service, asked_at_ms__lte=at_ms - ASKED_FOR_MS),
        "TalkWish": TalkWish.objects.filter(service=service, since_ms__lte=since_ms),
        "Draw": Draw.objects.filter(service=service, at_ms__lte=since_ms),
        "ReviewedPerson": ReviewedPerson.objects.filter(service=service, until__lt=today),
    }


def helplines_of(centre_id: int) -> list[Service]:
    """The helplines of a centre."""
    here = Service.objects.filter(organisation__centre_id=centre_id, kind=Service.Kind.HELPLINE)
    return list(here.select_related("organisation__centre"))


def rows_over(centre_id: int, table: str, *, at_ms: int) -> int:
    """How many rows of one kind a centre's helplines should have lost by then."""
    return sum(over_at(service, at_ms=at_ms)[table].count() for service in helplines_of(centre_id))
