"""Public pages in the front door's memory: whose they are, how long, and what empties it."""

import asyncio
import http.client
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse

from havn.common import page_cache as marks
from havn.config.at_once import key_at_once
from havn.config.page_cache import Headers, Key, PageCache, for_everybody, languages_wished, without_marks
from havn.config.upstream import Answer, WebDown
from tests.server import Server

CODES = frozenset({"en", "nb", "da"})


class Web:
    """A fake `web`: says what it is told to, counts how often it was asked, and takes its time."""

    def __init__(self, *more: tuple[bytes, bytes], keep: bytes = b"10", status: int = 200) -> None:
        self.asked = 0
        self.headers = [(b"content-type", b"text/html"), *([(b"x-havn-keep", keep)] if keep else []), *more]
        self.status = status
        self.down = False

    async def __call__(self) -> Answer:
        self.asked += 1
        number = self.asked
        await asyncio.sleep(0.01)
        if self.down:
            raise WebDown(sent=True)
        return Answer(self.status, list(self.headers), b"page %d" % number)


def dressed(answer: Answer) -> Headers:
    """The headers as they leave the house."""
    return without_marks(answer.headers)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def mark(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path
    return marks.mark_path()


def key(cache: PageCache, path: str = "/nb/aktuelt", method: str = "GET", query: bytes = b"", **headers: str) -> Any:
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    if "host" not in headers:
        told.append((b"host", b"a.test"))
    scope = {"method": method, "path": path, "raw_path": path.encode(), "query_string": query, "headers": told}
    return cache.key_of(scope)


def asked_twice(cache: PageCache, web: Web, one: Key, other: Key) -> int:
    """How often `web` was asked for two requests, one after the other."""

    async def story() -> None:
        await cache.answer(one, web)
        await cache.answer(other, web)

    asyncio.run(story())
    return web.asked


def test_the_second_reader_gets_what_the_first_got(mark: Path) -> None:
    cache = PageCache(mark, CODES, dressed)
    assert asked_twice(cache, Web(), key(cache), key(cache)) == 1


def test_head_and_get_share_one_answer(mark: Path) -> None:
    cache = PageCache(mark, CODES, dressed)
    assert asked_twice(cache, Web(), key(cache), key(cache, method="HEAD")) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"host": "b.test"},
        {"path": "/da/aktuelt"},
        {"query": b"page=2"},
        {"query": b"b=1&a=2"},
        {"accept_encoding": "gzip"},
        {"accept": "application/json"},
        {"x_forwarded_for": "192.0.2.1"},
    ],
)
def test_what_differs_is_kept_apart(mark: Path, other: dict[str, Any]) -> None:
    cache = PageCache(mark, CODES, dressed)
    assert asked_twice(cache, Web(), key(cache, **{"query": b"a=2&b=1"} | {}), key(cache, **other)) == 2


def test_without_a_language_in_the_address_each_wish_has_its_own(mark: Path) -> None:
    cache = PageCache(mark, CODES, dressed)
    danish = key(cache, "/directory", accept_language="da-DK,da;q=0.9,en;q=0.8")
    assert asked_twice(cache, Web(), danish, key(cache, "/directory", accept_language="nb")) == 2
    assert danish == key(cache, "/directory", accept_language="da, da-DK;q=0.5, EN")
    assert languages_wished(b"da-DK, en;q=0.8") == b"da,en"
    # With one, the wish plays no part.
    assert key(cache, accept_language="da") == key(cache, accept_language="nb")


@pytest.mark.parametrize("cookie", ["havn-session=x", "visit=x", "p=1", "havn-csrf=x", "somebody-elses=1"])
def test_whoever_brings_a_cookie_has_nothing_to_do_with_it(mark: Path, cookie: str) -> None:
    assert key(PageCache(mark, CODES, dressed), cookie=cookie) is None


@pytest.mark.parametrize("name", [b"host", b"accept", b"accept-language", b"accept-encoding"])
def test_a_header_that_comes_twice_is_nobody_elses_answer(mark: Path, name: bytes) -> None:
    headers = [(b"host", b"a.test"), (b"accept-language", b"nb"), (name, b"da"), (name, b"en")]
    scope = {"method": "GET", "path": "/", "raw_path": b"/", "query_string": b"", "headers": headers}
    assert PageCache(mark, CODES, dressed).key_of(scope) is None
    assert key_at_once(b"/", headers, frozenset(code.encode() for code in CODES)) is None


@pytest.mark.parametrize(
    "path", ["/nb/desk", "/desk/sign-in", "/chat", "/nb/chat", "/letter", "/en/search", "/files/1/a"]
)
def test_some_addresses_are_never_kept_and_never_waited_for(mark: Path, path: str) -> None:
    assert key(PageCache(mark, CODES, dressed), path) is None


