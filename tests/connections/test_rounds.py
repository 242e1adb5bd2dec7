"""Rounds by software: what a key of a centre reads, keeps and sends in, and what it never may."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from havn.audit.models import Entry
from havn.config.uploads import FORM, upload_at
from havn.connections.models import ApiKey
from havn.forms.models import FormVersion
from havn.rounds.actions.review import ask_back
from havn.rounds.api import LARGEST_DOCUMENT
from havn.rounds.models import AnswerFile, Assignment, Draft
from havn.statistics.rules.periods import before
from havn.tenancy.models import Centre
from tests.connections.factories import bearer, make_key
from tests.rounds.conftest import finland, network, norway, version  # noqa: F401 - the centres and the form
from tests.rounds.factories import GOOD, QUARTER, ask, assignment_of, client_of, member, send, take
from tests.rounds.pdfs import changed, pdf, script
from tests.tenancy.factories import make_service

pytestmark = pytest.mark.django_db
PLENTY = {"total": 90, "by_channel": {"chat": {"contacts": 90}}}


@pytest.fixture
def assignment(network: Centre, norway: Centre, version: FormVersion) -> Assignment:  # noqa: F811
    take(ask(network, version, norway, period=before(QUARTER)), norway)
    return assignment_of(ask(network, version, norway), norway)


@pytest.fixture
def token(assignment: Assignment) -> str:
    return make_key(assignment.centre, "rounds")


def call(method: str, path: str, token: str, body: Any = None) -> Any:
    sent = body if isinstance(body, str) else json.dumps(body)
    return Client().generic(
        method, f"/api/v1/{path}", "" if body is None else sent, content_type="application/json", headers=bearer(token)
    )


def test_a_system_answers_from_the_list_to_sending_in(assignment: Assignment, token: str) -> None:
    listed = call("GET", "rounds", token).json()["rounds"]
    assert listed[0]["id"] == assignment.pk
    assert (listed[0]["form"], listed[0]["state"], listed[0]["revision"]) == ("small_quarter", "open", None)
    path = f"rounds/{assignment.pk}"
    told = call("GET", path, token)
    assert told["Cache-Control"] == "no-store"
    assert (told.json()["version"], told.json()["definition"]["key"]) == (0, "small_quarter")
    kept = call("POST", f"{path}/answers", token, {"version": 0, "answers": {**PLENTY, "stranger": 1, "reach": "many"}})
    assert kept.status_code == 200
    assert [(row["path"], row["level"]) for row in kept.json()["faults"]] == [("total", "warning"), ("reach", "error")]
    assert Draft.objects.get(assignment=assignment).answers == {**PLENTY, "reach": "many"}
    refused = call("POST", f"{path}/submit", token, {"version": 1})
    assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")
    assert {row["path"] for row in refused.json()["faults"]} == {"total", "reach"}
    call("POST", f"{path}/answers", token, {"version": 1, "answers": PLENTY})
    assert call("POST", f"{path}/submit", token, {"version": 2}).json()["faults"][0]["explain"] == "steady"
    sent = call("POST", f"{path}/submit", token, {"version": 2, "explained": {"steady": "A campaign."}})
    assert (sent.status_code, sent.json()) == (200, {"revision": 1})
    assignment.refresh_from_db()
    prefix = ApiKey.objects.get().prefix
    assert assignment.state == "submitted"
    assert [(row.move, row.by_key, row.by) for row in assignment.events.all()] == [
        ("begin", prefix, None), ("submit", prefix, None)
    ]  # fmt: skip
    again = call("POST", f"{path}/answers", token, {"version": 3, "answers": GOOD})
    assert (again.status_code, again.json()["code"]) == (409, "not-possible")


def test_what_is_asked_back_is_read_and_answered(network: Centre, assignment: Assignment, token: str) -> None:  # noqa: F811
    send(assignment)
    ask_back(
        actor=member(network, "coordinator"), assignment_id=assignment.pk, revision=1, questions={"total": "Really?"}
    )  # fmt: skip
    told = call("GET", f"rounds/{assignment.pk}", token).json()
    assert (told["state"], told["asked_back"]) == ("query", {"total": "Really?"})


def test_somebody_elses_change_is_not_replaced_unseen(assignment: Assignment, token: str) -> None:
    call("POST", f"rounds/{assignment.pk}/answers", token, {"version": 0, "answers": GOOD})
    late = call("POST", f"rounds/{assignment.pk}/answers", token, {"version": 0, "answers": PLENTY})
    assert (late.status_code, late.json()["code"]) == (409, "not-possible")
    assert Draft.objects.get(assignment=assignment).answers == GOOD


def test_a_key_reads_and_writes_for_its_own_centre_alone(
    network: Centre, norway: Centre, finland: Centre, version: FormVersion, token: str  # noqa: F811
) -> None:  # fmt: skip
    other = assignment_of(ask(network, version, finland), finland)
    for method, path, body in (
        ("GET", f"rounds/{other.pk}", None),
        ("POST", f"rounds/{other.pk}/answers", {"version": 0, "answers": GOOD}),
        ("POST", f"rounds/{other.pk}/submit", {"version": 0}),
        ("GET", f"rounds/{2**70}", None),
        ("GET", "rounds/0", None),
    ):
        answer = call(method, path, token, body)
        assert answer.status_code in (404, 422) and answer["Content-Type"] == "application/problem+json"
    assert all(row["id"] != other.pk for row in call("GET", "rounds", token).json()["rounds"])
    assert not Draft.objects.filter(assignment=other).exists()


def test_other_keys_open_no_round(assignment: Assignment) -> None:
    centre = assignment.centre
    service = make_service(centre=centre)
    for token, status in (
        ("", 401), (make_key(centre, "statistics", "mail"), 403), (make_key(centre, "rounds", service=service), 403),
    ):  # fmt: skip
        for method, path, body in (
            ("GET", "rounds", None),
            ("GET", f"rounds/{assignment.pk}", None),
            ("POST", f"rounds/{assignment.pk}/answers", {"version": 0, "answers": GOOD}),
            ("POST", f"rounds/{assignment.pk}/submit", {"version": 0}),
        ):
            assert call(method, path, token, body).status_code == status
    assert not Draft.objects.filter(assignment=assignment).exists()


@pytest.mark.parametrize(
    "body",
    ["{", "[]", "null", {"version": -1, "answers": {}}, {"version": 2**70, "answers": {}}, {"answers": {}},
     {"version": 0, "answers": []}],
)  # fmt: skip
def test_what_can_not_be_read_is_a_problem_and_keeps_nothing(assignment: Assignment, token: str, body: Any) -> None:
    answer = call("POST", f"rounds/{assignment.pk}/answers", token, body)
    assert answer.status_code in (400, 422) and answer["Content-Type"] == "application/problem+json"
    assert not Draft.objects.filter(assignment=assignment).exists()


@pytest.mark.parametrize(
    "answers",
    [{"total": {"a": []}}, {"by_channel": 3}, {"cases": "x"}, {"total": "a\u0000b"}, {"why": "a\ud800b"},
     {"total": "\ud800"}, {"cases": [{"what": "\udfff", "\ud800": 1}]}],
)  # fmt: skip
def test_answers_of_another_shape_are_kept_and_told_as_faults(
    assignment: Assignment, token: str, answers: dict[str, Any]
) -> None:
    answer = call("POST", f"rounds/{assignment.pk}/answers", token, {"version": 0, "answers": answers})
    assert answer.status_code in (200, 422)
    assert call("GET", f"rounds/{assignment.pk}", token).status_code == 200
    page = client_of(assignment.centre).get(f"/en/desk/rounds/answers/{assignment.pk}")
    assert page.status_code == 200


def test_half_a_letter_in_an_explanation_is_left_out(assignment: Assignment, token: str) -> None:
    path = f"rounds/{assignment.pk}"
    call("POST", f"{path}/answers", token, {"version": 0, "answers": PLENTY})
    sent = call("POST", f"{path}/submit", token, {"version": 1, "explained": {"steady": "A \ud800campaign."}})
    assert sent.status_code == 200
    assert assignment.submissions.get().explained == {"steady": "A campaign."}
    page = client_of(assignment.centre).get(f"/en/desk/rounds/answers/{assignment.pk}/read")
    assert page.status_code == 200


def test_answers_longer_than_any_form_are_refused(assignment: Assignment, token: str) -> None:
    body = {"version": 0, "answers": {"cases": [{}] * 100_000}}
    answer = call("POST", f"rounds/{assignment.pk}/answers", token, body)
    assert (answer.status_code, answer.json()["code"]) == (409, "not-possible")
    assert not Draft.objects.filter(assignment=assignment).exists()


def test_other_methods_are_refused_with_those_it_takes(assignment: Assignment, token: str) -> None:
    answer = call("DELETE", f"rounds/{assignment.pk}", token)
    assert (answer.status_code, answer["Allow"]) == (405, "GET")


def send_file(path: str, token: str, **fields: Any) -> Any:
    return Client().post(f"/api/v1/{path}", fields, headers=bearer(token))


def test_a_document_is_put_in_its_place_and_taken_out(assignment: Assignment, token: str) -> None:
    path = f"rounds/{assignment.pk}"
    call("POST", f"{path}/answers", token, {"version": 0, "answers": {**PLENTY, "cases": [{"what": "A"}]}})
    given = SimpleUploadedFile("../a report.pdf", pdf())
    put = send_file(f"{path}/documents", token, question="proof", version="1", document=given)
    assert (put.status_code, put["Cache-Control"], put.json()["version"]) == (200, "no-store", 2)
    given.seek(0)
    put = send_file(f"{path}/documents", token, question="cases.0.paper", version="2", document=given)
    assert put.status_code == 200
    told = call("GET", path, token).json()["answers"]
    kept = AnswerFile.objects.get(ref=told["proof"]["ref"])
    assert (kept.name, bytes(kept.content), kept.made_by) == ("a report.pdf", pdf(), None)
    assert told["cases"][0]["paper"]["size"] == len(pdf())
    call("POST", f"{path}/answers", token, {"version": 3, "answers": {"total": 1}})
    told = call("GET", path, token).json()["answers"]
    assert told["proof"]["ref"] == kept.ref and told["cases"][0]["paper"]
    gone = send_file(f"{path}/documents", token, question="proof", version="4")
    assert gone.status_code == 200 and "proof" not in call("GET", path, token).json()["answers"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"question": "total"}, "No question at this place takes a document."),
        ({"question": "cases.9.paper"}, "keep the row first"),
        ({"question": "proof\0"}, "No question"),
        ({"version": "0"}, "Somebody changed the answers meanwhile."),
        ({"document": SimpleUploadedFile("a.pdf", b"MZ")}, "Send a PDF"),
        ({"document": SimpleUploadedFile("a.pdf", pdf() + b" " * 200_000)}, "larger than"),
        ({"document": SimpleUploadedFile("a.pdf", changed(script))}, "does something by itself"),
        ({"document": SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF")}, "can't be read. Save it again"),
    ],
)
def test_what_is_no_document_or_has_no_place_is_refused(
    assignment: Assignment, token: str, fields: dict[str, Any], said: str
) -> None:
    call("POST", f"rounds/{assignment.pk}/answers", token, {"version": 0, "answers": PLENTY})
    sent = {"question": "proof", "version": "1", "document": SimpleUploadedFile("a.pdf", pdf()), **fields}
    answer = send_file(f"rounds/{assignment.pk}/documents", token, **sent)
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert said in answer.json()["detail"]
    assert not AnswerFile.objects.exists() and Draft.objects.get(assignment=assignment).answers == PLENTY


def test_documents_want_a_key_of_the_centre_and_fields(
    network: Centre, finland: Centre, version: FormVersion, assignment: Assignment, token: str  # noqa: F811
) -> None:  # fmt: skip
    other = assignment_of(ask(network, version, finland), finland)
    path = f"rounds/{assignment.pk}/documents"
    for address, key, fields, status in (
        (path, "", {"question": "proof", "version": "0"}, 401),
        (path, make_key(assignment.centre, "statistics"), {"question": "proof", "version": "0"}, 403),
        (f"rounds/{other.pk}/documents", token, {"question": "proof", "version": "0"}, 404),
        (path, token, {"question": "proof", "version": "-1"}, 422),
        (path, token, {"version": "0"}, 422),
    ):
        given = {**fields, "document": SimpleUploadedFile("a.pdf", pdf())}
        assert send_file(address, key, **given).status_code == status
    assert not AnswerFile.objects.exists()


def test_the_trail_names_the_key(assignment: Assignment, token: str) -> None:
    call("POST", f"rounds/{assignment.pk}/answers", token, {"version": 0, "answers": GOOD})
    assert call("POST", f"rounds/{assignment.pk}/submit", token, {"version": 1}).status_code == 200
    prefix = ApiKey.objects.get().prefix
    owner = assignment.round.owner_id
    for centre_id in (assignment.centre_id, owner):
        rows = Entry.objects.filter(centre_id=centre_id, subject=f"assignment:{assignment.pk}", actor_id=None)
        assert {row.action for row in rows} == {"rounds.begun", "rounds.sent_in"}
        assert all(json.loads(row.codes)["key"] == prefix for row in rows)


def test_the_front_door_lets_answers_and_documents_of_systems_through() -> None:
    upload = upload_at("/api/v1/rounds/12/documents")
    assert upload.raw and upload.files and upload.longest > LARGEST_DOCUMENT
    assert upload_at("/api/v1/openings").longest == FORM
