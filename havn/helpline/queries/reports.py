"""The counts of a period, and the lists that name them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from havn.helpline.rules.reports import Figures, Span, figures_of, spans_of
from havn.statistics import api as statistics
from havn.statistics.rules.periods import Period, cover
from havn.vocabularies import api as vocabularies

MAIN = (
    "contacts", "waiting", "length", "reason", "reason-any", "person", "age", "gender", "place", "platform", "outcome",
    "risk", "language", "feedback", "half-hour", "reason-age", "reason-gender",
)  # fmt: skip
QUARTER = ("contacts", "reason", "reason-any", "person", "gender", "place", "platform")
YEAR = ("contacts", "reason-gender", "reason-age", "person", "outcome", "reason")
# So many columns at most a chart over time has before it shows months.
DAYS_SHOWN = 100


def figures(
    service_ids: Sequence[int], period: Period, *, channel: str = "", dimensions: Sequence[str] = MAIN
) -> Figures:
    """The counts of a period."""
    return figures_of(statistics.counted(service_ids, period.first, period.last, dimensions), channel=channel)


@dataclass(frozen=True)
class Over:
    """One day or month of a period: attempts, and those that were answered."""

    day: dt.date
    figures: Figures


def over_time(service_ids: Sequence[int], period: Period, *, channel: str = "") -> tuple[str, list[Over]]:
    """ "d" or "m", and each day or whole month of the period in order, also those without any contact."""
    grain = "d" if period.days <= DAYS_SHOWN else "m"
    found = statistics.series(service_ids, period.first, period.last, "contacts", grain=grain)
    if grain == "d":
        days = [period.first + dt.timedelta(days=number) for number in range(period.days)]
    else:
        days = list(cover(period.first, period.last).months)
    return grain, [Over(day, figures_of(found.get(day, {}), channel=channel)) for day in days]


def reason_spans(period: Period) -> list[Span]:
    """The versions of the reasons that held in the period."""
    versions = [(one.code, one.valid_from, one.valid_to) for one in vocabularies.versions_of("reason")]
    return spans_of(versions, period.first, period.last)
