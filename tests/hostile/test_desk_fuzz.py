"""Any fields on any form of the staff's pages: a page that says what is wrong, never a failure of ours."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from havn.accounts.models import Role
from havn.audit.models import Entry
from havn.awareness.actions.sites import open_site
from havn.live.models import Message
from tests.accounts.factories import PASSWORD, signed_in_client
from tests.codebase.addresses import plain_address
from tests.codebase.places import HAVN
from tests.helpline.conftest import _nothing_remembered
from tests.helpline.factories import Line, make_line
from tests.hostile.budget import tries
from tools.routes import Route, web_routes

__all__ = ["_nothing_remembered"]

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
ROUTES = web_routes()
# Wagtail's own screens read their fields in its own way; what is ours is that their doors hold.
OURS = [route for route in ROUTES if route.view.__module__.startswith("havn.")]
# These change nothing, or ask for a secret in the address or a signature: their own tests hold them.
UNTOKENED = {
    "/oai", "/directory/confirm/", "/events/", "/surveys/", "/hooks/phone/", "/hooks/mail/", "/age-assurance/",
    "/api/v1/rounds",
}  # fmt: skip
_READ = re.compile(
    r"""POST(?:\.get|\.getlist)?[(\[]\s*["'](\w+)["']|\b(?:data|form)(?:\.get\(|\.getlist\(|\[)["'](\w+)["']"""
)
_PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")
TEXT = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "",
            "0",
            "1",
            "²",
            "١",
            "-1",
            "9" * 18,
            "9" * 19,
            "9" * 400,
            "1e9",
            "NaN",
            "on",
            "\ud800".encode("utf-8", "replace").decode(),
            "2030-02-30",
            "2030-01-01",
            "9999-12-31",
            "0001-01-01",
            "25:00",
            "08:00",
            "T",
            "[]",
            "{}",
            "w" * 10_000,
            "\u202e",
            "\u200b",
            "x@",
            "http://[",
            "https://example.org/",
            "javascript:alert(1)",
            "en",
            "chat",
            "counsellor",
            "imminent",
            "{{x}}",
            "<b>",
            "a\r\nb: c",
            "\U0010ffff",
            PASSWORD,
        ]
    ),
)


def _subclasses(of: type) -> Iterator[Any]:
    for one in of.__subclasses__():
        yield one
        yield from _subclasses(one)


def _names() -> list[str]:
    """Every field that a view or a form of ours reads."""
    found: set[str] = set()
    for path in HAVN.rglob("*.py"):
        if "views" in path.as_posix() or "forms" in path.as_posix():
            found |= {first or second for first, second in _READ.findall(path.read_text())}
    for form in _subclasses(forms.BaseForm):
        if form.__module__.startswith("havn."):
            found |= set(form.base_fields)
    return sorted(found)


@pytest.fixture
def line() -> Line:
    """Somebody with every role is on duty and has a talk; another child waits."""
    line = make_line()
    open_site(line.service.organisation.centre)
    person = line.on_duty(line.member(*Role.values))
    line.child().says("Hei")
    line.take(person)
    line.child().says("Er noen der?")
    return line


def _address(route: Route, draw: Any, line: Line) -> str:
    talks = list(Message.objects.values_list("conversation_id", flat=True).distinct())
    numbers = st.sampled_from([*talks, line.service.pk, line.people[-1].pk, 0, 10**17, 10**18, 2**63, 10**30])
    words = st.sampled_from(["chat", "letter", "password", "factor", "x", "..", "%00", "æ", "a" * 300])

    def fill(found: re.Match[str]) -> str:
        return str(draw(numbers if found[1] == "int" else words))

    return _PLACE.sub(fill, plain_address(route.address))


def _filled(route: Route) -> str:
    return _PLACE.sub(lambda found: "1" if found[1] == "int" else "x", plain_address(route.address))


def _post(known: Client, address: str, fields: Any, **options: Any) -> tuple[HttpResponse, int]:
    """The answer and how many messages there were then. Whatever was done is undone, signing out too."""
    client = Client(headers={"host": "testserver"})
    client.cookies.load({name: morsel.value for name, morsel in known.cookies.items()})
    with transaction.atomic():
        if isinstance(fields, bytes):
            response = client.generic("POST", address, fields, **options)
        else:
            response = client.post(address, fields, **options)
        count = Message.objects.exclude(kind="event").count() if not connection.needs_rollback else -1
        transaction.set_rollback(True)
    return response, count


