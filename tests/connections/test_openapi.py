"""The description is what the code says, is OpenAPI 3.1, and the answers keep to it whatever is asked."""

import json
import warnings
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import pytest
from django.test import Client
from hypothesis import given

from havn.connections import guard
from havn.connections.openapi import document
from havn.connections.rules.events import Event
from tests.connections.factories import bearer, make_key
from tests.helpline.figures import contacts, helpline
from tests.hostile.budget import tries
from tests.tenancy.factories import make_centre
from tools.openapi import FILE, text

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis

pytestmark = pytest.mark.django_db
ROUNDS = (
    "/api/v1/rounds",
    "/api/v1/rounds/{number}",
    "/api/v1/rounds/{number}/answers",
    "/api/v1/rounds/{number}/documents",
    "/api/v1/rounds/{number}/submit",
)
READING = ("/api/v1/openings", "/api/v1/waits", "/api/v1/services/{service}/statistics", "/api/v1/hooks")


def test_the_description_in_the_docs_is_what_the_code_says() -> None:
    assert FILE.read_text() == text(), "Run: python -m tools.openapi"


def test_it_holds_all_that_other_systems_may_do() -> None:
    found = document()
    assert found["openapi"] == "3.1.0"
    assert set(found["paths"]) == {*READING, *ROUNDS, "/hooks/phone/{service}", "/hooks/mail/{service}"}
    for path in ROUNDS:
        for operation in found["paths"][path].values():
            assert operation["security"] == [{"key": []}]
            assert {"200", "401", "403", "422", "429"} <= set(operation["responses"])
            assert "304" not in operation["responses"]
    assert set(found["webhooks"]) == set(Event)
    for path in READING:
        (operation,) = found["paths"][path].values()
        assert operation["security"] == [{"key": []}]
        assert {"200", "304", "401", "403", "422", "429"} <= set(operation["responses"])


def test_anybody_may_read_it() -> None:
    make_centre()
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json() == json.loads(FILE.read_text())


def test_every_answer_has_the_shape_that_is_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_buckets", {})
    line = helpline()
    contacts(7, line, "2025-08-03", "cyberbullying")
    token, described = make_key(line.organisation.centre), document()
    for path in READING:
        address = path.replace("{service}", str(line.pk)) + ("?day=2025-08-01" if "statistics" in path else "")
        answer = Client().get(address, headers=bearer(token))
        assert answer.status_code == 200, address
        _check(described, described["paths"][path]["get"]["responses"]["200"], "application/json", answer.json())


@pytest.mark.filterwarnings("ignore")
def test_whatever_is_asked_is_answered_as_described(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_bucket", lambda per_minute: _Endless())
    line = helpline()
    token, described = make_key(line.organisation.centre), document()
    schema = schemathesis.openapi.from_dict(described)
    seen: set[int] = set()

    def attack_on(path: str) -> None:
        @tries(8)
        @given(schema[path]["get"].as_strategy())
        def ask(case: Any) -> None:
            query = {str(name): str(value) for name, value in (case.query or {}).items()}
            number = str((case.path_parameters or {}).get("service", line.pk)).replace("/", "")
            answer = Client().get(path.replace("{service}", quote(number)), query, headers=bearer(token))
            seen.add(answer.status_code)
            kind = answer["Content-Type"].partition(";")[0]
            if answer.status_code == 404 and not kind.endswith("json"):
                # No number at all: an address of nothing that is described.
                return
            promised = described["paths"][path]["get"]["responses"][str(answer.status_code)]
            _check(described, promised, kind, answer.json())

        ask()

    for path in READING:
        attack_on(path)
    assert 200 in seen


class _Endless:
    def take(self, _key: int, _now_ms: int) -> bool:
        return True


def _check(described: dict[str, Any], promised: dict[str, Any], kind: str, told: Any) -> None:
    schema = promised["content"][kind]["schema"]
    jsonschema_rs.validate({**schema, "components": described["components"]}, told)
