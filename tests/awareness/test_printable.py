"""A page as a PDF: tagged and titled, with what the page says and nothing that was fetched."""

import datetime as dt
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client, RequestFactory

from havn.awareness.models import (
    GuidePage,
    HelpAfterReportPage,
    LawPage,
    Picture,
    PlainPage,
    ReportPage,
)
from havn.awareness.queries import fronts_of
from havn.awareness.taking import printing
from havn.common.page_cache import mark_path
from havn.common.printing import CannotPrint, Press, pdf_of
from tests.awareness.factories import _add, make_article, make_listing, make_site
from tests.awareness.full_pages import make_resource

pytestmark = pytest.mark.django_db
SOURCE = {"title": "An act", "place": "section 1", "url": "https://example.org/act", "read_on": dt.date(2026, 1, 1)}


@pytest.fixture(autouse=True)
def _own_press(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(printing, "PRESS", Press())


def get(address: str) -> Any:
    return Client(headers={"host": "testserver"}).get(address)


def pdf(address: str, folder: Path) -> pikepdf.Pdf:
    answer = get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    place = folder / "page.pdf"
    place.write_bytes(answer.content)
    return pikepdf.open(place)


def elements(node: Any, found: list[Any] | None = None) -> list[Any]:
    """Every structure element below one, in the order of reading."""
    found = [] if found is None else found
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found.append(kid)
            elements(kid, found)
    return found


def misplaced(paper: pikepdf.Pdf) -> list[str]:
    """Parts of lists and tables that stand where they may not (ISO 32000-1, tables 336 and 337; Matterhorn 09, 15)."""
    within = {"/LI": {"/L"}, "/LBody": {"/LI"}, "/Lbl": {"/LI"}, "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
              "/TH": {"/TR"}, "/TD": {"/TR"}}  # fmt: skip
    holds = {"/L": {"/LI", "/L", "/Caption"}, "/TR": {"/TH", "/TD"}}
    wrong = []
    for parent in elements(paper.Root.StructTreeRoot):
        for kid in elements_of(parent):
            pair = (str(parent.S), str(kid.S))
            if pair[0] not in within.get(pair[1], {pair[0]}) or pair[1] not in holds.get(pair[0], {pair[1]}):
                wrong.append(f"{pair[1]} in {pair[0]}")
            if pair[1] == "/TH" and "/Scope" not in kid.A:
                wrong.append("a head of nothing")
    return wrong


def elements_of(node: Any) -> list[Any]:
    """The structure elements right below one."""
    kids = node.get("/K", [])
    kids = kids if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def test_the_pdf_says_that_it_is_accessible_and_is_built_so(tmp_path: Path) -> None:
    make_resource(make_site())
    with pdf("/nb/ressurser/venn/print.pdf", tmp_path) as paper:
        root = paper.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "nb"
        assert root.ViewerPreferences.DisplayDocTitle
        assert str(paper.docinfo.Title) == "Del & hel <venn>"
        meta = root.Metadata.read_bytes().decode()
        assert 'pdfuaid:part="1"' in meta
        assert "Del &amp; hel &lt;venn&gt;" in meta
        kinds = [str(one.S) for one in elements(root.StructTreeRoot)]
        assert kinds.count("/H1") == 1
        assert {"/H2", "/H3", "/P", "/L", "/LI", "/Link", "/Figure"} <= set(kinds)
        assert misplaced(paper) == []
        assert all(page.get("/Tabs") == "/S" or "/Annots" not in page for page in paper.pages)


def test_every_picture_has_its_words_and_decoration_is_left_out(tmp_path: Path) -> None:
    make_resource(make_site())
    with pdf("/nb/ressurser/venn/print.pdf", tmp_path) as paper:
        figures = [one for one in elements(paper.Root.StructTreeRoot) if str(one.S) == "/Figure"]
        words = [str(one.get("/Alt", "")) for one in figures]
    assert all(words)
    assert words.count("Et tre om våren") == 2  # in the body and in the lesson, the decoration not
    assert any(word.startswith("QR") for word in words)


def test_headings_are_bookmarks_in_the_order_of_the_page(tmp_path: Path) -> None:
    make_resource(make_site())
    with pdf("/nb/ressurser/venn/print.pdf", tmp_path) as paper, paper.open_outline() as outline:
        top = outline.root[0]
        assert top.title == "Del & hel <venn>"
        titles = [one.title for one in top.children]
    assert titles.index("Først en overskrift") < titles.index("Filmen") < titles.index("Slik gjør du")


def test_links_lead_to_whole_addresses(tmp_path: Path) -> None:
    make_resource(make_site())
    with pdf("/nb/ressurser/venn/print.pdf", tmp_path) as paper:
        links = {
            str(note.A.URI) for page in paper.pages for note in page.get("/Annots", []) if "/URI" in note.get("/A", {})
        }
    assert "https://example.org/" in links
    assert "http://testserver/nb/ressurser/venn" in links
    assert all(link.startswith(("http://testserver/", "https://example.org/")) for link in links)
    assert not any("fasit" in link for link in links)


def test_every_kind_of_page_can_be_printed(tmp_path: Path) -> None:
    centre = make_site()
    listing = make_listing(centre)
    make_article(listing, title="I listen", slug="i-listen")
    day = dt.date(2024, 3, 1)
    answer = {"question": "Får jeg?", "answer": "depends", "words": "<p>Ja.</p>", "sources": [SOURCE]}
    way = {"kind": "therapy", "title": "Noen", "words": "<p>Slik.</p>", "phone": "116 111", "sources": [SOURCE]}
    steps = {"title": "Gjør", "steps": ["<p>En.</p>"]}
    kinds: list[Any] = [
        LawPage(title="Lov", slug="lov", country="NO", as_of=day, answers=[("answer", answer)]),
        HelpAfterReportPage(title="Hjelp", slug="hjelp", country="NO", as_of=day, ways=[("way", way)]),
        GuidePage(title="Guide", slug="guide", as_of=day, privacy=[("steps", steps)]),
        ReportPage(title="Rapport", slug="rapport", period_start=day, period_end=day),
    ]
    for page in kinds:
        _add(listing, page, "nb")
    front = fronts_of(centre).get(locale__language_code="nb")
    _add(front, PlainPage(title="Om oss", slug="om"), "nb")
    for address, title in [
        *((f"aktuelt/{page.slug}", page.title) for page in kinds), ("om", "Om oss"), ("aktuelt", "Aktuelt"),
        ("aktuelt/i-listen", "I listen"),
    ]:  # fmt: skip
        with pdf(f"/nb/{address}/print.pdf", tmp_path) as paper:
            assert str(paper.docinfo.Title) == title
            headings = [one for one in elements(paper.Root.StructTreeRoot) if str(one.S) == "/H1"]
            assert len(headings) == 1
            assert misplaced(paper) == []


def test_what_is_not_shown_is_not_printed() -> None:
    listing = make_listing(make_site())
    make_article(listing, slug="utkast", live=False)
    assert get("/nb/aktuelt/utkast/print.pdf").status_code == 404
    assert get("/en/aktuelt/print.pdf").status_code == 404
    assert get("/nb/ingenting/print.pdf").status_code == 404
    assert Client(headers={"host": "testserver"}).post("/nb/aktuelt/print.pdf").status_code == 405


def test_the_file_is_saved_and_leads_engines_to_the_page() -> None:
    make_article(make_listing(make_site()), slug="ute")
    answer = get("/nb/aktuelt/ute/print.pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ute.pdf"'
    assert answer.headers["Link"] == '<http://testserver/nb/aktuelt/ute>; rel="canonical"'
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/x.png", "http://localhost:1/x.png", "file:///etc/passwd", "//example.org/x.png",
        "/media/../../etc/passwd", "/media/none.png", "/desk", "/static/1/x.css", "ftp://example.org/x",
    ],
)  # fmt: skip
def test_nothing_but_our_own_pictures_is_ever_given(address: str) -> None:
    asked: list[str] = []

    def give(path: str) -> bytes | None:
        asked.append(path)
        return printing.given(path)

    html = f'<html lang="nb"><head><title>x</title></head><body><p>x</p><img src="{address}" alt="a"></body></html>'
    content = pdf_of(html, styles=[], base="http://testserver/nb/x", give=give)
    assert content.startswith(b"%PDF")
    assert all(printing.given(path) is None for path in asked)
    assert not any("example.org" in path or "localhost" in path for path in asked)


