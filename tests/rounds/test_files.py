"""A round as a table, and documents that nobody names any more."""

import csv
import datetime as dt
import io
import zipfile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from havn.audit.models import Entry
from havn.common.clock import now
from havn.common.errors import Refused
from havn.common.keeping import clock_named
from havn.forms.models import FormVersion
from havn.rounds.actions.drafts import save_draft
from havn.rounds.actions.files import keep_file
from havn.rounds.models import AnswerFile
from havn.rounds.rules.documents import NotTaken, kind_of, name_kept
from havn.rounds.tasks import forget_files
from havn.tenancy.models import Centre
from tests.rounds.factories import GOOD, ask, assignment_of, client_of, member, send, take
from tests.rounds.packed import parts_of, text
from tests.rounds.pdfs import pdf

pytestmark = pytest.mark.django_db


def test_a_round_is_taken_out_with_a_line_for_each_answer_and_no_formula(
    network: Centre, norway: Centre, finland: Centre, version: FormVersion
) -> None:
    one = ask(network, version, norway, finland)
    take(one, norway, {**GOOD, "why": "=HYPERLINK(1)", "reach": 3, "reach.basis": "estimate", "cases": [{"what": "A"}]})
    send(assignment_of(one, finland))
    client = client_of(network)
    address = f"/en/desk/rounds/{one.pk}/export"
    assert "do not pass it on" in client.get(address).content.decode()
    answer = client.post(address, {"form": "csv"})
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    cells = {row[3]: row for row in rows[3:] if row[3] != "by_channel"}
    assert cells["total"][:5] == ["NO", "Norway's centre", "1", "total", "Contacts"]
    assert cells["why"][7] == "'=HYPERLINK(1)"
    assert (cells["reach"][7], cells["reach"][8]) == ("3", "estimate")
    assert (cells["cases.0.what"][7], cells["double"][7]) == ("A", "80")
    assert [row[5:8] for row in rows if len(row) > 3 and row[3] == "by_channel"] == [
        ["Phone", "Contacts", "15"], ["Chat", "Contacts", "25"]
    ]  # fmt: skip
    assert "Finland" not in answer.content.decode()
    book = load_workbook(io.BytesIO(client.post(address, {"form": "xlsx"}).content))
    assert any("'=HYPERLINK(1)" in row for row in book.active.iter_rows(values_only=True))
    assert Entry.objects.filter(centre_id=network.pk, action="rounds.exported").count() == 2
    assert client.post(address, {"form": "pdf"}).status_code == 200


def test_a_document_goes_a_week_after_no_answer_names_it(network: Centre, norway: Centre, version: FormVersion) -> None:
    one = ask(network, version, norway)
    officer, assignment = member(norway), assignment_of(one, norway)

    def keep(name: str) -> dict[str, object]:
        return keep_file(actor=officer, assignment_id=assignment.pk, name=name, content=pdf(), kinds=(), largest=0)

    keep("unused.pdf")
    keep("sent.pdf")
    sent, drafted = AnswerFile.objects.get(name="sent.pdf"), keep("drafted.pdf")
    send(assignment, {**GOOD, "proof": {"name": sent.name, "size": sent.size, "ref": sent.ref}})
    assignment.submissions.get()
    from havn.rounds.actions.sending import take_back

    take_back(actor=officer, assignment_id=assignment.pk)
    save_draft(actor=officer, assignment_id=assignment.pk, answers={**GOOD, "proof": drafted}, seen=None)
    clock, at = clock_named("rounds.files"), now() + dt.timedelta(days=8)
    assert clock.over(norway.pk, now()) == 0
    assert (clock.over(norway.pk, at), clock.over(network.pk, at)) == (1, 0)
    assert forget_files.call() == 0
    with time_machine.travel(at, tick=False):
        assert forget_files.call() == 1
        assert clock.over(norway.pk, at) == 0
    assert {row.name for row in AnswerFile.objects.all()} == {"sent.pdf", "drafted.pdf"}


