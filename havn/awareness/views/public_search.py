"""Searching everything of a centre that anybody may read."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from havn.awareness.queries import pages_found, site_of
from havn.common.access import public
from havn.tenancy.models import Centre

PER_PAGE = 10
LONGEST = 100


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Pages with these words, the best first; in the reader's language unless `all` languages are asked for.

    The words stand in the address, as in every search, and nowhere else: no log and no table keeps them.
    """
    centre: Centre = request.centre  # type: ignore[attr-defined]
    request._wagtail_site = site_of(centre)  # type: ignore[attr-defined]
    words = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST]
    everywhere = request.GET.get("in") == "all"
    language = "" if everywhere else get_language() or centre.default_language
    found = Paginator(pages_found(centre, words, language), PER_PAGE).get_page(request.GET.get("page", "1")[:6])
    context = {"words": words, "everywhere": everywhere, "found": found}
    return render(request, "awareness/public_search.html", context)