def test_a_page_is_made_once_until_something_that_the_public_reads_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    page = make_article(make_listing(make_site()), slug="ute")
    made: list[int] = []

    def count(html: str, **_: object) -> bytes:
        made.append(len(html))
        return b"%PDF-1.7"

    monkeypatch.setattr(printing, "pdf_of", count)
    for _ in range(3):
        get("/nb/aktuelt/ute/print.pdf")
    assert len(made) == 1
    page.title = "Ny"
    page.save_revision().publish()
    get("/nb/aktuelt/ute/print.pdf")
    assert len(made) == 2
    mark_path().parent.mkdir(parents=True, exist_ok=True)
    mark_path().unlink(missing_ok=True)
    mark_path().write_text("x")
    get("/nb/aktuelt/ute/print.pdf")
    assert len(made) == 3
    mark_path().unlink()


def test_who_waits_for_the_same_file_gets_that_one_and_the_third_is_asked_to_come_back() -> None:
    press, begun, go_on, made = Press(places=2), threading.Event(), threading.Event(), []

    def make() -> bytes:
        made.append(1)
        begun.set()
        go_on.wait(10)
        return b"x"

    got: list[bytes] = []
    waiting = [threading.Thread(target=lambda: got.append(press.made("key", make))) for _ in range(2)]
    waiting[0].start()
    assert begun.wait(10)
    waiting[1].start()
    while press._places._value:  # type: ignore[attr-defined]
        pass
    with pytest.raises(CannotPrint) as refused:
        press.made("other", make)
    assert refused.value.retry_after > 0
    go_on.set()
    for thread in waiting:
        thread.join(10)
    assert got == [b"x", b"x"]
    assert len(made) == 1


