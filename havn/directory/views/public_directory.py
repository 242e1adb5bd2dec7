"""Which helpline can be reached now, in my language or country, for me."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havn.common.access import public
from havn.common.clock import now
from havn.common.page_cache import ANSWERS_SECONDS, keepable
from havn.directory.forms_public import Choices, choices_of, wish_from
from havn.directory.listing import Country, Directory, EntryNow
from havn.directory.queries import best_for, directory_for_public
from havn.directory.rules.order import Reach, Wish
from havn.directory.showing import Site, shown
from havn.tenancy.models import Centre

FIRST = 6
"""How many lines stand there before anybody has said what they look for."""
MOST_SAID = 2000


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
        "country_base": _country_base(),
        "countries": sorted(found.countries, key=lambda country: country.name.casefold()),
        "choices": _choices(found),
        "dials": site.dials,
    }
    return render(request, "directory/public_directory.html", context)


def _groups(best: list[EntryNow], found: Directory, site: Site) -> list[tuple[str, str, list[SafeString]]]:
    """The lines under a heading each, by how they can be reached now, in the order given."""
    titles: dict[Reach, str] = {
        "open": _("Open now"),
        "perhaps": _("Probably open now"),
        "write": _("You can write at any hour"),
        "unknown": _("We don't know when these are open"),
        "closed": _("Closed just now"),
    }
    countries = {country.code: country for country in found.countries}
    entries = [(entry.reach, _entry(entry, countries[entry.centre.country_code], site, found)) for entry in best]
    return [
        (reach, title, mine)
        for reach, title in titles.items()
        if (mine := [entry for its, entry in entries if its == reach])
    ]


def _entry(entry: EntryNow, country: Country, site: Site, found: Directory) -> SafeString:
    """The line as it stands on the page, made once of the same facts in a minute in which none of its ways opens."""
    where = (get_language(), site.centre.pk, site.request.scheme, site.request.get_host())
    minute = site.now.replace(second=0, microsecond=0)
    key = (entry.service.pk, *where, minute, entry.freshness, *(point.opening for point in entry.points))
    said = found.said.get(key)
    if said is None:
        if len(found.said) >= MOST_SAID:
            found.said.clear()
        context = {"entry": shown(entry, country, site), "with_country": True, "country_base": _country_base()}
        said = found.said[key] = render_to_string("directory/entry.html", context)
    return cast(SafeString, said)


def _choices(found: Directory) -> dict[str, Choices]:
    key = ("choices", get_language())
    if key not in found.said:
        found.said[key] = choices_of(found)
    return cast(dict[str, Choices], found.said[key])


def _country_base() -> str:
    """One address for all countries: each is looked up in the table of addresses otherwise."""
    return reverse("directory:country", args=["xx"]).removesuffix("xx")
