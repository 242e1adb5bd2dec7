"""Writes of films in sign language: one verb each."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.centres.models import SignSite, SignVideo
from havn.centres.permissions import SIGNS
from havn.centres.rules.signing import site_of, why_not_address
from havn.centres.signing import sign_languages
from havn.common.errors import NotAllowed, Refused
from havn.tenancy.models import Centre, Service

MOST_SITES = 20
MOST_FILMS = 100


@transaction.atomic
def name_site(*, actor: User, actor_may: bool, centre: Centre, typed: str) -> SignSite:
    """Let films lie on this site. Refused for what is no host name, and for more than 20 sites."""
    _check_may(actor_may)
    host = site_of(typed)
    if not host:
        raise Refused(_("That is no name of a site. Write it like films.example.org."))
    Centre.objects.select_for_update().get(pk=centre.pk)
    if centre.sign_sites.exclude(host=host).count() >= MOST_SITES:
        raise Refused(_("There are 20 sites already. Remove one first."))
    site, made = SignSite.objects.get_or_create(centre=centre, host=host)
    if made:
        _record(actor, centre, "site.named")
    return site


@transaction.atomic
def remove_site(*, actor: User, actor_may: bool, centre: Centre, site_id: int) -> None:
    """Let no film lie there any more. Its films stay in the list, and no page links to them."""
    _check_may(actor_may)
    if SignSite.objects.filter(centre=centre, pk=site_id).delete()[0]:
        _record(actor, centre, "site.removed")


@transaction.atomic
def add_film(
    *,
    actor: User,
    actor_may: bool,
    centre: Centre,
    service_id: int | None,
    place: str,
    language: str,
    title: str,
    address: str,
) -> SignVideo:
    """Link a page to a film. Refused for an address that is neither on this site nor on a named one."""
    _check_may(actor_may)
    known = place in SignVideo.Place.values and language in sign_languages() and bool(title.strip())
    services = Service.objects.filter(organisation__centre=centre)
    if not known or (service_id is not None and not services.filter(pk=service_id).exists()):
        raise Refused(_("Choose from the lists, and give the film a title."))
    sites = set(SignSite.objects.filter(centre=centre).values_list("host", flat=True))
    if why := why_not_address(address, sites):
        raise Refused(_words_of(why))
    Centre.objects.select_for_update().get(pk=centre.pk)
    if centre.sign_videos.count() >= MOST_FILMS:
        raise Refused(_("There are 100 films already. Remove one first."))
    film = SignVideo.objects.create(
        centre=centre, service_id=service_id, place=place, language=language, title=title.strip(), address=address
    )
    record(centre_id=centre.pk, actor_id=actor.pk, action=f"{SIGNS}.film.added", place=place, language=language)
    return film


@transaction.atomic
def remove_film(*, actor: User, actor_may: bool, centre: Centre, film_id: int) -> None:
    """Take the link away."""
    _check_may(actor_may)
    if SignVideo.objects.filter(centre=centre, pk=film_id).delete()[0]:
        _record(actor, centre, "film.removed")


def _words_of(why: str) -> str:
    return {
        "shape": _("That is no address. Copy it from the browser, or write a path of this site that begins with /."),
        "https": _("The address must begin with https://, or with / for a page of this site."),
    }.get(why, _("This site is not in the list above. Name it there first, without a port."))


def _check_may(actor_may: bool) -> None:
    if not actor_may:
        raise NotAllowed(_("Only a coordinator or an administrator may change the films."))


def _record(actor: User, centre: Centre, what: str) -> None:
    record(centre_id=centre.pk, actor_id=actor.pk, action=f"{SIGNS}.{what}")
