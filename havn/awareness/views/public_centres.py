"""The network's list of its centres, and the profiles of those that write nothing here."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.awareness.queries import site_of
from havn.awareness.reading.centres import centres_listed, profile_address
from havn.awareness.reading.profiles import profile_of_facts
from havn.common.access import public
from havn.common.clock import now
from havn.common.page_cache import ANSWERS_SECONDS, keepable
from havn.directory.api import Site, country_now
from havn.tenancy.models import Centre

CODE = 2


@public
@require_safe
@keepable(ANSWERS_SECONDS)
def centres(request: HttpRequest) -> HttpResponse:
    """Every centre of the network. At a national centre the address leads to its own profile; without one, 404."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    request._wagtail_site = site_of(centre)  # type: ignore[attr-defined]
    if centre.kind != Centre.Kind.NETWORK:
        address = profile_address(centre, Site(request, centre, now()))
        if not address:
            raise Http404
        return HttpResponseRedirect(address)
    return render(request, "awareness/public_centres.html", {"rows": centres_listed(request)})


@public
@require_safe
@keepable(ANSWERS_SECONDS)
def centre_profile(request: HttpRequest, country: str) -> HttpResponse:
    """What the directory knows of a centre that writes nothing here; one that does is read at its own host."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    moment = now()
    found = country_now(country, moment) if centre.kind == Centre.Kind.NETWORK and len(country) == CODE else None
    if found is None:
        raise Http404
    own = profile_address(found.centre, Site(request, centre, moment))
    if own:
        return HttpResponseRedirect(own)
    return render(request, "awareness/public_centre_profile.html", {"profile": profile_of_facts(found, request)})
