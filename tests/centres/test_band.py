"""The band: on our own pages, and for every other site."""

import gzip
import json
import re

import pytest
from django.test import Client
from django.test.utils import override_settings

from havn.centres import band
from havn.centres.registry import register_page
from tests.centres.factories import make_hours, make_point
from tests.tenancy.factories import make_centre, make_organisation, make_service

pytestmark = pytest.mark.django_db

# The EU's 24, and Bokmål, Nynorsk, Icelandic, Ukrainian.
ALL = [
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "is", "it", "lt", "lv", "mt", "nb",
    "nl", "nn", "pl", "pt", "ro", "sk", "sl", "sv", "uk",
]  # fmt: skip
MOST = 5 * 1024


@pytest.fixture
def directory(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when an app has registered its directory; here another page of ours stands for it."""
    monkeypatch.setattr("havn.centres.registry._pages", {})
    register_page("directory", "centres:parents")


def words() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(band.FILE.read_text())["languages"]
    return rows


def packed(client: Client, address: str) -> int:
    return len(client.get(address, headers={"accept-encoding": "gzip"}).content)


def test_there_are_words_in_all_twenty_eight_languages_each_with_its_source() -> None:
    assert [one["code"] for one in words()] == ALL
    for one in words():
        assert one["dir"] in {"ltr", "rtl"}
        assert set(one["source"]) == {"title", "text", "link"}  # type: ignore[call-overload]
        assert all(isinstance(one[name], str) and one[name] for name in ("title", "text", "link", "name"))
        assert len(re.findall(r"[.!?](?:\s|$)", str(one["text"]))) in {1, 2, 3}, one["code"]


def test_the_network_s_published_words_are_kept_to_the_letter() -> None:
    titles = {one["code"]: one["title"] for one in words() if one["source"]["title"] == "published"}  # type: ignore[index]
    assert titles == {
        "en": "Online abuse – get help, report it!",
        "da": "Onlinemisbrug – fortæl om det og få hjælp",
        "cs": "Zneužívání online – vyhledej pomoc, nahlas to",
        "hr": "Zlostavljanje na internetu? Potraži pomoć! Prijavi to!",
        "bg": "Онлайн тормоз — потърсете помощ, подайте сигнал!",
    }


@pytest.mark.parametrize("code", ALL)
def test_each_framed_page_says_its_language_and_direction_and_is_small(client: Client, code: str) -> None:
    make_centre()
    response = client.get(f"/band/{code}")
    html = response.content.decode()
    assert f'<html lang="{code}" dir="ltr">' in html
    assert response.headers["Content-Language"] == code
    assert band.bands()[code].title in html
    assert band.bands()[code].link in html
    css = gzip.compress((band.FILE.parent.parent / "static/centres/band.css").read_bytes())
    assert packed(client, f"/band/{code}") + len(css) <= MOST
    assert "<script" not in html


@pytest.mark.parametrize(
    ("wish", "code"),
    [("cs,en;q=0.5", "cs"), ("no", "nb"), ("nn-NO,nb;q=0.8", "nn"), ("tlh, uk;q=0.3", "uk"), ("tlh", "en"), ("", "en")],
)
def test_without_a_language_the_browser_s_wish_decides(client: Client, wish: str, code: str) -> None:
    make_centre()
    response = client.get("/band", headers={"accept-language": wish})
    assert f'lang="{code}"' in response.content.decode()
    assert "Accept-Language" in response.headers["Vary"]


def test_any_site_may_frame_the_band_and_no_other_page(client: Client) -> None:
    make_centre()
    for address in ("/band", "/band/da"):
        response = client.get(address)
        assert "X-Frame-Options" not in response.headers
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert set(response.headers["Content-Security-Policy"].split("; ")) == {
            "default-src 'none'", "style-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors *",
        }  # fmt: skip
    for address in ("/", "/band/about", "/band/xx", "/band.js"):
        response = client.get(address)
        assert response.headers["X-Frame-Options"] == "DENY", address
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"], address


@pytest.mark.parametrize("address", ["/band", "/band/mt", "/band.js", "/band/about"])
def test_nothing_about_the_band_sets_a_cookie(client: Client, address: str) -> None:
    make_centre()
    response = client.get(address)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_the_script_holds_every_language_and_is_small(client: Client) -> None:
    make_centre()
    response = client.get("/band.js")
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    text = response.content.decode()
    for one in band.bands().values():
        assert one.title in text
        assert one.link in text
    assert packed(client, "/band.js") <= MOST
    assert not re.search(r"https?://|\.style\b|innerHTML|cookie|localStorage|fetch\(", text)


@pytest.mark.usefixtures("directory")
def test_the_link_leads_to_the_directory_in_a_language_that_the_site_has(client: Client) -> None:
    make_centre()
    assert 'href="/da/for-parents"' in client.get("/band/da").content.decode()
    assert 'href="/nb/for-parents"' in client.get("/band/nn").content.decode()
    assert 'href="/for-parents"' in client.get("/band/cs").content.decode()
    assert 'href="/nb/for-parents">Kontakt en hjelpelinje' in client.get("/nb/privacy").content.decode()


def test_without_a_directory_the_link_leads_to_the_first_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("havn.centres.registry._pages", {})
    make_centre()
    assert 'href="/da/"' in client.get("/band/da").content.decode()
    assert 'class="band__link" href="/nb/"' in client.get("/nb/privacy").content.decode()


@pytest.mark.parametrize("address", ["/", "/for-parents", "/for-teachers", "/privacy", "/accessibility", "/band/about"])
def test_a_public_page_carries_the_band_in_its_own_language(client: Client, address: str) -> None:
    make_centre()
    html = client.get(f"/nb{address}").content.decode()
    assert band.bands()["nb"].title in html
    assert '<aside class="band" lang="nb" dir="ltr"' in html


def test_a_child_s_own_pages_point_nowhere_else(client: Client) -> None:
    service = make_service(make_organisation(make_centre()), always_open=("chat",))
    make_point(service, "chat")
    for address in ("/chat", "/chat/code"):
        assert 'class="band"' not in client.get(address).content.decode(), address


def test_when_the_chat_is_closed_the_start_page_shows_the_way_to_others(client: Client) -> None:
    service = make_service(make_organisation(make_centre()), always_open=())
    make_point(service, "chat")
    make_hours(service, "chat", days=range(0))
    html = client.get("/chat").content.decode()
    assert "The chat is closed now" in html
    assert 'class="band"' in html


def test_the_blank_page_after_leaving_is_blank(client: Client) -> None:
    make_centre()
    client.cookies["p"] = "left"
    for address in ("/privacy", "/band/da"):
        assert band.bands()["da"].title not in client.get(f"/da{address}").content.decode()


def test_how_to_show_it_gives_whole_addresses_in_the_language_chosen(client: Client) -> None:
    make_centre(host="centre.example")
    html = client.get("/nb/band/about?in=fi", headers={"host": "centre.example"}).content.decode()
    assert "http://centre.example/band/fi" in html
    assert "http://centre.example/band.js" in html
    assert "data-lang=&quot;fi&quot;" in html or 'data-lang="fi"' in html
    assert band.bands()["fi"].link in html
    with override_settings(SECURE=True):
        assert (
            "https://centre.example/band/fi"
            in client.get("/band/about?in=fi", headers={"host": "centre.example"}).content.decode()
        )


def test_an_unknown_choice_of_language_is_answered_in_english(client: Client) -> None:
    make_centre()
    assert "/band/en" in client.get("/band/about?in=%3Cscript%3E").content.decode()
    assert client.get("/band/xx").status_code == 404
