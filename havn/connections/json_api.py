"""The facts of a centre as JSON for systems that hold a key, described by OpenAPI 3.1 (`openapi.py`).

Only rounds are written too (`rounds_json.py`).

No documentation page, since it would load scripts from elsewhere. No page of another site may read an answer (CORS is
off): a key belongs on a server.
"""

import datetime as dt
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, URLPattern, get_script_prefix, path, reverse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Query, Schema
from ninja.errors import ValidationError
from pydantic import Field

from havn.common.access import Access
from havn.connections import facts, rounds_json
from havn.connections.guard import FACTS_KEPT, FIGURES_KEPT, Problem, key_of, refused, unreadable, with_tag
from havn.connections.queries import services_of
from havn.connections.rules.keys import Scope
from havn.tenancy.models import Centre, Service

PREFIX = "api/v1/"
api = NinjaAPI(
    title="Havn",
    version="1",
    description=(
        "Facts about the services of a Safer Internet Centre and answers to its rounds, for systems that hold a"
        " key: `Authorization: Bearer havn_…`. Keys are made on the desk under *Connections*; each opens only"
        " what was chosen for it. No answer holds anything that was said in a talk, and none leads to one."
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="connections-api",
)


class ServiceOut(Schema):
    """A helpline or hotline of the centre."""

    id: int
    slug: str
    name: str
    audience: str


class OpeningOut(Schema):
    """One channel of one service. Times are UTC."""

    service: ServiceOut
    channel: str
    state: str = Field(description="`open`, `closed`, or `any-hour` for what may be sent at any hour.")
    why: str
    closes_at: dt.datetime | None
    opens_at: dt.datetime | None


class OpeningsOut(Schema):
    """Every channel of every service that the key is for."""

    openings: list[OpeningOut]


class WaitOut(Schema):
    """How long somebody would wait who came to the chat now."""

    service: ServiceOut
    state: str = Field(description="`open`, `full` (closing may come first) or `closed`.")
    minutes_from: int | None
    minutes_to: int | None
    sure: str = Field(description="`good`, `rough`, `no` (too little is known), `nobody` (in this language), or empty.")
    language: str


class WaitsOut(Schema):
    """The wait of every service with a chat that the key is for."""

    waits: list[WaitOut]


class ColumnOut(Schema):
    """A column of a table of counts."""

    code: str
    label: str


class RowOut(Schema):
    """A row of a table of counts. null: left out."""

    code: str
    label: str
    numbers: list[int | None]
    total: int | None


class TableOut(Schema):
    """A table of counts. A number below the threshold is null, and so are others that would give it back."""

    key: str
    title: str
    columns: list[ColumnOut]
    rows: list[RowOut]
    column_totals: list[int | None]
    total: int | None


class PeriodOut(Schema):
    """From the first day up to and including the last, by the centre's calendar."""

    kind: str
    first: dt.date
    last: dt.date


class StatisticsOut(Schema):
    """The counts of one service in one period."""

    service: ServiceOut
    period: PeriodOut
    threshold: int
    tables: list[TableOut]


class HookOut(Schema):
    """Where another system sends signed messages to a service. The secret is made on the desk."""

    service: ServiceOut
    kind: str = Field(description="`calls` or `mail`.")
    address: str


class HooksOut(Schema):
    """Every such address that the key's scopes name."""

    hooks: list[HookOut]


class LanguageIn(Schema):
    """Whose wait it is."""

    language: str = Field("", max_length=10, description="Of the person who waits; the service's first by default.")


class DayIn(Schema):
    """A day of the period."""

    day: dt.date = Field(description="Any day of it. The key says how long a period is.")


@api.get(
    "openings", response=OpeningsOut, url_name="openings", operation_id="openings", summary="When services are open"
)
def openings(request: HttpRequest) -> dict[str, object]:
    """Every channel with its state now, as the first page tells it. Scope `opening`."""
    key = key_of(request, Scope.OPENING)
    ways = facts.ways_of(_centre(request), key.service_id)
    told = [{"service": _service(way.service), **facts.opening_of(way)} for way in ways]
    return {"openings": told}


@api.get("waits", response=WaitsOut, url_name="waits", operation_id="waits", summary="How long one waits for the chat")
def waits(request: HttpRequest, asked: Query[LanguageIn]) -> dict[str, object]:
    """The same estimate as on the start page, no surer than we are. Scope `waiting`."""
    key = key_of(request, Scope.WAITING)
    centre = _centre(request)
    chats = [way.service for way in facts.ways_of(centre, key.service_id) if way.channel == "chat"]
    waited = []
    for service in chats:
        language = asked.language or next(iter(service.languages), centre.default_language)
        waited.append({"service": _service(service), **facts.waiting_of(service, language)})
    return {"waits": waited}


@api.get(
    "services/{service}/statistics",
    response=StatisticsOut,
    url_name="statistics",
    operation_id="statistics",
    summary="Counts of a period that is over",
)
def statistics(request: HttpRequest, service: int, asked: Query[DayIn]) -> dict[str, object]:
    """Attempts, waiting, reasons, ages, outcomes and more, small numbers left out, always. Scope `statistics`.

    Labels are in the language of `Accept-Language`. A period that still runs is answered 409.
    """
    key = key_of(request, Scope.STATISTICS)
    line = next((one for one in services_of(_centre(request), key.service_id) if one.pk == service), None)
    if line is None:
        raise Problem(404, "unknown", "This key is for no helpline of this number.")
    try:
        return {"service": _service(line), **facts.statistics_of(line, key.grain, asked.day)}
    except facts.NotOver:
        raise Problem(409, "not-over", "This period is not over, or lies beyond every calendar.") from None


@api.get("hooks", response=HooksOut, url_name="hooks", operation_id="hooks", summary="Where signed messages come in")
def hooks(request: HttpRequest) -> dict[str, object]:
    """The addresses for a telephone system (scope `calls`) and a mail system (scope `mail`)."""
    key = key_of(request, Scope.CALLS, Scope.MAIL)
    found = []
    for service in services_of(_centre(request), key.service_id):
        for scope, name in ((Scope.CALLS, "phone:hook"), (Scope.MAIL, "mailbox:hook")):
            address = _address(request, name, service.pk) if scope in key.scopes else ""
            if address:
                found.append({"service": _service(service), "kind": str(scope), "address": address})
    return {"hooks": found}


rounds_json.register(api)
api.add_exception_handler(Problem, refused)
api.add_exception_handler(ValidationError, unreadable)


def urls() -> list[URLPattern]:
    """The addresses. Nobody signs in there, so each is public, and its view asks for a key."""
    found = []
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name in {"openings", "waits", "statistics", "hooks"}:
            kept = FIGURES_KEPT if pattern.name == "statistics" else FACTS_KEPT
            found.append(path(f"{PREFIX}{pattern.pattern}", _view(pattern.callback, kept), name=str(pattern.name)))
        elif isinstance(pattern, URLPattern) and pattern.name in rounds_json.NAMES:
            view = _open(rounds_json.never_kept(pattern.callback, str(pattern.name)))
            found.append(path(f"{PREFIX}{pattern.pattern}", view, name=str(pattern.name)))
    return found


def _view(callback: Callable[..., HttpResponseBase], seconds: int) -> Callable[..., HttpResponseBase]:
    return _open(with_tag(callback, seconds))


def _open(callback: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    view = csrf_exempt(callback)
    view.access = Access("public")  # type: ignore[attr-defined]
    return view


def _centre(request: HttpRequest) -> Centre:
    centre: Centre = request.centre  # type: ignore[attr-defined]
    return centre


def _service(service: Service) -> dict[str, object]:
    return {"id": service.pk, "slug": service.slug, "name": service.name, "audience": service.audience}


def _address(request: HttpRequest, name: str, service_id: int) -> str:
    """For machines: in no language. "" where nothing takes such messages here."""
    try:
        found = reverse(name, args=[service_id])
    except NoReverseMatch:
        return ""
    return request.build_absolute_uri("/" + found.removeprefix(get_script_prefix()))
