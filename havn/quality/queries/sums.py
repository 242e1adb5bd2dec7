"""What a coordinator sees of the load and the answers of many: never a name, never fewer than the least."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from havn.quality.models import Answer, DutyLoad
from havn.quality.queries.settings import quality_of
from havn.quality.rules.answers import STEPS, Row, people_by_step, people_by_week
from havn.quality.rules.load import week_of, whole_weeks


@dataclass(frozen=True)
class Sums:
    """Whole weeks only: between two looks at a running week a single person's answer could be told."""

    weeks: list[tuple[dt.date, Row]]
    steps: list[int | None] | None
    least: int
    much: int


def sums_of(service_id: int, *, today: dt.date) -> Sums:
    """The load by week, the latest first, and how people said they were."""
    settings = quality_of(service_id)
    since, before = whole_weeks(today, keep_weeks=settings.keep_weeks)
    span = {"service_id": service_id, "day__gte": since, "day__lt": before}
    talks: dict[dt.date, Counter[int]] = defaultdict(Counter)
    for day, user_id, count in DutyLoad.objects.filter(**span).values_list("day", "user_id", "talks"):
        talks[week_of(day)][user_id] += count
    mondays = sorted(talks, reverse=True)
    rows = people_by_week([talks[one] for one in mondays], much=settings.much_talks, least=settings.least_people)
    steps: dict[int, set[int]] = {step: set() for step in STEPS}
    for user_id, step in Answer.objects.filter(**span, step__isnull=False).values_list("user_id", "step"):
        steps[step or 0].add(user_id)
    return Sums(
        weeks=list(zip(mondays, rows, strict=True)),
        steps=people_by_step(steps, least=settings.least_people),
        least=settings.least_people,
        much=settings.much_talks,
    )
