"""Reminders before, and forgetting after."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from havn.audit.models import Entry
from havn.common.clock import now
from havn.events import actions, queries, tasks
from havn.events.models import Event, Feedback, Registration
from havn.mail.sealing import Content
from havn.tenancy.models import Centre
from tests.events.factories import editors_client, make_event, own_page, register

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def registered_long_ago() -> None:
    Registration.objects.update(registered_at=now() - 20 * DAY)


def test_people_with_a_place_are_reminded_once(centre: Centre, letters: Callable[..., list[Content]]) -> None:
    event = make_event(centre, starts_at=now() + DAY, capacity=1)
    register(event, "Kari")
    register(event, "Ola")
    registered_long_ago()
    assert tasks.remind.call() == 1
    assert tasks.remind.call() == 0
    (letter,) = letters("events.reminder")
    assert letter.to == "kari@example.org"
    assert event.joining in letter.text


@pytest.mark.parametrize(
    "fields", [{"reminder_days": 0}, {"starts_at": now() + 5 * DAY}, {"state": "cancelled"}, {"starts_at": now() - DAY}]
)
def test_nobody_is_reminded_otherwise(
    centre: Centre, letters: Callable[..., list[Content]], fields: dict[str, object]
) -> None:
    event = make_event(centre, starts_at=now() + DAY)
    register(event)
    registered_long_ago()
    starts = fields.get("starts_at", event.starts_at)
    Event.objects.update(**{**fields, "ends_at": starts + dt.timedelta(hours=1)})  # type: ignore[operator]
    assert tasks.remind.call() == 0
    assert not letters("events.reminder")


def test_ninety_days_after_the_event_people_are_forgotten_and_counts_survive(centre: Centre, anyone: Client) -> None:
    event = make_event(centre, capacity=2)
    rows = [register(event, name) for name in ("Kari", "Ola", "Per", "Lise")]
    actions.leave_event(registration_id=rows[0].pk)
    Registration.objects.filter(pk=rows[1].pk).update(attended=True)
    Feedback.objects.create(event=event, rating=4, answer_one="Kari spoke well")
    page = own_page(rows[1])
    assert actions.forget_people(moment=event.ends_at + 90 * DAY - dt.timedelta(seconds=1)) == 0
    assert actions.forget_people(moment=event.ends_at + 90 * DAY) == 1
    assert not Registration.objects.exists()
    event.refresh_from_db()
    assert queries.tally_of(event) == queries.Tally(confirmed=2, waiting=1, cancelled=1, attended=1)
    assert list(Feedback.objects.values_list("rating", "answer_one")) == [(4, "")]
    assert Entry.objects.filter(action="events.people.forgotten").count() == 1
    assert anyone.get(page).status_code == 404
    assert actions.forget_people(moment=event.ends_at + 91 * DAY) == 0
    html = editors_client(centre).get(f"/en/desk/events/{event.pk}/registrations").content.decode()
    assert "Who they were is destroyed" in html
    assert "Have a place: 2" in html


def test_an_event_says_itself_how_long_it_keeps_people(centre: Centre) -> None:
    event = make_event(centre, kept_days=7)
    register(event)
    assert actions.forget_people(moment=event.ends_at + 6 * DAY) == 0
    assert actions.forget_people(moment=event.ends_at + 7 * DAY) == 1
