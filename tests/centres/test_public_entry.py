"""The first page: each door works, and none is dead."""

import datetime as dt
import re
from collections.abc import Iterator
from unittest import mock

import pytest
from django.test import Client

from havn.centres.rules.opening import Staffing
from havn.tenancy.models import Centre, Service
from tests.centres.factories import make_hours, make_point
from tests.tenancy.factories import make_centre, make_organisation, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages() -> Iterator[dict[str, str]]:
    """Which channels have a page of ours, as the helpline would say it; the page on privacy stands in."""
    registered = {"chat": "centres:privacy", "letter": "centres:accessibility"}
    with mock.patch("havn.centres.registry._pages", registered):
        yield registered


@pytest.fixture
def nobody_needed() -> Iterator[None]:
    with mock.patch("havn.centres.registry._staffing", []):
        yield


def at(moment: str) -> "mock._patch[mock.MagicMock]":
    """Move the clock of the public page; UTC, an hour behind Oslo in winter."""
    return mock.patch("havn.centres.views.public_entry.now", return_value=dt.datetime.fromisoformat(moment + "+00:00"))


def helpline(centre: Centre) -> Service:
    return make_service(make_organisation(centre), always_open=(), name="Cross My Heart")


def main_way(html: str) -> str | None:
    found = re.search(r'<a class="ds-button lamp[^>]*href="([^"]*)"', html)
    return found.group(1) if found else None


def test_an_open_chat_is_the_one_obvious_way(client: Client, pages: dict[str, str], nobody_needed: None) -> None:
    service = helpline(make_centre())
    make_point(service, "chat")
    make_hours(service)
    with at("2026-11-23T14:00"):
        html = client.get("/").content.decode()
    assert main_way(html) == "/privacy"
    assert "Open now, until 22:00" in html
    assert html.count("lamp") - html.count("mark__lamp") == 1, "one light on a screen"


def test_a_closed_chat_says_when_it_opens_and_the_letter_takes_its_place(
    client: Client, pages: dict[str, str], nobody_needed: None
) -> None:
    service = helpline(make_centre())
    make_point(service, "chat")
    make_point(service, "letter")
    make_hours(service)
    with at("2026-11-23T08:00"):
        html = client.get("/").content.decode()
    assert main_way(html) == "/accessibility"
    assert "Opens today at 14:00" in html
    assert html.count('href="/privacy"') == 1, "only the footer's; no link to a chat that is closed"


def test_too_few_on_duty_closes_the_door_and_says_so(client: Client, pages: dict[str, str]) -> None:
    service = helpline(make_centre())
    make_point(service, "chat")
    make_point(service, "letter")
    make_hours(service)
    short = mock.patch("havn.centres.registry._staffing", [lambda service_id, now: Staffing(0, 1)])
    with at("2026-11-23T14:00"), short:
        html = client.get("/").content.decode()
    assert main_way(html) == "/accessibility"
    assert "too few of us" in html


def test_a_channel_without_a_page_has_no_door(client: Client, nobody_needed: None) -> None:
    service = helpline(make_centre())
    make_point(service, "chat")
    with mock.patch("havn.centres.registry._pages", {}):
        html = client.get("/").content.decode()
    assert main_way(html) is None
    assert "Chat with" not in html


def test_the_emergency_number_is_there_even_when_nothing_else_is(client: Client) -> None:
    make_centre(emergency_number="113")
    assert 'href="tel:113"' in client.get("/").content.decode()


def test_the_hotline_shows_its_hours_and_its_number(client: Client, nobody_needed: None) -> None:
    police = make_service(make_organisation(make_centre()), always_open=(), kind="hotline", name="Police")
    make_point(police, "phone", number="23 20 80 00")
    make_hours(police, "phone", "08:00", "15:00", range(5))
    with at("2026-11-23T09:00"):
        html = client.get("/").content.decode()
    assert 'href="tel:23208000"' in html
    assert "Monday to Friday 08:00–15:00" in html
    with at("2026-11-28T09:00"):
        closed = client.get("/").content.decode()
    assert "tel:23208000" not in closed
    assert "Opens on Monday at 08:00" in closed
    assert "23 20 80 00" in closed, "the number is still there to note down"


def test_a_demo_is_open_at_all_hours_and_links_to_no_real_number(client: Client, pages: dict[str, str]) -> None:
    service = helpline(make_centre(is_demo=True))
    make_point(service, "chat")
    make_hours(service)
    make_point(service, "phone", number="800 33 321")
    make_point(service, "mail", email="help@real.example")
    nobody = mock.patch("havn.centres.registry._staffing", [lambda service_id, now: Staffing(0, 0)])
    with at("2026-11-23T03:00"), nobody, mock.patch("havn.common.context.settings.DEMO", True):
        html = client.get("/").content.decode()
    assert main_way(html) == "/privacy"
    assert "Open now, at all hours, because this is a demonstration" in html
    assert "For real: Every day 14:00–22:00" in html
    assert "tel:" not in html
    assert "mailto:" not in html
    assert "800 33 321" in html


def test_parents_and_teachers_have_doors_only_when_somebody_answers_them(client: Client) -> None:
    centre = make_centre()
    assert "/for-parents" not in client.get("/").content.decode()
    advice = make_service(make_organisation(centre), always_open=(), audience="parents", name="Parents' advice")
    make_point(advice, "mail", email="parents@centre.example")
    html = client.get("/").content.decode()
    assert 'href="/for-parents"' in html
    assert "/for-teachers" not in html
    assert "mailto:parents@centre.example" not in html, "a child's page has the child's doors"
    assert "mailto:parents@centre.example" in client.get("/for-parents").content.decode()


def test_no_door_leads_to_another_centre(client: Client) -> None:
    make_centre()
    other = make_service(make_organisation(make_centre(host="other.example")), always_open=(), name="Elsewhere")
    make_point(other, "phone", number="55 55 55 55")
    assert "55 55 55 55" not in client.get("/").content.decode()
    assert "55 55 55 55" in client.get("/", HTTP_HOST="other.example").content.decode()


@pytest.mark.parametrize("path", ["/", "/for-parents", "/for-teachers", "/privacy", "/accessibility"])
def test_a_public_page_sets_no_cookie_and_asks_nobody_else(client: Client, path: str) -> None:
    make_centre()
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    loaded = re.findall(r'<(?:link|script|img|use|source|iframe)[^>]*(?:href|src)="([^"]*)"', response.content.decode())
    assert loaded
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)


@pytest.mark.parametrize("path", ["/", "/privacy"])
def test_a_public_page_takes_no_post(client: Client, path: str) -> None:
    make_centre()
    assert client.post(path, {"a": "b"}).status_code == 405


def test_the_first_page_asks_the_database_little(client: Client, django_assert_max_num_queries: object) -> None:
    service = helpline(make_centre())
    for channel in ("chat", "letter"):
        make_point(service, channel)
        make_hours(service, channel)
    client.get("/")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get("/")
