"""The whole of what other systems may do, as one OpenAPI 3.1 document: reading with a key, sending signed messages in,
and taking signed messages from us.
"""

from typing import Any

from havn.common.signatures import LONGEST_ID, TOLERANCE_S
from havn.connections.facts import READY_AFTER
from havn.connections.guard import PROBLEM
from havn.connections.json_api import PREFIX, api
from havn.connections.rules.events import VERSION, Event
from havn.phone.rules.messages import REASONS, TYPES

Schema = dict[str, Any]
_SENTENCES = {
    304: "As you have it.",
    401: "No key, a wrong one, or one that expired or was revoked.",
    403: "The key has no such scope.",
    404: "Nothing of the kind that this key is for.",
    409: "Understood, and not possible now.",
    422: "Not of the shape that is described here.",
    429: "More requests in a minute than the key may make. Wait as `Retry-After` says.",
}
# Nobody keeps a draft: it changes while people write.
_UNKEPT = ("rounds", "round", "round_keep", "round_document", "round_submit")
_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": ["integer", "null"]}


def document() -> Schema:
    """The document, as it stands in docs/reference/openapi.json and at /api/v1/openapi.json."""
    found: Schema = api.get_openapi_schema(path_prefix=f"/{PREFIX}")
    found["openapi"] = "3.1.0"
    found.pop("servers", None)
    for path in found["paths"].values():
        for operation in path.values():
            _finish(operation)
    found["paths"] |= {"/hooks/phone/{service}": _hook(_PHONE), "/hooks/mail/{service}": _hook(_MAIL)}
    found["webhooks"] = {event: _webhook(event, said) for event, said in _OUTGOING.items()}
    found["components"]["schemas"]["Problem"] = _PROBLEM
    found["components"]["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "A key made on the desk under *Connections*."}
    }
    return found


def _finish(operation: Schema) -> None:
    """What ninja does not know: the key, what is refused, and what may be kept."""
    operation["security"] = [{"key": []}]
    operation["responses"] = {str(code): answer for code, answer in operation["responses"].items()}
    refused = [401, 403, 422, 429]
    if operation["operationId"] in _UNKEPT:
        operation["responses"]["200"]["headers"] = {"Cache-Control": {"schema": _TEXT}}
        refused += [404, 409] if operation["operationId"] != "rounds" else []
    else:
        operation["responses"]["200"]["headers"] = {"ETag": {"schema": _TEXT}, "Cache-Control": {"schema": _TEXT}}
        operation["responses"]["304"] = {"description": _SENTENCES[304]}
    if operation["operationId"] == "statistics":
        refused += [404, 409]
    for status in sorted(refused):
        operation["responses"][str(status)] = _problem(status)


def _problem(status: int) -> Schema:
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answer: Schema = {"description": _SENTENCES[status], "content": content}
    if status == 429:
        answer["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    return answer


_PROBLEM: Schema = {
    "type": "object",
    "title": "Problem",
    "description": "A refusal as RFC 9457 has it. `code` stays the same whatever the words.",
    "required": ["title", "status", "detail", "code"],
    "properties": {
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "code": _TEXT,
        "faults": {"type": "array", "items": {"$ref": "#/components/schemas/FaultOut"}},
    },
}
_SIGNED = (
    "Signed as [Standard Webhooks](https://www.standardwebhooks.com/) has it: `webhook-signature` is `v1,` and the"
    " base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>` under the bytes that stand after `whsec_`."
)
_HEADERS: list[Schema] = [
    {
        "name": "webhook-id",
        "in": "header",
        "required": True,
        "description": "Names the message; the same at every try.",
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_ID},
    },
    {
        "name": "webhook-timestamp",
        "in": "header",
        "required": True,
        "description": f"Seconds since 1970, no further than {TOLERANCE_S} from the reader's clock.",
        "schema": {"type": "string", "pattern": "^[0-9]{1,12}$"},
    },
    {
        "name": "webhook-signature",
        "in": "header",
        "required": True,
        "description": "One or several signatures, separated by spaces: one of them must be right.",
        "schema": _TEXT,
    },
]
_PHONE: Schema = {
    "operationId": "hooks_phone",
    "summary": "A telephone system tells of a call",
    "description": f"{_SIGNED} A number is worth leaving out: all that is made of it is a mark that lasts a day.",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["type"],
                "properties": {
                    "type": {"enum": list(TYPES)},
                    "timestamp": {"type": "string", "format": "date-time"},
                    "data": {
                        "type": "object",
                        "properties": {
                            "call": {"type": "string", "pattern": "^[!-~]{1,128}$"},
                            "number": _TEXT,
                            "extension": {"type": "string", "maxLength": 20},
                            "reason": {"enum": list(REASONS)},
                        },
                    },
                },
            }
        }
    },
}
_MAIL: Schema = {
    "operationId": "hooks_mail",
    "summary": "A mail system hands over an e-mail that came in",
    "description": f"{_SIGNED} The body is the e-mail itself (RFC 5322), at most 3 MB. 2xx only when it is stored.",
    "content": {"message/rfc822": {"schema": {"type": "string", "format": "binary"}}},
    "answers": {
        422: "It can't be taken: keep it and look at it.",
        503: "No letter can begin now: send it again later.",
    },
}
_HOOK_ANSWERS = {
    200: "Taken, or taken before: do not send it again.",
    400: "Unsigned, or not of the shape that is described here.",
    401: "No secret of this helpline made the signature, or it is too old.",
    404: "There is no helpline at this address.",
    409: "Understood, and not possible now.",
    413: "Too large.",
    429: "Too many messages. Wait as `Retry-After` says and send it again.",
}


