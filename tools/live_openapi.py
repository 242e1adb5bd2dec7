"""The live process's addresses as OpenAPI 3.1: `python -m tools.live_openapi` writes docs/reference/live-openapi.json.

Paths, methods, access and descriptions come from the registered routes; what each takes and answers is said here, and
an address without it stops the making. Tests compare the file with this, and the answers of the real app with both.
"""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.routes import live_routes

if TYPE_CHECKING:
    from havn.live.registry import LiveRoute

FILE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "live-openapi.json"
Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "maxLength": 5000, "minLength": 1}
LETTER: Schema = {**TEXT, "maxLength": 10000}
WORD: Schema = {"type": "string", "maxLength": 60}
NUMBER: Schema = {"type": "integer", "minimum": 0, "maximum": 9_007_199_254_740_991}
CLIENT_ID: Schema = {"type": "string", "pattern": "^[A-Za-z0-9-]{8,36}$"}
TICK: Schema = {"type": "string", "enum": ["", "1"]}
BOOLEAN: Schema = {"type": "boolean"}
PATH: Schema = {"type": "string", "pattern": "^/"}
EVERYWHERE: dict[str, Schema] = {"next": WORD, "lang": WORD, "form_token": {"type": "string", "maxLength": 200}}
STORED: dict[str, Schema] = {"seq": NUMBER, "at": NUMBER, "new": BOOLEAN}
SENT: dict[str, Schema] = {"text": TEXT, "client_id": CLIENT_ID}
START: dict[str, Schema] = {
    "service": WORD, "language": WORD, "name": WORD, "age_band": WORD, "in_danger": TICK, "once": WORD,
    "decided": WORD, "plan_code": WORD,
}  # fmt: skip
FIRST_LETTER: dict[str, Schema] = {**START, **SENT, "text": LETTER, "place_seen": TICK, "publish": TICK}
_SENTENCES = {
    200: "Done.",
    204: "Done; nothing to say.",
    303: "Done, for a plain form: where to go on.",
    400: "Not UTF-8, not JSON, a field missing or of the wrong shape.",
    401: "No session, or none any more.",
    403: "The post came from another site, or this person may not do this.",
    404: "No such thing at this centre.",
    409: "Understood, and not possible now.",
    413: "More than 64 KB.",
    415: "Neither JSON nor an urlencoded form.",
    422: "Nothing visible in it, or too long.",
    429: "Faster than anybody types. Nothing was stored; send it again.",
    503: "The database is locked, full or gone. Nothing was stored; send it again.",
}


@dataclass(frozen=True)
class Told:
    """What an address takes and answers beyond what all do."""

    fields: dict[str, Schema] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    answer: dict[str, Schema] | None = None
    query: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    also: tuple[int, ...] = ()
    stream: bool = False
    leads: bool = True
    # A plain form gets a page at once: what stands on it is shown once and kept nowhere.
    page: bool = False


