"""One function says who sees an event; this tries it through every list, page, feed and answer."""

import datetime as dt
import json
from collections.abc import Callable

import pytest
from django.test import Client

from havn.common.clock import now
from havn.events import api, queries
from havn.events.models import Event
from havn.events.queries import Viewer
from havn.tenancy.models import Centre
from tests.accounts.factories import make_organisation, make_staff, signed_in_client
from tests.events.factories import HOUR, JOINING, editors_client, make_event, own_page, register
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
Ask = Callable[[Client, Event], str]


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode().replace("\r\n ", "")


# Every public way to an event. Calendars are unfolded, so that a long title is found.
WAYS: dict[str, Ask] = {
    "list": lambda client, event: text(client, "/en/events"),
    "past": lambda client, event: text(client, "/en/events?when=past"),
    "facets": lambda client, event: text(client, "/en/events?audience=teachers-professionals&language=en"),
    "page": lambda client, event: text(client, f"/en/events/{event.slug}"),
    "file": lambda client, event: text(client, f"/en/events/{event.slug}/event.ics"),
    "form": lambda client, event: text(client, f"/en/events/{event.slug}/register"),
    "registered": lambda client, event: text(client, f"/en/events/{event.slug}/registered"),
    "feed": lambda client, event: text(client, "/en/events.ics"),
}


def ways_to(client: Client, event: Event) -> set[str]:
    """Where the event can be found."""
    return {name for name, ask in WAYS.items() if event.title in ask(client, event)}


def member(centre: Centre) -> Client:
    organisation = centre.organisations.first() or make_organisation(centre)
    return signed_in_client(make_staff(organisation, "counsellor"), host=centre.hosts.get().host)


def titles(invitations: list[api.Invitation]) -> set[str]:
    return {one.title for one in invitations}


def test_a_public_event_is_found_in_every_way(centre: Centre, anyone: Client) -> None:
    event = make_event(centre)
    assert ways_to(anyone, event) == set(WAYS) - {"past"}
    assert titles(api.upcoming_events(centre)) == titles(api.public_events(centre)) == {event.title}


def test_a_past_event_is_found_among_the_past(centre: Centre, anyone: Client) -> None:
    event = make_event(centre, starts_at=now() - dt.timedelta(days=5))
    assert ways_to(anyone, event) == {"past", "page", "file", "registered", "feed"}
    assert not api.upcoming_events(centre)
    assert titles(api.public_events(centre)) == {event.title}


def test_a_draft_is_found_nowhere_not_even_by_its_editor(centre: Centre, anyone: Client) -> None:
    event = make_event(centre, state="draft")
    assert ways_to(anyone, event) == set()
    assert ways_to(editors_client(centre), event) == set()
    assert not api.public_events(centre)


def test_an_editor_sees_a_draft_in_the_preview_and_nobody_else_does(centre: Centre, anyone: Client) -> None:
    event = make_event(centre, state="draft")
    address = f"/en/desk/events/{event.pk}/preview"
    html = text(editors_client(centre), address)
    assert event.title in html
    assert JOINING not in html
    assert anyone.get(address).status_code == 302
    assert member(centre).get(address).status_code == 403
    assert editors_client(make_centre(host="other.example")).get(address).status_code == 404


def test_what_is_for_members_is_found_by_members_alone(centre: Centre, anyone: Client) -> None:
    event = make_event(centre, visibility="members")
    assert ways_to(anyone, event) == set()
    assert ways_to(member(centre), event) == {"list", "facets", "page", "file", "form", "registered"}
    assert not api.upcoming_events(centre)
    assert not api.public_events(centre)


def test_a_member_of_another_centre_is_no_member_here(centre: Centre) -> None:
    event = make_event(centre, visibility="members")
    assert not queries.events_visible_to(Viewer(make_centre(host="other.example"), is_member=True)).exists()
    assert queries.events_visible_to(Viewer(centre, is_member=True)).get() == event


def test_an_event_of_another_country_is_not_found_here(centre: Centre, anyone: Client) -> None:
    event = make_event(make_centre(host="other.example"))
    assert ways_to(anyone, event) == set()
    assert not api.public_events(centre)


