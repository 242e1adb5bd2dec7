"""What law explainers, pages on help after a report, guides and reports show beside their words."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.awareness.models import EditorialPage, GuidePage, HelpAfterReportPage, LawPage, ReportPage
from havn.awareness.queries import visible_files
from havn.awareness.reading import dates
from havn.awareness.rules.freshness import older_than_a_year
from havn.common.dates import day
from havn.common.language import reader_language
from havn.directory.api import country_name


@dataclass(frozen=True)
class GuidePart:
    """One part of a guide. `anchor` is its place on the page; `pieces` are its blocks."""

    anchor: str
    title: str
    pieces: list["Piece"]


@dataclass(frozen=True)
class Piece:
    """A block, and the number of its first step: steps after a picture go on where those before it ended."""

    block: Any
    start: int


def dated_context(page: EditorialPage, _request: HttpRequest) -> dict[str, Any]:
    """For the pages that are true of a day, and nothing for any other.

    `is_old`: more than a year has passed. Law and help: `country_name`, `dials` (False: a demo calls nobody).
    A guide: `parts`. A report: `period`, and `file` when anybody may open it.
    """
    if isinstance(page, LawPage | HelpAfterReportPage):
        return {
            "is_old": older_than_a_year(page.as_of, dates.today_at(page.centre)),
            "country_name": country_name(page.country, reader_language()),
            "country_code": page.country.lower(),
            "dials": not settings.DEMO,
        }
    if isinstance(page, GuidePage):
        return {"is_old": older_than_a_year(page.as_of, dates.today_at(page.centre)), "parts": parts_of(page)}
    if isinstance(page, ReportPage):
        return {"period": period_of(page), "file": visible_files(page.centre).filter(pk=page.report_file_id).first()}
    return {}


def parts_of(guide: GuidePage) -> list[GuidePart]:
    """The parts of a guide that say something, in the order in which people need them."""
    every = [
        ("parental-controls", _("Parental controls"), guide.parental_controls),
        ("privacy-settings", _("Privacy settings"), guide.privacy),
        ("how-to-report", _("How to report"), guide.reporting),
        ("how-to-block", _("How to block"), guide.blocking),
    ]
    return [GuidePart(anchor, title, _pieces(stream)) for anchor, title, stream in every if stream]


def period_of(report: ReportPage) -> str:
    """The period in words; "" when there is none."""
    first, last = report.period_start, report.period_end
    if first and last:
        return dates.days(first, last)
    if first:
        return _("From %(day)s") % {"day": day(first)}
    return _("Until %(day)s") % {"day": day(last)} if last else ""


def _pieces(stream: Any) -> list[Piece]:
    pieces, done = [], 0
    for block in stream:
        if block.block_type == "steps":
            # A title begins something new, and its steps with it.
            done = 0 if block.value["title"] else done
            pieces.append(Piece(block, done + 1))
            done += len(block.value["steps"])
        else:
            pieces.append(Piece(block, 0))
    return pieces