_TO = {"to": PATH}
_VISIT = (404, 409, 503)
_TEXT = (409, 422, 429, 503)
TOLD: dict[str, Told] = {
    "/exit": Told(query=("t", "lang"), headers=("Sec-Fetch-Site",)),
    "/live/again": Told(answer={"again": BOOLEAN}, also=_VISIT),
    "/live/answers/withdraw": Told({"code": WORD}, answer={"withdrawn": BOOLEAN}, also=(404, 503)),
    "/live/code/unwanted": Told(answer={"unwanted": BOOLEAN}, also=_VISIT),
    "/live/code/wanted": Told(answer={"unwanted": BOOLEAN}, also=_VISIT),
    "/live/come-back": Told({"code": WORD}, answer=_TO, also=_VISIT),
    "/live/danger": Told({"on": TICK}, answer={"on": BOOLEAN}, also=_VISIT),
    "/live/delete": Told(answer={"deleted": BOOLEAN}, also=_VISIT),
    "/live/desk/here": Told(answer={"talk": WORD}),
    "/live/desk/message": Told(
        {"conversation": NUMBER, **SENT, "kind": {"type": "string", "enum": ["", "text", "note"]}},
        ("conversation", "text"), answer=STORED, also=_TEXT,
    ),
    "/live/desk/pong": Told(leads=False),
    "/live/desk/read": Told(
        {"conversation": NUMBER, "up_to": NUMBER}, ("conversation", "up_to"), answer={"up_to": NUMBER}, also=(409, 503)
    ),
    "/live/desk/stream": Told(query=("after", "lang"), headers=("Last-Event-ID",), stream=True),
    "/live/desk/topics": Told(query=("lang",), stream=True),
    "/live/desk/typing": Told({"conversation": NUMBER}, ("conversation",), leads=False, also=(409,)),
    "/live/done": Told(answer={"done": BOOLEAN}, also=_VISIT),
    "/live/easy": Told({"on": TICK}, answer={"on": BOOLEAN}, also=_VISIT),
    "/live/end": Told(answer={"ended": BOOLEAN}, also=_VISIT),
    "/live/feedback": Told(
        {"value": {"type": "string", "enum": ["1", "2", "3"]}}, answer={"thanks": BOOLEAN}, also=_VISIT,
    ),
    "/live/handover": Told(
        {"handover": WORD, "yes": {"type": "string", "enum": ["0", "1"]}},
        answer={"yes": BOOLEAN},
        also=(404, 409, 429, 503),
    ),
    "/live/here": Told(answer={"talk": WORD}),
    "/live/leave": Told(answer={"ended": BOOLEAN}, also=_VISIT),
    "/live/letter": Told(FIRST_LETTER, ("text",), answer=_TO, also=(404, 409, 422, 503)),
    "/live/letter/again": Told({**SENT, "text": LETTER}, ("text",), answer=_TO, also=(401, 404, 409, 422, 503)),
    "/live/letter/by-mail": Told(
        {"wish": {"type": "string", "enum": ["whole", "announce", "nothing"]}},
        ("wish",),
        answer={"wish": WORD},
        also=(409, 429, 503),
    ),
    "/live/letter/publish": Told(
        {"publish": {"type": "string", "enum": ["0", "1"]}}, answer={"publish": BOOLEAN}, also=(404, 409, 429, 503)
    ),
    "/live/marks": Told(answer={"kept": NUMBER}, also=(404, 503)),
    "/live/message": Told(SENT, ("text",), answer=STORED, also=_TEXT),
    "/live/open": Told({"to": WORD}),
    "/live/plan/code": Told(answer={"code": WORD}, also=(404, 409, 429, 503), page=True),
    "/live/plan/delete": Told({"code": WORD}, answer={"deleted": BOOLEAN}, also=(404, 503), page=True),
    "/live/plan/open": Told(
        {"code": WORD}, answer={"words": {"type": "string"}, "talks_a_week": NUMBER}, also=(404, 503), page=True
    ),
    "/live/read": Told({"up_to": NUMBER}, ("up_to",), answer={"up_to": NUMBER}, also=(503,)),
    "/live/start": Told(
        START, answer={"to": PATH, "closed": BOOLEAN}, also=_VISIT,
    ),
    "/live/stream": Told(query=("after", "lang"), headers=("Last-Event-ID",), stream=True),
    "/live/typing": Told(leads=False),
    "/live/write": Told(SENT, ("text",), answer=_TO, also=(401, 404, *_TEXT)),
}  # fmt: skip
_STREAM = (
    "Events as in havn/live/README.md; data is always one JSON object. Goes on after Last-Event-ID, else after "
    "`after`, else from the beginning; what cannot be a place counts as none."
)


