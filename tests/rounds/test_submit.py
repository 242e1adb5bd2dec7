"""Looking once more, explaining, sending in."""

from typing import Any

import pytest

from havn.common.errors import Refused
from havn.forms.models import FormVersion
from havn.rounds import by_software
from havn.rounds.actions.drafts import explain
from havn.rounds.models import Assignment, Draft
from havn.rounds.permissions import Key
from havn.rounds.views import submit as submit_view
from havn.statistics.rules.periods import before
from havn.tenancy.models import Centre
from tests.rounds.factories import GOOD, QUARTER, ask, assignment_of, client_of, member, send, take, write

pytestmark = pytest.mark.django_db
PLENTY: dict[str, Any] = {"total": 90, "by_channel": {"chat": {"contacts": 90}}}


@pytest.fixture
def assignment(network: Centre, norway: Centre, version: FormVersion) -> Assignment:
    take(ask(network, version, norway, period=before(QUARTER)), norway)
    return assignment_of(ask(network, version, norway), norway)


def address(assignment: Assignment, part: str = "/send") -> str:
    return f"/en/desk/rounds/answers/{assignment.pk}{part}"


def seen(assignment: Assignment) -> int:
    return Draft.objects.get(assignment=assignment).version


def test_errors_stop_it_and_lead_to_their_questions(assignment: Assignment) -> None:
    write(assignment, {"total": 40, "by_channel": {"chat": {"contacts": 39}}})
    client = client_of(assignment.centre)
    html = client.get(address(assignment)).content.decode()
    assert "The channels must add up to the contacts." in html
    assert f'href="{address(assignment, "")}#q-by_channel"' in html
    assert ">Send in</button>" not in html
    assert client.post(address(assignment), {"seen": seen(assignment)}).status_code == 422
    assignment.refresh_from_db()
    assert assignment.state == "draft"


def test_a_warning_wants_a_sentence_and_keeps_what_was_said(assignment: Assignment) -> None:
    write(assignment, PLENTY)
    client = client_of(assignment.centre)
    assert "More than twice as many as last quarter." in client.get(address(assignment)).content.decode()
    page = client.post(address(assignment), {"seen": seen(assignment), "why-steady": " "})
    assert page.status_code == 422 and "Explain this in a sentence." in page.content.decode()
    answer = client.post(
        address(assignment), {"seen": seen(assignment), "why-steady": "A campaign.", "words": "All checked."}
    )  # fmt: skip
    assert answer.headers["Location"].endswith("/read")
    sent = assignment.submissions.get()
    assert (sent.explained, sent.values, sent.revision) == ({"steady": "A campaign."}, {"double": 180}, 1)
    html = client.get(address(assignment, "/read")).content.decode()
    assert "A campaign." in html and "All checked." in html and "More than twice as many" in html


def test_sentences_stay_while_an_error_is_put_right(assignment: Assignment) -> None:
    write(assignment, {"total": 90, "by_channel": {"chat": {"contacts": 9}}})
    client = client_of(assignment.centre)
    client.post(address(assignment), {"seen": seen(assignment), "why-steady": "A campaign."})
    write(assignment, PLENTY)
    assert "A campaign.</textarea>" in client.get(address(assignment)).content.decode()


def test_a_colleague_who_changes_it_meanwhile_stops_the_press(assignment: Assignment) -> None:
    write(assignment)
    client, opened = client_of(assignment.centre), seen(assignment)
    write(assignment, {**GOOD, "why": "New"}, member(assignment.centre))
    page = client.post(address(assignment), {"seen": opened}, follow=True).content.decode()
    assert "Somebody changed the answers meanwhile." in page
    assert not assignment.submissions.exists()
    assert Draft.objects.get(assignment=assignment).answers["why"] == "New"
    client.post(address(assignment), {"seen": seen(assignment)})
    assert assignment.submissions.get().answers["why"] == "New"


def test_nothing_answered_is_not_sent(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    assert client.post(address(assignment), {"seen": "0"}).status_code == 422
    assert client.post(address(assignment), {"seen": "x" * 50}).status_code == 422


def test_it_is_taken_back_by_a_press(assignment: Assignment) -> None:
    send(assignment)
    client = client_of(assignment.centre)
    assert "Take it back to change it" in client.get(address(assignment, "/read")).content.decode()
    assert client.post(address(assignment, "/take-back")).status_code == 302
    assignment.refresh_from_db()
    assert assignment.state == "draft"
    assert client.post(address(assignment, "/take-back")).status_code == 409


def test_a_colleague_who_saves_between_reading_and_the_press_loses_nothing(
    assignment: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(assignment, PLENTY)
    client, opened = client_of(assignment.centre), seen(assignment)
    colleague = member(assignment.centre)
    real = explain

    def late(**fields: Any) -> Draft:
        write(assignment, {**PLENTY, "why": "New"}, colleague)
        return real(**fields)

    monkeypatch.setattr(submit_view, "explain", late)
    page = client.post(address(assignment), {"seen": opened, "why-steady": "A campaign."})
    assert page.status_code == 409 and "A campaign.</textarea>" in page.content.decode()
    assert Draft.objects.get(assignment=assignment).answers["why"] == "New"
    assert not assignment.submissions.exists()


def test_a_system_sends_only_the_version_that_it_names(assignment: Assignment) -> None:
    write(assignment, {**GOOD, "why": "New"})
    key = Key("abcdefgh", assignment.centre_id)
    for wrong in (seen(assignment) - 1, seen(assignment) + 1):
        with pytest.raises(Refused, match="meanwhile"):
            by_software.submit(key, assignment.centre, assignment.pk, wrong, {})
    assert by_software.submit(key, assignment.centre, assignment.pk, seen(assignment), {}).revision == 1


@pytest.mark.parametrize("bad", [float("nan"), [[[[[[[[[["x"]]]]]]]]]]])
def test_a_system_that_sends_no_answers_is_told(assignment: Assignment, bad: Any) -> None:
    write(assignment)
    key = Key("abcdefgh", assignment.centre_id)
    with pytest.raises(Refused, match="no form"):
        by_software.keep(key, assignment.centre, assignment.pk, {"why": bad}, seen(assignment))
    by_software.keep(key, assignment.centre, assignment.pk, {**GOOD, "why": "a\0b"}, seen(assignment))
    assert Draft.objects.get(assignment=assignment).answers["why"] == "ab"
