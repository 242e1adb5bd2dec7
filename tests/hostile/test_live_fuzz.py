"""Any body, header or cookie on any address of the live process: an answer with a sentence, never a failure of ours."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from havn.live.registry import LiveRoute
from tests.hostile.budget import tries
from tests.hostile.conftest import Scene
from tests.hostile.door import FORM, OURS, SCRIPT, Answer, Headers, cookie_header
from tools.routes import live_routes

ROUTES = live_routes()
NAMES = [
    "text",
    "client_id",
    "up_to",
    "conversation",
    "kind",
    "lang",
    "language",
    "next",
    "form_token",
    "code",
    "service",
    "name",
    "age_band",
    "in_danger",
    "once",
    "on",
    "value",
    "to",
    "letter",
    "",
]
NASTY = st.sampled_from(
    [
        "",
        " ",
        "\x00",
        "a\x00b",
        "\u200b\u2060\ufeff",
        "\u202e",
        "²",
        "١",
        "-1",
        "1e9",
        "9" * 17,
        "9" * 5000,
        "NaN",
        "w" * 10_000,
        "w" * 5_001,
        "é" * 4_999,
        "\u0301" * 400,
        "{{7*7}}",
        "{% load x %}",
        "%s%n",
        "' OR 1=1 --",
        "<script>",
        "../../etc/passwd",
        "//evil.example",
        "/\\evil",
        "/a\r\nset-cookie: x=1",
        "\U0010ffff",
        "\ufdd0",
        "nb",
        "xx",
        "text",
        "note",
        "1",
        "true",
        "null",
        "[]",
        "AAAA-BBBB-CCCC-DDDD-EEEE",
        "\ud800",
    ]
)
TEXT = st.one_of(NASTY, st.text(max_size=60))
VALUE = st.one_of(TEXT, st.integers(), st.booleans(), st.none(), st.floats(), st.lists(st.integers(), max_size=2))
FIELDS = st.dictionaries(st.one_of(st.sampled_from(NAMES), TEXT), VALUE, max_size=6)
HEADER_VALUE = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(
        [
            b"",
            b"null",
            b"-1",
            b"9" * 400,
            b"1:1,2:2",
            b"1:" + b"9" * 30,
            b"\xff\xfe",
            b"http://testserver",
            b"http://testserver.evil.example",
            b"https://testserver",
            b"testserver:99999",
            b"[::1]",
            b"[",
            b"a b",
            b"application/json; charset=utf-16",
            b"application/json, text/html",
            b"text/plain",
            b"image/png",
            b"APPLICATION/X-WWW-FORM-URLENCODED;charset=x",
            b"multipart/form-data",
            b"gzip",
            b"testserver",
        ]
    ),
)
HEADER_NAMES = [
    b"last-event-id",
    b"content-type",
    b"origin",
    b"host",
    b"accept",
    b"accept-language",
    b"sec-fetch-site",
    b"cookie",
    b"content-length",
    b"transfer-encoding",
    b"content-encoding",
    b"range",
    b"expect",
    b"x-forwarded-for",
    b"referer",
    b"x-http-method-override",
    b"upgrade",
    b"user-agent",
    b"if-none-match",
]
HEADERS = st.dictionaries(st.sampled_from(HEADER_NAMES), HEADER_VALUE, max_size=4)
QUERY = st.one_of(
    st.binary(max_size=60).map(lambda raw: raw.replace(b"#", b"")),
    st.sampled_from(
        [b"a=1&" * 300, b"&" * 200, b"lang=" + b"x" * 3000, b"after=-1", b"after=%FF", b"lang=%00", b"t=\xff"]
    ),
)


def _requests(scene: Scene) -> Iterator[tuple[LiveRoute, dict[str, str]]]:
    for route in ROUTES:
        yield route, scene.cookies_for(route.access)


def _check(route: LiveRoute, answer: Answer, what: object) -> None:
    told = f"{route.path} with {what!r:.300}: {answer.status} {answer.body!r:.300}"
    assert 0 < answer.status < 500, told
    assert dict(answer.headers).get(b"cache-control") == b"no-store", told
    for name, value in answer.headers:
        assert not {*name, *value} & {0, 10, 13}, told
    if answer.status in {200, 204, 303}:
        return
    if route.path == "/exit":
        # The address that leads away says no word of ours.
        assert (answer.status, answer.body) == (403, b"") or answer.kind == "application/json", told
    elif answer.kind == "application/json":
        assert answer.json["error"].endswith("."), told
        assert answer.json["code"].replace("-", "").isalpha(), told
    else:
        assert answer.kind == "text/html; charset=utf-8", told
        assert b"<main" in answer.body, told


def test_no_fields_of_a_script_make_an_address_fail(scene: Scene) -> None:
    @tries(6)
    @given(FIELDS)
    def attack(fields: dict[str, Any]) -> None:
        for route, cookies in _requests(scene):
            real = {"conversation": scene.talk} if len(fields) % 2 else {}
            body = json.dumps({**fields, **real}).encode()
            answer = scene.door.ask(route.methods[0], route.path, [*SCRIPT, cookie_header(cookies)], body)
            _check(route, answer, fields)
            if answer.status >= 400 and route.path != "/exit":
                assert answer.kind == "application/json", f"{route.path} answers a script with {answer.kind}"

    attack()


def test_no_fields_of_a_form_make_an_address_fail(scene: Scene) -> None:
    @tries(4)
    @given(st.dictionaries(st.one_of(st.sampled_from(NAMES), TEXT), TEXT, max_size=6))
    def attack(fields: dict[str, str]) -> None:
        body = urlencode(fields, errors="surrogatepass").encode()
        for route, cookies in _requests(scene):
            _check(route, scene.door.ask(route.methods[0], route.path, [*FORM, cookie_header(cookies)], body), fields)

    attack()


def test_no_body_makes_an_address_fail(scene: Scene) -> None:
    kinds = (b"application/json", b"application/x-www-form-urlencoded", b"application/octet-stream")
    bodies = st.one_of(
        st.binary(max_size=200),
        st.sampled_from(
            [b"\xff" * 300, b"\x00" * 70_000, b"[" * 60_000, b"{" * 1000, b'{"text":' + b"9" * 6000 + b"}"]
        ),
    )

    @tries(5)
    @given(st.sampled_from(kinds), bodies)
    def attack(kind: bytes, body: bytes) -> None:
        for route, cookies in _requests(scene):
            headers = [*OURS, (b"content-type", kind), cookie_header(cookies)]
            answer = scene.door.ask(route.methods[0], route.path, headers, body)
            _check(route, answer, (kind, body))
            if route.methods == ("POST",) and (kind == kinds[2] or b"\xff" in body):
                assert answer.status in {400, 415}

    attack()


def test_no_header_makes_an_address_fail(scene: Scene) -> None:
    @tries(8)
    @given(HEADERS)
    def attack(wild: dict[bytes, bytes]) -> None:
        for route, cookies in _requests(scene):
            known = dict([*SCRIPT, cookie_header(cookies)])
            headers: Headers = list({**known, **wild}.items())
            _check(route, scene.door.ask(route.methods[0], route.path, headers, b'{"text": "Hei"}'), wild)

    attack()


def test_no_query_makes_an_address_fail(scene: Scene) -> None:
    @tries(6)
    @given(QUERY)
    def attack(query: bytes) -> None:
        for route, cookies in _requests(scene):
            headers = [*SCRIPT, cookie_header(cookies)]
            _check(route, scene.door.ask(route.methods[0], route.path, headers, b"{}", query), query)

    attack()


def test_no_cookie_that_was_not_given_out_opens_anything(scene: Scene) -> None:
    real = {"visitor": scene.people.cookies("visitor"), "staff": scene.people.cookies("counsellor")}
    names = (settings.VISITOR_COOKIE_NAME, settings.SESSION_COOKIE_NAME, settings.VAULT_COOKIE_NAME)

    @tries(8)
    @given(st.data())
    def attack(data: st.DataObject) -> None:
        forged: dict[str, str] = {}
        for name in names:
            true = {**real["visitor"], **real["staff"]}.get(name, "")
            cut = data.draw(st.integers(0, len(true)))
            value = data.draw(st.one_of(st.just(true[:cut]), st.just(true[:cut] + "A" + true[cut + 2 :]), COOKIE_TEXT))
            if name != settings.VAULT_COOKIE_NAME and value.strip().strip('"') == true:
                value = ""
            forged[name] = value
        cookie = "; ".join(f"{name}={value}" for name, value in forged.items()).encode("latin-1")
        for route in ROUTES:
            answer = scene.door.ask(route.methods[0], route.path, [*SCRIPT, (b"cookie", cookie)], b'{"text": "Hei"}')
            _check(route, answer, forged)
            if route.access != "public":
                assert answer.status == 401, f"{route.path} with {forged}"

    attack()


COOKIE_TEXT = st.text(st.characters(max_codepoint=255, exclude_characters=";"), max_size=60)


def test_another_method_is_refused_on_every_address(scene: Scene) -> None:
    for route, cookies in _requests(scene):
        for method in {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "GET", "POST", "HEAD", "BREW"} - set(
            route.methods
        ):
            if method == "HEAD" and "GET" in route.methods:
                continue
            answer = scene.door.ask(method, route.path, [*SCRIPT, cookie_header(cookies)], b"{}")
            assert answer.status == 405, f"{method} {route.path}: {answer.status}"
            if method != "HEAD":
                _check(route, answer, method)