def document() -> Schema:
    """The whole description. Raises KeyError for an address of which nothing is said here."""
    from django.conf import settings

    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Havn: the live process",
            "version": "1",
            "description": "Made by `python -m tools.live_openapi`. The wire protocol in words: havn/live/README.md.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "paths": {route.path: {_method(route): _operation(route)} for route in live_routes()},
        "components": {
            "schemas": {
                "Error": _object(
                    {
                        "error": {"type": "string", "minLength": 3},
                        "code": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"},
                    }
                )
            },
            "responses": {"get-401": _refusals("get")["get-401"], **_refusals("post")},
            "securitySchemes": {
                "visitor": {"type": "apiKey", "in": "cookie", "name": settings.VISITOR_COOKIE_NAME},
                "staff": {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
            },
        },
    }


def text() -> str:
    """The file."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def _method(route: "LiveRoute") -> str:
    (method,) = route.methods
    return method.lower()


def _operation(route: "LiveRoute") -> Schema:
    told = TOLD[route.path]
    operation: Schema = {
        "operationId": route.path.strip("/").replace("/", "-"),
        "description": " ".join((route.endpoint.__doc__ or "").split()),
        "responses": {str(status): _response(route, told, status) for status in _statuses(route, told)},
    }
    parameters = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in told.query]
    parameters += [{"name": name, "in": "header", "schema": {"type": "string"}} for name in told.headers]
    if parameters:
        operation["parameters"] = parameters
    if route.access != "public":
        operation["security"] = [{route.access: []}]
    if _method(route) == "post":
        schema = {
            "type": "object",
            "properties": told.fields | EVERYWHERE,
            # Whatever else comes is passed over, if it is no list and no object.
            "additionalProperties": {"type": ["string", "boolean", "null"]},
            **({"required": list(told.required)} if told.required else {}),
        }
        kinds = ("application/json", "application/x-www-form-urlencoded")
        operation["requestBody"] = {"content": {kind: {"schema": schema} for kind in kinds}}
    return operation


def _statuses(route: "LiveRoute", told: Told) -> list[int]:
    found = set(told.also)
    if route.path == "/exit":
        return [303, 403]
    if told.stream or told.answer is not None:
        found.add(200)
    if not told.leads:
        found.add(204)
    if _method(route) == "post":
        found |= {400, 403, 413, 415, 422}
        if told.leads and not told.page:
            found.add(303)
    if route.access != "public":
        found.add(401)
    return sorted(found)


def _response(route: "LiveRoute", told: Told, status: int) -> Schema:
    response: Schema = {"description": _SENTENCES[status]}
    if status == 200 and told.stream:
        response |= {"description": _STREAM, "content": {"text/event-stream": {"schema": {"type": "string"}}}}
    elif status == 200:
        # Of a start either the way on is told, or that the chat is closed.
        schema = _object(told.answer or {}, one=route.path == "/live/start")
        response["content"] = {"application/json": {"schema": schema}}
        if told.page:
            response["content"]["text/html"] = {"schema": {"type": "string"}}
    elif status == 303:
        response["headers"] = {"Location": {"required": True, "schema": {"type": "string"}}}
    elif status >= 400 and route.path != "/exit":
        return {"$ref": f"#/components/responses/{_method(route)}-{status}"}
    return response


def _refusals(method: str) -> dict[str, Schema]:
    """Every refusal: JSON, or a page with the sentence for a plain form."""
    found = {}
    for status in (one for one in _SENTENCES if one >= 400):
        response: Schema = {"description": _SENTENCES[status]}
        response["content"] = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
        if method == "post":
            response["content"]["text/html"] = {"schema": {"type": "string"}}
        if status in {429, 503}:
            response["headers"] = {"Retry-After": {"required": True, "schema": {"type": "string"}}}
        found[f"{method}-{status}"] = response
    return found


def _object(properties: dict[str, Schema], one: bool = False) -> Schema:
    count: Schema = {"minProperties": 1, "maxProperties": 1} if one else {"required": list(properties)}
    return {"type": "object", "properties": properties, "additionalProperties": False, **count}


def main() -> int:
    """Write the file."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havn.config.settings")
    django.setup()
    FILE.write_text(text())
    return 0


if __name__ == "__main__":
    sys.exit(main())
