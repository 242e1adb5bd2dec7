"""Every sentence of a public page can be translated, and the pages stand longer words and the other direction."""

import json
import re
import zoneinfo
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

import babel
import polib
import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import get_resolver

from havn.accounts.models import Role
from havn.centres.registry import Keeping
from havn.common.access import Access
from havn.common.clock import now_ms
from havn.directory.countries import ZONES, country_name, language_name, spoken_in
from havn.helpline.actions.visits import end_visit
from havn.helpline.rules.record import PLATFORMS
from havn.tenancy.models import Centre
from havn.vocabularies.models import VocabularyTerm
from tests.accounts.factories import signed_in_client
from tests.centres.factories import make_hours, make_point, make_texts
from tests.codebase.places import HAVN
from tests.helpline.factories import make_line
from tests.helpline.public import make_visitor
from tests.tenancy.factories import make_centre, make_organisation, make_service
from tests.vault.factories import PASSWORD
from tools.messages import (
    FORMAL_LANGUAGES,
    LANGUAGES,
    PUBLIC_LANGUAGES,
    differs,
    holes,
    key_of,
    path_of,
    problems,
)
from tools.pseudo import ACCENTED, RIGHT_TO_LEFT, pseudo, write_catalogue
from tools.public_sentences import is_public, public_sentences

# Answers in a language of their own, whatever the page's: `test_band.py` looks at all of them.
OWN_LANGUAGE = {"/band", "/band.js", "/directory/worker.js"}
# There only at the network's site, where a national curriculum is known, or with the forms that come with Havn.
ELSEWHERE = {
    "/centres", "/learn/aims", "/trends", "/trends/history", "/age-assurance/check",
    "/desk/recommendations/rounds/new", "/desk/recommendations/rounds/load", "/desk/recommendations/import",
    "/desk/early-warning/meetings/new",
}  # fmt: skip
LOCALE = Path(django_settings.LOCALE_PATHS[0])
_OTHERS = ("/desk/editor/", "/api/")
SPOKEN_ATTRIBUTES = {"aria-label", "title", "placeholder", "alt", "content"}
# Countries and languages have their names from the CLDR, in every language that it knows.
_CODES = {code for country in ZONES for code in spoken_in(country)} | {"ar", "ru", "se", "so", "tr"}
_NAMES = {country_name(code, "en") for code in ZONES} | {language_name(code, "en") for code in _CODES}
NAMES = re.compile(r"\b(?:" + "|".join(sorted(_NAMES, key=len, reverse=True)) + r")\b")
# What a page shows that is data and no sentence: names, numbers, addresses, and the weekdays that Django translates.
DATA = re.compile(
    r"(https://$|Our Centre|Our Helpline|Our Police|Our Authority|Our Red Cross|[\w.@/:-]+\.example/?|Organisation \d+|"
    r"VI-2|English|[Nn]orsk \(?bokmål\)?|[Dd]ansk|Kari Coordinator|member-\d+|\b(?:EN|NB)\b|\b[0-9A-Z]{4}\b|\{\w+\}|"
    r"(?:Mon|Tues?|Wednes|Wed|Thurs?|Thu|Fri|Satur|Sat|Sun)(?:day)?|[ap]\.m\.|"
    r"(?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)(?:uary|ruary|ust|ember|ober|tember)?\.?|"
    r"width=\S+|light dark)"
)


