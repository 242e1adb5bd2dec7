"""Reminders by e-mail, and the page where a confirmer without an account answers."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.test import Client

from havn.audit.models import Entry as TrailEntry
from havn.common.clock import now
from havn.config.keeping import nightly
from havn.directory import actions
from havn.directory.models import Confirmation, ConfirmLink, Doubt, Entry
from havn.directory.tasks import remind
from havn.mail.models import LetterOut
from havn.mail.queries import outbox
from havn.tasks.schedule import entries
from havn.tenancy.models import Centre
from tests.directory.factories import confirm, make_country, make_line, make_way
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def network(settings: Any) -> Centre:
    settings.DEMO = True  # letters are kept where a test can read them
    return make_centre(kind=Centre.Kind.NETWORK, country_code="EU", name="The Network", languages=["en"])


@pytest.fixture
def entry() -> Entry:
    found = make_line(make_country(), "Telefon", confirmer_email="kari@line.example")
    make_way(found, rule="24/7", number="116 111")
    return found


def letters(centre: Centre) -> list[Any]:
    return [letter.content for letter in outbox(centre)]


def test_a_confirmer_is_asked_when_the_entry_was_never_confirmed(network: Centre, entry: Entry) -> None:
    assert remind.call() == 1
    (letter,) = letters(network)
    assert letter.to == "kari@line.example"
    assert letter.subject == "Is this still right? Telefon"
    assert "116 111" in letter.text
    assert "http://testserver/en/directory/confirm/" in letter.text


def test_the_reminder_shows_the_differences(network: Centre, entry: Entry) -> None:
    said = {"name": "Old name", "organisation": "Those of Telefon"}
    confirm(entry, now() - 100 * DAY, said=said)
    remind.call()
    text = letters(network)[0].text
    assert "Name: was Old name, is now Telefon" in text
    assert "Organisation" not in text


def test_nobody_is_asked_twice_in_two_weeks_and_nobody_without_need(network: Centre, entry: Entry) -> None:
    fresh = make_line(make_country("DE", "Europe/Berlin"), "Fresh", confirmer_email="ola@line.example")
    confirm(fresh, now() - 5 * DAY)
    assert remind.call() == 1
    assert remind.call() == 0
    Entry.objects.filter(pk=entry.pk).update(reminded_at=now() - 15 * DAY)
    assert remind.call() == 1
    assert {letter.to for letter in letters(network)} == {"kari@line.example"}


def test_an_ageing_entry_is_asked_for_before_it_is_over(network: Centre, entry: Entry) -> None:
    confirm(entry, now() - 70 * DAY)
    assert remind.call() == 1


def test_without_a_way_to_send_nobody_is_asked(entry: Entry) -> None:
    make_centre()
    assert remind.call() == 0
    assert not LetterOut.objects.exists()
    entry.refresh_from_db()
    assert entry.reminded_at is None


def test_the_nightly_list_holds_it() -> None:
    nightly.register()
    assert "directory.remind" in {one.name for one in entries()}


def token_of(entry: Entry) -> str:
    return actions.make_link(service=entry.service)


def test_one_press_without_an_account_confirms(entry: Entry, client: Client) -> None:
    make_centre()
    address = f"/directory/confirm/{token_of(entry)}"
    page = html.unescape(client.get(address).content.decode())
    assert "116 111" in page
    assert "Everything is right" in page
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(address, {"right": "1"})
    assert "The entry is confirmed as it stands." in answer.content.decode()
    assert not answer.cookies
    confirmation = Confirmation.objects.get()
    assert (confirmation.result, confirmation.by, confirmation.by_words) == ("right", None, "Those of Telefon")
    assert "Confirmed by Those of Telefon" in client.get("/directory/pl").content.decode()
    assert TrailEntry.objects.filter(action="directory.entry.confirmed", actor_id=None).count() == 1


def test_what_is_wrong_becomes_a_doubt_for_the_desk_and_changes_nothing(entry: Entry, client: Client) -> None:
    make_centre()
    client.post(f"/directory/confirm/{token_of(entry)}", {"words": "It is 116 123 now."})
    doubt = Doubt.objects.get()
    assert (doubt.kind, doubt.words) == ("reported", "It is 116 123 now.")
    assert Confirmation.objects.get().result == "wrong"
    assert entry.service.contact_points.get().number == "116 111"
    public = client.get("/directory/pl").content.decode()
    assert "116 123" not in public
    assert "something here is wrong" in public


def test_an_empty_answer_asks_again_and_keeps_the_link(entry: Entry, client: Client) -> None:
    make_centre()
    address = f"/directory/confirm/{token_of(entry)}"
    assert client.post(address, {"words": " "}).status_code == 422
    assert client.get(address).status_code == 200


def test_a_link_works_once_ends_and_is_replaced_by_the_next(entry: Entry, client: Client, time_machine: Any) -> None:
    make_centre()
    first = token_of(entry)
    second = token_of(entry)
    assert client.get(f"/directory/confirm/{first}").status_code == 404
    client.post(f"/directory/confirm/{second}", {"right": "1"})
    again = client.post(f"/directory/confirm/{second}", {"right": "1"})
    assert again.status_code == 404
    assert "This link is over" in again.content.decode()
    assert Confirmation.objects.count() == 1
    third = token_of(entry)
    time_machine.move_to(now() + 31 * DAY)
    assert client.get(f"/directory/confirm/{third}").status_code == 404


def test_the_secret_is_stored_only_as_its_hash_and_old_links_are_forgotten(network: Centre, entry: Entry) -> None:
    remind.call()
    found = re.search(r"/confirm/(\S+)", letters(network)[0].text)
    assert found
    row = ConfirmLink.objects.get()
    assert found[1].encode() not in bytes(row.token_hash)
    assert bytes(row.token_hash) == actions.hash_of(found[1])
    ConfirmLink.objects.update(expires_at=now() - 31 * DAY)
    Entry.objects.update(reminded_at=now())
    remind.call()
    assert not ConfirmLink.objects.exists()
