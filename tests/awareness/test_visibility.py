"""What is a draft, expired or for members reaches no list, search, feed, API, map, printable, pack or harvest.

One function decides (`queries.visible_pages`, `visible_files`, `events.queries.events_visible_to`); here every public
address is asked, so that a new one is tried from the day it is made.
"""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.accounts.factories import make_centre, make_staff, signed_in_client
from tests.awareness.factories import make_site
from tests.awareness.hidden import COMMON, OPEN, SECRET, Kept, plant
from tests.codebase.addresses import plain_address
from tests.events.factories import make_event
from tools.routes import web_routes

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
_PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")
ASKED = {
    "awareness:search": [f"?q={COMMON}", f"?q={COMMON}&in=all", f"?q={COMMON}&page=2", f"?q={COMMON}&kind=article"],
    "awareness:oai": [
        "?verb=Identify",
        "?verb=ListSets",
        "?verb=ListRecords&metadataPrefix=oai_dc",
        "?verb=ListIdentifiers&metadataPrefix=oai_dc",
    ],
    "awareness:feed": ["", "?topic=gaming", "?audience=parents-carers"],
    "wagtail_serve": ["", "?topic=cyberbullying", "?audience=parents-carers&section=awareness", "?page=2", "?page=3"],
}


@pytest.fixture
def kept() -> Kept:
    """A centre with something of every kind to keep to itself."""
    centre = make_site()
    make_event(centre, state="draft", title=f"{SECRET} draft", language="nb")
    make_event(centre, title=f"{SECRET} members", visibility="members", language="nb")
    make_event(centre, title=f"{OPEN} event", joining=f"https://meet.example/{SECRET}", language="nb")
    return plant(centre)


def addresses(kept: Kept) -> Iterator[str]:
    """Every public address, with each path that was planted where an address has a path."""
    for route in web_routes():
        if route.who != "public":
            continue
        for path in [*kept.shown, *kept.hidden]:
            filled = plain_address(route.address) if route.name != "wagtail_serve" else "/<path:path>"
            address = _PLACE.sub(lambda found, path=path: _sample(found, path), filled)  # type: ignore[misc]
            for asked in ASKED.get(route.name, [""]):
                yield f"/nb{address}{asked}"
            if "<" not in filled or "path" not in filled:
                break
    yield from kept.files


def _sample(found: "re.Match[str]", path: str) -> str:
    if found[1] == "path":
        return path
    return {"int": "1", "slug": "no"}.get(found[1] or "str", "no")


def text_of(response: HttpResponse) -> str:
    """All that the answer says, also inside a pack."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as pack:
            parts = [pack.read(name) for name in pack.namelist() if not name.endswith(".pdf")]
            body = b"\n".join([*(name.encode() for name in pack.namelist()), *parts])
    return body.decode("utf-8", "replace") + str(dict(response.headers))


def test_what_a_centre_keeps_to_itself_is_at_no_public_address(kept: Kept) -> None:
    stranger = signed_in_client(make_staff(make_centre(host="other.test"), "publisher"), host="testserver")
    own = signed_in_client(make_staff(kept.centre, "publisher"))
    told: list[str] = []
    shown: set[str] = set()
    for who, client in (("anybody", Client(headers={"host": "testserver"})), ("stranger", stranger), ("own", own)):
        for address in addresses(kept):
            if who == "own" and ("event" in address or address in kept.files):
                continue  # what is for members is for people of the centre
            response = client.get(address)
            text = text_of(response)
            assert response.status_code < 500, address
            if SECRET in text.replace(address, "").replace(address.split("?")[0].removeprefix("/nb"), ""):
                told.append(f"{who} at {address}")
            if who == "anybody" and OPEN in text:
                shown.add(address.split("?")[0])
    assert not told, "\n".join(told)
    # What everybody may read is found, so the search above looks into answers that say something.
    assert {"/nb/search", "/nb/sitemap.xml", "/nb/lista", "/nb/lista/feed.atom", "/nb/events"} <= shown
    for path in kept.shown[1:]:
        assert f"/nb/{path}" in shown


def test_every_address_of_a_hidden_page_answers_that_nothing_is_there(kept: Kept) -> None:
    client = Client(headers={"host": "testserver"})
    wrong = [
        f"{path}{ending}: {status}"
        for path in kept.hidden
        for ending in ("", "/lesson", "/easy", "/print.pdf", "/pack.zip", "/campaign.ics", "/feed.atom")
        if (status := client.get(f"/nb/{path}{ending}").status_code) != 404
    ]
    assert not wrong, "\n".join(wrong)
    assert {client.get(address).status_code for address in kept.files} == {404}
