"""For each kind of data: what is past its clock is gone after the work that is due, what is younger is still there."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

import havn.config.urls  # noqa: F401 - what the web process registers
from havn.common import keeping
from havn.common.clock import now
from havn.config.keeping import nightly
from havn.tasks.schedule import entries
from havn.tenancy.models import Centre
from tests.clocks.rows import all_rows

# The cut of the trail and the purge run outside a transaction of their own.
pytestmark = pytest.mark.django_db
MARGIN = dt.timedelta(days=2)


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA = tmp_path
    settings.DEMO = False
    monkeypatch.setenv("HAVN_BACKUPS", str(tmp_path / "backups"))


def _run(task: str) -> None:
    nightly.register()
    next(entry for entry in entries() if entry.name == task).task.call()


def _over(clock: keeping.Clock) -> int:
    return max(clock.over(pk, now()) for pk in Centre.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("name", sorted(all_rows()))
def test_what_is_over_goes_and_what_is_younger_stays(name: str) -> None:
    clock, make = keeping.clock_named(name), all_rows()[name]
    old = make(now() - MARGIN)
    young = make(now() + clock.every)
    assert (old() > 0, young() > 0) == (True, True)
    assert _over(clock) == 1
    rest = young()
    _run(clock.task)
    assert (old(), young()) == (0, rest)
    assert _over(clock) == 0
