"""What a report shows: the same body on the page, in the preview and in the PDF, in the report's language."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

from havn.activities import words
from havn.activities.compiling import EFFORT, EVERYTHING
from havn.activities.models import Basis, Group, Kind, Measure, PeriodReport, Section
from havn.activities.rules.figures import Done, Figures, from_json
from havn.activities.rules.totals import Count, Effort, all_effort, table
from havn.common.dates import day


@dataclass(frozen=True)
class Line:
    """An activity in a list."""

    title: str
    when: str
    where: str
    organisation: str


@dataclass(frozen=True)
class Numbers:
    """One line of a table: whom, what is counted, and a cell for each basis with the name of its column.

    "" where nothing is known in that way: a phone leaves such cells out.
    """

    group: str
    measure: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Work:
    """One line of the table of effort."""

    kind: str
    activities: str
    hours: str
    cost: str


@dataclass(frozen=True)
class Part:
    """A section with its figures."""

    section: Section
    activities: list[Line]
    numbers: list[Numbers]
    efforts: list[Work]
    whole: Work | None


def body_of(report: PeriodReport) -> SafeString:
    """The report as HTML from its first section on, in its own language. Headings begin at h2."""
    with override(report.language):
        context = {"parts": parts_of(report), "bases": basis_names(), "shows_cost": report.shows_cost}
        return render_to_string("activities/report_body.html", context)


def head_of(report: PeriodReport) -> dict[str, Any]:
    """What stands above it, in its own language."""
    with override(report.language):
        published_on = report.published_at and report.published_at.astimezone(ZoneInfo(report.centre.time_zone)).date()
        return {
            "period": words.days(report.starts_on, report.ends_on),
            "published_on": day(published_on) if published_on else "",
        }


def parts_of(report: PeriodReport) -> list[Part]:
    """The sections that are not left out, in order."""
    figures = from_json(report.figures)
    return [_part(section, figures) for section in report.sections.all() if not section.is_left_out]


def numbers_of(counts: tuple[Count, ...] | list[Count]) -> list[Numbers]:
    """The table of who was reached; nothing is added across measures or bases."""
    names = basis_names()
    return [
        Numbers(
            words.group_name(row.group),
            words.measure_name(row.measure),
            tuple(
                (name, "" if one is None else words.number(one)) for name, one in zip(names, row.numbers, strict=True)
            ),
        )
        for row in table(counts, groups=Group.values, measures=Measure.values, bases=Basis.values)
    ]


def basis_names() -> list[str]:
    """The heads of the columns."""
    return [words.basis_name(code) for code in Basis.values]


def work_of(effort: Effort) -> Work:
    """Hours and euros as they are read."""
    return Work(
        words.kind_name(effort.kind),
        words.number(effort.activities),
        words.hours(effort.hours),
        words.euro(effort.cost),
    )


def _part(section: Section, figures: Figures) -> Part:
    if section.key in Kind.values:
        own = figures.of_kind(section.key)
        return Part(section, [_line(done) for done in own.activities], numbers_of(own.counts), [], None)
    if section.key == EVERYTHING:
        return Part(section, [], numbers_of(figures.counts), [], None)
    if section.key == EFFORT and figures.efforts:
        order = Kind.values
        efforts = sorted(figures.efforts, key=lambda one: order.index(one.kind) if one.kind in order else len(order))
        return Part(section, [], [], [work_of(one) for one in efforts], work_of(all_effort(figures.efforts)))
    return Part(section, [], [], [], None)


def _line(done: Done) -> Line:
    return Line(
        done.title,
        words.days(done.starts_on, done.ends_on),
        words.where(done.place, is_online=done.is_online),
        done.organisation,
    )
