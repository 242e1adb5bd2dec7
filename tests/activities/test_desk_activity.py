"""Record, read, change and delete an activity."""

import re
from typing import Any

import pytest
from django.test import Client

from havn.activities.models import Activity
from havn.audit.models import Entry
from havn.tenancy.models import Centre
from tests.accounts.factories import make_organisation
from tests.activities.factories import client_of, make_activity
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db


def lines(prefix: str, *rows: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    """The fields of the lines of a form."""
    found: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for place, row in enumerate(rows):
        found |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return found


def row(**changes: Any) -> dict[str, Any]:
    return {"group": "teachers", "number": "42", "measure": "participants", "basis": "counted", "how": "", **changes}


def fields(centre: Centre, *reach: dict[str, Any], evidence: tuple[dict[str, Any], ...] = (), **changes: Any) -> Any:
    organisation = centre.organisations.first() or make_organisation(centre)
    values = {
        "organisation": organisation.pk, "kind": "training", "title": "A day for teachers", "text": "Three lessons.",
        "starts_on": "2023-02-07", "ends_on": "2023-02-08", "place": "Oslo", "region": "Viken",
        "topics": ["cyberbullying"], "countries": ["NO"], "hours": "12.5", "cost": "300",
        **lines("reach", *reach), **lines("evidence", *evidence),
    }  # fmt: skip
    return {**values, **changes}


@pytest.mark.parametrize("role", ["editor", "publisher", "coordinator"])
def test_a_writer_records_an_activity_with_numbers_and_evidence(centre: Centre, role: str) -> None:
    client = client_of(centre, role)
    posted = fields(
        centre, row(), row(group="public", measure="views", number="9000", basis="platform", how="The player"), {},
        evidence=({"label": "The programme", "url": "https://files.example/programme.pdf", "thing": ""},),
    )  # fmt: skip
    assert client.post("/en/desk/activities/new", posted).status_code == 302
    activity = Activity.objects.get()
    assert (str(activity.hours), str(activity.cost), activity.topics) == ("12.50", "300.00", ["cyberbullying"])
    assert list(activity.reach.values_list("number", "basis")) == [(42, "counted"), (9000, "platform")]
    html = client.get(f"/en/desk/activities/{activity.pk}").content.decode()
    for words in ("42 participants", "9,000 views", "Platform statistic", "The player", "12.5", "€300.00", "Viken",
                  "https://files.example/programme.pdf", "7 February 2023 to 8 February 2023", "Norway"):  # fmt: skip
        assert words in html
    assert activity.recorded_by and activity.recorded_by.name in html
    assert Entry.objects.filter(action="activities.recorded", subject=f"activity:{activity.pk}").count() == 1


def test_a_last_day_that_is_not_given_is_the_first(centre: Centre) -> None:
    client_of(centre).post("/en/desk/activities/new", fields(centre, ends_on=""))
    activity = Activity.objects.get()
    assert activity.ends_on == activity.starts_on


@pytest.mark.parametrize(
    "changes",
    [
        {"ends_on": "2023-02-06"},
        {"starts_on": "soon"},
        {"starts_on": "0203-02-07"},
        {"kind": "party"},
        {"kind": ""},
        {"title": ""},
        {"title": "Two\nlines"},
        {"hours": "-1"},
        {"hours": "NaN"},
        {"cost": "1e99"},
        {"topics": ["no-such-topic"]},
        {"countries": ["XX"]},
        {"reach-TOTAL_FORMS": "x"},
        {"evidence-TOTAL_FORMS": "500"},
        lines("reach", row(basis="estimate")),
        lines("reach", row(number="")),
        lines("reach", row(number="-4")),
        lines("reach", row(number="1000000000001")),
        lines("reach", row(group="")),
        lines("evidence", {"label": "x", "url": "http://plain.example/", "thing": ""}),
        lines("evidence", {"label": "x", "url": "javascript:alert(1)", "thing": ""}),
        lines("evidence", {"label": "x", "url": "", "thing": ""}),
        lines("evidence", {"label": "x", "url": "", "thing": "event:99"}),
        lines("evidence", {"label": "", "url": "https://a.example/", "thing": ""}),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_saved(centre: Centre, changes: dict[str, Any]) -> None:
    response = client_of(centre).post("/en/desk/activities/new", fields(centre, **changes))
    assert response.status_code == 422
    html = response.content.decode()
    assert "Nothing is saved yet" in html
    assert "Three lessons." in html
    assert not Activity.objects.exists()


def test_a_changed_activity_has_the_lines_of_the_form_and_no_others(centre: Centre) -> None:
    client, activity = client_of(centre), make_activity(centre, ("parents", "participants", 5, "counted"))
    address = f"/en/desk/activities/{activity.pk}/edit"
    html = client.get(address).content.decode()
    assert re.search(r'name="reach-0-number"[^>]*value="5"|value="5"[^>]*name="reach-0-number"', html)
    stays = row(group="parents", number="7")
    posted = fields(centre) | lines("reach", {**row(), "DELETE": "on"}, stays, initial=1)
    assert client.post(address, posted | {"more": "1"}).headers["Location"].endswith(address)
    assert list(activity.reach.values_list("group", "number")) == [("parents", 7)]
    activity.refresh_from_db()
    assert (activity.title, activity.recorded_by, activity.changed_by is None) == ("A day for teachers", None, False)


def test_deleting_is_asked_once(centre: Centre) -> None:
    client, activity = client_of(centre), make_activity(centre)
    assert "cannot be taken back" in client.get(f"/en/desk/activities/{activity.pk}/delete").content.decode()
    assert Activity.objects.exists()
    assert client.post(f"/en/desk/activities/{activity.pk}/delete").status_code == 302
    assert not Activity.objects.exists()
    assert Entry.objects.filter(action="activities.deleted", subject=f"activity:{activity.pk}").exists()


def test_the_form_says_that_nothing_about_single_persons_belongs_there(centre: Centre) -> None:
    html = client_of(centre).get("/en/desk/activities/new").content.decode()
    assert "Nothing about single persons" in html
    assert "Sums only, never single persons." in html


def test_a_topic_that_the_vocabulary_let_go_stays_chosen(centre: Centre) -> None:
    activity = make_activity(centre, topics=["an-older-word"])
    assert "an-older-word" in client_of(centre).get(f"/en/desk/activities/{activity.pk}/edit").content.decode()


def test_an_administrator_reads_and_writes_nothing(centre: Centre) -> None:
    client, activity = client_of(centre, "administrator"), make_activity(centre)
    html = client.get(f"/en/desk/activities/{activity.pk}").content.decode()
    assert activity.title in html
    assert "/edit" not in html
    for part in ("new", "events", f"{activity.pk}/edit", f"{activity.pk}/delete"):
        assert client.get(f"/en/desk/activities/{part}").status_code == 403
        assert client.post(f"/en/desk/activities/{part}").status_code == 403


@pytest.mark.parametrize("role", ["counsellor", "supervisor"])
def test_other_roles_open_nothing_of_it(centre: Centre, role: str) -> None:
    client, activity = client_of(centre, role), make_activity(centre)
    for part in ("", ".csv", f"/{activity.pk}", "/reports"):
        assert client.get(f"/en/desk/activities{part}").status_code == 403


def test_another_centre_finds_nothing_of_it(centre: Centre, anyone: Client) -> None:
    activity = make_activity(centre)
    client = client_of(make_centre(host="other.example"))
    for part in ("", "/edit", "/delete"):
        assert client.get(f"/en/desk/activities/{activity.pk}{part}").status_code == 404
    assert client.post(f"/en/desk/activities/{activity.pk}/delete").status_code == 404
    assert anyone.get(f"/en/desk/activities/{activity.pk}").status_code == 302


def test_an_organisation_of_another_centre_did_nothing_here(centre: Centre) -> None:
    other = make_organisation(make_centre(host="other.example"))
    response = client_of(centre).post("/en/desk/activities/new", fields(centre, organisation=other.pk))
    assert response.status_code == 422
