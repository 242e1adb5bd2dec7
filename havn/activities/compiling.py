"""The words that a report begins with, made of the figures, in the report's language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from havn.activities import words
from havn.activities.models import Basis, Kind, PeriodReport
from havn.activities.rules.figures import Figures
from havn.activities.rules.totals import all_effort, summed

INTRO, EVERYTHING, EFFORT = "intro", "everything", "effort"


@dataclass(frozen=True)
class Compiled:
    """A section as the log would write it."""

    key: str
    heading: str
    text: str


def compiled_sections(report: PeriodReport, figures: Figures) -> list[Compiled]:
    """An introduction, a section for each kind of activity, all figures, and the effort."""
    with override(report.language):
        kinds = [_of_kind(kind, figures.of_kind(kind)) for kind in figures.kinds(Kind.values)]
        return [_intro(report, figures), *kinds, _everything(figures), _effort(figures)]


def _intro(report: PeriodReport, figures: Figures) -> Compiled:
    period = words.days(report.starts_on, report.ends_on)
    parts = [
        _("This report tells what %(centre)s did from %(period)s. Its activity log holds %(activities)s of that time.")
        % {"centre": report.centre.name, "period": period, "activities": words.how_many(len(figures.activities))}
    ]
    if report.project:
        parts.append(_("Project: %(project)s.") % {"project": report.project})
    parts.append(
        _("Every number says how it is known: counted, taken from the statistics of a platform, or estimated. Numbers "
          "that are known in different ways are never added. Somebody who took part twice is counted twice.")
    )  # fmt: skip
    return Compiled(INTRO, _("About this report"), "\n\n".join(parts))


def _of_kind(kind: str, figures: Figures) -> Compiled:
    parts = [_("%(activities)s of this kind.") % {"activities": words.how_many(len(figures.activities))}]
    return Compiled(kind, words.kind_name(kind), "\n\n".join([*parts, *_by_basis(figures)]))


def _everything(figures: Figures) -> Compiled:
    parts = _by_basis(figures) or [_("No numbers were recorded.")]
    return Compiled(EVERYTHING, _("All figures of the period"), "\n\n".join(parts))


def _effort(figures: Figures) -> Compiled:
    whole = all_effort(figures.efforts)
    if whole.hours is None:
        text = _("No hours of work were noted.")
    else:
        text = _("%(hours)s hours of work were noted.") % {"hours": words.hours(whole.hours)}
    return Compiled(EFFORT, _("Effort"), text)


def _by_basis(figures: Figures) -> list[str]:
    """A sentence for each way of knowing."""
    counts = summed(figures.counts)
    sentences = {
        Basis.COUNTED: _("Counted: %(numbers)s."),
        Basis.PLATFORM: _("Statistics of platforms: %(numbers)s."),
        Basis.ESTIMATE: _("Estimated: %(numbers)s."),
    }
    told = {basis: words.of_basis(counts, basis) for basis in sentences}
    return [sentences[basis] % {"numbers": numbers} for basis, numbers in told.items() if numbers]
