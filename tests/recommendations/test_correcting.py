"""Any line of a file is corrected in the preview; every line with words is placed or listed, and the sum is shown."""

import pytest
from django.test import Client

from havn.recommendations import actions
from havn.recommendations.exporting import file_of
from havn.recommendations.models import Ask, Factsheet
from havn.recommendations.rules.factsheet.asks import asks_of
from havn.recommendations.rules.factsheet.document import Reading
from havn.recommendations.rules.factsheet.markdown import read
from havn.recommendations.rules.factsheet.placing import is_correction
from havn.recommendations.rules.factsheet.writing import as_markdown
from havn.recommendations.uploading import markdown_of_file
from tests.recommendations.factories import SMALL, SOURCE, World, make_follow_up, make_sheet, validated
from tests.tenancy.factories import make_centre

ADDRESS = "/en/desk/recommendations/import"


def line_of(words: str, text: str = SMALL) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def kinds(reading: Reading, chapter: int = 1) -> list[tuple[str, int]]:
    return [(one.kind, len(one.children)) for one in reading.document.chapters[chapter].blocks]


def test_every_line_of_the_published_file_is_placed_or_listed_once() -> None:
    text = SOURCE.read_text()
    reading = read(text)
    worded = {number for number, line in enumerate(text.splitlines(), 1) if line.strip()}
    listed = [line.number for line in (*reading.furniture, *reading.not_understood)]
    assert {line.number for line in reading.lines} == worded
    assert set(reading.placed) | set(listed) == worded
    assert len(reading.placed) + len(listed) == len(worded) == 401
    assert (len(reading.placed), len(reading.furniture), len(reading.not_understood)) == (368, 33, 0)


@pytest.mark.parametrize(
    ("words", "said", "blocks"),
    [
        ("All are trained.", "out-of-box", [("follow-up", 0), ("paragraph", 0)]),
        ("The Committee invites", "in-box", [("follow-up", 2), ("bullet", 0)]),
        ("#### Follow-up", "practice", [("practice", 3)]),
        ("#### Follow-up", "paragraph", [("paragraph", 0), ("paragraph", 0), ("paragraph", 0), ("bullet", 0)]),
        ("All are trained.", "heading", [("follow-up", 0), ("heading", 0)]),
        ("All are trained.", "bullet", [("follow-up", 1)]),
        ("All are trained.", "furniture", [("follow-up", 0)]),
        ("All are trained.", "noted", [("follow-up", 0), ("noted", 2)]),
    ],
)
def test_a_line_is_put_into_another_place(words: str, said: str, blocks: list[tuple[str, int]]) -> None:
    reading = read(SMALL, {line_of(words): said})
    found = kinds(reading)
    assert any(found[at : at + len(blocks)] == blocks for at in range(len(found))), found
    assert len(reading.placed) + len(reading.furniture) + len(reading.not_understood) == len(reading.lines)


def test_a_line_is_a_chapter_a_note_or_the_rest_of_one() -> None:
    text = SMALL.replace("All are trained.", "III. Victims").replace("<sup>3</sup> Rec", "[3] Rec")
    reading = read(text, {line_of("III. Victims", text): "chapter", line_of("[3] Rec", text): "note"})
    assert [one.number for one in reading.document.chapters] == ["I", "II", "III"]
    assert reading.document.chapters[2].title == "Victims"
    assert reading.document.note(3) is not None
    assert reading.document == read(as_markdown(reading.document)).document
    rest = read(SMALL, {line_of("Promising practices:"): "note"})
    assert rest.document.notes[-1].text == "Recommendation II-2 and II-3. Promising practices:"
    no_number = read(SMALL, {line_of("All are trained."): "chapter"})
    assert [line.text for line in no_number.not_understood] == ["All are trained."]


def test_what_is_not_a_chapter_and_what_was_joined_is_put_right() -> None:
    text = "## I. One\n\n## II. This is only a heading\n\nA text without an end\n\nand on it goes.\n"
    reading = read(text, {3: "heading", 7: "paragraph"})
    assert len(reading.document.chapters) == 1
    assert [one.text for one in reading.document.chapters[0].blocks] == [
        "II. This is only a heading", "A text without an end", "and on it goes.",
    ]  # fmt: skip


