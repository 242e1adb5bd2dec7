"""The directory as JSON for other programs: public, reading only, described by OpenAPI.

No documentation page, since it would load scripts from elsewhere: `/directory/api/openapi.json` says it all.
"""

import datetime as dt
from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Query, Schema
from ninja.errors import HttpError

from havn.common.access import Access, public
from havn.common.clock import now
from havn.common.page_cache import ANSWERS_SECONDS, keepable
from havn.directory.listing import Country, EntryNow, PointNow
from havn.directory.queries import best_for, country_now, directory_for_public
from havn.directory.rules.order import Wish
from havn.tenancy.models import Centre

PREFIX = "directory/api/"
api = NinjaAPI(
    title="Directory of helplines and hotlines",
    version="1",
    description=(
        "What is known of the lines of each country, and how sure that is. `certain` false: nobody has confirmed the"
        " entry within its clock; show its age, and do not show it as certain. null and empty lists: not known."
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="directory-api",
)


class HoursOut(Schema):
    """Published hours: an opening_hours rule, or words where no certain rule is known."""

    rule: str
    words: str
    language: str
    staff_group: str
    published: str
    valid_from: dt.date | None
    valid_to: dt.date | None


class PointOut(Schema):
    """One way to reach a service. `state` is open, closed or unknown; times are UTC."""

    channel: str
    number: str
    dial: str
    menu: str
    url: str
    email: str
    label: str
    free: bool | None
    languages: list[str]
    staff_group: str
    state: str
    closes_at: dt.datetime | None
    opens_at: dt.datetime | None
    hours: list[HoursOut]


class EntryOut(Schema):
    """What the directory says of one service."""

    id: int
    kind: str
    name: str
    organisation: str
    country: str
    certain: bool
    freshness: str
    confirmed_at: dt.datetime | None
    confirmed_by: str
    source_date: str
    reach: str
    audiences: list[str]
    ages_from: int | None
    ages_to: int | None
    languages: list[str]
    languages_assumed: bool
    topics: list[str]
    free: bool | None
    anonymous: bool | None
    inhope: bool | None
    hotline_kind: str
    website: str
    note: str
    points: list[PointOut]
    open_doubts: int


class CountrySummary(Schema):
    """A country in the list."""

    code: str
    name: str
    centre: str
    helplines: int
    hotlines: int


class CountryOut(Schema):
    """A country with everything that is known."""

    code: str
    name: str
    centre: str
    emergency_number: str
    time_zone: str
    coordinator: str
    awareness_organisation: str
    website: str
    funding: str
    note: str
    entries: list[EntryOut]


class WishIn(Schema):
    """What somebody looks for; "" for anything."""

    country: str = ""
    language: str = ""
    audience: str = ""
    topic: str = ""


@api.get("countries", response=list[CountrySummary], url_name="api_countries")
def countries(request: HttpRequest) -> Sequence[CountrySummary]:
    """Every country of the directory."""
    return [
        CountrySummary(
            code=one.code,
            name=one.name,
            centre=one.centre.name,
            helplines=len(one.helplines),
            hotlines=len(one.hotlines),
        )
        for one in directory_for_public(now()).countries
    ]


@api.get("countries/{code}", response=CountryOut, url_name="api_country")
def country(request: HttpRequest, code: str) -> CountryOut:
    """One country by its ISO 3166-1 code."""
    found = country_now(code[:2], now()) if len(code) == 2 else None
    if found is None:
        raise HttpError(404, "The directory does not know this country.")
    return _country(found)


@api.get("now", response=list[EntryOut], url_name="api_now")
def reachable_now(request: HttpRequest, wish: Query[WishIn]) -> Sequence[EntryOut]:
    """The helplines that may help, the best first: certain and open now, in the language, in the country."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    wished = Wish(wish.country.upper(), wish.language, wish.audience, wish.topic)
    return [_entry(one) for one in best_for(directory_for_public(now()), wished, centre.country_code)]


@public
@require_safe
@keepable(ANSWERS_SECONDS)
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of this interface."""
    return JsonResponse(api.get_openapi_schema(path_prefix=f"/{PREFIX}"))


def urls() -> list[URLPattern]:
    """The addresses, each public: the views are ninja's own, so their access is said here."""
    found = [path(f"{PREFIX}openapi.json", openapi, name="api_openapi")]
    for route, view, name in _views():
        found.append(path(f"{PREFIX}{route}", view, name=name))
    return found


def _views() -> list[tuple[str, Callable[..., HttpResponseBase], str]]:
    rows: list[tuple[str, Callable[..., HttpResponseBase], str]] = []
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and str(pattern.name).startswith("api_"):
            view = csrf_exempt(keepable(ANSWERS_SECONDS)(pattern.callback))
            view.access = Access("public")  # type: ignore[attr-defined]
            rows.append((str(pattern.pattern), view, str(pattern.name)))
    return rows


def _country(found: Country) -> CountryOut:
    return CountryOut(
        code=found.code,
        name=found.name,
        centre=found.centre.name,
        emergency_number=found.centre.emergency_number,
        time_zone=found.centre.time_zone,
        coordinator=found.entry.coordinator,
        awareness_organisation=found.entry.awareness_organisation,
        website=found.entry.website,
        funding=found.entry.funding,
        note=found.entry.note,
        entries=[_entry(entry) for entry in found.entries],
    )


def _entry(one: EntryNow) -> EntryOut:
    facts = one.entry
    return EntryOut(
        id=one.service.pk,
        kind=one.service.kind,
        name=one.name,
        organisation=one.organisation.name,
        country=one.centre.country_code,
        certain=one.certain,
        freshness=one.freshness.state,
        confirmed_at=one.freshness.confirmed_at,
        confirmed_by=one.confirmed_by,
        source_date=one.source_date,
        reach=one.reach,
        audiences=list(one.audiences),
        ages_from=facts.ages_from,
        ages_to=facts.ages_to,
        languages=list(one.languages),
        languages_assumed=not one.service.languages,
        topics=list(one.topics),
        free=facts.free,
        anonymous=facts.anonymous,
        inhope=facts.inhope,
        hotline_kind=facts.hotline_kind,
        website=facts.website,
        note=facts.note,
        points=[_point(point) for point in one.points],
        open_doubts=len(one.doubts),
    )


def _point(one: PointNow) -> PointOut:
    row, opening = one.point, one.opening
    return PointOut(
        channel=row.channel,
        number=row.number,
        dial=one.number.dial if one.number else "",
        menu=row.menu,
        url=row.url,
        email=row.email,
        label=row.label,
        free=row.free,
        languages=row.languages,
        staff_group=row.staff_group,
        state=one.state,
        closes_at=opening.closes_at if opening else None,
        opens_at=opening.opens_at if opening else None,
        hours=[HoursOut(**{name: getattr(hours, name) for name in HoursOut.model_fields}) for hours in one.hours],
    )