class Sentences(HTMLParser):
    """What a person sees or hears of a page, without what is said to be English on purpose."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        silent = tag in {"script", "style", "kbd"} or (values.get("lang") == "en" and tag != "html")
        # A choice among proper names; lines of code and an address to copy.
        silent = silent or (tag in {"code", "option", "textarea"} and values.get("translate") == "no")
        if tag not in {"meta", "link", "input", "br", "img", "path", "use"}:
            self.open.append((tag, silent))
        if not any(silent for _tag, silent in self.open):
            for name, value in attrs:
                spoken = name in SPOKEN_ATTRIBUTES or name.startswith("data-say")
                if spoken and value and values.get("name") != "viewport":
                    self.found.append(value)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(silent for _tag, silent in self.open):
            self.found.append(data.strip())


def _sign_languages() -> list[str]:
    listed = json.loads((HAVN / "centres" / "data" / "sign-languages.json").read_text())
    return [f"{one['name']} ({one['code']})" for one in listed["languages"]]


def _names() -> re.Pattern[str]:
    """Names of countries, languages and time zones come from CLDR and tzdata, which know no pseudo-language."""
    english = babel.Locale("en")
    own = [babel.Locale.parse(code).display_name or "" for code in ("nb", "da", "nn", "sv", "fi", "de", "fr", "is")]
    own += [name for _code, name in django_settings.LANGUAGES]
    # Sign languages and platforms by their own names, and addresses as an example shows them.
    own += [*_sign_languages(), *(name for name in PLATFORMS if len(name) > 1), "help+…@", "help-…@", "help=…@"]
    names = {"noindex", *zoneinfo.available_timezones(), *english.languages.values(), *english.territories.values()}
    names |= {*own, *(name.capitalize() for name in own)}
    return re.compile(
        "#[0-9a-f]{6}|" + "|".join(re.escape(name) for name in sorted(filter(None, names), key=len, reverse=True))
    )


NAMES = _names()


def plain_english(html: str) -> list[str]:
    """The pieces of a pseudo-language page that still have plain letters."""
    page = Sentences()
    page.feed(html)
    return [text for text in page.found if re.search(r"[A-Za-z]{2}", DATA.sub("", NAMES.sub("", text)))]


def paths_for(*who: str, resolver: Any = None, before: str = "/") -> list[str]:
    """Every address without a number in it that these may open ("public", "visitor", "staff"), from the URLconf."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            found += paths_for(*who, resolver=pattern, before=route)
        elif getattr(pattern.callback, "access", Access("none")).who in who and not re.search(r"[<^]", route):
            found.append(route)
    # Wagtail's own screens have translations of their own, and what machines read is in English.
    return [path for path in found if path not in OWN_LANGUAGE | ELSEWHERE and not path.startswith(_OTHERS)]


@pytest.fixture
def pseudo_languages(tmp_path: Path, settings: Any) -> None:
    """Both pseudo-languages beside the real ones."""
    for language in (ACCENTED, RIGHT_TO_LEFT):
        write_catalogue(LOCALE / "nb" / "LC_MESSAGES" / "django.po", tmp_path, language)
    settings.LOCALE_PATHS = [tmp_path, *settings.LOCALE_PATHS]
    settings.LANGUAGES = [*settings.LANGUAGES, (ACCENTED, "English"), (RIGHT_TO_LEFT, "Dansk")]


@pytest.fixture
def only_what_visitors_see(tmp_path: Path, settings: Any) -> None:
    """A pseudo-language that has what the catalogues of 25 languages have: the public sentences of a helpline."""
    write_catalogue(LOCALE / "nb" / "LC_MESSAGES" / "django.po", tmp_path, ACCENTED, is_public)
    settings.LOCALE_PATHS = [tmp_path, *settings.LOCALE_PATHS]
    settings.LANGUAGES = [*settings.LANGUAGES, (ACCENTED, "English")]


@pytest.fixture
def full_centre(db: None) -> Centre:
    """A centre with every kind of door, so that every sentence of the first page is said."""
    centre = make_centre(name="Our Centre")
    make_texts(
        centre,
        controller="Our Authority",
        complaint_name="Our Authority",
        data_officer_email="officer@our.example",
        feedback_email="access@our.example",
        complaint_url="https://our.example/",
        accessibility_authority="Our Authority",
        accessibility_authority_url="https://our.example/",
    )
    helpline = make_service(make_organisation(centre, name="Our Red Cross"), name="Our Helpline")
    make_point(helpline, "phone", number="116 111")
    make_hours(helpline, "phone", days=range(1))
    make_point(helpline, "text", number="1966")
    make_point(helpline, "page", url="https://our.example/", label="Our Helpline")
    police = make_service(
        make_organisation(centre, name="Our Police"), kind="hotline", name="Our Police", always_open=()
    )
    make_point(police, "phone", number="112", emergency=True)
    make_point(police, "mail", email="tips@our.example")
    for audience in ("parents", "professionals"):
        advice = make_service(
            make_organisation(centre, name="Our Authority"), name="Our Authority", audience=audience, always_open=()
        )
        make_point(advice, "mail", email="advice@our.example")
    return centre


