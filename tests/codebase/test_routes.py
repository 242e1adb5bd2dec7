"""Who may open what: every address says it, and every kind of person is tried on every address."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from havn.accounts.permissions import not_allowed_sentence
from havn.common.middleware import HEADERS
from tests.codebase.addresses import plain_address
from tests.codebase.people import PEOPLE, STAFF, make_people
from tools.routes import FILE, Route, live_routes, table, web_routes

ROUTES = web_routes()
# Band and door are made for other sites, which may load and frame them. An exception of five addresses, by value.
_FRAMED = {"centres:band", "centres:band_in", "door:frame"}
_ELSEWHERE = {
    **dict.fromkeys(("centres:band", "centres:band_in", "centres:band_script"), "public, max-age=3600"),
    **dict.fromkeys(("door:frame", "door:script"), "public, max-age=30"),
}
_SAMPLES = {"int": "7", "str": "x", "slug": "en", "uuid": "00000000-0000-4000-8000-000000000000", "path": "x"}


@dataclass(frozen=True)
class Tried:
    """What came of one request."""

    status: int
    refused: bool
    response: HttpResponse


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_address_says_who_may_open_it(route: Route) -> None:
    assert route.who in {"public", "visitor", "staff"}, f"{route.address}: mark its view with @public or @staff(…)"
    assert set(route.roles) <= set(STAFF)


def test_every_live_address_says_who_may_open_it() -> None:
    paths = [route.path for route in live_routes()]
    assert {route.access for route in live_routes()} <= {"public", "visitor", "staff"}
    assert len(paths) == len(set(paths))
    assert "/exit" in paths
    assert all(path.startswith("/live/") for path in paths if path != "/exit")


def test_the_table_in_the_docs_is_what_the_code_says() -> None:
    assert FILE.read_text() == table(), "Run: python -m tools.routes"


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_every_person_opens_what_the_table_says_and_nothing_else() -> None:
    people, wrong = make_people(), []
    for route in ROUTES:
        for person in PEOPLE:
            tried = _try(people.cookies(person), route)
            expected = _may(person, route)
            if tried.refused is expected or tried.status >= 500:
                wrong.append(f"{person} at {route.address}: {tried.status}, expected {'entry' if expected else 'a no'}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_every_page_carries_the_headers() -> None:
    people = make_people()
    for route in ROUTES:
        for person in ("anonymous", "coordinator"):
            response = _request(people.cookies(person), route, "GET")
            for name, value in _headers_of(route, response).items():
                assert response.headers.get(name) == value, f"{name} at {route.address}"
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            framed = route.name in _FRAMED and response.status_code == 200
            assert ("frame-ancestors *" if framed else "frame-ancestors 'none'") in policy, route.address
            assert "unsafe" not in policy
            if response.status_code >= 400:
                # A page that only says no holds no form.
                continue
            referrer = "same-origin" if route.address.startswith("/desk") else "no-referrer"
            assert response.headers["Referrer-Policy"] == referrer, f"Referrer-Policy at {route.address}"


def _headers_of(route: Route, response: HttpResponse) -> dict[str, str | None]:
    if response.status_code != 200 or route.name not in _ELSEWHERE:
        return dict(HEADERS)
    elsewhere = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": _ELSEWHERE[route.name]}
    return {**HEADERS, **elsewhere, **({"X-Frame-Options": None} if route.name in _FRAMED else {})}


def _may(person: str, route: Route) -> bool:
    if route.who == "public":
        return True
    if route.who == "visitor":
        return person == "visitor"
    return person in (route.roles or STAFF)


def _try(cookies: dict[str, str], route: Route) -> Tried:
    response = _request(cookies, route, "GET")
    if response.status_code == 405:
        response = _request(cookies, route, "POST")
    return Tried(response.status_code, _refused(response, route), response)


def _request(cookies: dict[str, str], route: Route, method: str) -> HttpResponse:
    address = _example(route)
    fresh = Client(headers={"host": "testserver"}, raise_request_exception=False)
    fresh.cookies.load(cookies)
    ask: Callable[..., HttpResponse] = fresh.get if method == "GET" else fresh.post
    # Whatever the request does (sign out, go on duty) is undone before the next person tries.
    with transaction.atomic():
        response = ask(address)
        transaction.set_rollback(True)
    return response


def _example(route: Route) -> str:
    """An address that the route answers."""
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: _SAMPLES[found[1] or "str"], plain_address(route.address))


def _refused(response: HttpResponse, route: Route) -> bool:
    """Refused at the door. A view may still say no for a reason of its own, such as a thing that does not exist."""
    if route.who == "public":
        return False
    if response.status_code in {401, 423}:
        return True
    if response.status_code == 403:
        text = html.unescape(response.content.decode())
        return any(str(not_allowed_sentence(roles)) in text for roles in (route.roles, ()))
    way = response.headers.get("Location", "").partition("?")[0]
    if route.who == "visitor":
        # Without a valid cookie, the pages of a visit lead to the return code.
        return way == reverse("helpline:come_back")
    return route.name != "accounts:sign_out" and way == reverse("accounts:sign_in")