def test_no_document_is_kept_for_answers_that_were_sent_in(
    network: Centre, norway: Centre, version: FormVersion
) -> None:
    assignment, officer = assignment_of(ask(network, version, norway), norway), member(norway)
    send(assignment)
    with pytest.raises(Refused, match="sent in"):
        keep_file(actor=officer, assignment_id=assignment.pk, name="a.pdf", content=pdf(), kinds=(), largest=0)
    client = client_of(norway, user=officer)
    sent = {"q-proof": SimpleUploadedFile("a.pdf", pdf()), "seen": "1"}
    assert client.post(f"/en/desk/rounds/answers/{assignment.pk}", sent).status_code == 409
    assert not AnswerFile.objects.exists()


def test_the_small_picture_of_a_first_page_is_not_kept(network: Centre, norway: Centre, version: FormVersion) -> None:
    assignment = assignment_of(ask(network, version, norway), norway)
    kept = keep_file(
        actor=member(norway), assignment_id=assignment.pk, name="a.odt", content=text(), kinds=(), largest=0
    )
    row = AnswerFile.objects.get()
    assert parts_of(bytes(row.content))["Thumbnails/thumbnail.png"] == b""
    assert kept["size"] == row.size == len(row.content)


def test_nobody_floods_an_assignment_with_documents(
    network: Centre, norway: Centre, version: FormVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("havn.rounds.actions.files.MOST_FILES", 1)
    assignment, officer = assignment_of(ask(network, version, norway), norway), member(norway)
    values = {"name": "a.pdf", "content": pdf(), "kinds": (), "largest": 0}
    keep_file(actor=officer, assignment_id=assignment.pk, **values)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="too many"):
        keep_file(actor=officer, assignment_id=assignment.pk, **values)  # type: ignore[arg-type]


def packed(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return written.getvalue()


ODT = b"application/vnd.oasis.opendocument.text"
DOCX = {"[Content_Types].xml": b"<x/>", "word__document.xml": b"<x/>"}


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.docx", packed(**DOCX), "docx"),
        ("a.DOCX", packed(**DOCX), "docx"),
        ("a.xlsx", packed(**DOCX), "not: kind"),
        ("a.docx", packed(**DOCX, **{"word__vbaProject.bin": b"x"}), "not: carried"),
        ("a.odt", packed(mimetype=ODT, **{"content.xml": b"<x/>"}), "odt"),
        ("a.odt", packed(mimetype=b"application/zip", **{"content.xml": b"<x/>"}), "not: kind"),
        ("a.docx", packed(**DOCX, word__media__=b"x"), "not: carried"),
        ("a.docx", packed(**DOCX, word__embeddings__=b"x"), "not: carried"),
        ("a.odt", packed(mimetype=ODT, Pictures__=b"x", **{"content.xml": b"<x/>"}), "not: carried"),
        ("a.docx", b"PK\x03\x04broken", "not: kind"),
        ("a.pdf", b"%PDF-1.4\n%%EOF\n", "pdf"),
        ("a.pdf", b"MZ%PDF-1.4\n%%EOF\n", "not: kind"),
        ("pdf", b"%PDF-1.4\n%%EOF\n", "pdf"),
        ("a.html", b"<script>", "not: kind"),
        ("", b"", "not: kind"),
    ],
)
def test_a_document_is_what_its_content_says(name: str, content: bytes, kind: str) -> None:
    try:
        found = kind_of(name, content)
    except NotTaken as why:
        found = f"not: {why}"
    assert found == kind


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Kari\\Rapport 2026.pdf", "Rapport 2026.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "abSet-Cookie x.pdf"),
        ("\0.pdf", "document.pdf"),
    ],
)
def test_a_name_is_plain(name: str, kept: str) -> None:
    assert name_kept(name, "pdf") == kept