def test_no_public_page_shows_a_sentence_that_cannot_be_translated(
    client: Client, full_centre: Centre, pseudo_languages: None
) -> None:
    paths = paths_for("public")
    assert {"/", "/privacy", "/accessibility", "/for-parents", "/chat"} <= set(paths)
    with mock.patch("havn.centres.registry._keeping", [lambda centre_id: Keeping()]):
        left = {path: plain_english(_page(client, path)) for path in paths}
    assert {path: texts for path, texts in left.items() if texts} == {}


@pytest.mark.django_db(transaction=True)
def test_no_page_of_a_visit_shows_a_sentence_that_cannot_be_translated(pseudo_languages: None) -> None:
    line = make_line(centre_fields={"name": "Our Centre"}, name="Our Helpline")
    visitor = make_visitor(line)
    letter = make_visitor(line, "letter", letter="116 111")
    paths = paths_for("public", "visitor")
    left = _all_plain(visitor.client, paths) | _all_plain(letter.client, paths)
    line.take(line.counsellor(shown_name="116"))
    left |= _all_plain(visitor.client, paths)
    end_visit(conversation_id=visitor.turn.pk, key=visitor.started.key, now_ms=now_ms())
    left |= _all_plain(visitor.client, paths)
    assert left == {}


@pytest.mark.django_db(transaction=True)
def test_every_sentence_of_a_visit_is_among_those_of_all_languages(only_what_visitors_see: None) -> None:
    line = make_line(centre_fields={"name": "Our Centre"}, name="Our Helpline")
    visitor = make_visitor(line)
    letter = make_visitor(line, "letter", letter="116 111")
    elsewhere = re.compile(
        r"/(?:band|directory|events|reports|search|learn|news|accept|centres|resources|campaigns|law|data|"
        r"age-assurance/check|recommendations)\b|/desk"
    )
    paths = [path for path in paths_for("public", "visitor") if not elsewhere.match(path)]
    assert {"/", "/chat", "/letter", "/answers", "/privacy"} <= set(paths)
    left = _all_plain(visitor.client, paths) | _all_plain(letter.client, paths)
    line.take(line.counsellor(shown_name="116"))
    end_visit(conversation_id=visitor.turn.pk, key=visitor.started.key, now_ms=now_ms())
    left |= _all_plain(visitor.client, paths)
    assert left == {}


@pytest.mark.django_db(transaction=True)
def test_no_desk_page_shows_a_sentence_that_cannot_be_translated(pseudo_languages: None) -> None:
    line = make_line(centre_fields={"name": "Our Centre"}, name="Our Helpline")
    make_visitor(line)
    make_centre(host=None, name="Our Centre", kind=Centre.Kind.NETWORK)
    person = line.on_duty(line.member(*Role.values, name="116", shown_name="116"))
    line.take(person)
    client = signed_in_client(person.user, password=PASSWORD)
    # Vocabularies and their labels are data; the trail shows codes, and the texts are shown in every language.
    VocabularyTerm.objects.all().delete()
    paths = [path for path in paths_for("staff") if path not in {"/desk/texts", "/desk/trail"}]
    assert {"/desk", "/desk/wall", "/desk/hours"} <= set(paths)
    assert _all_plain(client, paths) == {}


def test_a_sentence_outside_the_catalogue_would_be_found() -> None:
    assert plain_english(f"<main><p>{pseudo('All is well', ACCENTED)}</p><p>Not marked</p></main>") == ["Not marked"]
    assert plain_english('<a aria-label="Not marked" href="/x">1</a>') == ["Not marked"]


def test_a_right_to_left_page_says_so(client: Client, full_centre: Centre, pseudo_languages: None) -> None:
    html = _page(client, "/", RIGHT_TO_LEFT)
    assert f'<html lang="{RIGHT_TO_LEFT}" dir="rtl"' in html
    assert re.search(r"[א-ת]{3}", html)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", ACCENTED, RIGHT_TO_LEFT])
