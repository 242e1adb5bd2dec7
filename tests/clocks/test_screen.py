"""The screen "What goes when" shows every clock, what stays, and a fault where something is kept too long."""

import datetime as dt
import re

import pytest
from django.utils.html import escape

import havn.config.urls  # noqa: F401 - what the web process registers
from havn.accounts.models import Role
from havn.common import keeping
from havn.common.clock import now
from havn.helpline.retention.kinds import overdue_before
from havn.tasks.models import ScheduledTask
from tests.accounts.factories import signed_in_client
from tests.clocks import places
from tests.clocks.rows import all_rows
from tests.helpline.factories import Line
from tests.vault.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Line:
    return places.line()


def _page(line: Line, *roles: str) -> str:
    person = line.member(*roles) if roles else line.people[0]
    return signed_in_client(person.user, password=PASSWORD).get("/en/desk/when").content.decode()


def _rows(page: str) -> str:
    found = re.search(r"when-kinds.*?</table>", page, re.DOTALL)
    assert found
    return found[0]


def test_every_clock_and_everything_that_stays_is_on_the_screen(line: Line) -> None:
    page = _page(line)
    rows = _rows(page)
    assert rows.count("<tr") == len(keeping.clocks()) + 1
    assert "30 days after the last message; what never became a talk after 72 hours" in rows
    assert "data-over" not in rows
    assert "not yet" in rows
    assert all(escape(kept.what()) in page and escape(kept.why()) in page for kept in keeping.all_that_stays())


def test_the_last_run_is_told(line: Line) -> None:
    at = dt.datetime(2024, 5, 6, 1, 10, tzinfo=dt.UTC)
    ScheduledTask.objects.create(name="mail.forget", due_at_ms=0, last_at_ms=int(at.timestamp() * 1000))
    rows = _rows(_page(line))
    assert rows.count("2024") == 3


def test_what_is_kept_too_long_is_a_fault_with_a_way_out(line: Line) -> None:
    all_rows()["helpline.duties"](now() - dt.timedelta(hours=2))
    assert "data-over" not in _rows(_page(line))
    all_rows()["helpline.duties"](now() - dt.timedelta(days=2))
    rows = _rows(_page(line))
    assert rows.count("data-over") == 1
    assert "Kept longer than promised" in rows


def test_only_who_may_change_a_clock_is_led_to_it(line: Line) -> None:
    assert "Change" in _rows(_page(line, Role.COORDINATOR))
    assert "Change" not in _rows(_page(line, Role.SUPERVISOR))


def test_a_run_that_is_late_by_two_hours_is_no_fault() -> None:
    clock = keeping.clock_named("helpline.talks")
    moment = now()
    assert moment - overdue_before(clock, moment) == dt.timedelta(hours=26)
    soon = keeping.clock_named("phone.callers")
    assert moment - overdue_before(soon, moment) == dt.timedelta(minutes=20)
