"""The trail on the screen: for whom, of which centre, in whose words and whose time."""

import pytest
import time_machine
from django.urls import reverse

from havn.accounts import actions
from havn.audit import api as audit
from havn.audit.queries import PAGE
from havn.tenancy.models import Centre
from tests.accounts.factories import make_centre, make_staff, signed_in_client

pytestmark = pytest.mark.django_db


def test_it_names_people_organisations_and_roles_in_the_centres_time(centre: Centre) -> None:
    with time_machine.travel("2026-07-01T10:00:00+00:00", tick=False):
        actor = make_staff(centre, "coordinator", name="Lars Invented")
        member = make_staff(centre, name="Amina Invented")
        organisation = centre.organisations.get()
        actions.change_roles(actor=actor, member=member, organisation=organisation, roles=["supervisor"])
        page = signed_in_client(actor).get(reverse("accounts:trail"), {"action": "accounts.role.given"})
    row = page.context["rows"][0]
    assert row["who"] == "Lars Invented"
    assert row["about"] == "Amina Invented"
    assert row["codes"] == f"{organisation.name}, Supervisor"
    assert "2026-07-01 12:00:00" in page.content.decode()


def test_it_shows_nothing_of_another_centre(centre: Centre) -> None:
    other = make_centre(host="elsewhere.example")
    audit.record(centre_id=other.pk, action="marker.elsewhere")
    page = signed_in_client(make_staff(centre, "coordinator")).get(reverse("accounts:trail")).content.decode()
    assert "marker.elsewhere" not in page


def test_it_goes_on_page_by_page(centre: Centre) -> None:
    client = signed_in_client(make_staff(centre, "administrator"))
    for number in range(PAGE + 3):
        audit.record(centre_id=centre.pk, action="helpline.turn.taken", subject=f"conversation:{number}")
    first = client.get(reverse("accounts:trail"), {"action": "helpline.turn.taken"})
    assert len(first.context["rows"]) == PAGE
    second = client.get(reverse("accounts:trail") + "?" + first.context["older"])
    assert [row["about"] for row in second.context["rows"]] == ["conversation 2", "conversation 1", "conversation 0"]
    assert not second.context["older"]


@pytest.mark.parametrize("typed", ["", "x", "-1", "99999999999999999999999", "١٢", "1.5"])
def test_odd_places_and_actions_do_no_harm(centre: Centre, typed: str) -> None:
    client = signed_in_client(make_staff(centre, "coordinator"))
    assert client.get(reverse("accounts:trail"), {"before": typed, "action": typed}).status_code == 200