def test_forms_and_pieces_are_never_kept(mark: Path) -> None:
    assert key(PageCache(mark, CODES, dressed), method="POST") is None
    assert key(PageCache(mark, CODES, dressed), range="bytes=0-1") is None


@pytest.mark.parametrize(
    "web",
    [
        Web(keep=b""),
        Web(keep=b"0"),
        Web(status=404),
        Web(status=302),
        Web((b"set-cookie", b"havn-csrf=x")),
        Web((b"vary", b"Accept-Encoding, Cookie")),
        Web((b"vary", b"Accept-Language")),
    ],
    ids=["unmarked", "zero", "not found", "moved", "cookie", "vary by cookie", "vary by wish"],
)
def test_what_is_one_persons_or_no_page_is_not_kept(mark: Path, web: Web) -> None:
    cache = PageCache(mark, CODES, dressed)
    assert asked_twice(cache, web, key(cache), key(cache)) == 2


def test_a_hundred_readers_of_a_cold_page_make_it_once(mark: Path) -> None:
    cache, web = PageCache(mark, CODES, dressed), Web()

    async def rush() -> list[Answer]:
        return await asyncio.gather(*(cache.answer(key(cache), web) for _ in range(100)))

    answers = asyncio.run(rush())
    assert web.asked == 1
    assert {answer.body for answer in answers} == {b"page 1"}


def test_when_the_first_gets_nothing_to_share_each_asks_once(mark: Path) -> None:
    cache, web = PageCache(mark, CODES, dressed), Web(keep=b"")

    async def rush() -> None:
        await asyncio.gather(*(cache.answer(key(cache), web) for _ in range(10)))

    asyncio.run(rush())
    assert web.asked == 10


def test_a_failure_reaches_everybody_and_is_not_kept(mark: Path) -> None:
    cache, web = PageCache(mark, CODES, dressed), Web()

    async def story() -> None:
        web.down = True
        found = await asyncio.gather(*(cache.answer(key(cache), web) for _ in range(3)), return_exceptions=True)
        assert [type(one) for one in found] == [WebDown] * 3
        web.down = False
        assert (await cache.answer(key(cache), web)).status == 200

    asyncio.run(story())


def test_the_one_who_asked_first_may_go_away(mark: Path) -> None:
    cache, web = PageCache(mark, CODES, dressed), Web()

    async def story() -> None:
        first = asyncio.create_task(cache.answer(key(cache), web))
        await asyncio.sleep(0)
        second = asyncio.create_task(cache.answer(key(cache), web))
        await asyncio.sleep(0)
        first.cancel()
        assert (await second).body == b"page 2"

    asyncio.run(story())


def test_an_answer_is_kept_for_as_long_as_its_view_says(mark: Path) -> None:
    clock, web = Clock(), Web(keep=b"3")
    cache = PageCache(mark, CODES, dressed, clock=clock)

    async def story() -> None:
        await cache.answer(key(cache), web)
        clock.now += 2.9
        assert (await cache.answer(key(cache), web)).body == b"page 1"
        clock.now += 0.2
        assert (await cache.answer(key(cache), web)).body == b"page 2"

    asyncio.run(story())


def test_what_nobody_asks_for_again_is_gone_with_its_address(mark: Path) -> None:
    cache, web = PageCache(mark, CODES, dressed), Web(keep=b"1")

    async def story() -> None:
        await cache.answer(key(cache, query=b"a=1"), web)
        assert cache._kept
        await asyncio.sleep(1.1)
        assert not cache._kept
        assert cache._bytes == 0

    asyncio.run(story())


@pytest.mark.django_db(transaction=True)
def test_a_change_empties_it_when_it_is_committed_and_not_before(mark: Path) -> None:
    from django.db import transaction

    cache, web = PageCache(mark, CODES, dressed), Web()
    assert asked_twice(cache, web, key(cache), key(cache)) == 1
    with transaction.atomic():
        marks.pages_changed()
        assert asked_twice(cache, web, key(cache), key(cache)) == 1
    assert asked_twice(cache, web, key(cache), key(cache)) == 2
    marks.pages_changed()
    assert asked_twice(cache, web, key(cache), key(cache)) == 3


