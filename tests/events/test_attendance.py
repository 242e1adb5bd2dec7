"""Who comes: the list, the ticks, the table, the results."""

import csv
import io

import pytest

from havn.audit.models import Entry
from havn.events import actions, queries
from havn.events.models import Feedback
from havn.tenancy.models import Centre
from tests.events.factories import editor_of, editors_client, make_event, register
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db


def test_the_list_shows_who_has_a_place_and_who_waits(centre: Centre) -> None:
    event = make_event(centre, capacity=1)
    register(event, "Kari", access="Tegnspråktolk")
    register(event, "Ola")
    html = editors_client(centre).get(f"/en/desk/events/{event.pk}/registrations").content.decode()
    assert html.index("Kari") < html.index("In the waiting list") < html.index("Ola")
    assert "Tegnspråktolk" in html


def test_ticks_are_kept_and_can_be_taken_back(centre: Centre) -> None:
    event = make_event(centre, capacity=2)
    kari, ola, per = (register(event, name) for name in ("Kari", "Ola", "Per"))
    client = editors_client(centre)
    address = f"/en/desk/events/{event.pk}/attendance"
    client.post(address, {"came": [str(kari.pk), str(ola.pk), str(per.pk), "x", "9" * 30]})
    assert queries.tally_of(event).attended == 2, "whoever waits has no place to come to"
    client.post(address, {"came": [str(ola.pk)]})
    assert list(event.registrations.filter(attended=True)) == [ola]
    assert Entry.objects.filter(action="events.attendance.ticked").count() == 2


def test_ticks_reach_no_other_event(centre: Centre) -> None:
    event, other = make_event(centre), make_event(centre)
    elsewhere = register(other, "Ola")
    editors_client(centre).post(f"/en/desk/events/{event.pk}/attendance", {"came": [str(elsewhere.pk)]})
    elsewhere.refresh_from_db()
    assert not elsewhere.attended


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing(centre: Centre) -> None:
    event = make_event(centre)
    norway = make_centre(host=None, name="Norway's centre")
    register(event, "=HYPERLINK(1)", email="kari@example.org", organisation="+47, Skolen", from_centre=norway)
    response = editors_client(centre).get(f"/en/desk/events/{event.pk}/registrations.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{event.slug}.csv"'
    head, row = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert head[:4] == ["Number", "State", "Name", "E-mail"]
    assert row[:6] == ["1", "Has a place", "'=HYPERLINK(1)", "kari@example.org", "'+47, Skolen", "Norway's centre"]
    assert Entry.objects.get(action="events.people.exported").subject == f"event:{event.pk}"


def test_results_show_counts_and_what_people_thought(centre: Centre) -> None:
    event = make_event(centre)
    actions.tick_attendance(
        actor=editor_of(centre), event=event, came=[register(event, name).pk for name in ("Kari", "Ola")]
    )
    for rating, words in ((5, "The examples"), (4, "")):
        Feedback.objects.create(event=event, rating=rating, answer_one=words)
    html = editors_client(centre).get(f"/en/desk/events/{event.pk}/results").content.decode()
    assert "2 answers, on average 4.5 of 5." in html
    assert "The examples" in html
    assert "came: 2" in html
