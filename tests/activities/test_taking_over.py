"""A held event becomes an activity, with those counted who were ticked."""

import datetime as dt
import re

import pytest

from havn.activities.models import Activity, Group
from havn.activities.taking_over import group_of
from havn.common.clock import now
from havn.events import api as events
from havn.tenancy.models import Centre
from tests.activities.factories import client_of
from tests.events.factories import make_event, register
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
PAST = dt.datetime(2023, 2, 7, 23, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("audiences", "group"),
    [
        (("parents-carers",), Group.PARENTS),
        (("ngos", "industry"), Group.ORGANISATIONS),
        (("parents-carers", "teachers-professionals"), Group.MIXED),
        (("a-word-of-tomorrow",), Group.MIXED),
        ((), Group.MIXED),
    ],
)
def test_whom_an_event_was_for_becomes_one_group_or_none(audiences: tuple[str, ...], group: Group) -> None:
    assert group_of(audiences) == group


def test_only_held_events_of_the_centre_itself_are_offered(centre: Centre) -> None:
    held = make_event(centre, starts_at=PAST, title="Held", visibility="members")
    make_event(centre, title="To come")
    make_event(centre, starts_at=PAST, title="Never public", state="draft")
    make_event(centre, starts_at=PAST, title="Called off", state="cancelled")
    make_event(make_centre(host="other.example"), starts_at=PAST, title="Elsewhere")
    assert [event.number for event in events.held_events(centre)] == [held.pk]
    html = client_of(centre).get("/en/desk/activities/events").content.decode()
    assert "Held" in html
    for title in ("To come", "Never public", "Called off", "Elsewhere"):
        assert title not in html


def test_taking_over_counts_who_came_and_happens_once(centre: Centre) -> None:
    event = make_event(centre, starts_at=now() + dt.timedelta(days=1), audiences=["parents-carers"], place="Oslo")
    guests = [register(event, name) for name in ("Kari", "Ola", "Siri")]
    event.registrations.filter(pk__in=[guest.pk for guest in guests[:2]]).update(attended=True)
    event.starts_at, event.ends_at = PAST, PAST + dt.timedelta(hours=2)
    event.save()
    client = client_of(centre)
    address = f"/en/desk/activities/new?event={event.pk}"
    response = client.get(address)
    html = response.content.decode()
    # Half past midnight on the organiser's clocks.
    assert html.count('value="2023-02-08"') == 2
    posted = _as_shown(html)
    assert (posted["reach-0-group"], posted["reach-0-number"], posted["reach-0-basis"]) == ("parents", "2", "counted")
    assert posted["evidence-0-thing"] == f"event:{event.pk}"
    assert client.post(address, posted).status_code == 302
    activity = Activity.objects.get()
    assert (activity.kind, activity.title, activity.place) == ("event", event.title, "Oslo")
    assert activity.reach.get().number == 2
    assert f"/en/desk/events/{event.pk}/results" in client.get(f"/en/desk/activities/{activity.pk}").content.decode()
    assert f"/en/desk/activities/{activity.pk}" in client.get("/en/desk/activities/events").content.decode()
    # A second time it would count the same people twice.
    assert client.post(address, posted).status_code == 409
    assert Activity.objects.count() == 1
    # What is there may be saved again.
    edit = f"/en/desk/activities/{activity.pk}/edit"
    assert client.post(edit, _as_shown(client.get(edit).content.decode())).status_code == 302


def test_nobody_ticked_means_no_number(centre: Centre) -> None:
    event = make_event(centre, starts_at=PAST)
    html = client_of(centre).get(f"/en/desk/activities/new?event={event.pk}").content.decode()
    assert _as_shown(html)["reach-INITIAL_FORMS"] == "0"


@pytest.mark.parametrize("number", ["x", "0", "-1", "99999999999999999999", "²"])
def test_an_event_that_there_is_not(centre: Centre, number: str) -> None:
    assert client_of(centre).get(f"/en/desk/activities/new?event={number}").status_code == 404


def test_an_event_that_is_gone_leaves_its_name(centre: Centre) -> None:
    event = make_event(centre, starts_at=PAST, title="A morning for parents")
    client = client_of(centre)
    posted = _as_shown(client.get(f"/en/desk/activities/new?event={event.pk}").content.decode())
    client.post("/en/desk/activities/new", posted)
    event.delete()
    activity = Activity.objects.get()
    html = client.get(f"/en/desk/activities/{activity.pk}").content.decode()
    assert "A morning for parents" in html
    assert "/desk/events/" not in html
    edit = f"/en/desk/activities/{activity.pk}/edit"
    assert client.post(edit, _as_shown(client.get(edit).content.decode())).status_code == 302


def _as_shown(html: str) -> dict[str, str]:
    """The fields of the form as a browser would send them."""
    form = html.split('<form class="stack activity-edit"')[1].split("</form>")[0]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        told = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if told.get("type") != "checkbox" or " checked" in tag:
            found[told["name"]] = told.get("value", "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*(.*?)</textarea>', form, re.S):
        found[name] = text
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)"[^>]* selected', options)
        first = re.search(r'<option value="([^"]*)"', options)
        assert first
        found[name] = (chosen or first)[1]
    return found
