"""Answering rounds by software: the one part of the API that writes, and only the centre's own answers."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from ninja import NinjaAPI, Schema, UploadedFile
from ninja.errors import HttpError
from ninja.params import functions as sent_as
from pydantic import Field

from havn.common.errors import Refused
from havn.connections.guard import PROBLEM, Problem, key_of, problem
from havn.connections.models import ApiKey
from havn.connections.rules.keys import Scope
from havn.rounds import api as rounds
from havn.tenancy.models import Centre

_METHODS = {
    "rounds": "GET", "round": "GET", "round_keep": "POST", "round_document": "POST", "round_submit": "POST"
}  # fmt: skip
NAMES = frozenset(_METHODS)


class FaultOut(Schema):
    """What the form says of an answer. A warning is explained under `explain` when the answers are sent in."""

    path: str
    level: str = Field(description="`error` or `warning`.")
    sentence: str
    explain: str


class RoundOut(Schema):
    """One thing that the centre is asked. Times are UTC; it closes at 17:00 by the centre's own clocks."""

    id: int
    form: str
    form_version: int
    title: str
    owner: str
    first: dt.date
    last: dt.date
    opens_at: dt.datetime
    closes_at: dt.datetime
    state: str = Field(description="`open`, `draft`, `submitted`, `query`, `accepted` or `published`.")
    revision: int | None


class RoundsOut(Schema):
    """Everything that the centre is asked and that has opened."""

    rounds: list[RoundOut]


class TermOut(Schema):
    """A term of a list that the form takes rows or choices from."""

    code: str
    label: str


class AnswersOut(RoundOut):
    """The same with the form and what is answered so far."""

    version: int = Field(description="Of the draft. Send it back with the answers.")
    answers: dict[str, Any]
    faults: list[FaultOut]
    definition: dict[str, Any]
    lists: dict[str, list[TermOut]]
    asked_back: dict[str, str] = Field(description="Question to what the coordinator asks about it.")


class AnswersIn(Schema):
    """All answers of the form: what is left out is taken out of the draft. Documents stay; they come one by one."""

    version: int = Field(ge=0, le=2**31 - 1)
    answers: dict[str, Any]


class KeptOut(Schema):
    """The draft as it is kept now."""

    version: int
    faults: list[FaultOut]


class SubmitIn(Schema):
    """Which draft is sent in, and a sentence for each warning."""

    version: int = Field(ge=0, le=2**31 - 1)
    explained: dict[str, str] = {}


class SubmittedOut(Schema):
    """The revision that was sent in."""

    revision: int


def register(api: NinjaAPI) -> None:
    """Add the addresses to the API."""
    api.get("rounds", response=RoundsOut, url_name="rounds", operation_id="rounds", summary="What the centre is asked")(
        asked
    )
    one = "rounds/{number}"
    api.get(one, response=AnswersOut, url_name="round", operation_id="round", summary="The form, and what is answered")(
        answers
    )
    api.post(
        f"{one}/answers", response=KeptOut, url_name="round_keep", operation_id="round_keep",
        summary="Keep answers as the draft",
    )(keep)  # fmt: skip
    api.post(
        f"{one}/documents", response=KeptOut, url_name="round_document", operation_id="round_document",
        summary="Put a document in its place",
    )(document)  # fmt: skip
    api.post(
        f"{one}/submit", response=SubmittedOut, url_name="round_submit", operation_id="round_submit",
        summary="Send the draft in",
    )(submit)  # fmt: skip
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(Http404, _unknown)
    api.add_exception_handler(HttpError, _no_json)


def asked(request: HttpRequest) -> dict[str, object]:
    """Every round that asks the centre and has opened, the latest closing first. Scope `rounds`."""
    _key(request)
    return {"rounds": rounds.by_software.asked(_centre(request))}


def answers(request: HttpRequest, number: int) -> dict[str, Any]:
    """The form as data, the terms of its lists, the draft, and what the form says of it. Scope `rounds`."""
    _key(request)
    return rounds.by_software.one_asked(_centre(request), number)


def keep(request: HttpRequest, number: int, sent: AnswersIn) -> dict[str, Any]:
    """Answers are kept right or wrong, and what is wrong is told. 409 when the draft is another version now."""
    return rounds.by_software.keep(_key(request), _centre(request), number, sent.answers, sent.version)


_DOCUMENT = sent_as.File(None, description="PDF, DOCX, XLSX or ODT, at most 5 MB.")


def document(
    request: HttpRequest,
    number: int,
    question: str = sent_as.Form(
        max_length=200, description="Key of a file question; of a repeated part `part.0.key`."
    ),
    version: int = sent_as.Form(ge=0, le=2**31 - 1, description="Of the draft."),
    document: UploadedFile | None = _DOCUMENT,
) -> dict[str, Any]:
    """Takes the place of the document that is there; without a file it is taken out. Checked as on the screen."""
    key = _key(request)
    return rounds.by_software.put_document(
        key, _centre(request), number, path=question, version=version, given=document
    )  # fmt: skip


def submit(request: HttpRequest, number: int, sent: SubmitIn) -> Any:
    """Errors, and warnings without a sentence, are answered 422 with `faults`; nothing is sent in then."""
    found = rounds.by_software.submit(_key(request), _centre(request), number, sent.version, sent.explained)
    if found.revision is not None:
        return {"revision": found.revision}
    told = {
        "title": "Not right yet", "status": 422, "code": "faults",
        "detail": "Put the errors right and explain each warning in a sentence.",
        "faults": [FaultOut.from_orm(one).dict() for one in found.faults],
    }  # fmt: skip
    return HttpResponse(json.dumps(told, ensure_ascii=False), status=422, content_type=PROBLEM)


def never_kept(callback: Callable[..., HttpResponseBase], name: str) -> Callable[..., HttpResponseBase]:
    """The view with answers that nobody keeps, and other methods refused as the rest of the API does."""

    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        allowed = _METHODS[name]
        if request.method not in allowed.split(", "):
            return problem(Problem(405, "method", f"This takes {allowed}.", Allow=allowed))
        answer = callback(request, *args, **kwargs)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return answered


def _key(request: HttpRequest) -> rounds.Key:
    key: ApiKey = key_of(request, Scope.ROUNDS)
    if key.service_id is not None:
        raise Problem(403, "no-scope", "This needs a key of the whole centre, not of one service.")
    return rounds.Key(key.prefix, key.centre_id)


def _centre(request: HttpRequest) -> Centre:
    centre: Centre = request.centre  # type: ignore[attr-defined]
    return centre


def _refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    code = "not-possible" if refusal.status == 409 else "not-allowed"
    return problem(Problem(refusal.status, code, refusal.sentence))


def _unknown(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(Problem(404, "unknown", "This centre is not asked anything of this number."))


def _no_json(request: HttpRequest, error: Any) -> HttpResponse:
    """For a body that is no JSON. Nothing of it is repeated."""
    return problem(Problem(400, "unreadable", "The body is not JSON of the shape that is described."))
