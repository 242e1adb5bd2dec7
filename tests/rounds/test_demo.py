"""The rounds of the demo beside those of the helpline: they load, and their answers hold."""

import datetime as dt

import pytest

from havn.config.demo.rounds import _awareness, _report
from havn.forms import api as forms
from havn.rounds.models import Assignment
from havn.rounds.queries.rounds import waiting_for
from havn.rounds.working import Work
from havn.statistics.rules.periods import Kind, period_of
from havn.tenancy.models import Centre
from tests.rounds.factories import QUARTER, assignment_of, member

pytestmark = pytest.mark.django_db


def test_norway_is_asked_for_its_awareness_work_and_has_reported_on_safer_internet_day(
    network: Centre, norway: Centre
) -> None:
    forms.load_shipped()
    officer = member(norway)
    _awareness(network, member(network, "coordinator"), QUARTER, [norway])
    states = {one.round.form_version.form.key: one for one in Assignment.objects.filter(centre=norway)}
    assert {key: one.state for key, one in states.items()} == {
        "awareness_data": "open", "safer_internet_day": "published",
    }  # fmt: skip
    report = assignment_of(states["safer_internet_day"].round, norway)
    sent = report.submissions.get()
    assert sent.sent_by == officer and report.responsible == officer
    assert Work(report).check(sent.answers, final=True).errors == ()
    assert waiting_for(norway) == 1


@pytest.mark.parametrize(("year", "day"), [(2024, "2024-02-13"), (2025, "2025-02-11"), (2026, "2026-02-10")])
def test_the_day_is_the_second_tuesday_of_february(year: int, day: str) -> None:
    assert _report(period_of(Kind.YEAR, dt.date(year, 1, 1)))["held_on"] == day
