"""What the night destroys: rows older than the weeks each helpline keeps."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from havn.quality.models import Answer, Debrief, Draw, DutyLoad, ReviewedPerson, TalkWish
from havn.quality.queries.settings import day_at, quality_of
from havn.quality.rules.criteria import half_year_of
from havn.quality.rules.load import ASKED_FOR_MS, oldest_week
from havn.quality.rules.sample import DAY_MS
from havn.tenancy.models import Centre, Service


@dataclass(frozen=True)
class Over:
    """Of one helpline, by kind."""

    care: list[QuerySet[Any]]
    draws: QuerySet[Draw]
    people: QuerySet[ReviewedPerson]

    def all(self) -> list[QuerySet[Any]]:
        """Everything that goes."""
        return [*self.care, self.draws, self.people]


def over_at(service: Service, *, at_ms: int) -> Over:
    """The rows whose time is over at a moment."""
    today = day_at(service, at_ms)
    since = oldest_week(today, keep_weeks=quality_of(service.pk).keep_weeks)
    since_ms = at_ms - (today - since).days * DAY_MS
    return Over(
        care=[
            DutyLoad.objects.filter(service=service, day__lt=since),
            Answer.objects.filter(service=service, day__lt=since),
            Debrief.objects.filter(service=service, asked_at_ms__lte=at_ms - ASKED_FOR_MS),
            TalkWish.objects.filter(service=service, since_ms__lt=since_ms),
        ],
        draws=Draw.objects.filter(service=service, week__lt=since),
        people=ReviewedPerson.objects.filter(service=service).exclude(half_year=half_year_of(today)),
    )


def all_over(centre: Centre, *, at_ms: int) -> Iterator[Over]:
    """Of every helpline of a centre."""
    services = Service.objects.filter(organisation__centre=centre, kind=Service.Kind.HELPLINE)
    for service in services.select_related("organisation__centre"):
        yield over_at(service, at_ms=at_ms)


def care_over(centre: Centre, *, at_ms: int) -> int:
    """How many rows of load, answers, questions and wishes."""
    return sum(rows.count() for one in all_over(centre, at_ms=at_ms) for rows in one.care)


def draws_over(centre: Centre, *, at_ms: int) -> int:
    """How many draws."""
    return sum(one.draws.count() for one in all_over(centre, at_ms=at_ms))


def people_over(centre: Centre, *, at_ms: int) -> int:
    """How many marks of people of half-years before."""
    return sum(one.people.count() for one in all_over(centre, at_ms=at_ms))
