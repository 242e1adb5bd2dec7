"""Which line now: what is certain first, what is not said as such, and nobody is sent away."""

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from havn.centres.models import ContactPoint
from havn.directory.queries import whole_directory
from tests.directory.factories import MORNING, confirm, make_country, make_line, make_way
from tests.tenancy.factories import make_centre, make_organisation, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _morning(time_machine: Any) -> None:
    make_centre()
    time_machine.move_to(MORNING, tick=False)


def page(client: Client, asked: str = "") -> str:
    answer = client.get(f"/directory{asked}")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def names(text: str) -> list[str]:
    return [name.strip() for name in re.findall(r'class="line__name"[^>]*>([^<]+)<', text)]


def test_a_confirmed_open_line_stands_first_and_says_who_confirmed_it(client: Client) -> None:
    poland = make_country()
    old = make_line(poland, "Another")
    make_way(old, rule="24/7", number="116 123")
    sure = make_line(poland, "Telefon", languages=["pl"])
    make_way(sure, rule="Mo-Fr 09:00-17:00", number="116 111")
    confirm(sure, MORNING)
    text = page(client, "?language=pl")
    assert names(text) == ["Telefon", "Another"]
    assert "Open now, until 17:00" in text
    assert "Confirmed by Those of Telefon on 25 November 2026." in text
    assert "Open day and night, as far as we know" in text
    assert "Nobody has confirmed this yet. Call and see." in text
    assert text.index("Open now</h2>") < text.index("Probably open now</h2>")


def test_the_number_is_one_press_away(client: Client) -> None:
    entry = make_line(make_country())
    make_way(entry, number="116 111")
    make_way(entry, "text", number="+48 601 100 100")
    make_way(entry, "mail", email="pomoc@line.example")
    make_way(entry, "chat", url="https://chat.line.example/")
    text = page(client)
    for link in ("tel:116111", "sms:+48601100100", "mailto:pomoc@line.example", "https://chat.line.example/"):
        assert f'href="{link}"' in text
    assert "Nobody takes calls at this number." in text


def test_a_demo_calls_nobody_and_says_why(client: Client, settings: Any) -> None:
    entry = make_line(make_country())
    make_way(entry, number="116 111")
    make_way(entry, "mail", email="pomoc@line.example")
    make_way(entry, "whatsapp", number="900 116 117")
    settings.DEMO = True
    text = page(client)
    assert "116 111" in text
    assert not re.search(r'href="(?:tel|sms|mailto|https://wa\.me)', text)
    assert "nothing here calls or writes to them" in text


def test_the_wish_narrows_and_what_is_unknown_stays(client: Client) -> None:
    poland = make_country()
    for name, facts in {
        "For parents": {"audiences": ["parents"]},
        "For anybody": {"audiences": []},
        "On scams": {"audiences": ["children"], "topics": ["scams"]},
    }.items():
        make_way(make_line(poland, name, **facts), number="116 111")
    make_way(make_line(make_country("DE", "Europe/Berlin"), "Telefon"), number="116 111")
    assert set(names(page(client, "?country=PL&for=children&about=hate"))) == {"For anybody"}
    assert names(page(client, "?country=PL&for=children&about=scams")) == ["On scams", "For anybody"]
    assert names(page(client, "?language=de")) == ["Telefon"]


def test_hours_known_only_in_words_are_shown_as_words_and_never_as_open(client: Client) -> None:
    from havn.directory.models import PublishedHours

    point = make_way(make_line(make_country()), number="116 111")
    PublishedHours.objects.create(point=point, words="14:00–22:00, days not stated")
    text = page(client)
    assert "Only this is known: 14:00–22:00, days not stated" in text
    assert "We don't know when it is open." in text
    assert "Open" not in "".join(re.findall(r"way__now\">([^<]*)", text))


def test_a_closed_line_says_when_it_opens_on_its_own_clock(client: Client) -> None:
    entry = make_line(make_country("FI", "Europe/Helsinki"))
    make_way(entry, rule="Mo-Su 17:00-20:00", number="116 111")
    text = page(client, "?country=FI")
    assert "Opens today at 17:00, as far as we know" in text
    assert "Times are those of the clock in Finland." in text


def test_a_line_that_nobody_told_how_to_reach_is_never_open(client: Client) -> None:
    make_way(make_line(make_country()), rule="24/7")
    text = page(client)
    assert "Probably open now" not in text
    assert "We don't know the number or address." in text


def test_several_ways_of_which_nothing_is_known_are_one_line(client: Client) -> None:
    entry = make_line(make_country())
    make_way(entry, number="116 111")
    for channel in ("chat", "forum"):
        make_way(entry, channel=channel)
    text = page(client)
    assert text.count("We don't know the number") == 1
    assert "We don't know the numbers or addresses of these." in text
    assert "Call " in text


def test_a_country_without_a_line_leads_on_and_keeps_its_emergency_number(client: Client) -> None:
    make_country("GB", "Europe/London", emergency_number="999")
    text = page(client, "?country=GB")
    assert "We know of no helpline that fits all of this" in text
    assert 'href="/directory/gb"' in text
    assert 'href="tel:999"' in text


def test_nonsense_in_the_address_counts_as_no_wish(client: Client) -> None:
    make_way(make_line(make_country(), "Telefon"), number="116 111")
    assert names(page(client, "?country=%00&language=<b>&for=dogs&about=")) == ["Telefon"]


def test_a_service_that_runs_here_answers_by_its_own_hours(client: Client) -> None:
    centre = make_centre(host="here.example", country_code="DK")
    service = make_service(make_organisation(centre), always_open=("phone",), name="Ours")
    ContactPoint.objects.filter(service=service).update(number="35 55 55 59")
    text = page(client, "?country=DK")
    assert names(text) == ["Ours"]
    assert "Open day and night, as far as we know" in text


def test_an_ended_service_is_gone(client: Client) -> None:
    entry = make_line(make_country(), "Gone", ended_on=MORNING.date())
    make_way(entry, number="116 111")
    assert names(page(client)) == []


def test_languages_that_nobody_stated_are_said_to_be_assumed(client: Client) -> None:
    make_way(make_line(make_country(), "Telefon"), number="116 111")
    assert "Most likely answers in: Polish. Nobody has told us." in client.get("/directory/pl").content.decode()


@pytest.mark.usefixtures("client")
def test_the_number_of_queries_does_not_grow_with_countries_and_lines() -> None:
    counts = []
    for codes in (("PL", "DE"), ("FI", "SE", "CZ", "FR", "IT")):
        for code in codes:
            centre = make_country(code, "Europe/Berlin")
            for number in range(3):
                entry = make_line(centre, f"Line {number}")
                make_way(entry, rule="24/7", number="116 111")
                confirm(entry, MORNING)
        with CaptureQueriesContext(connection) as asked:
            for entry in whole_directory(MORNING).entries:
                assert entry.line.certain or not entry.points
                assert entry.findings is not None
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 9


def test_no_cookie_and_no_word_of_the_wish_is_kept(client: Client) -> None:
    answer = client.get("/directory?language=pl")
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_first_page_leads_here(client: Client) -> None:
    text = client.get("/").content.decode()
    assert 'href="/directory"' in text
    assert "Other countries and languages" in text