def test_an_ask_gets_the_verb_that_a_person_names() -> None:
    asks = asks_of(read(SMALL, {line_of("to train volunteers"): "verb:requires"}).document)
    assert [(one.verb, one.lead) for one in asks] == [
        ("requires", "The Committee requests Denmark:"),
        ("invites", "The Committee invites all Parties, including Denmark:"),
    ]  # fmt: skip
    text = SMALL.replace("The Committee requests Denmark:", "Denmark should see to it:")
    lead = asks_of(read(text, {line_of("Denmark should", text): "verb:requests"}).document)
    assert [(one.verb, one.scope) for one in lead] == [("requests", "party"), ("invites", "all")]
    assert is_correction("verb:requests", ("requests",)) and not is_correction("verb:urges", ("requests",))
    assert not is_correction("nothing", ())


def test_where_there_is_no_box_above_it_is_said() -> None:
    reading = read(SMALL, {line_of("About this round."): "in-box"})
    assert [one.code for one in reading.decisions if one.line == line_of("About this round.")] == ["no-box"]


@pytest.mark.django_db
class TestInThePreview:
    @pytest.fixture
    def secretary(self, world: World) -> Client:
        return world.client(world.network, "coordinator")

    def post(self, world: World, client: Client, text: str = SMALL, **more: object) -> str:
        given = {"round": world.round.pk, "party": "denmark", "text": text, "as_of": "2025-03-01", **more}
        return client.post(ADDRESS, given).content.decode()

    def test_the_sum_is_shown_and_each_line_with_what_it_was_read_as(self, world: World, secretary: Client) -> None:
        html = self.post(world, secretary, SOURCE.read_text(), show="1")
        assert "401 lines with words: 368 in the factsheet, 33 page furniture, 0 not understood." in html
        assert html.count('form="import" name="correct"') == 401

    def test_a_line_is_picked_corrected_and_stored_so(self, world: World, secretary: Client) -> None:
        number = line_of("to train volunteers")
        picked = self.post(world, secretary, correct=str(number))
        assert f'name="line-{number}" autofocus' in picked and "As it was read: A bullet" in picked
        said = {f"line-{number}": "verb:invites"}
        again = self.post(world, secretary, show="1", **said)
        assert '<option value="verb:invites" selected>' in again
        self.post(world, secretary, store="1", **said)
        assert Ask.objects.get(number=1).verb == "invites"

    def test_a_chapter_that_begins_twice_is_not_stored(self, world: World, secretary: Client) -> None:
        text = SMALL.replace("## I. Introduction", "## II. Introduction")
        html = self.post(world, secretary, text, show="1")
        assert "Chapter II begins twice." in html and 'name="store"' not in html
        assert (
            secretary.post(
                ADDRESS,
                {"round": world.round.pk, "party": "denmark", "text": text, "as_of": "2025-03-01", "store": "1"},
            ).status_code
            == 409
        )
        assert not Factsheet.objects.exists()
        self.post(world, secretary, text, store="1", **{f"line-{line_of('Introduction', text)}": "heading"})
        assert [one.chapter.number for one in Factsheet.objects.get().parts.all()] == ["II"]

    def test_what_was_left_out_can_be_read_later(self, world: World, secretary: Client) -> None:
        self.post(world, secretary, SMALL.replace("All are trained.", "| a | table |"), store="1")
        sheet = Factsheet.objects.get()
        page = f"/en/desk/recommendations/factsheets/{sheet.pk}"
        html = secretary.get(page).content.decode()
        assert "1 line of the file is not in it" in html and "| a | table |" in html

    def test_what_is_taken_out_today_is_known_again(self, world: World, secretary: Client) -> None:
        sheet = make_sheet(world)
        validated(world, make_follow_up(world, sheet))
        for name in ("html", "docx"):
            html = self.post(world, secretary, markdown_of_file(f"x.{name}", file_of(sheet, name)), show="1")
            assert "here already, word for word" in html


@pytest.mark.django_db
def test_each_factsheet_calls_its_chapters_by_its_own_title(world: World) -> None:
    make_sheet(world)
    other = make_sheet(
        world, SMALL.replace("Helplines", "Help *for* children"), make_centre(host=None, slug="se", country_code="SE")
    )
    assert [str(one) for one in other.parts.all()] == ["I. Introduction", "II. Help for children"]
    client = world.client(world.network, "coordinator")
    pages = [
        f"/en/desk/recommendations/factsheets/{other.pk}",
        f"/en/desk/recommendations/factsheets/{other.pk}/chapters/II",
    ]
    assert all("II. Help for children" in client.get(page).content.decode() for page in pages)
    assert "## II. Help *for* children" in file_of(other, "md").decode()
    actor = world.person(world.network, "coordinator")
    actions.publish_factsheet(actor=actor, centre=world.network, factsheet=other)
    public = Client(headers={"host": "testserver"}).get("/en/recommendations/lanzarote-2/countries/se")
    assert "II. Help for children" in public.content.decode()
