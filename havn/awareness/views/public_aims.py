"""Competence aims as a map: a teacher begins with an aim and finds what serves it."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.awareness.models import ResourcePage
from havn.awareness.queries import site_of
from havn.awareness.reading.aims import COUNTRIES, chosen_in, rows_of, serving_one, year_map
from havn.awareness.reading.resources import MINUTES, OLDEST, resources_of, wish_of
from havn.common.access import public
from havn.common.language import reader_language
from havn.common.page_cache import PAGES_SECONDS, keepable
from havn.tenancy.models import Centre
from havn.vocabularies.api import current_of


@public
@require_safe
@keepable(PAGES_SECONDS)
def aims(request: HttpRequest) -> HttpResponse:
    """All aims by year and subject with their resources counted, and the resources of one; narrowed by age, time, type.

    404 at a centre of another country, unless one of its resources serves an aim.
    """
    centre: Centre = request.centre  # type: ignore[attr-defined]
    language = reader_language()
    request._wagtail_site = site_of(centre)  # type: ignore[attr-defined]
    everything = resources_of(centre, language)
    if centre.country_code not in COUNTRIES and not any(page.aims for page in everything):
        raise Http404
    wish = wish_of(request.GET)
    resources = [page for page in everything if wish.fits(page)]
    code = current_of("aim", request.GET.get("aim", "").replace("\x00", "")[:50])
    years = year_map(resources, language, code)
    chosen = chosen_in(years, code)
    kept = urlencode(wish.asked)
    context = {
        "years": years,
        "rows": rows_of(years),
        "chosen": chosen,
        "found": serving_one(resources, code) if chosen else [],
        "wish": wish,
        "kept": f"&{kept}" if kept else "",
        "ages": range(OLDEST + 1),
        "minutes": MINUTES,
        "types": ResourcePage.Type.choices,
    }
    return render(request, "awareness/public_aims.html", context)