def test_the_networks_public_events_are_found_everywhere_and_said_to_be_the_networks(
    centre: Centre, network: Centre, anyone: Client
) -> None:
    event = make_event(network)
    assert ways_to(anyone, event) == set(WAYS) - {"past"}
    assert "From the network: The network" in text(anyone, "/en/events")
    assert "for the whole network" in text(anyone, f"/en/events/{event.slug}")
    (invitation,) = api.upcoming_events(centre)
    assert invitation.from_network
    assert not api.upcoming_events(network)[0].from_network


def test_the_networks_site_shows_no_event_of_a_country(centre: Centre, network: Centre) -> None:
    event = make_event(centre)
    assert ways_to(Client(headers={"host": "network.example"}), event) == set()


def test_a_cancelled_event_says_so_and_is_no_longer_offered(centre: Centre, anyone: Client) -> None:
    event = make_event(centre, state="cancelled", cancelled_because="The speaker is ill.")
    assert "Cancelled" in text(anyone, "/en/events")
    html = text(anyone, f"/en/events/{event.slug}")
    assert "The speaker is ill." in html
    assert "/register" not in html
    assert not api.upcoming_events(centre)


def test_joining_information_stands_on_the_page_of_a_registration_and_nowhere_else(
    centre: Centre, anyone: Client
) -> None:
    event = make_event(centre, capacity=1)
    placed, waiting = register(event, "Kari"), register(event, "Ola")
    for client in (anyone, member(centre), editors_client(centre)):
        for name, ask in WAYS.items():
            assert JOINING not in ask(client, event), name
    assert JOINING not in repr(api.public_events(centre))
    assert JOINING in text(anyone, own_page(placed))
    assert JOINING in text(anyone, own_page(placed) + "/event.ics")
    assert JOINING not in text(anyone, own_page(waiting))
    assert JOINING not in text(anyone, own_page(waiting) + "/event.ics")
    Event.objects.update(state="cancelled")
    assert JOINING not in text(anyone, own_page(placed))
    assert JOINING not in text(anyone, own_page(placed) + "/event.ics")


def test_facets_narrow_the_list_and_keep_what_was_chosen(centre: Centre, anyone: Client) -> None:
    teachers = make_event(centre, languages=["nb"])
    parents = make_event(centre, audiences=["parents-carers"], languages=["en", "nb"])
    html = text(anyone, "/en/events?audience=parents-carers")
    assert parents.title in html
    assert teachers.title not in html
    assert '<option value="parents-carers" selected>' in html
    assert teachers.title not in text(anyone, "/en/events?language=en")
    assert "Nothing fits" in text(anyone, "/en/events?audience=teachers-professionals&language=en")
    assert teachers.title in text(anyone, "/en/events?audience=%00&language=xx"), "what is no facet asks for nothing"


def test_the_page_tells_machines_what_it_tells_people(centre: Centre, anyone: Client) -> None:
    title = "Safer </script><b>Internet</b> & Day"
    event = make_event(centre, title=title, place="Oslo", starts_at=dt.datetime(2030, 2, 5, 13, tzinfo=dt.UTC))
    html = text(anyone, f"/en/events/{event.slug}")
    block = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    data = json.loads(block)
    assert data["name"] == title
    assert data["startDate"] == "2030-02-05T14:00:00+01:00"
    assert data["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert data["organizer"]["name"] == event.organisation.name
    assert [place["@type"] for place in data["location"]] == ["Place", "VirtualLocation"]
    assert "<b>Internet" not in html


def test_times_are_told_on_the_organisers_clocks(centre: Centre, network: Centre, anyone: Client) -> None:
    starts = dt.datetime(2030, 7, 5, 13, tzinfo=dt.UTC)
    make_event(network, zone="Europe/Lisbon", starts_at=starts, ends_at=starts + HOUR)
    assert "Friday 5 July 2030, 14:00–15:00, Lisbon time" in text(anyone, "/en/events")
    assert "Fredag 5. juli 2030, 14:00–15:00" in text(anyone, "/nb/events")
