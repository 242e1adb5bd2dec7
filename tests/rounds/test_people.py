"""Who answers for a centre: taken over, or named by who leads."""

import pytest

from havn.forms.models import FormVersion
from havn.rounds.models import Assignment
from havn.tenancy.models import Centre
from tests.rounds.factories import ask, assignment_of, client_of, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(network: Centre, norway: Centre, version: FormVersion) -> Assignment:
    return assignment_of(ask(network, version, norway), norway)


def address(assignment: Assignment, part: str = "") -> str:
    return f"/en/desk/rounds/answers/{assignment.pk}{part}"


def test_who_is_responsible_and_who_in_their_place(assignment: Assignment) -> None:
    officer, other = member(assignment.centre), member(assignment.centre, "coordinator")
    client = client_of(assignment.centre, user=officer)
    client.post(address(assignment, "/people"), {"alternate": str(other.pk)})
    assignment.refresh_from_db()
    assert (assignment.responsible, assignment.alternate) == (officer, other)
    client_of(assignment.centre, user=other).post(address(assignment, "/people"), {"alternate": ""})
    assignment.refresh_from_db()
    assert (assignment.responsible, assignment.alternate) == (other, officer)
    client.post(address(assignment, "/people"), {"alternate": "999999999999999999999"})
    assignment.refresh_from_db()
    assert assignment.responsible == officer


def test_a_coordinator_of_the_centre_and_whoever_runs_the_round_name_who_answers(
    network: Centre, finland: Centre, assignment: Assignment
) -> None:
    officer, other = member(assignment.centre), member(assignment.centre, "coordinator")
    stranger = member(finland)
    at = address(assignment, "/people")

    def named() -> tuple[object, object]:
        assignment.refresh_from_db()
        return assignment.responsible, assignment.alternate

    leader, runner = client_of(assignment.centre, user=other), client_of(network)
    html = leader.get(address(assignment)).content.decode()
    assert 'name="responsible"' in html and officer.name in html
    leader.post(at, {"responsible": str(officer.pk), "alternate": str(other.pk)})
    assert named() == (officer, other)
    assert 'name="responsible"' in runner.get(address(assignment, "/read")).content.decode()
    runner.post(at, {"responsible": str(other.pk), "alternate": str(other.pk)})
    assert named() == (other, None)
    for wrong in (str(stranger.pk), "x", "0", "9" * 30):
        page = leader.post(at, {"responsible": wrong, "alternate": str(officer.pk)})
        assert page.status_code == 422 and f'<option value="{officer.pk}" selected>' in page.content.decode()
        assert "Choose somebody who may answer here." in page.content.decode() and named() == (other, None)
    mine = client_of(assignment.centre, user=officer)
    assert 'name="responsible"' not in mine.get(address(assignment)).content.decode()
    assert mine.post(at, {"responsible": str(officer.pk), "alternate": ""}).status_code == 403
    assert runner.post(at, {"alternate": ""}).status_code == 403
    leader.post(at, {"responsible": "", "alternate": ""})
    assert named() == (None, None)
