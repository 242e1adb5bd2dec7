"""A registration's own page: who opens it, how a place is given up, and how it was."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from havn.common.clock import now
from havn.events.models import Event, Feedback, Registration
from havn.mail.sealing import Content
from havn.tenancy.models import Centre
from tests.events.factories import make_event, own_page, register
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db


def over(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(
        starts_at=now() - dt.timedelta(hours=2), ends_at=now() - dt.timedelta(hours=1)
    )


def test_the_link_opens_ones_own_page_and_another_opens_nothing(centre: Centre, anyone: Client) -> None:
    event = make_event(centre, payment_note="200 kr to account 1234")
    registration = register(event)
    html = anyone.get(own_page(registration)).content.decode()
    assert "You have a place." in html
    assert registration.reference in html
    assert "no-referrer" in anyone.get(own_page(registration)).headers["Referrer-Policy"]
    other = "y" if own_page(registration).endswith("x") else "x"
    assert anyone.get(own_page(registration)[:-1] + other).status_code == 404
    assert anyone.get("/en/events/registration/" + "x" * 2000).status_code == 404


def test_the_link_works_on_the_site_of_its_centre_alone_and_the_networks_on_any(
    centre: Centre, network: Centre, anyone: Client
) -> None:
    make_centre(host="other.example")
    elsewhere = Client(headers={"host": "other.example"})
    assert elsewhere.get(own_page(register(make_event(centre)))).status_code == 404
    assert elsewhere.get(own_page(register(make_event(network)))).status_code == 200


def test_a_place_is_given_up_on_the_page(centre: Centre, anyone: Client, letters: Callable[..., list[Content]]) -> None:
    registration = register(make_event(centre))
    page = own_page(registration)
    assert anyone.post(page + "/cancel").status_code == 302
    html = anyone.get(page).content.decode()
    assert "You are no longer registered" in html
    assert "Kari" not in html
    assert anyone.get(page + "/event.ics").status_code == 404
    assert letters("events.left")


def test_a_place_is_not_given_up_by_a_page_of_another_site_nor_by_opening_a_link(centre: Centre) -> None:
    page = own_page(register(make_event(centre)))
    elsewhere = Client(headers={"host": "testserver", "origin": "https://elsewhere.example"})
    assert elsewhere.post(page + "/cancel").status_code == 403
    assert elsewhere.get(page + "/cancel").status_code == 405
    assert Registration.objects.get().state == "confirmed"


def test_a_place_cannot_be_given_up_once_it_has_begun(centre: Centre, anyone: Client) -> None:
    event = make_event(centre)
    page = own_page(register(event))
    over(event)
    assert anyone.post(page + "/cancel").status_code == 409
    assert "I cannot come" not in anyone.get(page).content.decode()


def test_feedback_is_given_once_after_the_end_and_leads_to_nobody(centre: Centre, anyone: Client) -> None:
    event = make_event(centre)
    page = own_page(register(event))
    answer = {"rating": "4", "answer_one": "The examples", "answer_two": ""}
    assert anyone.post(page + "/feedback", answer).status_code == 409, "not before the end"
    over(event)
    assert "What will you use?" in anyone.get(page).content.decode()
    assert anyone.post(page + "/feedback", answer).status_code == 302
    assert "Thank you for telling us" in anyone.get(page).content.decode()
    assert anyone.post(page + "/feedback", answer).status_code == 409
    kept = Feedback.objects.get()
    assert (kept.rating, kept.answer_one, kept.answer_two) == (4, "The examples", "")
    assert {field.name for field in Feedback._meta.fields} == {"id", "event", "rating", "answer_one", "answer_two"}


@pytest.mark.parametrize("rating", ["", "0", "6", "x"])
def test_a_rating_is_one_to_five_and_words_stay(centre: Centre, anyone: Client, rating: str) -> None:
    event = make_event(centre)
    page = own_page(register(event))
    over(event)
    response = anyone.post(page + "/feedback", {"rating": rating, "answer_one": "The examples"})
    assert response.status_code == 422
    assert "The examples</textarea>" in response.content.decode()
    assert not Feedback.objects.exists()


def test_whoever_only_waited_is_not_asked_how_it_was(centre: Centre, anyone: Client) -> None:
    event = make_event(centre, capacity=1)
    register(event, "Kari")
    page = own_page(register(event, "Ola"))
    over(event)
    assert "Tell us how it was" not in anyone.get(page).content.decode()
    assert anyone.post(page + "/feedback", {"rating": "1"}).status_code == 409
