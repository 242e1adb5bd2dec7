"""The same form as a spreadsheet."""

import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from havn.forms import api as forms
from havn.forms.models import FormVersion
from havn.rounds import sources
from havn.rounds.actions.drafts import save_draft
from havn.rounds.differences import differences
from havn.rounds.models import AnswerFile, Assignment, Draft
from havn.rounds.sources import Found
from havn.tenancy.models import Centre
from tests.rounds.factories import DEFINITION, GOOD, ask, assignment_of, client_of, member, send, write
from tests.rounds.pdfs import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(network: Centre, norway: Centre, version: FormVersion) -> Assignment:
    found = assignment_of(ask(network, version, norway), norway)
    write(found)
    return found


def address(assignment: Assignment, part: str = "/sheet") -> str:
    return f"/en/desk/rounds/answers/{assignment.pk}{part}"


def template(client: Any, assignment: Assignment) -> Any:
    answer = client.get(address(assignment, "/template.xlsx"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return load_workbook(io.BytesIO(answer.content))


def filled(book: Any, old: object, new: object) -> SimpleUploadedFile:
    """The workbook with one answer changed, as a file."""
    [cell] = [cell for page in book for row in page.iter_rows() for cell in row if cell.value == old]
    cell.value = new
    written = io.BytesIO()
    book.save(written)
    return SimpleUploadedFile("filled.xlsx", written.getvalue())


def sent_on(html: str) -> dict[str, str]:
    """The hidden fields of the second press."""
    import html as entities
    import re

    found = {
        name: re.search(rf'name="{name}" value="([^"]*)"', html) for name in ("answers", "seen")
    }  # fmt: skip
    assert all(found.values())
    return {name: entities.unescape(one[1]) for name, one in found.items() if one}


def test_out_in_and_nothing_taken_before_it_was_shown(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    given = filled(template(client, assignment), 15, 17)
    page = client.post(address(assignment), {"file": given})
    html = page.content.decode()
    assert page.status_code == 200 and "Take these answers" in html
    # The channels no longer add up: told with its place, and still to be taken.
    assert "cell D8: The channels must add up to the contacts." in html
    assert Draft.objects.get().answers == GOOD
    assert client.post(address(assignment), sent_on(html)).status_code == 302
    assert Draft.objects.get().answers["by_channel"] == {"phone": {"contacts": 17}, "chat": {"contacts": 25}}


def test_an_unchanged_file_changes_nothing(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    given = filled(template(client, assignment), 15, 15)
    html = client.post(address(assignment), {"file": given}).content.decode()
    assert "the file says what is stored already" in html


def test_a_cell_that_can_not_be_read_stops_it_with_its_place(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    given = filled(template(client, assignment), 15, "=1+1")
    page = client.post(address(assignment), {"file": given})
    assert page.status_code == 422
    assert "cell" in page.content.decode() and "Take these answers" not in page.content.decode()


def test_a_number_out_of_bounds_is_told_and_kept_as_typed(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    html = client.post(address(assignment), {"file": filled(template(client, assignment), 40, -4)}).content.decode()
    assert "Write 0 or more." in html
    client.post(address(assignment), sent_on(html))
    assert Draft.objects.get().answers["total"] == -4


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused(assignment: Assignment, content: bytes) -> None:
    client = client_of(assignment.centre)
    page = client.post(address(assignment), {"file": SimpleUploadedFile("a.xlsx", content)})
    assert page.status_code == 422 and 'role="alert"' in page.content.decode()
    assert client.post(address(assignment), {}).status_code == 422


def test_the_template_of_another_assignment_is_refused(
    network: Centre, norway: Centre, version: FormVersion, assignment: Assignment
) -> None:
    other = assignment_of(ask(network, version, norway), norway)
    client = client_of(norway)
    given = filled(template(client, assignment), 15, 17)
    assert client.post(address(other), {"file": given}).status_code == 422
    assert not Draft.objects.filter(assignment=other).exists()


def test_a_colleague_who_saves_between_the_presses_is_not_overwritten(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    html = client.post(address(assignment), {"file": filled(template(client, assignment), 15, 17)}).content.decode()
    save_draft(actor=member(assignment.centre), assignment_id=assignment.pk, answers={**GOOD, "why": "New"}, seen=None)
    page = client.post(address(assignment), sent_on(html))
    assert page.status_code == 409 and "Somebody changed the answers meanwhile." in page.content.decode()
    assert Draft.objects.get().answers == {**GOOD, "why": "New"}


@pytest.mark.parametrize(
    "sent",
    [
        {"answers": "{", "seen": "1"}, {"answers": "[]", "seen": "1"}, {"answers": "{}", "seen": "-1"},
        {"answers": "{}", "seen": "9" * 30}, {"answers": "1" * 20, "seen": ""},
        {"answers": '{"total": NaN}', "seen": "1"},
        {"answers": '{"why": ' + "[" * 2000 + "]" * 2000 + "}", "seen": "1"},
        {"answers": '{"why": ' + "[" * 50 + "]" * 50 + "}", "seen": "1"},
    ],
)  # fmt: skip
def test_a_second_press_that_makes_no_sense_takes_nothing(assignment: Assignment, sent: dict[str, str]) -> None:
    assert client_of(assignment.centre).post(address(assignment), sent).status_code == 422
    assert Draft.objects.get().answers == GOOD


def test_what_the_form_does_not_ask_is_left_out(assignment: Assignment) -> None:
    sent = {
        "answers": json.dumps({**GOOD, "stranger": 1, "total": 41, "why": "a\0b"}),
        "seen": Draft.objects.get().version,
    }
    assert client_of(assignment.centre).post(address(assignment), sent).status_code == 302
    assert Draft.objects.get().answers == {**GOOD, "total": 41, "why": "ab"}


def test_documents_stay_since_no_sheet_has_them(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    given = SimpleUploadedFile("r.pdf", pdf())
    version = Draft.objects.get().version
    fields = {"q-total": "40", "q-by_channel.phone.contacts": "15", "q-by_channel.chat.contacts": "25"}
    client.post(address(assignment, ""), {"seen": version, "page": "p", "q-proof": given, **fields})
    html = client.post(address(assignment), {"file": filled(template(client, assignment), 15, 17)}).content.decode()
    client.post(address(assignment), sent_on(html))
    assert Draft.objects.get().answers["proof"]["ref"] == AnswerFile.objects.get().ref


def test_the_cell_of_a_document_is_locked_says_where_it_is_sent_and_loses_none(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    fields = {"q-total": "40", "q-by_channel.phone.contacts": "15", "q-by_channel.chat.contacts": "25"}
    rows = {"q-cases.rows": "2", "q-cases.0.what": "First", "q-cases.1.what": "Second"}
    files = {"q-proof": SimpleUploadedFile("r.pdf", pdf()), "q-cases.1.paper": SimpleUploadedFile("second.pdf", pdf())}
    client.post(address(assignment, ""), {"seen": Draft.objects.get().version, "page": "p", **fields, **rows, **files})
    book = template(client, assignment)
    cells = [cell for page in book for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
    said = [cell for cell in cells if "Files are added on the screen" in cell.value]
    assert len(said) == 2 and any(cell.value.startswith("r.pdf\n") for cell in said)
    assert all(cell.protection.locked for cell in (*said, *(one for one in cells if one.value == "second.pdf")))
    [first] = [cell for cell in cells if cell.value == "First"]
    first.value = None
    said[0].value = "another.pdf"
    html = client.post(address(assignment), {"file": filled(book, 15, 17)}).content.decode()
    assert client.post(address(assignment), sent_on(html)).status_code == 302
    answers = Draft.objects.get().answers
    assert answers["proof"]["name"] == "r.pdf"
    assert [(row.get("what"), row.get("paper", {}).get("name")) for row in answers["cases"]] == [
        ("Second", "second.pdf")
    ]
    html = client.post(address(assignment), {"file": filled(template(client, assignment), "Second", None)})
    client.post(address(assignment), sent_on(html.content.decode()))
    assert [row["paper"]["name"] for row in Draft.objects.get().answers["cases"]] == ["second.pdf"]


def test_every_cell_that_changes_is_shown(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    html = client.post(address(assignment), {"file": filled(template(client, assignment), 15, 17)}).content.decode()
    assert '>By channel, Phone, Contacts</th><td data-label="Now">15</td><td data-label="In the file">17</td>' in html
    assert "By channel, Chat" not in html


def test_differences_name_rows_and_choices() -> None:
    definition = forms.parse(DEFINITION)
    old = {"cases": [{"what": "A"}], "total": 1}
    new = {"cases": [{"what": "B"}, {"what": "C"}], "total": 1, "why": "2026-13-40"}
    found = differences(definition, old, new, "en")
    assert [(one["name"], one["was"], one["now"]) for one in found] == [
        ("Case 1, What", "A", "B"), ("Case 2, What", "", "C"), ("What was new", "", "2026-13-40")
    ]  # fmt: skip


def test_figures_of_the_records_are_filled_in_before_the_template_is_taken(
    assignment: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Found(900, "From your activity log.", basis="platform")
    monkeypatch.setattr(sources, "_sources", {})
    sources.register_source(sources.Source("test.reach", lambda: "Reach", lambda centre, period: found))
    client = client_of(assignment.centre)
    assert 'name="fill"' in client.get(address(assignment)).content.decode()
    assert client.post(address(assignment), {"fill": "1"}).status_code == 302
    assert Draft.objects.get().answers["reach"] == 900
    send(assignment, {**GOOD, "reach": 900, "reach.basis": "platform"})
    assert 'name="fill"' not in client.get(address(assignment)).content.decode()
    assert client.post(address(assignment), {"fill": "1"}).status_code == 409


def test_what_was_sent_in_can_be_taken_out_and_not_brought_in(assignment: Assignment) -> None:
    client = client_of(assignment.centre)
    given = filled(template(client, assignment), 15, 17)
    send(assignment)
    assert client.get(address(assignment, "/template.xlsx")).status_code == 200
    assert "Read the file" not in client.get(address(assignment)).content.decode()
    html = client.post(address(assignment), {"file": given}).content.decode()
    assert client.post(address(assignment), sent_on(html)).status_code == 409
