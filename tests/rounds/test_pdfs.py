"""PDFs as answers: words are taken; programs, pictures, other files and bombs are not, however they are hidden."""

import time
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from havn.rounds import looking
from havn.rounds.looking import looked_at
from havn.rounds.rules.documents import NotTaken
from havn.rounds.rules.pdfs import fault_in
from tests.rounds.pdfs import (
    PAGE,
    acting,
    bomb,
    carried,
    changed,
    cut,
    form,
    linked,
    many_objects,
    opening,
    pdf,
    picture,
    raw,
    script,
    stream,
)  # fmt: skip

PRINTED = "<h1>A report</h1><p>Words, and <a href='https://example.org/'>a link</a>.</p>"
INLINE = b"q BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI Q"


def shows() -> pikepdf.Object:
    return Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]))


def asks() -> pikepdf.Object:
    return Dictionary(S=Name.URI, URI="https://example.org/")


def said_of(content: bytes, name: str = "a.pdf") -> str:
    try:
        return looked_at(name, content, ())
    except NotTaken as why:
        return str(why)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pdf(), "pdf"),
        (pdf(b"BT (BI and ID and /JS /W) Tj ET"), "pdf"),
        (changed(lambda book: None, encryption=pikepdf.Encryption(owner="x", user="")), "pdf"),
        (changed(lambda book: None, encryption=pikepdf.Encryption(owner="x", user="y")), "locked"),
        (changed(lambda book: book.Root.__setattr__("Note", "see /JS and /Launch")), "pdf"),
        (changed(opening(lambda: Array([0, Name.Fit]))), "pdf"),
        (changed(opening(shows)), "pdf"),
        (changed(opening(asks)), "program"),
        (changed(opening(lambda: Dictionary(S=Name.GoTo, Next=asks()))), "program"),
        (changed(opening(lambda: Dictionary(S=Name.JavaScript, JS="app.alert(1)"))), "program"),
        (changed(opening(lambda: Dictionary(S=Name.Launch, F="x"))), "program"),
        (changed(script), "program"),
        (changed(acting(lambda: Dictionary(S=Name.GoToR, F="\\\\evil\\share\\x.pdf"))), "program"),
        (changed(acting(asks)), "program"),
        (changed(lambda book: book.Root.__setattr__("AA", Dictionary(WC=asks()))), "program"),
        (changed(linked(asks)), "pdf"),
        (changed(linked(shows)), "pdf"),
        (changed(linked(lambda: Dictionary(S=Name.GoToR, F="x.pdf"))), "program"),
        (raw({**PAGE, 4: stream(zlib.compress(b"x"), b"/F (\\\\evil\\x) ")}), "carried"),
        (changed(script, encryption=pikepdf.Encryption(owner="x", user="")), "program"),
        (raw({**PAGE, 4: b"<< /S /Java#53cript >>"}), "program"),
        (changed(carried), "carried"),
        (changed(lambda book: book.Root.__setattr__("Collection", Dictionary())), "carried"),
        (changed(picture(Subtype=Name.Image, ColorSpace=Name.DeviceRGB)), "picture"),
        (changed(picture()), "picture"),
        (raw({**PAGE, 4: b"<< /Subtype /#49mage /Length 0 >>\nstream\n\nendstream"}), "picture"),
        (raw(PAGE, b"9 0 obj << /Subtype /Image >> endobj\n"), "picture"),
        (raw(PAGE, b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"), "picture"),
        (pdf(INLINE), "picture"),
        (pdf(b"q BI /Foo (" + b"x" * 200_000 + b") /W 2 /H 2 ID abcd EI Q"), "picture"),
        (pdf(b"q\nBI\n/Foo (x) /Width 2 /Height 2\nID abcd\nEI Q"), "picture"),
        (pdf(b"BT [(x)]TJ ET\xff\xd8\xff\xe1\x00\x10Exif\x00"), "picture"),
        (pdf(b"q BI%c\n/W 10 /H 10 /BPC 8 /CS /G ID abcd EI Q"), "picture"),
        (pdf(b"q BI%(\n/W 10 /H 10 /BPC 8 /CS /G ID abcd Q"), "picture"),
        (pdf(b"q BI /#57 10 /#48 10 /BPC 8 /CS /G ID abcd EI Q"), "picture"),
        (changed(cut(b"q BI", b"/W 10 /H 10 /BPC 8 /CS /G ID abcd EI Q")), "picture"),
        (changed(form(b"BI%c\n/#57 10 /H 10 /BPC 8 /CS /G ID abcd EI")), "picture"),
        (changed(form(b"\xff BI%c\n/V 10 ID abcd EI")), "picture"),
        (changed(form(b"BT (100% BI (and) ID) Tj ET")), "pdf"),
        (b"%PDF-1.4 cut short", "unreadable"),
        (b"%PDF-1.4\n%%EOF\n", "unreadable"),
        (pdf()[:-60] + b"%%EOF\n", "unreadable"),
        (raw({**PAGE, 4: stream(b"no zlib")}), "unreadable"),
        (raw(PAGE), "pdf"),
    ],
)  # fmt: skip
def test_what_is_in_a_pdf_is_seen(content: bytes, said: str) -> None:
    assert said_of(content) == said


def test_a_page_that_is_no_operators_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(one: object, operators: str) -> list[object]:
        raise pikepdf.PdfError

    assert fault_in(pdf()) == ""
    monkeypatch.setattr(pikepdf, "parse_content_stream", broken)
    assert fault_in(pdf()) == "unreadable"


def test_a_pdf_of_a_word_processor_is_taken() -> None:
    """As WeasyPrint writes it: fonts, tags, words."""
    from havn.common.printing import pdf_of

    assert said_of(pdf_of(PRINTED, styles=[])) == "pdf"


@pytest.mark.parametrize("content", [bomb(2_000_000_000), many_objects(70_000)], ids=["one stream", "many objects"])
def test_a_bomb_is_refused_and_takes_neither_time_nor_memory(content: bytes) -> None:
    assert len(content) < 5 * 1024 * 1024
    began = time.monotonic()
    assert said_of(content) == "bomb"
    assert time.monotonic() - began < looking.LONGEST_S


def test_twice_packed_is_refused() -> None:
    inner = zlib.compress(b" " * 30_000_000, 9)
    body = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream"
    packed = zlib.compress(inner, 9)
    assert said_of(raw({**PAGE, 4: body % (len(packed), packed)})) == "bomb"


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "LONGEST_S", 0.01)
    assert said_of(pdf()) == "bomb"


def test_a_reader_that_breaks_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "READER", "/nowhere.py")
    assert said_of(pdf()) == "bomb"


def test_a_kind_that_is_not_asked_is_refused() -> None:
    with pytest.raises(NotTaken, match="kind"):
        looked_at("a.pdf", pdf(), ("docx",))
