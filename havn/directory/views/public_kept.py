"""What a phone keeps of the directory when somebody asks for it, and the worker that gives it without a connection.

Everything that may be kept stands under `/directory/kept/` and carries `KEPT_HEADER`: the worker keeps nothing else,
also when a page of ours comes in its place (the blank one after quick exit, an error).
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havn.common.access import public
from havn.common.clock import now
from havn.directory.listing import Country
from havn.directory.queries import country_now, directory_for_public
from havn.directory.rules.hours import zone_of
from havn.directory.showing import ShownEntry, Site, shown
from havn.directory.words import doubt_words
from havn.tenancy.models import Centre

KEPT_HEADER = "Havn-Kept"
ALL = "all"
CODE = 2
FILES = {
    "kept.css": ("directory/kept.css", "text/css"),
    "keep.js": ("directory/keep.js", "text/javascript"),
    # Also without a connection one must be able to leave fast.
    "exit.js": ("common/exit.js", "text/javascript"),
}


@public
@require_safe
def kept(request: HttpRequest, language: str, what: str) -> HttpResponse:
    """A country's lines, or those of all, with their hours and the date, and no word of who answers now.

    The language stands in its address, behind `/directory/`: the worker sees no address before that.
    """
    if language not in dict(settings.STAFF_LANGUAGES):
        raise Http404
    centre: Centre = request.centre  # type: ignore[attr-defined]
    moment = now()
    with _in_language(language):
        found = _countries(what, moment)
        site = Site(request, centre, moment)
        here = moment.astimezone(zone_of(centre.time_zone))
        context = {
            "title": found[0].name if what != ALL else _("All countries"),
            "country": found[0] if what != ALL else None,
            "groups": [_group(country, site) for country in found],
            # In words here: a template would turn the clock of the centre back to UTC.
            "kept_at": here.isoformat(timespec="minutes"),
            "kept_at_words": date_format(here, "DATETIME_FORMAT"),
            "dials": site.dials,
        }
        answer = render(request, "directory/public_kept.html", context)
    answer.headers["Content-Language"] = language
    return _marked(answer, moment)


@public
@require_safe
def kept_file(request: HttpRequest, name: str) -> HttpResponse:
    """The style and the scripts of a kept page, beside it, so that the worker holds nothing from elsewhere."""
    if name not in FILES:
        raise Http404
    return _marked(_file(*FILES[name]), now())


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The worker's script. From here its scope can be `/directory/` and no wider; under a language there is none."""
    if get_script_prefix() != "/":
        raise Http404
    return _file("directory/worker.js", "text/javascript")


def _countries(what: str, moment: dt.datetime) -> list[Country]:
    """The countries asked for, by their names. Raises Http404."""
    if what == ALL:
        return sorted(directory_for_public(moment).countries, key=lambda country: country.name.casefold())
    one = country_now(what, moment) if len(what) == CODE else None
    if one is None:
        raise Http404
    return [one]


def _group(country: Country, site: Site) -> tuple[Country, list[ShownEntry], list[str]]:
    """A country with its lines, and what is not sure of the country as a whole."""
    entries = [shown(entry, country, site) for entry in country.entries]
    return country, entries, [doubt_words(doubt) for doubt in country.doubts]


def _file(path: str, kind: str) -> HttpResponse:
    place = finders.find(path)
    if place is None:
        raise Http404
    return HttpResponse(Path(place).read_bytes(), content_type=f"{kind}; charset=utf-8")


def _marked(answer: HttpResponse, moment: dt.datetime) -> HttpResponse:
    answer.headers[KEPT_HEADER] = moment.isoformat(timespec="seconds")
    return answer


@contextmanager
def _in_language(language: str) -> Iterator[None]:
    """Words and the addresses of links in a language that the address does not begin with."""
    before = get_script_prefix()
    set_script_prefix(f"/{language}/")
    try:
        with translation.override(language):
            yield
    finally:
        set_script_prefix(before)
