"""Signals, observations and agendas of early warning."""

import datetime as dt

from havn.trends.keeping import KEEP
from havn.trends.models import Meeting, Observation, Signal
from tests.clocks.places import line
from tests.clocks.rows import Left, Make


def _signal(runs_out: dt.datetime) -> Left:
    service = line().service
    at = runs_out - KEEP
    row = Signal.objects.create(
        centre_id=service.organisation.centre_id, service=service, week=at.date(), reason="grooming", count=9,
        expected=2.0, chance=0.001, is_long=False, found_at=at,
    )  # fmt: skip
    return lambda: Signal.objects.filter(pk=row.pk).count()


def _observation(runs_out: dt.datetime) -> Left:
    at = runs_out - KEEP
    row = Observation.objects.create(
        centre_id=line().service.organisation.centre_id, week=at.date(), text="More calls", language="en", made_at=at
    )
    return lambda: Observation.objects.filter(pk=row.pk).count()


def _meeting(runs_out: dt.datetime) -> Left:
    line()
    row = Meeting.objects.create(starts_at=runs_out - KEEP, made_at=runs_out - KEEP)
    return lambda: Meeting.objects.filter(pk=row.pk).count()


ROWS: dict[str, Make] = {
    "trends.signals": _signal,
    "trends.observations": _observation,
    "trends.meetings": _meeting,
}
