"""The counts of a period, and the lists that name them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from havn.common.once import once
from havn.common.recent import Recent
from havn.helpline.rules.reports import Figures, Span, figures_of, spans_of
from havn.statistics import api as statistics
from havn.statistics.rules.periods import Period, cover
from havn.tenancy.models import Service
from havn.vocabularies import api as vocabularies

MAIN = (
    "contacts", "waiting", "length", "reason", "reason-any", "person", "age", "gender", "place", "platform", "outcome",
    "risk", "language", "feedback", "half-hour", "reason-age", "reason-gender",
)  # fmt: skip
QUARTER = ("contacts", "reason", "person", "gender", "place", "platform")
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


Terms = dict[str, vocabularies.Term]
# Lists change seldom: some seconds' memory of them spares a report most of its questions.
_SECONDS = 5
_lists: Recent[list[tuple[vocabularies.Version, Terms]]] = Recent(times=_SECONDS)
_successors: Recent[dict[str, str]] = Recent(times=_SECONDS)
_whose: ContextVar[int | None] = ContextVar("whose_lists", default=None)


@contextmanager
def lists_of(service_ids: Sequence[int]) -> Iterator[None]:
    """While a report is made: name things by the lists of the centre whose services these are, its own ones too."""
    services = Service.objects.filter(pk__in=service_ids[:1]).values_list("organisation__centre_id", flat=True)
    before = _whose.set(services.first())
    try:
        yield
    finally:
        _whose.reset(before)


def whose() -> int | None:
    """The centre whose lists name things now; None: the shared lists alone."""
    return _whose.get()


def versions(dimension: str) -> list[tuple[vocabularies.Version, Terms]]:
    """Every version of a list that holds for the centre with its terms by code in their order, the oldest first."""
    key = (dimension, whose())
    return once(("versions", *key), lambda: _lists.known(key) or _lists.read(key, lambda: _read(*key)))


def has_own(dimension: str) -> bool:
    """Whether the centre ever had its own version of a list."""
    return any(one.own for one, _terms in versions(dimension))


def terms_of(version: str) -> Terms:
    """The terms of one version of the reasons."""
    return next((terms for one, terms in versions("reason") if one.code == version), {})


def taken_over() -> dict[str, str]:
    """Reason to the one that took over in the end: the newest version is right (`vocabularies.api.successors`)."""
    key = ("reasons taken over", whose())
    return once(
        key,
        lambda: (
            _successors.known(key)
            or _successors.read(key, lambda: vocabularies.successors("reason", centre_id=whose()))
        ),
    )


def reason_spans(period: Period) -> list[Span]:
    """The versions of the reasons that held in the period."""
    held = [(one.code, one.valid_from, one.valid_to) for one, _terms in versions("reason")]
    return spans_of(held, period.first, period.last)


def standard_spans(period: Period) -> list[Span]:
    """The network's versions of the reasons that held in the period, whatever a centre codes with."""
    held = [(one.code, one.valid_from, one.valid_to) for one in vocabularies.versions_of("reason")]
    return spans_of(held, period.first, period.last)


def _read(dimension: str, centre_id: int | None) -> list[tuple[vocabularies.Version, Terms]]:
    return [
        (one, {term.code: term for term in vocabularies.terms_in(one.code)})
        for one in vocabularies.versions_of(dimension, centre_id=centre_id)
    ]
