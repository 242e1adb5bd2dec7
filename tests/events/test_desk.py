"""The organiser writes, publishes, changes and cancels."""

import datetime as dt
from typing import Any
from unittest import mock

import pytest
from django.test import Client

from havn.audit.models import Entry
from havn.events.models import Event
from havn.tenancy.models import Centre
from tests.accounts.factories import make_organisation, make_staff, signed_in_client
from tests.events.factories import editors_client, make_event, register
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db


def fields(centre: Centre, **changes: Any) -> dict[str, Any]:
    organisation = centre.organisations.first() or make_organisation(centre)
    values = {
        "organisation": organisation.pk, "title": "Safer Internet Day", "summary": "A webinar.", "text": "Hello.",
        "language": "en", "languages": ["en", "nb"], "audiences": ["teachers-professionals"], "visibility": "public",
        "zone": "Europe/Oslo", "starts": "2030-02-05T14:00", "ends": "2030-02-05T15:30", "is_online": "on",
        "joining": "https://meet.example/x", "takes_registrations": "on", "asks": ["organisation", "centre"],
        "capacity": "30", "per_centre": "1", "has_waiting_list": "on", "deadline": "2030-02-01",
        "close_of_business": "17:00", "reminder_days": "2", "kept_days": "90",
    }  # fmt: skip
    return {**values, **changes}


@pytest.mark.parametrize("role", ["editor", "publisher", "coordinator"])
def test_an_organiser_writes_an_event_and_publishes_it(centre: Centre, anyone: Client, role: str) -> None:
    client = editors_client(centre, role)
    assert client.post("/en/desk/events/new", fields(centre)).status_code == 302
    event = Event.objects.get()
    assert (event.state, event.slug) == ("draft", "safer-internet-day")
    assert event.starts_at == dt.datetime(2030, 2, 5, 13, tzinfo=dt.UTC)
    assert (event.capacity, event.per_centre, event.asks) == (30, 1, ["organisation", "centre"])
    assert client.post(f"/en/desk/events/{event.pk}/publish").status_code == 302
    assert "Safer Internet Day" in anyone.get("/en/events").content.decode()
    html = anyone.get("/en/events/safer-internet-day").content.decode()
    assert "until Friday 1 February 2030, 17:00" in html
    assert "1 place for each centre" in html
    actions = set(Entry.objects.filter(action__startswith="events.").values_list("action", flat=True))
    assert actions == {"events.saved", "events.published"}


def test_two_events_of_one_title_have_two_addresses(centre: Centre) -> None:
    client = editors_client(centre)
    for _ in range(2):
        client.post("/en/desk/events/new", fields(centre))
    assert set(Event.objects.values_list("slug", flat=True)) == {"safer-internet-day", "safer-internet-day-2"}


@pytest.mark.parametrize(
    "changes",
    [
        {"ends": "2030-02-05T14:00"},
        {"starts": "yesterday"},
        {"is_online": "", "place": ""},
        {"deadline": "2030-02-06"},
        {"asks": ["organisation"]},
        {"capacity": "0"},
        {"capacity": "-1"},
        {"kept_days": "400"},
        {"reminder_days": "90"},
        {"title": "Two\nlines"},
        {"zone": "Moon/Base"},
        {"audiences": ["everyone-else"]},
        {"languages": []},
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_saved(centre: Centre, changes: dict[str, Any]) -> None:
    response = editors_client(centre).post("/en/desk/events/new", fields(centre, **changes))
    assert response.status_code == 422
    assert "Nothing is saved yet" in response.content.decode()
    assert "A webinar." in response.content.decode()
    assert not Event.objects.exists()


def test_an_event_of_another_organisations_centre_cannot_be_written(centre: Centre) -> None:
    other = make_organisation(make_centre(host="other.example"))
    assert editors_client(centre).post("/en/desk/events/new", fields(centre, organisation=other.pk)).status_code == 422


def test_the_form_shows_what_is_saved_on_the_organisers_clocks(centre: Centre) -> None:
    starts = dt.datetime(2030, 7, 5, 12, tzinfo=dt.UTC)
    event = make_event(centre, starts_at=starts, audiences=["an-older-word"])
    html = editors_client(centre).get(f"/en/desk/events/{event.pk}").content.decode()
    assert 'value="2030-07-05T14:00"' in html
    assert "an-older-word" in html


def test_a_published_event_is_withdrawn_only_while_nobody_registered(centre: Centre) -> None:
    client, event = editors_client(centre), make_event(centre)
    register(event)
    assert client.post(f"/en/desk/events/{event.pk}/withdraw").status_code == 409
    event.registrations.all().delete()
    assert client.post(f"/en/desk/events/{event.pk}/withdraw").status_code == 302
    event.refresh_from_db()
    assert event.state == "draft"


def test_cancelling_is_asked_once_with_the_number_of_letters(centre: Centre, anyone: Client) -> None:
    client, event = editors_client(centre), make_event(centre)
    register(event)
    html = client.get(f"/en/desk/events/{event.pk}/cancel").content.decode()
    assert "People with a place: 1" in html
    event.refresh_from_db()
    assert event.state == "published"
    client.post(f"/en/desk/events/{event.pk}/cancel", {"because": "The speaker is ill."})
    assert "The speaker is ill." in anyone.get(f"/en/events/{event.slug}").content.decode()
    assert client.post(f"/en/desk/events/{event.pk}/publish").status_code == 409


def test_what_is_over_is_not_changed_any_more(centre: Centre) -> None:
    event = make_event(centre, starts_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    client = editors_client(centre)
    assert client.post(f"/en/desk/events/{event.pk}", fields(centre)).status_code == 409
    assert client.post(f"/en/desk/events/{event.pk}/cancel", {"because": ""}).status_code == 409


def test_the_list_shows_what_is_to_come_and_what_is_over_of_this_centre(centre: Centre, network: Centre) -> None:
    coming = make_event(centre, state="draft", capacity=20)
    over = make_event(centre, starts_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    theirs = make_event(network)
    html = editors_client(centre).get("/en/desk/events").content.decode()
    assert html.index(coming.title) < html.index(over.title)
    assert "0 / 20" in html
    assert theirs.title not in html


def test_the_list_says_that_letters_reach_nobody_where_e_mail_is_not_set_up(centre: Centre, settings: Any) -> None:
    client = editors_client(centre)
    assert "E-mail is not set up" in client.get("/en/desk/events").content.decode()
    with mock.patch.multiple(settings, EMAIL_HOST="mail.example", DEFAULT_FROM_EMAIL="a@b.example"):
        assert "E-mail is not set up" not in client.get("/en/desk/events").content.decode()


@pytest.mark.parametrize("role", ["counsellor", "supervisor", "administrator"])
def test_other_roles_hold_no_events(centre: Centre, role: str) -> None:
    event = make_event(centre)
    client = signed_in_client(make_staff(event.organisation, role))
    for part in ("", "/registrations", "/registrations.csv", "/results", "/cancel", "/preview"):
        assert client.get(f"/en/desk/events/{event.pk}{part}").status_code == 403
    assert client.post(f"/en/desk/events/{event.pk}/publish").status_code == 403


def test_another_centre_finds_nothing_of_it(centre: Centre) -> None:
    event = make_event(centre)
    client = editors_client(make_centre(host="other.example"))
    for part in ("", "/registrations", "/registrations.csv", "/results", "/cancel"):
        assert client.get(f"/en/desk/events/{event.pk}{part}").status_code == 404
    for verb in ("publish", "withdraw", "cancel", "attendance"):
        assert client.post(f"/en/desk/events/{event.pk}/{verb}").status_code == 404