@pytest.mark.django_db(transaction=True)
def test_a_page_begun_before_a_change_is_kept_for_nobody(mark: Path) -> None:
    cache, web = PageCache(mark, CODES, dressed), Web()

    async def story() -> None:
        first = asyncio.create_task(cache.answer(key(cache), web))
        await asyncio.sleep(0.002)
        await asyncio.to_thread(marks._make_new_mark)
        # Who comes after the change does not get what was begun before it.
        assert (await cache.answer(key(cache), web)).body == b"page 2"
        assert (await first).body == b"page 1"
        assert (await cache.answer(key(cache), web)).body == b"page 2"

    asyncio.run(story())


def test_it_holds_so_many_answers_and_bytes_and_no_more(mark: Path) -> None:
    async def fill(cache: PageCache, web: Web) -> None:
        for number in (1, 2, 1, 3):
            await cache.answer(key(cache, query=b"%d" % number), web)

    for limits in ({"most_answers": 2}, {"most_bytes": 3300}):
        cache, web = PageCache(mark, CODES, dressed, **limits), Web()
        asyncio.run(fill(cache, web))
        assert web.asked == 3
        # The second was not asked for longest, so it went.
        assert asked_twice(cache, web, key(cache, query=b"1"), key(cache, query=b"3")) == 3
        assert asked_twice(cache, web, key(cache, query=b"2"), key(cache, query=b"2")) == 4


def test_web_is_asked_for_the_encoding_in_the_key_and_the_mark_stays_in_the_house(mark: Path) -> None:
    cache = PageCache(mark, CODES, dressed)
    told: Headers = [(b"accept-encoding", b"br, gzip;q=0"), (b"host", b"a.test")]
    assert for_everybody(told, key(cache, accept_encoding="br, gzip;q=0")) == [(b"host", b"a.test")]
    assert (b"accept-encoding", b"gzip") in for_everybody(told, key(cache, accept_encoding="*"))
    assert without_marks([(b"x-havn-keep", b"3"), (b"x-havn-count", b"n"), (b"a", b"b")]) == [(b"a", b"b")]


def test_only_good_answers_of_a_view_are_marked() -> None:
    def view(status: int) -> Callable[..., Any]:
        return marks.keepable(5)(lambda _request: HttpResponse(status=status))

    assert view(200)(HttpRequest()).headers[marks.KEEP] == "5"
    assert marks.KEEP not in view(404)(HttpRequest()).headers
    own = marks.keepable(5)(lambda _request: HttpResponse(headers={marks.KEEP: "0"}))
    assert own(HttpRequest()).headers[marks.KEEP] == "0"


UNPUBLISH = """
import django
django.setup()
from havn.awareness.models import ArticlePage
page = ArticlePage.objects.get(slug={slug!r}, locale__language_code="nb")
page.unpublish()
"""
ONE = """
import django
django.setup()
from havn.awareness.models import ArticlePage
page = ArticlePage.objects.live().filter(locale__language_code="nb").order_by("pk").first()
from wagtail.models import Site
print(page.slug, page.get_url_parts()[2])
"""


def in_its_house(server: Server, script: str) -> str:
    """What a script prints that runs as one more process on the server's data."""
    variables = {**server.environment, "DJANGO_SETTINGS_MODULE": "havn.config.settings"}
    command = [sys.executable, "-c", script]
    return subprocess.run(command, env=variables, check=True, capture_output=True, text=True).stdout


@pytest.mark.slow
def test_a_running_server_shows_a_page_from_memory_and_forgets_it_when_it_is_taken_back(
    own_server: Callable[..., Server],
) -> None:
    server = own_server("demo")
    slug, path = in_its_house(server, ONE).split()

    def ask(**headers: str) -> tuple[int, Any, bytes]:
        line = http.client.HTTPConnection("localhost", server.port, timeout=20)
        line.request("GET", path, headers={"Accept-Encoding": "gzip", **headers})
        answer = line.getresponse()
        found = (answer.status, answer.headers, answer.read())
        line.close()
        return found

    first, second = ask(), ask()
    # The padding against guessing is drawn anew each time a page is made.
    assert first[0] == 200
    assert second[2] == first[2]
    assert ask(Cookie="visit=x")[2] != first[2]
    assert marks.KEEP not in second[1]
    assert second[1]["Cache-Control"] == "no-store"
    assert second[1]["Set-Cookie"] is None
    in_its_house(server, UNPUBLISH.format(slug=slug))
    assert ask()[0] == 404


def test_nothing_of_it_is_on_a_disk(mark: Path) -> None:
    cache = PageCache(mark, CODES, dressed)
    assert asked_twice(cache, Web(), key(cache), key(cache)) == 1
    marks._make_new_mark()
    found = [Path(folder) / name for folder, _, names in os.walk(mark.parent) for name in names]
    assert [(path.name, path.read_bytes()) for path in found] == [("pages", b"")]
