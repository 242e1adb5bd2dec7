"""What returns by the clock: the nightly purge, the daily audit heads and backup, and the like.

Apps add their entries in AppConfig.ready(). Each tick is claimed by one UPDATE, so that several workers start a task
once; a tick missed while no worker ran is made up once, at the next start.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django_tasks.base import Task

from havn.common.clock import from_ms, now, now_ms
from havn.tasks.models import ScheduledTask
from havn.tasks.rules import next_daily


@dataclass(frozen=True)
class Entry:
    """A returning task: its name, the task without arguments, and when it is due next after a moment."""

    name: str
    task: Task[Any, Any]
    next_after: Callable[[dt.datetime], dt.datetime]


_entries: dict[str, Entry] = {}


def daily(name: str, task: Task[Any, Any], *, hour: int, minute: int = 0, zone: str = "Europe/Oslo") -> None:
    """Run `task` every day when the clocks of `zone` show this time."""
    place = ZoneInfo(zone)
    _entries[name] = Entry(name, task, lambda after: next_daily(after, hour, minute, place))


def every(name: str, task: Task[Any, Any], *, seconds: int) -> None:
    """Run `task` every so many seconds, counted from its last tick."""
    _entries[name] = Entry(name, task, lambda after: after + dt.timedelta(seconds=seconds))


def entries() -> list[Entry]:
    """All entries, by name."""
    return [_entries[name] for name in sorted(_entries)]


def prepare() -> None:
    """Give each entry its row, and drop the rows of entries that are gone. Called when a worker starts."""
    ScheduledTask.objects.bulk_create(
        [
            ScheduledTask(name=entry.name, due_at_ms=int(entry.next_after(now()).timestamp() * 1000))
            for entry in entries()
        ],
        ignore_conflicts=True,
    )
    ScheduledTask.objects.exclude(name__in=list(_entries)).delete()


def tick() -> int:
    """Enqueue what is due; returns how many. Safe to call from any number of workers."""
    moment = now_ms()
    started = 0
    for row in ScheduledTask.objects.filter(due_at_ms__lte=moment):
        entry = _entries.get(row.name)
        if entry is None:
            continue
        following = int(entry.next_after(from_ms(moment)).timestamp() * 1000)
        with transaction.atomic():
            mine = ScheduledTask.objects.filter(pk=row.pk, due_at_ms=row.due_at_ms).update(
                due_at_ms=following, last_at_ms=moment
            )
            if mine:
                entry.task.enqueue()
                started += 1
    return started


def due_of(name: str) -> dt.datetime | None:
    """When an entry is due next, for a screen; None before a worker ever started."""
    row = ScheduledTask.objects.filter(pk=name).first()
    return from_ms(row.due_at_ms) if row else None