def test_pages_hold_together_in_long_words_and_from_right_to_left(
    client: Client, browser: Any, full_centre: Centre, pseudo_languages: None, language: str
) -> None:
    paths = ("/", "/for-parents", "/privacy", "/accessibility", "/chat", "/letter")
    # Made beforehand: the browser asks from a context of its own, which has another database connection.
    pages = {f"/{language}{path}": client.get(f"/{language}{path}") for path in paths}
    for width in (320, 1280):
        # Without scripts: nothing here answers what they would ask the live process.
        page = browser.new_page(viewport={"width": width, "height": 800}, java_script_enabled=False)
        page.route("**/*", lambda route: _answer(route, pages))
        for path in pages:
            page.goto(f"http://testserver{path}")
            sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert sideways <= 0, f"{path} scrolls sideways at {width} px: {_wide(page)}"
            assert _cut_off(page) == [], f"{path} at {width} px"
        page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_and_its_holes_fit(language: str) -> None:
    assert problems(polib.pofile(str(path_of(language)))) == []


@pytest.mark.parametrize("language", PUBLIC_LANGUAGES)
def test_every_sentence_that_visitors_see_is_there_in_every_language(language: str) -> None:
    catalogue = polib.pofile(str(path_of(language)))
    wanted = {key_of(entry) for entry in public_sentences(polib.pofile(str(path_of("nb"))))}
    assert {key_of(entry) for entry in catalogue} == wanted
    assert problems(catalogue) == []


@pytest.mark.parametrize("language", FORMAL_LANGUAGES)
def test_a_formal_catalogue_holds_only_what_differs(language: str) -> None:
    own = {key_of(entry): entry for entry in polib.pofile(str(path_of(language)))}
    formal = polib.pofile(str(path_of(f"{language}-x-formal")))
    assert len(formal) > 50
    assert problems(formal) == []
    assert [entry.msgid for entry in formal if not differs(entry, own[key_of(entry)])] == []


@pytest.mark.parametrize("language", [*LANGUAGES, *PUBLIC_LANGUAGES, *(f"{one}-x-formal" for one in FORMAL_LANGUAGES)])
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    folder = path_of(language).parent
    written = {
        (entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural
        for entry in polib.pofile(str(folder / "django.po"))
        if entry.translated()
    }
    compiled = {
        (entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural
        for entry in polib.mofile(str(folder / "django.mo"))
    }
    assert written == compiled, "run make messages"


def test_placeholders_survive_the_pseudo_languages() -> None:
    source = 'Wait <strong>%(minutes)s</strong> minutes, <a href="/x">%(name)s</a>'
    for language in (ACCENTED, RIGHT_TO_LEFT):
        assert holes(pseudo(source, language)) == holes(source)


def _all_plain(client: Client, paths: list[str]) -> dict[str, list[str]]:
    """The pieces that stayed plain, by page."""
    left = {path: plain_english(_page(client, path)) for path in paths if "sign-out" not in path}
    return {path: texts for path, texts in left.items() if texts}


def _page(client: Client, path: str, language: str = ACCENTED) -> str:
    response = client.get(f"/{language}{path}")
    # 405: takes posts only. 302: leads to the start when nothing was started.
    assert response.status_code in {200, 302, 405}, path
    return response.content.decode() if response.headers["Content-Type"].startswith("text/html") else ""


def _answer(route: Any, pages: dict[str, Any]) -> None:
    """Answer the browser with the pages made and the static files, without a port."""
    path = urlsplit(route.request.url).path
    if path.startswith(django_settings.STATIC_URL):
        file = finders.find(path.removeprefix(django_settings.STATIC_URL))
        assert file, path
        route.fulfill(path=file)
    else:
        response = pages[path]
        headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
        route.fulfill(status=response.status_code, body=response.content, headers=headers)


def _wide(page: Any) -> list[str]:
    """Elements that stand out of the window."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll("body *")]
                .filter((one) => { const box = one.getBoundingClientRect();
                    return box.right > innerWidth + 1 || box.left < -1; })
                .map((one) => one.className || one.tagName)"""
        )
    )


def _cut_off(page: Any) -> list[str]:
    """Elements whose words do not fit into them."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll("main *, .quick-exit, .bottom *")]
                .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0
                    && !one.closest(".ds-sr-only, svg") && getComputedStyle(one).display !== "inline")
                .map((one) => `${one.className || one.tagName}: ${one.textContent.trim().slice(0, 60)}`)"""
        )
    )
