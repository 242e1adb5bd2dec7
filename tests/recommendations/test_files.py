"""Written as HTML and Word and read again as the same document, with real footnotes; a PDF in the same order."""

import io
import itertools
import re
import time
import zipfile

import docx
import pytest
from lxml import etree

from havn.common.errors import Refused
from havn.recommendations.files import docx_in, docx_out, html_in, html_out
from havn.recommendations.rules.factsheet.document import FOLLOW_UP, Block, ChapterText, Document, Note, every_block
from havn.recommendations.rules.factsheet.inline import plain
from havn.recommendations.rules.factsheet.inner import written_blocks
from havn.recommendations.rules.factsheet.markdown import read
from havn.recommendations.rules.factsheet.writing import as_markdown
from havn.recommendations.uploading import LARGEST, checked, markdown_of_file
from tests.recommendations.factories import SOURCE

DOCUMENT = read(SOURCE.read_text()).document
NAMES = {"contents": "Contents", "notes": "Notes", "back": "Back to the text"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def as_html(document: Document) -> str:
    return html_out.whole_file(document, "FACTSHEET – NORWAY", "en", NAMES)


def as_word(document: Document) -> bytes:
    return docx_out.docx_of(document, "FACTSHEET – NORWAY", "en", "Contents")


def part(content: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return etree.fromstring(packed.read(name))


def test_a_round_trip_through_html_changes_nothing() -> None:
    reading = read(html_in.markdown_of(as_html(DOCUMENT)))
    assert reading.document == DOCUMENT
    assert (reading.furniture, reading.not_understood) == ((), ())


def test_a_round_trip_through_word_changes_nothing() -> None:
    reading = read(docx_in.markdown_of(as_word(DOCUMENT)))
    assert reading.document == DOCUMENT
    assert (reading.furniture, reading.not_understood) == ((), ())


def test_word_has_real_footnotes_with_their_numbers() -> None:
    content = as_word(DOCUMENT)
    notes = part(content, "word/footnotes.xml").findall(f"{W}footnote")
    assert [note.get(f"{W}id") for note in notes] == ["-1", "0", *(str(number) for number in range(1, 110))]
    called = part(content, "word/document.xml").iter(f"{W}footnoteReference")
    assert [one.get(f"{W}id") for one in called] == [str(number) for number in range(1, 110)]
    sixth = "".join(notes[7].itertext())
    assert sixth.strip() == "Recommendation II-9."


def test_boxes_carry_their_label_and_not_only_a_colour() -> None:
    assert len(list(part(as_word(DOCUMENT), "word/document.xml").iter(f"{W}tbl"))) == 12 + 9 + 3
    html = as_html(DOCUMENT)
    assert html.count('class="box box-follow-up"') == 12
    assert html.count('<p class="box-label">Follow-up actions:</p>') == 12
    assert html.count('<p class="box-label">Promising practices:</p>') == 9


def test_no_level_of_headings_is_left_out_for_who_listens() -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", as_html(DOCUMENT))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert '<h4 data-level="5">§ 12-3. Zero tolerance' in as_html(DOCUMENT)


HARD = [
    "# a heading?", "- a bullet", "> quoted", "| a | table |", "Follow-up actions:", "Promising practices:", "---x",
    "<script>alert(1)</script>", "a*b*c [d](e) \\ <f>", "I. Introduction ..... 3", "goes on without an end", "and on",
    "1 < 2 & 3 > 2 'q' \"q\"",
]  # fmt: skip


@pytest.mark.parametrize("through", ["html", "word"])
def test_what_a_person_wrote_into_a_box_comes_back_letter_for_letter(through: str) -> None:
    inside = written_blocks("\n".join(HARD))
    box = Block(FOLLOW_UP, "Follow-up actions:", children=inside)
    document = Document(chapters=(ChapterText("I", "One", (Block("paragraph", "Words.<sup>1</sup>"), box)),),
                        notes=(Note(1, "Para. 2: <https://a.example/x?y=1&z=2>"),))  # fmt: skip
    text = html_in.markdown_of(as_html(document)) if through == "html" else docx_in.markdown_of(as_word(document))
    assert read(text).document == document
    assert read(as_markdown(document)).document == document


def test_html_escapes_words_and_links_lead_to_pages_only() -> None:
    block = Block("paragraph", '[press](javascript:alert(1)) <script> [a](https://a.example/"onclick)')
    html = html_out.chapter_html(ChapterText("I", "One", (block,)))
    assert "<script>" not in html
    assert "javascript:" not in html.replace("press](javascript:", "")
    assert 'href="https://a.example/&quot;onclick"' in html


def test_the_pdf_has_the_same_text_in_the_same_order() -> None:
    from havn.common.printing import VARIANT, library
    from havn.recommendations.exporting import STYLE

    weasyprint = library()
    html = weasyprint.HTML(string=as_html(DOCUMENT))
    made = html.render(stylesheets=[weasyprint.CSS(string=STYLE.read_text())], pdf_variant=VARIANT)
    shown = "".join(_texts(made))
    at = -1
    for block in [block for block in every_block(DOCUMENT) if block.text]:
        before = re.split(r"<sup>\d+</sup>", block.text)[0]
        words = re.sub(r"\W", "", plain(before))[:60]
        found = shown.find(words, at + 1)
        assert found > at, block.text
        at = found
    assert len(DOCUMENT.notes) == 109
    for note in DOCUMENT.notes:
        found = shown.find(re.sub(r"\W", "", plain(note.text)), at + 1)
        assert found > at, note.text
        at = found


def _texts(made: object) -> list[str]:
    """The letters of every page in the order of the boxes that were laid out."""
    found: list[str] = []

    def walk(box: object) -> None:
        text = getattr(box, "text", None)
        if isinstance(text, str):
            found.append(re.sub(r"\W", "", text))
        for child in getattr(box, "children", ()):
            walk(child)

    for page in made.pages:  # type: ignore[attr-defined]
        walk(page._page_box)
    return found


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.exe", b"x", "ends with"),
        ("a.md", b"", "no text"),
        ("a.md", b"\xff\xfe\x00", "UTF-8"),
        ("a.md", b"a\x00b", "not text"),
        ("a.md", b"a\x07b", "not text"),
        ("a.md", b"x" * (LARGEST + 1), "3 MB"),
        ("a.md", b"x " * 300_000, "longer"),
        ("a.md", b"ok\n" + b"x " * 5_001, "Line 2"),
        ("a.docx", b"PK no zip", "Word"),
        ("a.docx", b"", "Word"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name: str, content: bytes, said: str) -> None:
    with pytest.raises(Refused) as refused:
        markdown_of_file(name, content)
    assert said in refused.value.sentence


def test_a_zip_that_is_no_word_file_or_too_much_is_refused() -> None:
    for entries in ({"a.txt": b"x"}, {"[Content_Types].xml": b"<x/>", "word/document.xml": b"0" * 31_000_000}):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in entries.items():
                packed.writestr(name, content)
        with pytest.raises(Refused):
            markdown_of_file("a.docx", file.getvalue())


def test_a_word_file_with_entities_reads_none_of_them() -> None:
    content = as_word(Document(chapters=(ChapterText("I", "One"),)))
    evil = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for item in old.namelist():
            data = old.read(item)
            if item == "word/document.xml":
                data = evil + data[data.index(b"<w:document") :].replace(b"One", b"One &e;")
            new.writestr(item, data)
    try:
        text = markdown_of_file("a.docx", file.getvalue())
    except Refused:
        return
    assert "root:" not in text


def test_line_ends_and_marks_of_order_are_brought_in_line() -> None:
    assert checked("\ufeffa\r\nb\rc") == "a\nb\nc"


@pytest.mark.parametrize("line", ["# " + "# " * 4_900, "I. " + "." * 9_900, "I. a " + ". " * 4_900, "a" + ".)" * 4_900,
                                  "a." + "<sup>1</sup>" * 800, "# a" + " " * 9_900 + "b"])  # fmt: skip
def test_a_long_line_of_marks_is_read_at_once(line: str) -> None:
    began = time.process_time()
    read("\n".join([line] * 30))
    assert time.process_time() - began < 3


def test_many_lines_before_a_chapter_are_read_at_once() -> None:
    began = time.process_time()
    read("\n".join(["words that go on"] * 15_000))
    assert time.process_time() - began < 6


def test_a_cell_that_says_it_spans_a_million_columns_is_read_once() -> None:
    made = docx.Document()
    table = made.add_table(rows=2, cols=2)
    for row in table.rows:
        row.cells[0].text = "x" * 50
    for row in table.rows:
        row._tr.tc_lst[0].get_or_add_tcPr().get_or_add_gridSpan().val = 1_000_000
    file = io.BytesIO()
    made.save(file)
    assert markdown_of_file("a.docx", file.getvalue()).count("x" * 50) == 2