def test_no_fields_make_a_form_of_the_staff_fail(line: Line) -> None:
    client = signed_in_client(line.people[-1].user)
    names, messages = _names(), Message.objects.exclude(kind="event").count()
    assert {"text", "reasons", "opens", "service", "session"} <= set(names) | {"opens"}
    fields = st.dictionaries(
        st.one_of(st.sampled_from(names), st.text(max_size=8)), st.one_of(TEXT, st.lists(TEXT, max_size=3)), max_size=14
    )

    def attack_on(route: Route) -> None:
        @tries(6)
        @given(st.data())
        def attack(data: st.DataObject) -> None:
            address = _address(route, data.draw, line)
            response, count = _post(client, address, data.draw(fields), headers=data.draw(st.sampled_from(ACCEPTS)))
            assert response.status_code < 500, address
            assert count >= messages, f"{address} lost a message"
            way = response.headers.get("Location", "")
            assert route.who == "public" or not way.startswith("/desk/sign-in"), f"{address} was never reached"

        attack()

    for route in OURS:
        if route.who != "visitor":
            attack_on(route)


ACCEPTS = [{}, {"accept": "application/json"}]


def test_no_body_makes_a_form_of_the_staff_fail(line: Line) -> None:
    client = signed_in_client(line.people[-1].user)
    kinds = st.sampled_from(
        [
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=utf-16",
            "application/json",
            "application/x-www-form-urlencoded; charset=nonsense",
            "text/plain",
            "",
            "x",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "multipart/form-data; boundary=" + "x" * 400,
        ]
    )
    bodies = st.one_of(
        st.binary(max_size=100),
        st.sampled_from(
            [b"&" * 3000, b"a=" + b"\xff" * 200, b"text=%FF%FE", b"[" * 9000, b"--x\r\n\r\n--x--", b"=" * 500]
        ),
    )

    @tries(5)
    @given(kinds, bodies)
    def attack(kind: str, body: bytes) -> None:
        for route in OURS:
            if route.who == "visitor":
                continue
            address = _filled(route)
            response, _count = _post(client, address, body, content_type=kind)
            assert response.status_code < 500, f"{address} {kind} {body!r}"

    attack()


def test_every_form_of_the_staff_without_its_token_is_refused_in_plain_words(line: Line) -> None:
    known = signed_in_client(line.people[-1].user)
    client = Client(headers={"host": "testserver"}, enforce_csrf_checks=True)
    client.cookies = known.cookies
    entries = Entry.objects.count()
    for route in ROUTES:
        address = _filled(route)
        if getattr(route.view, "csrf_exempt", False) and any(place in address for place in UNTOKENED):
            continue
        for more in ({}, {"origin": "https://evil.example"}, {"origin": "null"}):
            response = client.post(address, {"text": "x"}, headers=more)
            # The library's scripts check the token inside, after our own look for what is asked for.
            tokened = route in OURS and not getattr(route.view, "csrf_exempt", False)
            refused = {403} if tokened else {403, 404, 405}
            assert response.status_code in refused, f"{address} {more}"
            if not tokened or response.headers["Content-Type"].startswith("application/json"):
                continue  # the library's own words, for its own screens and scripts
            page = response.content.decode()
            assert "did not come from our own page" in page
            assert "CSRF" not in page and "cookie" not in page.lower() and "style=" not in page
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    script = client.post("/desk/duty/off", {}, headers={"accept": "application/json"})
    assert script.json()["sentence"].endswith("try again.")
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("language", ["en", "nb", "da"])
def test_an_address_that_is_not_there_is_said_in_the_readers_language(line: Line, language: str) -> None:
    said = {"en": "There is nothing at this address.", "nb": "Det er ingenting", "da": "Der er ikke noget"}
    response = Client().get(f"/{language}/nothing-here")
    assert response.status_code == 404
    assert response.headers["Content-Language"] == language
    assert "<main" in response.content.decode()
    if language == "en":
        assert said[language] in response.content.decode()
    assert "Not Found" not in response.content.decode()


def test_a_page_that_fails_says_so_without_a_word_of_the_failure(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_given: object, **_named: object) -> None:
        raise RuntimeError("a secret word")

    monkeypatch.setattr("havn.centres.views.public_entry.render", breaks)
    client = Client(raise_request_exception=False)
    response = client.get("/")
    assert response.status_code == 500
    page = response.content.decode()
    assert "Something failed on our side" in page
    assert "secret" not in page
