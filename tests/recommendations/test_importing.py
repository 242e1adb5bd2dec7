"""The factsheet is shown before anything is stored, stored in its order, and known again whatever file it comes in."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from havn.audit.models import Entry
from havn.common.errors import NotAllowed, Refused
from havn.recommendations import actions
from havn.recommendations.actions.follow_up import Words
from havn.recommendations.composing import document_of
from havn.recommendations.exporting import EXPORTS, file_of
from havn.recommendations.models import (
    Ask,
    Citation,
    Factsheet,
    FollowUp,
    Footnote,
    Observation,
    Passage,
    Recommendation,
)
from havn.recommendations.rules.factsheet.asks import counts_of
from havn.recommendations.rules.factsheet.dating import submitted_in
from havn.recommendations.rules.factsheet.markdown import read
from havn.recommendations.rules.factsheet.writing import as_markdown, fingerprint
from havn.recommendations.uploading import markdown_of_file
from havn.tenancy.models import Centre
from tests.activities.factories import make_activity
from tests.recommendations.factories import (
    AS_OF,
    SMALL,
    SOURCE,
    World,
    make_follow_up,
    make_sheet,
    make_world,
    today,
    validated,
)
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
ADDRESS = "/en/desk/recommendations/import"


def upload(content: bytes, name: str = "factsheet.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def posted(world: World, party: Centre | None = None, **more: object) -> dict[str, object]:
    return {"round": world.round.pk, "party": (party or world.party).slug, **more}


@pytest.fixture
def secretary(world: World) -> Client:
    return world.client(world.network, "data_officer")


def test_the_published_factsheet_is_stored_in_its_order(world: World) -> None:
    sheet = make_sheet(world, SOURCE.read_text())
    document = read(SOURCE.read_text()).document
    assert document_of(sheet) == document
    assert (sheet.title, sheet.fingerprint) == ("FACTSHEET – NORWAY", fingerprint(document))
    assert Ask.objects.count() == 60
    assert Footnote.objects.count() == 109
    assert Recommendation.objects.count() == Citation.objects.count() == 72
    assert Observation.objects.count() == 27
    assert sheet.round.chapters.count() == 11
    assert FollowUp.objects.filter(kind="measure").count() == 11
    assert FollowUp.objects.filter(kind="practice").count() == 5
    assert Passage.objects.filter(kind="noted").count() == 3
    refs = list(Recommendation.objects.values_list("ref", flat=True))
    assert refs.index("III-9") < refs.index("III-16") < refs.index("XI-1")


def test_a_follow_up_of_the_file_belongs_to_the_ask_above_its_box(world: World) -> None:
    sheet = make_sheet(world)
    measure = sheet.follow_ups.get()
    assert measure.ask is not None
    assert [one.recommendation.ref for one in measure.ask.citations.all()] == ["II-1"]
    assert (measure.text, measure.state, measure.is_imported) == ("All are trained.", "validated", True)


@pytest.mark.parametrize("format", [one for one in EXPORTS if one != "pdf"])
def test_what_is_exported_is_the_same_when_it_is_read_again(world: World, format: str) -> None:
    sheet = make_sheet(world, SOURCE.read_text())
    text = markdown_of_file(f"x.{format}", file_of(sheet, format))
    assert fingerprint(read(text).document) == sheet.fingerprint


@pytest.mark.parametrize("format", [one for one in EXPORTS if one != "pdf"])
def test_with_follow_up_and_evidence_since_it_goes_round_unchanged(world: World, format: str) -> None:
    sheet = make_sheet(world, SOURCE.read_text())
    author = world.person(world.party, "data_officer")
    made = make_follow_up(world, sheet, author, text="We *trained* forty [so far].\n- In May.\n  - All of them.")
    course = make_activity(world.party, ("volunteers", "participants", 40, "counted"), title="A course: <1>")
    for evidence in ({"thing": f"activity:{course.pk}"}, {"url": "https://a.example/x_y*z", "label": "A report"}):
        actions.add_evidence(actor=author, follow_up=made, today=today(), **evidence)  # type: ignore[arg-type]
    validated(world, made)
    ask = sheet.asks.filter(verb="invites").select_related("chapter")[0]
    practice = FollowUp(factsheet=sheet, chapter=ask.chapter, ask=ask)
    words = Words(kind="practice", dated_on=today(), text="A game.")
    validated(world, actions.save_follow_up(actor=author, follow_up=practice, words=words, today=today()))
    before = document_of(sheet)
    assert before != read(SOURCE.read_text()).document
    reading = read(markdown_of_file(f"x.{format}", file_of(sheet, format)))
    assert reading.document == before and not reading.not_understood
    assert [note.number for note in reading.document.notes] == list(range(1, 110))
    other = make_centre(host=None, slug="sweden", country_code="SE")
    again = make_sheet(world, as_markdown(reading.document), party=other)
    assert document_of(again) == before
    assert counts_of(document_of(again)) == counts_of(before)


def test_with_follow_up_added_the_file_has_it_in_its_box(world: World) -> None:
    sheet = make_sheet(world)
    validated(world, make_follow_up(world, sheet, body="Red Cross", text="We trained forty.\n- All in May."))
    make_follow_up(world, sheet, text="Only a draft.")
    text = markdown_of_file("x.docx", file_of(sheet, "docx"))
    box = read(text).document.chapters[1].blocks[4]
    assert box.children[0].text == "All are trained."
    words = "\n".join(one.text for one in box.children)
    for said in ("Status: Done.", "Responsible body: Red Cross.", "We trained forty.", "All in May."):
        assert said in words
    assert "Only a draft." not in text
    with_drafts = markdown_of_file("x.docx", file_of(sheet, "docx", lambda _one: True))
    assert "Only a draft." in with_drafts and "Draft, not validated." in with_drafts


def test_counts_and_lists_are_shown_and_nothing_is_stored(world: World, secretary: Client) -> None:
    html = secretary.post(ADDRESS, posted(world, file=upload(SOURCE.read_bytes()), show="1")).content.decode()
    for words in ("FACTSHEET – NORWAY", ">109<", ">60<", ">72<", "12, empty: 1", "9, empty: 4", ">27<",
                  "every line has its place", "V-4, V-7, V-12, V-15", "Line 99"):  # fmt: skip
        assert words in html
    assert "does not name Denmark" in html
    assert not Factsheet.objects.exists()
    assert not Passage.objects.exists()


def test_what_was_shown_is_stored_when_it_is_confirmed(world: World, secretary: Client) -> None:
    answer = secretary.post(
        ADDRESS, posted(world, text=SMALL.replace("\n", "\r\n"), name="small.md", as_of="2025-03-01", store="1")
    )
    sheet = Factsheet.objects.get()
    assert answer.headers["Location"].endswith(f"/desk/recommendations/factsheets/{sheet.pk}")
    assert sheet.source_name == "small.md"
    assert document_of(sheet) == read(SMALL).document
    line = Entry.objects.get(action="recommendations.factsheet.imported")
    assert line.subject == f"factsheet:{sheet.pk}"


def test_the_same_factsheet_is_recognised_in_any_file(world: World, secretary: Client, sheet: Factsheet) -> None:
    for name in ("md", "html", "docx"):
        file = upload(file_of(sheet, name), f"again.{name}")
        html = secretary.post(ADDRESS, posted(world, file=file, show="1")).content.decode()
        assert "here already, word for word" in html
        assert 'name="store"' not in html
    other = secretary.post(ADDRESS, posted(world, file=upload(SMALL.replace("volunteers", "all").encode()), show="1"))
    assert "another factsheet" in other.content.decode()
    assert secretary.post(ADDRESS, posted(world, text=SMALL, as_of="2025-03-01", store="1")).status_code == 409
    assert Factsheet.objects.count() == 1


def test_lines_that_are_not_understood_are_shown_and_put_into_place(world: World, secretary: Client) -> None:
    text = SMALL.replace("All are trained.", "| All are trained. |")
    html = secretary.post(ADDRESS, posted(world, text=text, show="1")).content.decode()
    number = text.splitlines().index("| All are trained. |") + 1
    assert f'name="line-{number}"' in html and "| All are trained. |" in html
    mended = posted(
        world, text=text, show="1", **{f"line-{number}": "paragraph", "line-x": "paragraph", "line-2": "no"}
    )
    html = secretary.post(ADDRESS, mended).content.decode()
    assert "every line has its place" in html
    assert html.index(f'name="line-{number}"') < html.index('<option value="paragraph" selected>')
    secretary.post(ADDRESS, posted(world, text=text, as_of="2025-03-01", store="1", **{f"line-{number}": "paragraph"}))
    assert FollowUp.objects.get().text == "\\| All are trained. |"


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.md", "Choose a file|empty"),
        (b"x", "a.pdf", "ends with"),
        (b"\xff", "a.md", "UTF-8"),
        (b"no", "a.docx", "Word"),
    ],
)
def test_a_bad_file_says_why(world: World, secretary: Client, content: bytes, name: str, said: str) -> None:
    answer = secretary.post(ADDRESS, posted(world, file=upload(content, name), show="1"))
    assert answer.status_code == 422
    assert any(words in answer.content.decode() for words in said.split("|"))


def test_a_file_without_chapters_is_not_stored(world: World, secretary: Client) -> None:
    assert secretary.post(ADDRESS, posted(world, text="Only words.", store="1")).status_code == 409
    assert not Factsheet.objects.exists()


@pytest.mark.parametrize("role", ["coordinator", "data_officer"])
def test_only_the_secretariat_imports(world: World, role: str) -> None:
    client = world.client(world.party, role)
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, posted(world, text=SMALL, as_of="2025-03-01", store="1")).status_code == 403
    document = read(SMALL).document
    with pytest.raises(NotAllowed):
        actions.import_factsheet(
            actor=world.person(world.party, role), centre=world.party, round=world.round, party=world.party,
            document=document, source_name="x", as_of=AS_OF,
        )  # fmt: skip


def test_a_factsheet_is_about_a_country(world: World) -> None:
    with pytest.raises(Refused):
        make_sheet(world, party=world.network)


def test_another_party_shares_chapters_and_recommendations(world: World) -> None:
    make_sheet(world)
    norway = make_centre(host=None, slug="norway", country_code="NO")
    make_sheet(world, SOURCE.read_text(), party=norway)
    assert Recommendation.objects.filter(ref="II-1").count() == 1
    assert Citation.objects.filter(recommendation__ref="II-1").count() == 2
    assert world.round.chapters.filter(number="II").count() == 1


def test_before_there_is_a_round_the_screen_says_so() -> None:
    world = make_world()
    client = world.client(world.network, "coordinator")
    world.round.delete()
    assert "Add a round first" in client.get(ADDRESS).content.decode()


def test_the_words_in_boxes_are_of_the_month_that_the_file_says(world: World, secretary: Client) -> None:
    assert submitted_in(read(SOURCE.read_text()).document) == dt.date(2025, 3, 1)
    html = secretary.post(ADDRESS, posted(world, file=upload(SOURCE.read_bytes()), show="1")).content.decode()
    assert 'value="2025-03-01"' in html
    secretary.post(ADDRESS, posted(world, text=SOURCE.read_text(), as_of="2025-03-01", store="1"))
    one = FollowUp.objects.filter(is_imported=True)[0]
    assert one.dated_on == dt.date(2025, 3, 1)
    page = world.client(world.party, "editor").get(f"/en/desk/recommendations/follow-ups/{one.pk}").content.decode()
    assert "March 2025" in page and "1 March 2025" not in page


def test_where_the_file_says_no_day_a_person_does(world: World, secretary: Client) -> None:
    assert submitted_in(read(SMALL).document) is None
    for day in ("", "2999-01-01"):
        answer = secretary.post(ADDRESS, posted(world, text=SMALL, as_of=day, store="1"))
        assert answer.status_code == 422
        assert "All are trained." in answer.content.decode()
    assert not Factsheet.objects.exists()
    with pytest.raises(Refused):
        actions.import_factsheet(
            actor=world.person(world.network, "coordinator"), centre=world.network, round=world.round,
            party=world.party, document=read(SMALL).document, source_name="x",
        )  # fmt: skip


def test_the_preview_lists_notes_observations_and_what_stands_in_boxes(world: World, secretary: Client) -> None:
    html = secretary.post(ADDRESS, posted(world, text=SMALL, show="1")).content.decode()
    html = html[html.index("</form>") :]
    for words in ("3 footnotes", "Recommendation II-2 and II-3.", "1 observation with a paragraph",
                  "The Committee observes that there is a helpline.", "Paragraphs: 7", "All are trained."):  # fmt: skip
        assert words in html
