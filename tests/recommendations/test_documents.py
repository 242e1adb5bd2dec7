"""Evidence keeps its name, day and figure; documents are evidence too; what records prove goes by topic and day."""

import datetime as dt
import io
import zipfile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from havn.activities.models import Activity
from havn.common.errors import Refused
from havn.config.uploads import upload_at
from havn.recommendations import actions, evidence
from havn.recommendations.actions import Document
from havn.recommendations.exporting import file_of
from havn.recommendations.models import Evidence, EvidenceFile, Factsheet
from tests.activities.factories import make_activity
from tests.recommendations.factories import World, make_follow_up, today, validated
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
DESK = "/en/desk/recommendations"


def report() -> bytes:
    made = docx.Document()
    made.add_paragraph("What the course taught.")
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_a_things_name_day_and_figure_stay_when_it_is_gone(world: World, sheet: Factsheet) -> None:
    course = make_activity(world.party, ("volunteers", "participants", 40, "counted"), title="A course")
    actor = world.person(world.party, "data_officer")
    made = make_follow_up(world, sheet, actor)
    actions.add_evidence(actor=actor, follow_up=made, today=today(), thing=f"activity:{course.pk}")
    kept = Evidence.objects.get()
    assert (kept.dated_on, kept.figure) == (course.ends_on, "Counted: 40 participants")
    Activity.objects.all().delete()
    html = world.client(world.party, "editor").get(f"{DESK}/follow-ups/{made.pk}").content.decode()
    assert "Activity: A course" in html and "(Counted: 40 participants)" in html
    assert "This is not in Havn any more." in html
    text = file_of(sheet, "md", lambda _one: True).decode()
    assert "Activity: A course" in text and "40 participants" in text


def test_only_the_address_for_evidence_takes_files() -> None:
    assert upload_at("/en/desk/recommendations/evidence-for/1").files
    assert not upload_at("/en/desk/recommendations/follow-ups/1/edit").files
    assert not upload_at("/en/recommendations").files


def test_a_document_is_sent_kept_read_and_destroyed(world: World, sheet: Factsheet) -> None:
    made = make_follow_up(world, sheet)
    client = world.client(world.party, "data_officer")
    address = f"{DESK}/evidence-for/{made.pk}"
    sent = {"file": SimpleUploadedFile("Course.docx", report()), "label": "Report", "dated_on": "2026-05-03"}
    assert client.post(address, sent).status_code == 302
    kept = Evidence.objects.get()
    assert (kept.label, kept.dated_on) == ("Report", dt.date(2026, 5, 3))
    answer = client.get(f"{DESK}/evidence/{kept.pk}/file")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        # The small picture of the first page is not kept.
        assert (packed.read("docProps/thumbnail.jpeg"), packed.testzip()) == (b"", None)
    assert docx.Document(io.BytesIO(answer.content)).paragraphs[0].text == "What the course taught."
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Course.docx"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert (
        world.client(make_centre(host="other.testserver"), "editor").get(f"{DESK}/evidence/{kept.pk}/file").status_code
        == 404
    )
    assert world.client(world.network, "editor").get(f"{DESK}/evidence/{kept.pk}/file").status_code == 404
    assert client.post(f"{DESK}/evidence/{kept.pk}/remove").status_code == 302
    assert not EvidenceFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", b"PK no"),
        ("a.pdf", b"%PDF- /JavaScript %%EOF"),
        ("a.png", b"\x89PNG"),
        ("a.pdf", b"x" * (5 * 1024 * 1024 + 1)),
    ],
)
def test_what_is_no_plain_document_is_refused(world: World, sheet: Factsheet, name: str, content: bytes) -> None:
    actor = world.person(world.party, "data_officer")
    made = make_follow_up(world, sheet, actor)
    with pytest.raises(Refused):
        actions.add_evidence(
            actor=actor, follow_up=made, today=today(), file=Document(name, content), label="x"
        )  # fmt: skip
    assert not EvidenceFile.objects.exists()


def test_a_document_is_public_with_what_is_validated_and_not_before(world: World, sheet: Factsheet) -> None:
    actor = world.person(world.party, "data_officer")
    made = make_follow_up(world, sheet, actor)
    kept = actions.add_evidence(
        actor=actor, follow_up=made, today=today(), file=Document("Course.docx", report()), label="The programme"
    )
    publish = {"actor": world.person(world.network, "coordinator"), "centre": world.network, "factsheet": sheet}
    actions.publish_factsheet(**publish)  # type: ignore[arg-type]
    anyone = Client(headers={"host": "testserver"})
    country = "/en/recommendations/lanzarote-2/countries/denmark"
    address = f"{country}/evidence/{kept.pk}"
    assert anyone.get(address).status_code == 404
    validated(world, made)
    assert anyone.get(address).content.startswith(b"PK")
    for page in (f"{country}/chapters/II", "/en/recommendations/lanzarote-2/II-1"):
        assert address in anyone.get(page).content.decode()
    actions.withdraw_factsheet(**publish)  # type: ignore[arg-type]
    assert anyone.get(address).status_code == 404


def test_a_change_of_what_is_validated_has_its_documents_and_leaves_none_behind(world: World, sheet: Factsheet) -> None:
    actor = world.person(world.party, "data_officer")
    made = make_follow_up(world, sheet, actor)
    actions.add_evidence(actor=actor, follow_up=made, today=today(), file=Document("Course.docx", report()))
    made = validated(world, made)
    draft = actions.move_follow_up(actor=actor, follow_up=made, verb="reopen", today=today())
    copied = draft.evidence.get()
    assert EvidenceFile.objects.count() == 1
    actions.remove_evidence(actor=actor, evidence=copied, today=today())
    assert EvidenceFile.objects.count() == 1
    validated(world, draft)
    assert not EvidenceFile.objects.exists() and not Evidence.objects.exists()


def test_records_speak_by_topic_and_from_a_day_on(world: World, sheet: Factsheet) -> None:
    chapter = sheet.round.chapters.get(number="II")
    chapter.proves = {"activity_kinds": ["training"], "topics": ["oscec"]}
    chapter.round.proves_from = dt.date(2022, 3, 10)
    fits = make_activity(world.party, title="Fits", topics=["oscec", "gaming"])
    make_activity(world.party, title="Other topic", topics=["gaming"])
    make_activity(world.party, title="None")
    old = dt.date(2020, 1, 1)
    Activity.objects.filter(pk=make_activity(world.party, title="Old", topics=["oscec"]).pk).update(
        starts_on=old, ends_on=old
    )
    assert [one.code for one in evidence.proofs_of(chapter, world.party)] == [f"activity:{fits.pk}"]
    fits.delete()
    assert evidence.proofs_of(chapter, world.party) == []
