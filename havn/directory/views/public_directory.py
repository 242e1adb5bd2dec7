"""Which helpline can be reached now, in my language or country, for me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havn.common.access import public
from havn.common.clock import now
from havn.common.page_cache import ANSWERS_SECONDS, keepable
from havn.directory.forms_public import choices_of, wish_from
from havn.directory.listing import Directory, EntryNow
from havn.directory.queries import best_for, directory_for_public
from havn.directory.rules.order import Reach, Wish
from havn.directory.showing import ShownEntry, Site, shown
from havn.tenancy.models import Centre

FIRST = 6
"""How many lines stand there before anybody has said what they look for."""


@public
@require_safe
@keepable(ANSWERS_SECONDS)
def directory(request: HttpRequest) -> HttpResponse:
    """Every line that may help, the best first, and every country."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    moment = now()
    found = directory_for_public(moment)
    wish = wish_from(request.GET, found)
    best = best_for(found, wish, centre.country_code)
    asked = wish != Wish()
    site = Site(request, centre, moment)
    context = {
        "wish": wish,
        "asked": asked,
        "more": not asked and len(best) > FIRST,
        "groups": _groups(best if asked else best[:FIRST], found, site),
        "chosen": next((country for country in found.countries if country.code == wish.country), None),
        # One address for all of them: each is looked up in the table of addresses otherwise.
        "country_base": reverse("directory:country", args=["xx"]).removesuffix("xx"),
        "countries": sorted(found.countries, key=lambda country: country.name.casefold()),
        "choices": choices_of(found),
        "dials": site.dials,
    }
    return render(request, "directory/public_directory.html", context)


def _groups(best: list[EntryNow], found: Directory, site: Site) -> list[tuple[str, str, list[ShownEntry]]]:
    """The lines under a heading each, by how they can be reached now, in the order given."""
    titles: dict[Reach, str] = {
        "open": _("Open now"),
        "perhaps": _("Probably open now"),
        "write": _("You can write at any hour"),
        "unknown": _("We don't know when these are open"),
        "closed": _("Closed just now"),
    }
    countries = {country.code: country for country in found.countries}
    entries = [(entry.reach, shown(entry, countries[entry.centre.country_code], site)) for entry in best]
    return [
        (reach, title, mine)
        for reach, title in titles.items()
        if (mine := [entry for its, entry in entries if its == reach])
    ]
