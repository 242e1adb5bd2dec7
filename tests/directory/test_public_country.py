"""A country's page, the history of its numbers, its card."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from havn.directory.loading import load_directory
from havn.directory.models import Doubt
from havn.tenancy.models import Service
from tests.directory.factories import MORNING, confirm, make_country, make_line, make_way
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _morning(time_machine: Any) -> None:
    make_centre(country_code="NO", slug="norway")
    time_machine.move_to(MORNING, tick=False)


def page(client: Client, path: str) -> str:
    answer = client.get(f"/directory/{path}")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def data_of(text: str) -> list[dict[str, Any]]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    assert found
    graph: list[dict[str, Any]] = json.loads(found[1])["@graph"]
    return graph


def test_every_country_of_the_network_has_its_pages(client: Client) -> None:
    load_directory()
    for code in ("ro", "sk", "ua", "al", "mt", "NO", "gb"):
        for path in (code, f"{code}/history", f"{code}/card"):
            assert client.get(f"/directory/{path}").status_code == 200, path
    assert client.get("/directory/zz").status_code == 404
    assert client.get("/directory/norway").status_code == 404


def test_what_is_unknown_is_said_and_what_is_known_is_offered(client: Client) -> None:
    load_directory()
    slovakia = page(client, "sk")
    assert "A hotline whose name we don't know" in slovakia
    assert "We don't know who runs it." in slovakia
    assert "Sources say different things: older profile" in slovakia
    romania = page(client, "ro")
    assert "We don't know of a helpline here. A source says: only the existence" in romania
    assert "See helplines that answer in English" in romania
    ukraine = page(client, "ua")
    assert "then press 3" in ukraine
    assert "Call and see." in ukraine


def test_the_page_says_since_when_nobody_has_confirmed_it(client: Client) -> None:
    load_directory()
    assert "Nobody has confirmed this since March 2024. Call and see." in page(client, "se")


def test_what_somebody_reported_is_never_repeated_to_the_public(client: Client) -> None:
    entry = make_line(make_country())
    Doubt.objects.create(
        centre=entry.service.organisation.centre,
        service=entry.service,
        kind="reported",
        about="other",
        words="Call Ola instead",
        opened_at=MORNING,
    )
    text = page(client, "pl")
    assert "Somebody told us that something here is wrong." in text
    assert "Ola" not in text


def test_machines_read_hours_only_of_what_is_certain(client: Client) -> None:
    poland = make_country()
    sure, unsure = make_line(poland, "Sure & <b>", languages=["pl"]), make_line(poland, "Unsure")
    for entry in (sure, unsure):
        make_way(entry, rule="Mo-Fr 09:00-17:00", number="116 111")
    confirm(sure, MORNING)
    first, second = data_of(page(client, "pl"))
    assert first["name"] == "Sure & <b>"
    contact = first["availableChannel"][0]["servicePhone"]
    assert contact["telephone"] == "116111"
    assert contact["hoursAvailable"][0] == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": "https://schema.org/Monday",
        "opens": "09:00",
        "closes": "17:00",
    }
    assert "hoursAvailable" not in second["availableChannel"][0]["servicePhone"]
    assert second["description"] == "Nobody has confirmed this yet."


def test_a_demo_gives_machines_no_number_either(client: Client, settings: Any) -> None:
    make_way(make_line(make_country()), number="116 111")
    settings.DEMO = True
    assert "telephone" not in json.dumps(data_of(page(client, "pl")))


def test_a_hotline_says_who_runs_it_and_whether_it_is_in_inhope(client: Client) -> None:
    entry = make_line(make_country(), "Police", kind=Service.Kind.HOTLINE, hotline_kind="police", inhope=False)
    make_way(entry, "report", url="https://report.example/")
    text = page(client, "pl")
    assert "Run by the police" in text
    assert "Not a member of INHOPE" in text
    assert 'href="https://report.example/"' in text
    assert "Never save or send pictures of abuse" in text


def test_the_history_shows_old_numbers_as_old(client: Client) -> None:
    load_directory()
    text = page(client, "fr/history")
    assert "3018" in text
    assert "22 November 2026" in text
    assert "older number 0800 200 000" in text


def test_the_card_carries_numbers_hours_and_a_code_of_the_page(client: Client) -> None:
    entry = make_line(make_country(), "Telefon")
    make_way(entry, rule="24/7", number="116 111", menu="3")
    text = page(client, "pl/card")
    assert "116 111" in text
    assert "then press 3" in text
    assert "Day and night, every day" in text
    assert "<svg" in text
    assert "http://testserver/directory/pl" in text
    assert "call 112" in text
