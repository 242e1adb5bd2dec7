"""What a phone may keep of the directory: pages, their files, the worker, and the offer on the pages."""

import html
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from havn.directory.loading import load_directory
from tests.directory.factories import MORNING, confirm, make_country, make_line, make_way
from tests.tenancy.factories import make_centre

pytestmark = pytest.mark.django_db
MOST_BYTES = 60 * 1024


@pytest.fixture(autouse=True)
def _morning(time_machine: Any) -> None:
    make_centre(country_code="NO", slug="norway", languages=["en", "nb", "da"])
    time_machine.move_to(MORNING, tick=False)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def test_a_kept_page_says_its_date_and_hours_and_never_who_is_open(client: Client) -> None:
    entry = make_line(make_country())
    make_way(entry, number="116111", rule="24/7")
    make_way(entry, channel="chat", url="https://example.org/chat", rule="Mo-Fr 08:00-16:00")
    confirm(entry, MORNING)
    shown_now = page(client, "/en/directory/pl")
    assert "Open now" in shown_now
    kept = page(client, "/directory/kept/en/pl")
    # The clock of the centre whose page it is, not that of the server.
    assert 'As it was on: <time datetime="2026-11-25T10:00+01:00">25 November 2026, 10:00</time>' in kept
    assert "116111" in kept
    assert "Day and night, every day" in kept
    assert "Monday to Friday 08:00–16:00" in kept
    assert "Confirmed by Those of The Line on 25 November 2026." in kept
    words = re.sub(r"<[^>]+>", " ", kept)
    assert "open now" not in words.lower().replace("does not know who is open now", "")
    assert "until" not in words.lower()


def test_the_language_and_the_country_stand_behind_the_scope(client: Client) -> None:
    make_line(make_country())
    answer = client.get("/directory/kept/nb/pl", headers={"accept-language": "da"})
    assert answer.headers["Content-Language"] == "nb"
    text = answer.content.decode()
    assert '<html lang="nb"' in text
    assert "<title>Polen</title>" in text
    assert 'href="/nb/directory/pl"' in text
    # Nothing of the language stays behind for the next page of this thread.
    after = client.get("/directory", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="en"' in after
    assert 'href="/nb/directory/' not in after
    for path in ("xx/pl", "sv/pl", "nb/zz", "nb/poland"):
        assert client.get(f"/directory/kept/{path}").status_code == 404, path


def test_all_countries_fit_into_a_light_page(client: Client) -> None:
    load_directory()
    answer = client.get("/directory/kept/en/all", headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) <= MOST_BYTES
    text = page(client, "/directory/kept/en/all")
    for name in ("Romania", "Slovakia", "Ukraine", "Finland"):
        assert f"<summary>{name}</summary>" in text
    assert "Sources say different things" in text


def test_everything_a_kept_page_loads_stands_under_its_own_part_of_the_site(client: Client) -> None:
    make_line(make_country())
    text = client.get("/directory/kept/en/pl").content.decode()
    loaded = re.findall(r'<(?:link[^>]*stylesheet[^>]*href|script[^>]*src|img[^>]*src|use[^>]*href)="([^"]+)"', text)
    assert sorted(loaded) == ["/directory/kept/exit.js", "/directory/kept/keep.js", "/directory/kept/kept.css"]
    files = re.search(r'data-files="([^"]+)"', text)
    assert files
    assert sorted(files[1].split()) == sorted(loaded)
    kinds = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
    for address in loaded:
        answer = client.get(address)
        assert answer.headers["Content-Type"] == kinds[address[address.rindex(".") :]]
        assert answer.headers["Havn-Kept"] == "2026-11-25T09:00:00+00:00"
        assert "/static/" not in answer.content.decode()
    for name in ("worker.js", "public.css", "..", "desk.css"):
        assert client.get(f"/directory/kept/{name}").status_code == 404


def test_the_worker_stands_where_its_scope_can_be_no_wider(client: Client) -> None:
    answer = client.get("/directory/worker.js")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "Service-Worker-Allowed" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/nb/directory/worker.js").status_code == 404


def test_the_blank_page_after_quick_exit_is_never_one_that_may_be_kept(client: Client) -> None:
    make_line(make_country())
    assert "Havn-Kept" in client.get("/directory/kept/en/pl").headers
    client.cookies[settings.LEFT_COOKIE_NAME] = "1"
    for path in ("/directory/kept/en/pl", "/directory/kept/exit.js", "/directory/worker.js"):
        blank = client.get(path)
        assert "Havn-Kept" not in blank.headers
        assert b"/live/open" in blank.content


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/en/directory", "/directory/kept/en/all"),
        ("/nb/directory?country=PL", "/directory/kept/nb/pl"),
        ("/directory/pl", "/directory/kept/en/pl"),
        ("/da/directory/pl", "/directory/kept/da/pl"),
        ("/nb/directory/kept/da/pl", "/directory/kept/da/pl"),
    ],
)
def test_the_pages_offer_to_keep_what_they_show_and_hide_it_without_script(
    client: Client, path: str, kept: str
) -> None:
    make_line(make_country())
    text = client.get(path).content.decode()
    offer = re.search(r"<keep-lines[^>]*>", text)
    assert offer
    assert " hidden" in offer[0]
    assert f'data-page="{kept}"' in offer[0]


def test_only_the_directory_offers_to_keep_anything(client: Client) -> None:
    make_line(make_country())
    for path in ("/", "/en/privacy", "/en/chat", "/en/letter", "/en/directory/pl/history", "/en/directory/pl/card"):
        assert b"keep-lines" not in client.get(path).content, path
