"""Documents of words, tables and LibreOffice: plain ones are taken whole; what is hidden in their parts is not."""

import io
import time

import docx
import pytest
from openpyxl import load_workbook

from havn.rounds.rules.documents import NotTaken, as_kept, kind_of
from tests.rounds.packed import ODT, PNG, parts_of, related, table, text, with_parts, word, zipped

IMAGE = b'<w:document xmlns:w="w" xmlns:a="a" xmlns:r="r"><a:blip x=">" r:link="r1"/></w:document>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'


def said_of(name: str, content: bytes) -> str:
    try:
        return kind_of(name, content)
    except NotTaken as why:
        return f"not: {why}"


@pytest.mark.parametrize(("name", "content"), [("a.docx", word()), ("a.xlsx", table()), ("a.odt", text())])
def test_a_plain_document_is_taken(name: str, content: bytes) -> None:
    assert said_of(name, content) == name[2:]


@pytest.mark.parametrize(
    ("path", "inside", "said"),
    [
        ("word/pics/a.png", PNG, "carried"),
        ("word/pics/a.xml", PNG, "carried"),
        ("word/pics/b.xml", b"\xff\xd8\xff\xdb\0\x43", "carried"),
        ("word/ole1.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "carried"),
        ("word/ole1.xml", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "carried"),
        ("word/project.bin", b"Attribute VB_Name", "carried"),
        ("run.exe", b"MZ\x90", "carried"),
        ("word/run.xml", b"MZ\x90", "carried"),
        ("word/page.html", b"<html/>", "carried"),
        ("word/media/a.xml", b"<x/>", "carried"),
        ("word/noise.xml", b"no markup", "kind"),
        ("word/wide.xml", b"<\0x\0/\0>\0", "kind"),
        ("word/_rels/settings.xml.rels", related("attachedTemplate", "https://evil.example/a.dotm"), "outside"),
        ("word/_rels/document2.xml.rels", related("image", "https://evil.example/a.png"), "outside"),
        ("word/_rels/document2.xml.rels", related("hyperlink", "https://example.org/"), ""),
        ("word/_rels/document2.xml.rels", related("image", "pics/a.xml", "Internal"), "carried"),
        ("word/_rels/document2.xml.rels", related("oleObject", "ole.xml", "Internal"), "carried"),
        ("word/_rels/document2.xml.rels", related("aFChunk", "page.xml", "Internal"), "carried"),
        ("word/_rels/document2.xml.rels", LAUGHS, "kind"),
        ("word/document2.xml", IMAGE, "carried"),
    ],
)
def test_what_is_hidden_in_a_part_is_seen(path: str, inside: bytes, said: str) -> None:
    assert said_of("a.docx", with_parts(word(), {path: inside})) == (f"not: {said}" if said else "docx")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<draw:image xlink:href="https://evil.example/a.png"/>', "carried"),
        ("<draw:image><office:binary-data>iVBORw0KGgo=</office:binary-data></draw:image>", "carried"),
        ('<draw:object xlink:href="./Object 1"/>', "carried"),
        ('<text:section><text:section-source xlink:href="https://evil.example/a.odt"/></text:section>', "carried"),
        ('<style:background-image xlink:href="https://evil.example/a.png"/>', "outside"),
        ('<meta:template xlink:href="https://evil.example/a.ott"/>', "outside"),
        ('<meta:template xlink:href="file://evil/share/a.ott"/>', "outside"),
        ('<meta:template xlink:href="file:///home/kari/a.ott"/>', ""),
        ("<text:p>", "kind"),
    ],
)
def test_what_libreoffice_would_load_is_seen(body: str, said: str) -> None:
    assert said_of("a.odt", text(body)) == (f"not: {said}" if said else "odt")


def test_two_parts_of_one_name_are_refused() -> None:
    assert said_of("a.docx", with_parts(word(), {"word/Document.xml": b"<x/>"})) == "not: kind"


def test_a_mimetype_that_unpacks_to_much_is_not_unpacked() -> None:
    content = zipped({"content.xml": b"<x/>"} | {"mimetype": ODT + b" " * 40_000_000})
    began = time.process_time()
    assert said_of("a.odt", content) == "not: kind"
    assert time.process_time() - began < 0.02


@pytest.mark.parametrize(
    "many", [b"<a:blip " * 400_000, b"<a:blip " + b"a" * 4_000_000, b"<blip a" + b" a" * 2_000_000]
)
def test_markup_without_end_is_looked_at_in_little_time(many: bytes) -> None:
    content = with_parts(word(), {"word/many.xml": b"<x>" + many})
    began = time.process_time()
    assert said_of("a.docx", content) == "docx"
    assert time.process_time() - began < 2


def test_the_small_picture_of_the_first_page_is_not_kept_and_the_document_opens() -> None:
    for name, content, picture in (
        ("docx", word(), "docProps/thumbnail.jpeg"),
        ("odt", text(), "Thumbnails/thumbnail.png"),
    ):
        before, after = parts_of(content), parts_of(as_kept(name, content))
        assert before[picture] and after == before | {picture: b""}
        assert list(after) == list(before)
    kept = as_kept("docx", word())
    assert docx.Document(io.BytesIO(kept)).paragraphs[0].text == "A report"
    assert as_kept("odt", text())[30:38] == b"mimetype"
    assert load_workbook(io.BytesIO(as_kept("xlsx", table()))).active["A1"].value == "Total"
