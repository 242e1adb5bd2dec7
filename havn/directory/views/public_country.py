"""A country: its lines, where to report, what is not known; the history of its numbers; a card to print."""

import io

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from havn.centres.api import channel_name
from havn.common.access import public
from havn.common.clock import now
from havn.common.page_cache import ANSWERS_SECONDS, keepable
from havn.directory.linked_data import linked_data
from havn.directory.listing import Country
from havn.directory.models import Source
from havn.directory.queries import country_now, history_of
from havn.directory.showing import Site, shown
from havn.directory.words import doubt_words, month_words
from havn.tenancy.models import Centre

CODE = 2
MOST_HISTORY = 500


@public
@require_safe
@keepable(ANSWERS_SECONDS)
def country(request: HttpRequest, country: str) -> HttpResponse:
    """Every helpline and hotline of one country."""
    found, site = _country(request, country)
    helplines = [shown(entry, found, site) for entry in found.helplines]
    hotlines = [shown(entry, found, site) for entry in found.hotlines]
    address = request.build_absolute_uri(reverse("directory:country", args=[found.path]))
    context = {
        "country": found,
        "helplines": helplines,
        "hotlines": hotlines,
        "doubts": [doubt_words(doubt) for doubt in found.doubts],
        "sources": [(source, month_words(source.profile_updated)) for source in _sources(found)],
        "dials": site.dials,
        "is_here": found.centre.pk == site.centre.pk,
        "linked_data": linked_data(found, address, dials=site.dials),
    }
    return render(request, "directory/public_country.html", context)


@public
@require_safe
@keepable(ANSWERS_SECONDS)
def history(request: HttpRequest, country: str) -> HttpResponse:
    """When each number and address appeared, changed and was confirmed."""
    found, _site = _country(request, country)
    rows = [(row, channel_name(row.channel)) for row in history_of(found.centre)[:MOST_HISTORY]]
    numbers = [doubt_words(doubt) for doubt in found.doubts if doubt.about == "number"]
    return render(request, "directory/public_history.html", {"country": found, "rows": rows, "doubts": numbers})


@public
@require_safe
@keepable(ANSWERS_SECONDS)
def card(request: HttpRequest, country: str) -> HttpResponse:
    """What fits on a card for a wall or a pocket, with a QR code of the country's page."""
    found, site = _country(request, country)
    path = reverse("directory:country", args=[found.path])
    address = request.build_absolute_uri(path)
    context = {
        "country": found,
        "helplines": [shown(entry, found, site) for entry in found.helplines],
        "address": address,
        "drawing": _drawing(address),
        "printed_on": site.now,
    }
    return render(request, "directory/public_card.html", context)


def _country(request: HttpRequest, code: str) -> tuple[Country, Site]:
    centre: Centre = request.centre  # type: ignore[attr-defined]
    moment = now()
    found = country_now(code, moment) if len(code) == CODE else None
    if found is None:
        raise Http404
    return found, Site(request, centre, moment)


def _sources(country: Country) -> list[Source]:
    return list(Source.objects.filter(centre=country.centre))


def _drawing(address: str) -> SafeString:
    drawing = io.BytesIO()
    segno.make(address, error="m").save(drawing, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=4)
    # Made by segno from our own address: paths only.
    return mark_safe(drawing.getvalue().decode())  # noqa: S308
