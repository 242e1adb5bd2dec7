"""Signals, observations and agendas of the early-warning group: across centres, for its members alone."""

import datetime as dt
from collections import defaultdict

from django.db.models import Prefetch, QuerySet

from havn.helpline.mappings import standard_of
from havn.helpline.rules.figures import ANSWERED, OFFLINE
from havn.statistics import api as statistics
from havn.tenancy.models import Service
from havn.trends.models import AgendaPoint, Confirmation, Meeting, Observation, Signal
from havn.trends.rules.warning import HALF_WINDOW, YEARS
from havn.vocabularies import api as vocabularies

WEEK = dt.timedelta(days=7)
OPEN_WEEKS = 8


def monday_of(day: dt.date) -> dt.date:
    """The Monday of a week (ISO 8601)."""
    return day - dt.timedelta(days=day.weekday())


def weekly_counts(service: Service, last: dt.date) -> dict[str, list[int]]:
    """Per reason of the network's list, the contacts of each week up to that of `last` (a Monday), oldest first.

    A row begins with the first week of the helpline's counts, or with the reason's own first day where that is later.
    Talks alone, without those that were about nothing online.
    """
    span = statistics.span_of([service.pk])
    if span is None:
        return {}
    first = max(monday_of(span[0]), last - WEEK * round(YEARS * 52.18 + 2 * HALF_WINDOW))
    length = (last - first).days // 7 + 1
    if length < 1:
        return {}
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0] * length)
    versions = vocabularies.versions_of("reason")
    target = standard_of("reason", versions[-1].code, service.organisation.centre_id) if versions else {}
    for day, cells in statistics.series([service.pk], first, last + WEEK, "reason", grain="d").items():
        week = (day - first).days // 7
        if not 0 <= week < length:
            continue
        for (_dimension, within, code), number in cells.items():
            if f"/{ANSWERED}/" in within and not within.endswith(f"/{OFFLINE}"):
                reason = code.partition(":")[2] or code
                found[target.get(reason, reason)][week] += number
    begins = _first_days()
    return {reason: row[_weeks_before(first, begins.get(reason)) :] for reason, row in found.items()}


def _first_days() -> dict[str, dt.date]:
    """From which day on each reason could be coded, under whatever name it had."""
    found: dict[str, dt.date] = {}
    successors = vocabularies.successors("reason")
    for version in vocabularies.versions_of("reason"):
        for term in vocabularies.terms_in(version.code):
            found.setdefault(successors.get(term.code, term.code), version.valid_from)
    return found


def _weeks_before(first: dt.date, begins: dt.date | None) -> int:
    return 0 if begins is None or begins <= first else -(-(begins - first).days // 7)


def open_signals(*, since: dt.date) -> QuerySet[Signal]:
    """Signals that nobody has closed, of the weeks from this day on, the least probable first."""
    rows = Signal.objects.filter(closed_at__isnull=True, week__gte=since)
    return rows.select_related("centre", "service").order_by("-week", "chance", "pk")


def observations(*, with_closed: bool = False) -> QuerySet[Observation]:
    """What helplines noticed, the latest first, with who confirmed it."""
    rows = Observation.objects.all() if with_closed else Observation.objects.filter(closed_at__isnull=True)
    confirmed = Prefetch("confirmations", Confirmation.objects.select_related("centre").order_by("made_at", "pk"))
    return rows.select_related("centre").prefetch_related(confirmed).order_by("-made_at", "pk")


def meetings() -> QuerySet[Meeting]:
    """Every meeting, the latest first."""
    return Meeting.objects.order_by("-starts_at", "pk")


def points_of(meeting: Meeting) -> list[AgendaPoint]:
    """The agenda in its order."""
    confirmed = Prefetch(
        "observation__confirmations", Confirmation.objects.select_related("centre").order_by("made_at", "pk")
    )
    rows = meeting.points.select_related("signal__centre", "signal__service", "observation__centre")
    return list(rows.prefetch_related(confirmed).order_by("order", "pk"))