def _hook(told: Schema) -> Schema:
    parameter = {"name": "service", "in": "path", "required": True, "schema": {"type": "integer"}}
    answers = {**_HOOK_ANSWERS, **told.get("answers", {})}
    answer = {"type": "object", "properties": {"taken": {"type": "boolean"}, "error": _TEXT, "code": _TEXT}}
    return {
        "post": {
            "operationId": told["operationId"],
            "summary": told["summary"],
            "description": told["description"],
            "parameters": [parameter, *_HEADERS],
            "requestBody": {"required": True, "content": told["content"]},
            "responses": {
                str(status): {"description": said, "content": {"application/json": {"schema": answer}}}
                for status, said in sorted(answers.items())
            },
        }
    }


_SERVICE: Schema = {
    "type": "object",
    "required": ["id", "slug", "name"],
    "properties": {"id": {"type": "integer"}, "slug": _TEXT, "name": _TEXT},
}
_MOMENT: Schema = {"type": "string", "format": "date-time"}
_MAYBE_MOMENT: Schema = {"type": ["string", "null"], "format": "date-time"}
_OUTGOING: dict[str, tuple[str, Schema]] = {
    Event.OPENING: (
        "A channel of a service opened or closed.",
        {
            "service": _SERVICE,
            "channel": _TEXT,
            "state": {"enum": ["open", "closed", "any-hour"]},
            "closes_at": _MAYBE_MOMENT,
            "opens_at": _MAYBE_MOMENT,
            "at": _MOMENT,
        },
    ),
    Event.WAITING: (
        "The wait for the chat changed. Minutes are told in steps, and no more often than the centre says.",
        {
            "service": _SERVICE,
            "language": _TEXT,
            "state": {"enum": ["open", "full", "closed"]},
            "minutes_from": _NUMBER,
            "minutes_to": _NUMBER,
            "sure": _TEXT,
            "at": _MOMENT,
        },
    ),
    Event.FIGURES: (
        f"A quarter has been over for {READY_AFTER.days} days: a key can read its figures. The message holds none.",
        {"service": _SERVICE, "period": {"$ref": "#/components/schemas/PeriodOut"}},
    ),
    Event.ESCALATION: ("A danger was opened at a service: only that, and nothing of it.", {"service": _SERVICE}),
    Event.TEST: ("Somebody pressed *Send a test* on the desk.", {}),
}


def _webhook(event: str, said: tuple[str, Schema]) -> Schema:
    sentence, data = said
    body = {
        "type": "object",
        "required": ["type", "version", "timestamp", "data"],
        "properties": {
            "type": {"const": event},
            "version": {"const": VERSION},
            "timestamp": _MOMENT,
            "data": {"type": "object", "required": sorted(data), "properties": data},
        },
    }
    return {
        "post": {
            "operationId": event.replace(".", "_"),
            "summary": sentence,
            "description": f"{_SIGNED} While a secret is changed there are two signatures.",
            "parameters": _HEADERS,
            "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
            "responses": {
                "2XX": {"description": "Taken. Anything else is tried again for a day; redirects are not followed."},
                "410": {"description": "Not wanted any more: the endpoint is switched off."},
            },
        }
    }
