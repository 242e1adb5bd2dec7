"""What returns by the clock starts once, however many workers look."""

import pytest

from havn.common.clock import now_ms
from havn.tasks import schedule
from havn.tasks.models import QueuedTask, ScheduledTask
from tests.tasks.work_to_do import gentle

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _only_mine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "_entries", {})


def test_a_due_entry_starts_once_and_is_due_again_later() -> None:
    schedule.every("test.hourly", gentle, seconds=3600)
    schedule.prepare()
    assert schedule.tick() == 0
    ScheduledTask.objects.update(due_at_ms=now_ms() - 1)
    assert schedule.tick() == 1
    assert schedule.tick() == 0
    assert QueuedTask.objects.count() == 1
    assert abs(ScheduledTask.objects.get().due_at_ms - now_ms() - 3_600_000) < 5_000


def test_days_without_a_worker_are_made_up_once() -> None:
    schedule.daily("test.nightly", gentle, hour=3)
    schedule.prepare()
    ScheduledTask.objects.update(due_at_ms=now_ms() - 5 * 86_400_000)
    assert schedule.tick() == 1
    assert schedule.tick() == 0
    due = schedule.due_of("test.nightly")
    assert due is not None
    assert due.timestamp() * 1000 > now_ms()


def test_preparing_keeps_the_clock_and_drops_what_is_gone() -> None:
    schedule.every("test.hourly", gentle, seconds=3600)
    schedule.prepare()
    ScheduledTask.objects.update(due_at_ms=1)
    ScheduledTask.objects.create(name="test.gone", due_at_ms=1)
    schedule.prepare()
    assert list(ScheduledTask.objects.values_list("name", "due_at_ms")) == [("test.hourly", 1)]
