"""The log as CSV: a line for each number, so that nothing is added before somebody chooses to."""

import csv
import io

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from havn.activities import words
from havn.activities.models import Activity, Reach
from havn.common.cells import safe_cell


def table_of(activities: QuerySet[Activity]) -> str:
    """The whole file, in the reader's words, with a mark by which spreadsheets know its letters.

    Hours, cost and evidence stand in the first line of an activity alone: a column can be added up as it is.
    """
    written = io.StringIO()
    written.write("\ufeff")
    lines = csv.writer(written)
    lines.writerow(_heads())
    for activity in activities.prefetch_related("reach", "evidence"):
        rows: list[Reach | None] = [*activity.reach.all()] or [None]
        for place, row in enumerate(rows):
            cells = [*_what(activity), *_effort(activity, is_first=place == 0), *_reach(row)]
            lines.writerow([safe_cell(cell) for cell in cells])
    return written.getvalue()


def _heads() -> list[str]:
    return [
        _("Number"), _("Kind"), _("Title"), _("What was done"), _("First day"), _("Last day"), _("Done by"),
        _("Place"), _("Region"), _("Countries"), _("Topics"), _("Recorded by"), _("Hours"), _("Euro"), _("Evidence"),
        _("Who"), _("How many"), _("Of what"), _("How it is known"), _("How it was counted"),
    ]  # fmt: skip


def _what(activity: Activity) -> list[str]:
    return [
        str(activity.pk),
        words.kind_name(activity.kind),
        activity.title,
        activity.text,
        activity.starts_on.isoformat(),
        activity.ends_on.isoformat(),
        activity.organisation.name,
        words.where(activity.place, is_online=activity.is_online),
        activity.region,
        ", ".join(words.country_name(code) for code in activity.countries),
        ", ".join(words.topic_name(code) for code in activity.topics),
        activity.recorded_by.name if activity.recorded_by else "",
    ]


def _effort(activity: Activity, *, is_first: bool) -> list[str]:
    if not is_first:
        return ["", "", ""]
    shown = ["" if value is None else str(value) for value in (activity.hours, activity.cost)]
    return [*shown, ", ".join(f"{row.label} {row.url}".strip() for row in activity.evidence.all())]


def _reach(row: Reach | None) -> list[str]:
    if row is None:
        return ["", "", "", "", ""]
    names = words.measure_name(row.measure), words.basis_name(row.basis)
    return [words.group_name(row.group), str(row.number), *names, row.how]
