"""The coordinator's screen for opening hours."""

import datetime as dt
from unittest import mock

import pytest
from django.test import Client

from havn.audit.models import Entry
from havn.centres.api import opening
from havn.centres.models import ChannelSettings, OpeningException, OpeningRule
from havn.tenancy.models import Service
from tests.accounts.factories import make_staff, signed_in_client
from tests.centres.factories import make_hours, make_point
from tests.tenancy.factories import make_centre, make_organisation, make_service

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
def service() -> Service:
    service = make_service(make_organisation(make_centre()), always_open=())
    make_point(service, "chat")
    make_hours(service)
    return service


@pytest.fixture
def coordinator(service: Service) -> Client:
    return signed_in_client(make_staff(service.organisation, "coordinator"))


@pytest.fixture(autouse=True)
def _monday() -> object:
    with mock.patch("havn.centres.views.manage_hours.now", return_value=MONDAY):
        yield


def url(service: Service, verb: str = "") -> str:
    return f"/desk/hours/{service.pk}/chat" + (f"/{verb}" if verb else "")


def week(**changes: str) -> dict[str, str]:
    fields = {"stop_admitting_minutes": "30", "on_holidays": "usual"}
    for day in range(5):
        fields |= {f"opens_{day}_1": "10:00", f"closes_{day}_1": "12:00"}
    return fields | changes


def test_the_list_shows_each_channel_with_its_usual_hours(coordinator: Client, service: Service) -> None:
    html = coordinator.get("/desk/hours").content.decode()
    assert "Every day 14:00–22:00" in html
    assert url(service) in html


def test_a_saved_week_is_what_the_public_gets(coordinator: Client, service: Service) -> None:
    assert coordinator.post(url(service, "week"), week()).status_code == 302
    assert not opening(service, "chat", MONDAY).open
    answer = opening(service, "chat", MONDAY.replace(hour=10))
    assert answer.open
    assert answer.stops_admitting_at == MONDAY.replace(hour=10, minute=30)
    assert Entry.objects.filter(action="centres.hours.changed").count() == 1


def test_hours_that_hold_from_a_day_leave_the_days_before_alone(coordinator: Client, service: Service) -> None:
    coordinator.post(url(service, "week"), week(holds_from="2026-12-01"))
    assert opening(service, "chat", dt.datetime(2026, 11, 30, 15, tzinfo=dt.UTC)).open
    assert not opening(service, "chat", dt.datetime(2026, 12, 1, 15, tzinfo=dt.UTC)).open
    assert opening(service, "chat", dt.datetime(2026, 12, 1, 10, tzinfo=dt.UTC)).open
    assert "1 December 2026" in coordinator.get(url(service)).content.decode()


def test_the_preview_saves_nothing(coordinator: Client, service: Service) -> None:
    html = coordinator.post(url(service, "week"), week(preview="1")).content.decode()
    assert "not saved yet" in html
    assert "10:00–12:00" in html
    assert OpeningRule.objects.filter(opens=dt.time(10)).count() == 0


def test_the_preview_shows_fourteen_days_with_holidays_and_exceptions(coordinator: Client, service: Service) -> None:
    ChannelSettings.objects.filter(service=service).update(on_holidays="closed")
    coordinator.post(url(service, "except"), {"first": "2026-11-25", "last": "2026-11-26", "reason": "Training day"})
    html = coordinator.get(url(service)).content.decode()
    assert html.count("Training day") == 3, "twice in the days, once in the list"
    assert html.count('<th scope="row">') == 7 + 14


def test_an_exception_closes_its_days_and_can_be_removed(coordinator: Client, service: Service) -> None:
    afternoon = dt.datetime(2026, 11, 25, 15, tzinfo=dt.UTC)
    coordinator.post(url(service, "except"), {"first": "2026-11-25", "last": "2026-11-25"})
    assert opening(service, "chat", afternoon).why == "exception"
    exception = OpeningException.objects.get()
    coordinator.post(f"/desk/hours/exceptions/{exception.pk}/remove")
    assert opening(service, "chat", afternoon).open


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("week", week(closes_0_1="")),
        ("week", week(on_holidays="own")),
        ("week", week(holds_from="2020-01-01")),
        ("week", week(stop_admitting_minutes="-5")),
        ("week", {}),
        ("except", {"first": "2026-11-26", "last": "2026-11-25"}),
        ("except", {"first": "2026-11-25", "last": "2026-11-25", "opens": "10:00"}),
        ("except", {"first": "2026-11-25", "last": "2029-11-25"}),
        ("except", {"first": "\x00", "last": "x" * 5000}),
    ],
)
def test_what_makes_no_sense_is_said_and_not_saved(
    coordinator: Client, service: Service, verb: str, fields: dict[str, str]
) -> None:
    response = coordinator.post(url(service, verb), fields)
    assert response.status_code == 422
    assert "Nothing is saved yet" in response.content.decode()
    assert OpeningRule.objects.count() == 7
    assert OpeningException.objects.count() == 0


@pytest.mark.parametrize("role", ["counsellor", "supervisor"])
def test_other_roles_neither_see_nor_change_hours(service: Service, role: str) -> None:
    client = signed_in_client(make_staff(service.organisation, role))
    assert client.get("/desk/hours").status_code == 403
    assert client.post(url(service, "week"), week()).status_code == 403


def test_a_coordinator_of_another_organisation_changes_nothing_here(service: Service) -> None:
    neighbour = make_organisation(service.organisation.centre)
    client = signed_in_client(make_staff(neighbour, "coordinator"))
    assert client.get(url(service)).status_code == 403
    assert client.post(url(service, "except"), {"first": "2026-11-25", "last": "2026-11-25"}).status_code == 403
    assert "Every day" not in client.get("/desk/hours").content.decode()


def test_another_centre_does_not_find_the_service_at_all(service: Service) -> None:
    other = make_organisation(make_centre(host="other.example"))
    client = signed_in_client(make_staff(other, "coordinator"), host="other.example")
    assert client.get(url(service)).status_code == 404
    exception = OpeningException.objects.create(
        service=service, channel="chat", first=MONDAY.date(), last=MONDAY.date()
    )
    assert client.post(f"/desk/hours/exceptions/{exception.pk}/remove").status_code == 404
    assert OpeningException.objects.exists()
