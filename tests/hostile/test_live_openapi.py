"""The description of the live addresses is what the code says, and the app keeps to it whatever it is sent."""

import json
import warnings
from typing import Any
from urllib.parse import unquote, urlsplit
from zlib import crc32

import pytest
import requests
import requests.adapters
import urllib3
from hypothesis import given

from havn.helpline.models import Turn
from tests.hostile.budget import tries
from tests.hostile.conftest import Scene
from tests.hostile.door import OURS, Door, cookie_header
from tools.live_openapi import FILE, TOLD, text
from tools.routes import live_routes

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis import GenerationMode
    from schemathesis.checks import not_a_server_error
    from schemathesis.core.failures import FailureGroup
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_headers_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ACCEPT = ("application/json", "text/html,application/xhtml+xml,*/*;q=0.8")


class _ToTheDoor(requests.adapters.BaseAdapter):
    """Takes what schemathesis sends to the live process without a socket."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self._door = door

    def send(self, request: requests.PreparedRequest, *_given: Any, **_named: Any) -> requests.Response:
        where = urlsplit(request.url or "")
        headers = [
            (_bytes(name).lower(), _bytes(value)) for name, value in [("host", "testserver"), *request.headers.items()]
        ]
        answer = self._door.ask(
            request.method or "", unquote(where.path), headers, _bytes(request.body or b""), where.query.encode()
        )
        response = requests.Response()
        response.status_code, response._content = answer.status, answer.body
        response.raw = urllib3.HTTPResponse(headers={name.decode(): value.decode() for name, value in answer.headers})
        response.headers.update(response.raw.headers)
        response.request, response.url = request, request.url or ""
        return response

    def close(self) -> None:
        pass


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("latin-1", "replace")


PATHS = [route.path for route in live_routes()]


def test_the_description_in_the_docs_is_what_the_code_says() -> None:
    assert FILE.read_text() == text(), "Run: python -m tools.live_openapi"
    assert set(TOLD) == set(PATHS)


@pytest.mark.filterwarnings("ignore")
def test_the_app_keeps_to_its_description_whatever_it_is_sent(scene: Scene) -> None:
    schema = schemathesis.openapi.from_dict(json.loads(FILE.read_text()))
    session = requests.Session()
    session.mount("http://testserver", _ToTheDoor(scene.door))
    failures = []
    seen: dict[str, set[int]] = {}

    def attack_on(path: str, access: str, method: str, mode: GenerationMode) -> None:
        operation = schema[path][method]

        @tries(5)
        @given(operation.as_strategy(generation_mode=mode))
        def attack(case: Any) -> None:
            headers = {name.decode(): value.decode() for name, value in OURS if name != b"host"}
            headers["Accept"] = ACCEPT[crc32(repr((case.body, case.query)).encode("utf-8", "replace")) % 2]
            cookies = scene.cookies_for(access)
            if cookies:
                headers["Cookie"] = cookie_header(cookies)[1].decode()
            case.cookies = {}
            if isinstance(case.body, dict) and isinstance(case.body.get("conversation"), int):
                case.body["conversation"] = scene.talk
            if path == "/live/letter" and isinstance(case.body, dict):
                # This browser has a chat open: it was told what the letter does to it.
                case.body["place_seen"] = "1"
            response = case.call(headers=headers, base_url="http://testserver", session=session, allow_redirects=False)
            seen.setdefault(path, set()).add(response.status_code)
            case.validate_response(response, checks=CHECKS)

        try:
            attack()
        except (FailureGroup, AssertionError) as error:
            failures.append(f"{path}: {error}")

    for route in live_routes():
        if route.path == "/live/delete":
            # Danger was said on the way here, and such a talk is not deleted before its record is complete.
            Turn.objects.update(in_danger=False, risk="")
        for mode in GenerationMode:
            attack_on(route.path, route.access, route.methods[0].lower(), mode)
    assert not failures, "\n\n".join(failures)
    # The way through was found, not only refusals.
    # A code, a letter, a care plan and a question to a child cannot be guessed.
    closed = {path for path in PATHS if not seen[path] & {200, 204, 303}}
    assert closed <= {
        "/live/come-back", "/live/letter/again", "/live/letter/publish", "/live/letter/by-mail",
        "/live/answers/withdraw", "/live/handover", "/live/plan/code", "/live/plan/open", "/live/plan/delete",
    }  # fmt: skip
