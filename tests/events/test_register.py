"""Registering, from the form to the letter."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test import Client

from havn.common.clock import now
from havn.common.errors import Refused
from havn.events.models import Event, Registration
from havn.mail.sealing import Content
from havn.tenancy.models import Centre
from tests.events.factories import JOINING, make_event, register, token_of
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
Letters = Callable[..., list[Content]]
FORM = {"name": "Kari Nordmann", "email": "kari@example.org"}


def path(event: Event) -> str:
    return f"/en/events/{event.slug}/register"


def test_whoever_registers_gets_a_letter_with_link_joining_information_and_calendar_file(
    centre: Centre, anyone: Client, letters: Letters
) -> None:
    event = make_event(centre, payment_note="200 kr to account 1234")
    response = anyone.post(path(event), FORM)
    assert (response.status_code, response.headers["Location"]) == (302, f"/en/events/{event.slug}/registered")
    registration = Registration.objects.get()
    (letter,) = letters()
    assert letter.to == "kari@example.org"
    assert letter.subject == f"You have a place: {event.title}"
    assert f"http://testserver/en/events/registration/{token_of(registration)}" in letter.text
    assert JOINING in letter.text
    assert registration.reference in letter.text
    assert letter.calendar is not None
    assert JOINING in letter.calendar.decode().replace("\r\n ", "")


def test_registering_sets_no_cookie(centre: Centre, anyone: Client) -> None:
    event = make_event(centre)
    anyone.get(path(event))
    anyone.post(path(event), FORM)
    anyone.get(f"/en/events/{event.slug}/registered")
    assert not anyone.cookies


def test_what_is_wrong_is_said_and_what_was_typed_stays(centre: Centre, anyone: Client) -> None:
    event = make_event(centre, asks=["access"])
    response = anyone.post(path(event), {"name": "Kari", "email": "kari at example", "access": "A ramp, please"})
    html = response.content.decode()
    assert response.status_code == 422
    assert 'role="alert"' in html
    assert 'value="kari at example"' in html
    assert "A ramp, please</textarea>" in html
    assert 'aria-invalid="true"' in html
    assert not Registration.objects.exists()


@pytest.mark.parametrize("name", ["Kari\nBcc: x@example.org", "\x00", " ", "x" * 101])
def test_a_name_is_one_line(centre: Centre, anyone: Client, name: str) -> None:
    assert anyone.post(path(make_event(centre)), {**FORM, "name": name}).status_code == 422


def test_only_what_the_organiser_asks_is_asked_and_kept(centre: Centre, anyone: Client, letters: Letters) -> None:
    html = anyone.get(path(make_event(centre))).content.decode()
    assert 'name="organisation"' not in html
    assert 'name="access"' not in html
    event = make_event(centre, asks=["organisation", "note"])
    html = anyone.get(path(event)).content.decode()
    assert 'name="organisation"' in html
    assert 'name="note"' in html
    assert 'name="centre"' not in html


def test_a_robot_that_fills_the_hidden_field_registers_nobody(centre: Centre, anyone: Client, letters: Letters) -> None:
    event = make_event(centre)
    response = anyone.post(path(event), {**FORM, "website": "https://spam.example"})
    assert response.headers["Location"] == f"/en/events/{event.slug}/registered"
    assert not Registration.objects.exists()
    assert not letters()


def test_a_form_of_another_site_is_refused(centre: Centre) -> None:
    event = make_event(centre)
    elsewhere = Client(headers={"host": "testserver", "origin": "https://elsewhere.example"})
    assert elsewhere.post(path(event), FORM).status_code == 403
    silent = Client(headers={"host": "testserver"})
    assert silent.post(path(event), FORM).status_code == 403
    assert not Registration.objects.exists()


def test_an_old_browser_that_tells_no_origin_registers_with_the_token_of_the_form(centre: Centre) -> None:
    event = make_event(centre)
    silent = Client(headers={"host": "testserver"})
    token = silent.get(path(event)).context["form_token"]
    assert silent.post(path(event), {**FORM, "form_token": token}).status_code == 302
    assert Registration.objects.exists()


def test_the_same_address_twice_keeps_one_place_gets_its_link_again_and_sees_the_same_page(
    centre: Centre, anyone: Client, letters: Letters
) -> None:
    event = make_event(centre)
    first = anyone.post(path(event), FORM)
    with time_machine.travel(now() + dt.timedelta(minutes=20)):
        second = anyone.post(path(event), {**FORM, "email": "KARI@example.org", "name": "Somebody else"})
    assert first.headers["Location"] == second.headers["Location"]
    registration = Registration.objects.get()
    (again,) = letters("events.link-again")
    assert again.to == "kari@example.org"
    assert token_of(registration) in again.text
    assert "Somebody else" not in again.text


def test_whoever_types_an_address_again_and_again_floods_nobody(
    centre: Centre, anyone: Client, letters: Letters
) -> None:
    event = make_event(centre)
    for minutes in (0, 1, 2, 20, 21, 40):
        with time_machine.travel(now() + dt.timedelta(minutes=minutes)):
            assert anyone.post(path(event), FORM).status_code == 302
    assert len(letters("events.link-again")) == 2


def test_when_all_places_are_taken_one_waits_and_learns_nothing_about_joining(
    centre: Centre, anyone: Client, letters: Letters
) -> None:
    event = make_event(centre, capacity=1)
    register(event, "Ola")
    anyone.post(path(event), FORM)
    assert Registration.objects.get(number=2).state == "waiting"
    (letter,) = letters("events.waiting")
    assert JOINING not in letter.text
    assert letter.calendar is None
    assert "1 wait now" in anyone.get(f"/en/events/{event.slug}").content.decode()


def test_without_a_waiting_list_a_full_event_takes_nobody(centre: Centre, anyone: Client) -> None:
    event = make_event(centre, capacity=1, has_waiting_list=False)
    register(event, "Ola")
    response = anyone.post(path(event), FORM)
    assert response.status_code == 409
    assert "This event is full." in response.content.decode()
    assert 'value="Kari Nordmann"' in response.content.decode()
    assert "is full" in anyone.get(f"/en/events/{event.slug}").content.decode()


def test_a_quota_lets_one_person_from_each_centre_come(network: Centre, anyone: Client) -> None:
    event = make_event(network, per_centre=1, asks=["centre"])
    norway, denmark = make_centre(host=None, country_code="NO"), make_centre(host=None, country_code="DK")
    assert register(event, "Kari", from_centre=norway).state == "confirmed"
    assert register(event, "Ola", from_centre=norway).state == "waiting"
    assert register(event, "Mette", from_centre=denmark).state == "confirmed"


def test_an_event_with_a_quota_asks_the_centre(network: Centre) -> None:
    event = make_event(network, per_centre=1, asks=["centre"])
    norway = make_centre(host=None, country_code="NO", name="Trygg")
    client = Client(headers={"host": "network.example", "origin": "http://network.example"})
    assert "Norway: Trygg" in client.get(path(event)).content.decode()
    assert client.post(path(event), FORM).status_code == 422
    assert client.post(path(event), {**FORM, "centre": str(norway.pk)}).status_code == 302
    assert Registration.objects.get().from_centre == norway


def test_after_close_of_business_nobody_registers(centre: Centre, anyone: Client) -> None:
    event = make_event(centre, deadline=now().date() - dt.timedelta(days=1))
    assert anyone.get(path(event)).status_code == 302
    response = anyone.post(path(event), FORM)
    assert response.status_code == 409
    assert "Registration is closed." in response.content.decode()


@pytest.mark.parametrize("fields", [{"state": "cancelled"}, {"takes_registrations": False}])
def test_nobody_registers_where_nothing_is_taken(centre: Centre, fields: dict[str, object]) -> None:
    with pytest.raises(Refused):
        register(make_event(centre, **fields))


def test_a_draft_takes_nobody(centre: Centre) -> None:
    with pytest.raises(Event.DoesNotExist):
        register(make_event(centre, state="draft"))


def test_no_word_of_a_person_and_no_link_lies_open_in_the_database(centre: Centre) -> None:
    event = make_event(centre)
    registration = register(event, "Kari", organisation="Skolen", access="Tegnspråk", note="Hei")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM events_registration")
        row = repr([bytes(x) if isinstance(x, memoryview) else x for x in cursor.fetchone()])
    for word in ("Kari", "kari@", "Skolen", "Tegnspr", "Hei", token_of(registration)):
        assert word not in row


def test_letters_are_in_the_language_in_which_somebody_registered(
    centre: Centre, anyone: Client, letters: Letters
) -> None:
    event = make_event(centre)
    anyone.post(f"/nb/events/{event.slug}/register", FORM)
    (letter,) = letters()
    assert "http://testserver/nb/events/registration/" in letter.text
    assert letter.subject != f"You have a place: {event.title}"
