"""The door of the activity log for the apps above: totals of a period for forms, published reports for search.

for total in totals(centre, first, last):  # one for each kind, audience group, measure and basis
    print(total.kind, total.group, total.measure, total.basis, total.number)
summed(totals(centre, first, last), by=("group",))  # added over kinds, never over measures or bases
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.urls import reverse

from havn.activities import queries, words
from havn.activities.evidence import EvidenceKind, Thing, evidence_kinds, register_kind
from havn.activities.models import Activity, Basis, Group, Kind, Measure, PeriodReport
from havn.activities.rules.totals import Count, Effort, all_effort, summed
from havn.tenancy.models import Centre

__all__ = [
    "Basis",
    "Count",
    "Effort",
    "EvidenceKind",
    "Group",
    "Kind",
    "Logged",
    "Measure",
    "PublishedReport",
    "Thing",
    "all_effort",
    "effort",
    "evidence_kinds",
    "logged",
    "published_reports",
    "register_kind",
    "report_visible_to_public",
    "summed",
    "totals",
]


@dataclass(frozen=True)
class PublishedReport:
    """A report as lists and search may show it. `date`: the day of publication in the centre; `url` in the reader's
    language."""

    slug: str
    title: str
    summary: str
    url: str
    date: dt.date
    language: str
    starts_on: dt.date
    ends_on: dt.date
    text: str


@dataclass(frozen=True)
class Logged:
    """An activity as something to point at: its name with its kind, its last day, whom it reached."""

    number: int
    kind: str
    title: str
    url: str
    groups: tuple[str, ...]
    topics: tuple[str, ...] = ()
    day: dt.date | None = None
    figure: str = ""


def logged(centre: Centre) -> list[Logged]:
    """Everything in the centre's log, the latest first. Two queries."""
    return [
        Logged(
            number=one.pk,
            kind=one.kind,
            title=f"{one.title} ({words.kind_name(one.kind)})",
            url=reverse("activities:activity", args=[one.pk]),
            groups=tuple(row.group for row in one.reach.all()),
            topics=tuple(one.topics),
            day=one.ends_on,
            figure=_figure(one),
        )
        for one in queries.activities_of(centre).prefetch_related("reach")
    ]


def _figure(activity: Activity) -> str:
    rows = [Count("", "", row.measure, row.basis, row.number) for row in activity.reach.all()]
    return words.known_by_basis(summed(rows))


def totals(
    centre: Centre, first: dt.date, last: dt.date, *, kind: str = "", organisation_id: int | None = None
) -> list[Count]:
    """How many were reached by what began from `first` to `last`, both days included."""
    choice = queries.Choice(first, last, kind, organisation_id)
    return queries.counts_of(queries.activities_of(centre, choice))


def effort(centre: Centre, first: dt.date, last: dt.date) -> list[Effort]:
    """How many activities of each kind began in the period, with the hours and euros that were noted."""
    return queries.efforts_of(queries.activities_of(centre, queries.Choice(first, last)))


def published_reports(centre: Centre) -> list[PublishedReport]:
    """Every report that the public may read, the latest period first. `text` is all its words, for search."""
    found = queries.reports_visible_to_public(centre).prefetch_related("sections")
    return [_published(report) for report in found]


def report_visible_to_public(report: PeriodReport) -> bool:
    """Whether the public may know of it."""
    return queries.reports_visible_to_public(report.centre).filter(pk=report.pk).exists()


def _published(report: PeriodReport) -> PublishedReport:
    # A published report has the moment (a constraint of the table).
    assert report.published_at is not None
    shown = [section for section in report.sections.all() if not section.is_left_out]
    return PublishedReport(
        slug=report.slug,
        title=report.title,
        summary=report.summary,
        url=reverse("activities:public_report", args=[report.slug]),
        date=report.published_at.astimezone(ZoneInfo(report.centre.time_zone)).date(),
        language=report.language,
        starts_on=report.starts_on,
        ends_on=report.ends_on,
        text="\n\n".join(f"{section.heading}\n{section.text}" for section in shown),
    )
