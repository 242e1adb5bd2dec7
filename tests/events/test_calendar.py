"""The calendar files, read back by a parser that did not write them."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.test import Client

from havn.common.clock import now
from havn.events import actions
from havn.events.models import Event
from havn.events.zones import component_of
from havn.mail.sealing import Content
from havn.tasks.api import run_due
from havn.tenancy.models import Centre
from tests.events.factories import HOUR, JOINING, editor_of, make_event, own_page, register

pytestmark = pytest.mark.django_db


def read(content: bytes) -> Any:
    """By vobject, which would otherwise take a zone of the same name from the file that it read before."""
    assert b"\r\n" in content
    vobject.icalendar.__dict__["__tzidMap"].clear()
    return vobject.readOne(content.decode())


def file_of(client: Client, event: Event) -> Any:
    response = client.get(f"/en/events/{event.slug}/event.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{event.slug}.ics"'
    return read(response.content)


def test_a_file_says_when_on_the_organisers_clocks_with_the_zone_in_it(centre: Centre, anyone: Client) -> None:
    starts = dt.datetime(2030, 7, 5, 12, tzinfo=dt.UTC)
    event = make_event(centre, starts_at=starts, place="Storgata 1, Oslo", title="Trygg på nett; for alle, \\ her")
    calendar = file_of(anyone, event)
    found = calendar.vevent
    assert found.dtstart.value == starts
    assert found.dtstart.value.hour == 14
    assert found.dtend.value == starts + HOUR
    assert calendar.vtimezone.tzid.value == "Europe/Oslo"
    assert found.uid.value == event.uid
    assert found.sequence.value == "0"
    assert found.status.value == "CONFIRMED"
    assert found.summary.value == event.title
    assert found.location.value == "Storgata 1, Oslo, and online"
    assert found.url.value == f"http://testserver/en/events/{event.slug}"


def test_a_change_keeps_the_uid_and_raises_the_sequence(centre: Centre, anyone: Client) -> None:
    event = make_event(centre)
    before = file_of(anyone, event).vevent
    event.starts_at += HOUR
    event.ends_at += HOUR
    actions.save_event(actor=editor_of(centre), event=event)
    after = file_of(anyone, event).vevent
    assert after.uid.value == before.uid.value
    assert (before.sequence.value, after.sequence.value) == ("0", "1")
    event.kept_days = 30
    actions.save_event(actor=editor_of(centre), event=event)
    assert file_of(anyone, event).vevent.sequence.value == "1", "nothing that a calendar shows"


def test_a_cancelled_event_is_cancelled_in_calendars_too(centre: Centre, anyone: Client) -> None:
    event = make_event(centre)
    actions.cancel_event(actor=editor_of(centre), event=event, because="")
    found = file_of(anyone, event).vevent
    assert (found.status.value, found.sequence.value) == ("CANCELLED", "1")


def test_the_feed_holds_what_is_public_from_ninety_days_back(centre: Centre, network: Centre, anyone: Client) -> None:
    for days in (-200, -30, 10):
        make_event(centre, starts_at=now() + dt.timedelta(days=days), title=f"In {days} days")
    make_event(network, title="Of the network", zone="Europe/Brussels")
    make_event(centre, title="Called off", state="cancelled")
    make_event(centre, title="Secret", visibility="members")
    calendar = read(anyone.get("/en/events.ics").content)
    statuses = {found.summary.value: found.status.value for found in calendar.vevent_list}
    confirmed = dict.fromkeys(("In -30 days", "In 10 days", "Of the network"), "CONFIRMED")
    assert statuses == {**confirmed, "Called off": "CANCELLED"}
    assert {zone.tzid.value for zone in calendar.vtimezone_list} == {"Europe/Oslo", "Europe/Brussels"}
    assert calendar.x_wr_calname.value == centre.name


def test_the_feed_of_a_centre_without_events_is_a_calendar_too(centre: Centre, anyone: Client) -> None:
    assert read(anyone.get("/en/events.ics").content).version.value == "2.0"


def test_ones_own_file_holds_how_to_join(centre: Centre, anyone: Client) -> None:
    registration = register(make_event(centre))
    found = read(anyone.get(own_page(registration) + "/event.ics").content).vevent
    assert JOINING in found.description.value


def test_letters_on_a_change_and_a_cancellation_carry_the_new_file_once(
    centre: Centre, letters: Callable[..., list[Content]]
) -> None:
    event = make_event(centre, capacity=1)
    register(event, "Kari")
    register(event, "Ola")
    editor = editor_of(centre)
    event.place = "Oslo"
    actions.save_event(actor=editor, event=event)
    run_due()
    actions.tell_change.call(event.pk)
    changed = {letter.to: letter for letter in letters("events.changed")}
    assert len(letters("events.changed")) == 2
    assert "Oslo, and online" in changed["kari@example.org"].text
    assert JOINING not in changed["ola@example.org"].text
    assert read(changed["kari@example.org"].calendar or b"").vevent.sequence.value == "1"
    actions.cancel_event(actor=editor, event=event, because="The speaker is ill.")
    run_due()
    cancelled = letters("events.cancelled")
    assert {letter.to for letter in cancelled} == {"kari@example.org", "ola@example.org"}
    assert all("The speaker is ill." in letter.text and JOINING not in letter.text for letter in cancelled)
    calendar = next(letter.calendar for letter in cancelled if letter.to == "kari@example.org")
    assert read(calendar or b"").vevent.status.value == "CANCELLED"


def test_a_change_that_nobody_needs_a_letter_for_sends_none(
    centre: Centre, letters: Callable[..., list[Content]]
) -> None:
    event = make_event(centre)
    registration = register(event)
    event.summary = "Said better."
    actions.save_event(actor=editor_of(centre), event=event)
    run_due()
    assert not letters("events.changed")
    registration.refresh_from_db()
    assert registration.told == 1


@pytest.mark.parametrize(
    ("zone", "observances"),
    [
        ("Europe/Oslo", {"DAYLIGHT", "STANDARD"}),
        ("Europe/Dublin", {"DAYLIGHT", "STANDARD"}),
        ("Atlantic/Reykjavik", {"STANDARD"}),
    ],
)
def test_a_zone_is_read_as_the_system_knows_it(zone: str, observances: set[str]) -> None:
    first = dt.datetime(2030, 1, 5, tzinfo=dt.UTC)
    component = component_of(zone, first, first + dt.timedelta(days=300))
    assert {part.name for part in component.subcomponents} == observances
    body = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + component.to_ical().decode() + "END:VCALENDAR\r\n"
    parsed = read(body.encode()).vtimezone.tzinfo
    for days in range(0, 300, 5):
        moment = (first + dt.timedelta(days=days, hours=12)).astimezone(ZoneInfo(zone))
        assert moment.replace(tzinfo=parsed).utcoffset() == moment.utcoffset()
