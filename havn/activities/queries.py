"""Reads of the log and its reports. `reports_visible_to_public` alone says which report the public may know of."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count as CountRows
from django.db.models import QuerySet, Sum

from havn.activities.models import Activity, Evidence, PeriodReport, Reach
from havn.activities.rules.figures import Done, Figures
from havn.activities.rules.totals import Count, Effort
from havn.audit.models import Entry
from havn.common import clock
from havn.tenancy.models import Centre

HISTORY_SHOWN = 50
TRAIL_SUBJECT = "activity_report"


@dataclass(frozen=True)
class Choice:
    """What of a centre's log is asked for. An activity lies in the period in which it began."""

    first: dt.date | None = None
    last: dt.date | None = None
    kind: str = ""
    organisation_id: int | None = None


@dataclass(frozen=True)
class Change:
    """Somebody did something to a report."""

    at: dt.datetime
    actor_id: int | None
    action: str


def activities_of(centre: Centre, choice: Choice | None = None) -> QuerySet[Activity]:
    """The centre's activities that fit, the latest first, with who did and who recorded them."""
    choice = choice or Choice()
    found = Activity.objects.filter(centre=centre)
    if choice.first:
        found = found.filter(starts_on__gte=choice.first)
    if choice.last:
        found = found.filter(starts_on__lte=choice.last)
    if choice.kind:
        found = found.filter(kind=choice.kind)
    if choice.organisation_id:
        found = found.filter(organisation_id=choice.organisation_id)
    return found.select_related("organisation", "recorded_by", "changed_by", "centre")


def counts_of(activities: QuerySet[Activity]) -> list[Count]:
    """How many they reached: a number for each kind, group, measure and basis."""
    rows = Reach.objects.filter(activity__in=activities.order_by().values("pk"))
    sums = rows.values_list("activity__kind", "group", "measure", "basis").annotate(n=Sum("number")).order_by()
    return sorted(Count(kind, group, measure, basis, n) for kind, group, measure, basis, n in sums)


def efforts_of(activities: QuerySet[Activity]) -> list[Effort]:
    """How many activities of each kind, with hours and euros where somebody noted them."""
    found = Activity.objects.filter(pk__in=activities.order_by().values("pk")).order_by("kind")
    sums = found.values_list("kind").annotate(CountRows("pk"), Sum("hours"), Sum("cost"))
    return [Effort(kind, activities, hours, cost) for kind, activities, hours, cost in sums]


def figures_of(centre: Centre, first: dt.date, last: dt.date) -> Figures:
    """Everything that a report of the period freezes, the activities in the order in which they were."""
    found = activities_of(centre, Choice(first, last))
    return Figures(
        activities=tuple(
            Done(
                one.pk, one.kind, one.title, one.starts_on, one.ends_on, one.organisation.name, one.place, one.is_online
            )
            for one in found.order_by("starts_on", "pk")
        ),
        counts=tuple(counts_of(found)),
        efforts=tuple(efforts_of(found)),
    )


def recorded_events(centre: Centre) -> dict[int, int]:
    """Which events stand in the log: event number to activity number."""
    rows = Evidence.objects.filter(activity__centre=centre, kind="event").values_list("object_id", "activity_id")
    return {event: activity for event, activity in rows if event is not None}


def reports_of(centre: Centre) -> QuerySet[PeriodReport]:
    """Every report of the centre, drafts too. For those who may read its log."""
    return PeriodReport.objects.filter(centre=centre).select_related("centre", "changed_by")


def reports_visible_to_public(centre: Centre) -> QuerySet[PeriodReport]:
    """The published reports of the centre, the latest first. Every public page, file and list asks here."""
    return PeriodReport.objects.filter(centre=centre, state=PeriodReport.State.PUBLISHED).select_related("centre")


def history_of(report: PeriodReport) -> list[Change]:
    """Who did what to the report, the latest first, as the trail has it."""
    rows = Entry.objects.filter(centre_id=report.centre_id, subject=f"{TRAIL_SUBJECT}:{report.pk}")
    return [Change(clock.from_ms(row.at_ms), row.actor_id, row.action) for row in rows.order_by("-seq")[:HISTORY_SHOWN]]
