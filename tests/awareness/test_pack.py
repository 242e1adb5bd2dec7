"""A page as a folder that works without a network."""

import io
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from havn.awareness.models import PublishedFile
from havn.awareness.taking import packing, printing
from havn.common.printing import CannotPrint, Press
from tests.awareness.factories import make_article, make_listing, make_site
from tests.awareness.full_pages import make_file, make_resource

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_paper(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    press = Press()
    monkeypatch.setattr(printing, "PRESS", press)
    monkeypatch.setattr(packing, "PRESS", press)
    monkeypatch.setattr(printing, "pdf_of", lambda html, **_: b"%PDF-1.7 made")


def get(path: str) -> Any:
    return Client(headers={"host": "testserver"}).get(f"/nb/{path}/pack.zip")


def pack_of(path: str) -> zipfile.ZipFile:
    answer = get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    found = zipfile.ZipFile(io.BytesIO(answer.content))
    assert found.testzip() is None
    return found


class Links(HTMLParser):
    """Everything that a page of the pack names, what it loads apart."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.led_to: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name in {"src", "href"}:
                (self.led_to if tag == "a" else self.loaded).append(value)


def test_the_pack_opens_by_itself_and_loads_nothing_from_elsewhere() -> None:
    make_resource(make_site())
    pack = pack_of("ressurser/venn")
    names = pack.namelist()
    assert {"index.html", "lesson.html", "easy.html", "style.css", "LICENCE.txt", "venn.pdf"} <= set(names)
    assert pack.read("venn.pdf") == b"%PDF-1.7 made"
    assert "url(" not in pack.read("style.css").decode()
    for name in (one for one in names if one.endswith(".html")):
        links = Links()
        links.feed(pack.read(name).decode())
        for link in links.loaded:
            assert link in names, f"{name} loads {link}"
        for link in links.led_to:
            parts = urlsplit(link)
            assert parts.scheme in {"http", "https"} or parts.path in {*names, ""}, f"{name} leads to {link}"


def test_pictures_film_captions_and_files_are_in_it_and_members_files_are_not() -> None:
    centre = make_site()
    make_resource(centre)
    pack = pack_of("ressurser/venn")
    names = pack.namelist()
    assert len([name for name in names if name.startswith("pictures/")]) == 2  # in the text, and small in easy-read
    assert len([name for name in names if name.endswith(".mp4")]) == 1
    assert len([name for name in names if name.endswith(".vtt")]) == 1
    assert b"%PDF-ark" in [pack.read(name) for name in names if name.startswith("files/")]
    secret = PublishedFile.objects.get(members_only=True)
    everything = b"".join(pack.read(name) for name in names).decode("utf-8", "replace")
    assert "fasit" not in "".join(names) + everything
    assert f"/files/{secret.pk}/" not in everything


def test_it_says_its_licence_its_makers_and_where_it_is_from() -> None:
    make_resource(make_site())
    text = pack_of("ressurser/venn").read("LICENCE.txt").decode()
    assert text.startswith("Del & hel <venn>\nhttp://testserver/nb/ressurser/venn\n")
    assert "Kari og Ola" in text
    assert "https://creativecommons.org/licenses/by/4.0/" in text
    assert "Kari, CC BY 4.0" in text


def test_names_are_safe_on_every_disk_and_none_comes_twice() -> None:
    centre = make_site()
    make_resource(centre)
    pack = pack_of("ressurser/venn")
    names = pack.namelist()
    assert len(names) == len({name.lower() for name in names})
    for name in names:
        assert ".." not in PurePosixPath(name).parts
        assert re.fullmatch(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)?", name)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..", "", "/", "a\\b.pdf", "nul\x00.pdf", "æøå.pdf", "x" * 300, "."]
)
def test_a_name_leads_out_of_no_folder(name: str) -> None:
    safe = packing.safe_name(name)
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}", safe)


def test_what_would_make_it_too_large_is_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    centre = make_site()
    large = make_file(centre, "stor.zip", b"x" * 50_000, title="Den store")
    make_resource(centre, files=[("file", {"file": large.pk, "about": ""})])
    monkeypatch.setattr(packing, "MOST_BYTES", 40_000)
    pack = pack_of("ressurser/venn")
    assert not any("stor" in name for name in pack.namelist())
    page = pack.read("index.html").decode()
    assert "Den store" in page.split("<h2>")[-1]
    assert f'href="http://testserver/nb/files/{large.pk}/' in page


def test_an_article_has_a_pack_of_one_page() -> None:
    make_article(make_listing(make_site()), slug="ute", title="Ute")
    pack = pack_of("aktuelt/ute")
    assert set(pack.namelist()) == {"index.html", "style.css", "LICENCE.txt", "ute.pdf"}
    assert "<h1>Ute</h1>" in pack.read("index.html").decode()


def test_without_a_printer_the_pack_comes_without_the_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(html: str, **_: object) -> bytes:
        raise CannotPrint("no")

    monkeypatch.setattr(printing, "pdf_of", refuse)
    make_article(make_listing(make_site()), slug="ute")
    assert "ute.pdf" not in pack_of("aktuelt/ute").namelist()


def test_what_is_not_shown_is_not_packed_and_a_full_house_says_when_to_come_back() -> None:
    listing = make_listing(make_site())
    make_article(listing, slug="utkast", live=False)
    make_article(listing, slug="ute")
    assert get("aktuelt/utkast").status_code == 404
    for _ in range(2):
        packing.PRESS._places.acquire()
    answer = get("aktuelt/ute")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