def test_what_was_made_last_is_kept_and_the_memory_is_bounded() -> None:
    press = Press(most=2)
    for key in "abc":
        press.made(key, lambda: b"x")
    assert press.made("c", lambda: b"new") == b"x"
    assert press.made("a", lambda: b"new") == b"new"
    small = Press(most_bytes=100)
    small.made("large", lambda: b"x" * 50)
    assert small.made("large", lambda: b"new") == b"new"


def test_when_others_wait_the_answer_is_a_sentence_and_when_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    make_article(make_listing(make_site()), slug="ute")
    monkeypatch.setattr(printing, "PRESS", Press(places=1))
    printing.PRESS._places.acquire()
    answer = get("/nb/aktuelt/ute/print.pdf")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Prøv igjen" in answer.content.decode()


def test_a_server_without_the_drawing_parts_says_so_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    make_article(make_listing(make_site()), slug="ute")

    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library")

    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    answer = get("/nb/aktuelt/ute/print.pdf")
    assert answer.status_code == 503
    assert "Retry-After" not in answer.headers
    assert "kan ikke lage PDF" in answer.content.decode()
    assert get("/nb/aktuelt/ute").status_code == 200


def test_a_machine_without_any_font_refuses_instead_of_falling_over(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(
        f"<?xml version='1.0'?><fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>"
    )
    code = (
        "from django.conf import settings; settings.configure(USE_I18N=False)\n"
        "from havn.common.printing import CannotPrint, pdf_of\n"
        "try: pdf_of('<html lang=nb><title>x</title><p>x</p>', styles=[])\n"
        "except CannotPrint as refusal: print(refusal.sentence)"
    )
    run = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(run, env={**os.environ, "FONTCONFIG_FILE": str(fonts)}, capture_output=True, text=True)
    assert "cannot make PDF" in done.stdout, done.stderr
    assert done.returncode == 0


def test_a_picture_that_is_gone_from_the_disk_is_not_given(rf: RequestFactory) -> None:
    make_resource(make_site())
    rendition = Picture.objects.get().get_rendition("width-800|format-webp")
    assert printing.given(rendition.url) is not None
    rendition.file.storage.delete(rendition.file.name)
    assert printing.given(rendition.url) is None
