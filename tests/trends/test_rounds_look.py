"""What is far from the quarters before is shown before it is sent in, and before it is accepted."""

import html
from typing import Any

import pytest
from django.urls import reverse

from havn.rounds.models import Assignment
from havn.rounds.working import Work
from havn.statistics.rules.periods import Kind, period_of
from havn.tenancy.models import Centre
from havn.trends.rounds_look import by_dimension, far_from, look
from havn.trends.rules.answers import filled
from tests.rounds.factories import ask, assignment_of, client_of, make_form, member, send, write
from tests.trends.factories import BEFORE, NOW, YEAR, report

pytestmark = pytest.mark.django_db
DEFINITION: dict[str, Any] = {
    "key": "helpline_quarter",
    "language": "en",
    "languages": ["en"],
    "title": {"en": "Quarter"},
    "about": {"en": "Numbers."},
    "sections": [
        {
            "key": "all",
            "title": {"en": "All"},
            "questions": [
                {"key": "contacts", "type": "number", "label": {"en": "Contacts"}, "source": "helpline.online"},
                {"key": "channel", "type": "matrix", "cell": "number", "label": {"en": "By channel"},
                 "rows": [{"code": "phone", "label": {"en": "Phone"}}, {"code": "chat", "label": {"en": "Chat"}}],
                 "columns": [{"code": "contacts", "label": {"en": "Contacts"}}], "source": "helpline.channel"},
                {"key": "system_changed", "type": "yes_no", "label": {"en": "Another system?"}},
            ],
        },
    ],
}  # fmt: skip


def answers(**channels: int) -> dict[str, Any]:
    return {
        "contacts": sum(channels.values()),
        "channel": {code: {"contacts": number} for code, number in channels.items()},
        "system_changed": False,
    }


def test_a_figure_far_from_the_quarter_and_the_year_before_is_found(norway: Centre) -> None:
    report(norway, BEFORE, total=400, channel={"phone": 300, "chat": 100})
    report(norway, YEAR, total=210, channel={"phone": 100, "chat": 110})
    now = by_dimension(
        filled({("total", "all"): 400, ("channel", "phone"): 300, ("channel", "chat"): 100}, ["channel"])
    )
    assert far_from(norway.pk, now, NOW, BEFORE) == []
    since_year = {(dimension, flag.code) for dimension, flag in far_from(norway.pk, now, NOW, YEAR)}
    assert since_year == {("total", "all"), ("channel", "phone")}


def test_reasons_of_another_list_are_not_compared(norway: Centre) -> None:
    report(norway, BEFORE, scheme="insafe-reasons-2018", total=100, reason={"grooming": 100})
    now = {"total": {"all": 100}, "reason": {"grooming": 10, "unknown": 90}}
    assert far_from(norway.pk, now, NOW, BEFORE) == []
    report(norway, BEFORE, total=100, reason={"grooming": 100})
    assert {flag.code for _dimension, flag in far_from(norway.pk, now, NOW, BEFORE)} == {"grooming", "unknown"}


@pytest.fixture
def assignment(network: Centre, norway: Centre) -> Assignment:
    period = period_of(Kind.QUARTER, NOW.first)
    return assignment_of(ask(network, make_form(definition=DEFINITION), norway, period=period), norway)


def test_the_centre_sees_it_before_it_sends_and_the_coordinator_before_accepting(
    network: Centre, norway: Centre, assignment: Assignment
) -> None:
    report(norway, BEFORE, total=400, channel={"phone": 300, "chat": 100})
    write(assignment, answers(phone=40, chat=110))
    page = html.unescape(client_of(norway).get(reverse("rounds:submit", args=[assignment.pk])).content.decode())
    assert "Far from the periods before" in page and "Channels: Phone" in page and "the quarter before" in page
    send(assignment, answers(phone=40, chat=110), member(norway))
    coordinator = client_of(network, "coordinator")
    read = html.unescape(coordinator.get(reverse("rounds:review", args=[assignment.pk])).content.decode())
    assert "Far from the periods before" in read and "Channels: Phone" in read


def test_nothing_far_is_not_mentioned_and_a_new_system_is_not_compared(norway: Centre, assignment: Assignment) -> None:
    report(norway, BEFORE, total=400, channel={"phone": 300, "chat": 100})
    definition = Work(assignment).definition
    assert look(assignment, definition, answers(phone=300, chat=100)) == []
    assert look(assignment, definition, answers(phone=40, chat=110))
    assert look(assignment, definition, {**answers(phone=40, chat=110), "system_changed": True}) == []
    assert look(assignment, definition, {}) == []
