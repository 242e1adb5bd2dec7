"""The centres of the network as its site lists them: each with its profile, its own or one of facts alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from havn.awareness.models import ProfilePage
from havn.awareness.queries import front_of, visible_pages
from havn.awareness.reading.profiles import funding_words, month_of
from havn.common.clock import now
from havn.common.language import reader_language
from havn.directory.api import Country, Site, age_words, whole_directory
from havn.tenancy.models import Centre


@dataclass(frozen=True)
class CentreListed:
    """A row of the list. `updated` and `age`: when its profile was last published, and how sure its lines are."""

    country: Country
    address: str
    is_here: bool
    funding: str
    funding_is_ours: bool
    updated: str
    age: str


def centres_listed(request: HttpRequest) -> list[CentreListed]:
    """Every centre that the directory knows, by the country's name in the reader's language."""
    moment = now()
    site = Site(request, request.centre, moment)  # type: ignore[attr-defined]
    profiles = _profiles()
    rows = [_listed(one, profiles.get(one.centre.pk, ()), site) for one in whole_directory(moment).countries]
    return sorted(rows, key=lambda row: row.country.name.casefold())


def profile_address(centre: Centre, site: Site) -> str:
    """Where the centre's own published profile is read, at its own host; "" when there is none."""
    page = _best(_profiles().get(centre.pk, ()))
    return _address(page, centre, site) if page else ""


def _listed(country: Country, profiles: Sequence[ProfilePage], site: Site) -> CentreListed:
    page = _best(profiles)
    address = _address(page, country.centre, site) if page else ""
    said = funding_words(page.funding, country.centre) if page else ""
    return CentreListed(
        country=country,
        address=address or reverse("awareness:centre_profile", args=[country.path]),
        is_here=bool(address),
        funding=said or country.entry.funding,
        funding_is_ours=bool(said),
        updated=month_of(page.last_published_at, country.centre) if page else "",
        age=_age(country),
    )


def _profiles() -> dict[int, list[ProfilePage]]:
    """The published profiles of each centre that runs here, in all their languages."""
    found: dict[int, list[ProfilePage]] = {}
    pages = ProfilePage.objects.filter(pk__in=visible_pages().type(ProfilePage).values("pk")).select_related("locale")
    writing = Centre.objects.hosted().national().filter(editorial_site__isnull=False)
    for centre in writing.select_related("editorial_site__site__root_page"):
        root = centre.editorial_site.site.root_page
        fronts = type(root).objects.filter(translation_key=root.translation_key).values_list("path", flat=True)
        mine = [page for page in pages if any(page.path.startswith(path) for path in fronts)]
        if mine:
            found[centre.pk] = mine
    return found


def _best(profiles: Sequence[ProfilePage]) -> ProfilePage | None:
    """The one in the reader's language, else in English, else any."""
    by_language = {page.language: page for page in profiles}
    return by_language.get(reader_language()) or by_language.get("en") or next(iter(profiles), None)


def _address(page: ProfilePage, centre: Centre, site: Site) -> str:
    parts = page.get_url_parts(site.request)
    home = site.home_of(centre)
    return f"{home}{parts[2]}" if parts and (home or centre.pk == site.centre.pk) else ""


def _age(country: Country) -> str:
    certain = sum(entry.certain for entry in country.entries)
    if not country.entries:
        return _("We know of no helpline and no hotline here.")
    if certain == len(country.entries):
        return _("All of its lines are confirmed.")
    if certain:
        return _("%(certain)s of its %(all)s lines are confirmed.") % {"certain": certain, "all": len(country.entries)}
    return age_words(max(country.entries, key=lambda one: str(one.freshness.confirmed_at or "")))


def centres_door(request: HttpRequest) -> dict[str, Any] | None:
    """For the first page of the network: the way to all centres. None elsewhere."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    is_network = centre.kind == Centre.Kind.NETWORK
    return {"is_network": True, "address": reverse("awareness:centres")} if is_network else None


def profile_door(request: HttpRequest) -> dict[str, Any] | None:
    """For the first page of a centre: the way to its own profile; None without one."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    if centre.kind == Centre.Kind.NETWORK:
        return None
    front = front_of(centre, reader_language())
    page = ProfilePage.objects.filter(pk__in=visible_pages().child_of(front).values("pk")).first() if front else None
    return {"is_network": False, "address": page.url} if page else None
