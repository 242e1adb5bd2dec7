"""The door of the API: which key asks, whether it may, how often, and what its reader may keep.

Of a request nothing is kept but the day on which its key was used last: no address, no name of a program.
"""

import hashlib
import json
import math
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from havn.common.bucket import Bucket
from havn.common.clock import now_ms
from havn.connections.actions.keys import note_use
from havn.connections.facts import today_of
from havn.connections.models import ApiKey
from havn.connections.queries import key_for, settings_of
from havn.connections.rules.keys import Scope, token_of
from havn.tenancy.models import Centre

FACTS_KEPT, FIGURES_KEPT = 15, 3600
PROBLEM = "application/problem+json"
_TITLES = {
    400: "Unreadable",
    401: "No key",
    403: "Not opened by this key",
    404: "Unknown",
    405: "Reading only",
    409: "Not possible now",
    422: "Unreadable",
    429: "Too many requests",
}
_buckets: dict[int, Bucket] = {}


class Problem(Exception):
    """A refusal, told as RFC 9457 has it. `code` stays the same whatever the words."""

    def __init__(self, status: int, code: str, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def problem(one: Problem) -> HttpResponse:
    """The answer to a refused request."""
    told = {"title": _TITLES[one.status], "status": one.status, "detail": one.detail, "code": one.code}
    return HttpResponse(json.dumps(told), status=one.status, content_type=PROBLEM, headers=one.headers)


def key_of(request: HttpRequest, *scopes: Scope) -> ApiKey:
    """The key that asks, when it holds one of the scopes and did not ask too often. Raises Problem."""
    token = token_of(request.headers.get("Authorization", ""))
    centre: Centre = request.centre  # type: ignore[attr-defined]
    today = today_of(centre)
    key = key_for(centre, token, today) if token else None
    if key is None:
        detail = "Send Authorization: Bearer with a key of this centre that has not expired or been revoked."
        raise Problem(401, "no-key", detail, WWW_Authenticate="Bearer")
    per_minute = settings_of(key.centre_id).per_minute
    if not _bucket(per_minute).take(key.pk, now_ms()):
        wait = str(math.ceil(60 / per_minute))
        raise Problem(429, "too-fast", f"This key may ask {per_minute} times a minute.", Retry_After=wait)
    if not {str(scope) for scope in scopes} & set(key.scopes):
        raise Problem(403, "no-scope", f"This needs a key with the scope {' or '.join(scopes)}.")
    note_use(key, today)
    return key


def refused(request: HttpRequest, one: Any) -> HttpResponse:
    """For a Problem that a view raised."""
    return problem(one)


def unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    """For what is asked in no shape that is known. Nothing of it is repeated."""
    return problem(Problem(422, "unreadable", "The address or its query is not of the shape that is described."))


def with_tag(view: Callable[..., HttpResponseBase], seconds: int) -> Callable[..., HttpResponseBase]:
    """Let the reader keep an answer for so long, and ask with its ETag whether it still holds."""

    def tagged(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "GET":
            return problem(Problem(405, "method", "This can only be read.", Allow="GET"))
        answer = view(request, *args, **kwargs)
        if answer.status_code != 200 or not isinstance(answer, HttpResponse):
            return answer
        tag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
        if tag in parse_etags(request.headers.get("If-None-Match", "")):
            answer = HttpResponseNotModified()
        answer.headers["ETag"] = tag
        answer.headers["Cache-Control"] = f"private, max-age={seconds}"
        patch_vary_headers(answer, ["Authorization", "Accept-Language"])
        return answer

    return tagged


def _bucket(per_minute: int) -> Bucket:
    return _buckets.setdefault(per_minute, Bucket(per_second=per_minute / 60, burst=per_minute))
