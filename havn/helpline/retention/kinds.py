"""Every kind of data of the installation as the screen "What goes when" shows it: its clock, and whether it is kept."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from havn.audit.models import Entry
from havn.common.clock import from_ms
from havn.common.keeping import Clock, all_that_stays, clocks
from havn.tasks.models import ScheduledTask

# What is destroyed at night has two hours more, for a slow night.
_SLOW = dt.timedelta(hours=2)


@dataclass(frozen=True)
class Kind:
    """One kind with a clock. `over` should be 0: what should have gone with a run that is past. `proof` is an entry."""

    what: str
    when: str
    settings: str
    last_run: dt.datetime | None
    over: int
    proof: int | None


@dataclass(frozen=True)
class Kept:
    """One kind that stays, and why."""

    what: str
    why: str


def kinds(centre_id: int, *, now: dt.datetime, may_set: bool) -> list[Kind]:
    """Every kind with a clock, those that are kept too long first."""
    runs = dict(ScheduledTask.objects.values_list("name", "last_at_ms"))
    found = [_shown(one, centre_id, now, runs.get(one.task), may_set) for one in clocks()]
    return sorted(found, key=lambda kind: kind.over == 0)


def what_stays() -> list[Kept]:
    """Every kind without a clock."""
    return [Kept(one.what(), one.why()) for one in all_that_stays()]


def overdue_before(clock: Clock, now: dt.datetime) -> dt.datetime:
    """Whatever should have gone by this moment is overdue: a run has passed since, and time for it."""
    return now - clock.every - min(clock.every, _SLOW)


def _shown(clock: Clock, centre_id: int, now: dt.datetime, last_ms: int | None, may_set: bool) -> Kind:
    entries = Entry.objects.filter(centre_id=centre_id, action=clock.trail) if clock.trail else Entry.objects.none()
    return Kind(
        what=clock.what(),
        when=clock.when(centre_id),
        settings=reverse(clock.settings) if clock.settings and may_set else "",
        last_run=from_ms(last_ms) if last_ms else None,
        over=clock.over(centre_id, overdue_before(clock, now)),
        proof=entries.order_by("-seq").values_list("seq", flat=True).first(),
    )
