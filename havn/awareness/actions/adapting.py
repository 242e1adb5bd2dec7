"""Adapting another centre's resource: a draft in one's own tree that says where it came from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.awareness.actions.copying import copy_below, stored_copies
from havn.awareness.actions.uses import add_uses
from havn.awareness.models import Adaptation, EditorialPage, ListingPage, PageUse, ResourcePage
from havn.awareness.permissions import ADAPT, check_may_here
from havn.awareness.queries import fronts_of, visible_pages
from havn.awareness.rules.licences import Way, way_of
from havn.awareness.sharing.homes import Homes
from havn.common.clock import now
from havn.common.errors import Refused
from havn.tenancy.models import Centre


@dataclass(frozen=True)
class Adapted:
    """The new draft, and the names of files that did not come along."""

    page: EditorialPage
    left_out: list[str]


def adapt(
    *, actor: User, page: ResourcePage, to: Centre, listing: ListingPage, address: Callable[[EditorialPage], str]
) -> Adapted:
    """Copy the resource as a draft below a listing of the centre, with credit and licence.

    Raises NotAllowed for who may not write there, Refused for what is not public or whose licence forbids changes.
    """
    check_may_here(actor, to, ADAPT)
    source = Homes().centre_of(page)
    if source is None or source.pk == to.pk:
        raise Refused(_("This resource is your own."))
    check_is_within(listing, to)
    _check_adaptable(page)
    with stored_copies(page, source) as stored, transaction.atomic():
        fresh = ResourcePage.objects.select_for_update(of=("self",)).get(pk=page.pk)
        _check_adaptable(fresh)
        credit = credit_of(fresh, source)
        new = copy_below(
            page=fresh,
            listing=listing,
            to=to,
            actor=actor,
            stored=stored,
            address=address,
            credit=credit,
        )
        translated = new.locale_id != fresh.locale_id
        how = Adaptation.How.TRANSLATED if translated else Adaptation.How.ADAPTED
        note_source(page=new, source=fresh, centre=source, how=how, credit=credit, actor=actor)
        add_uses(uses={(fresh.pk, now().date().replace(day=1), PageUse.Kind.ADAPT.value): 1})
        record(
            centre_id=to.pk, actor_id=actor.pk, action="awareness.adapted", subject=f"page:{new.pk}", source=fresh.pk
        )
    return Adapted(new, stored.left_out)


def note_source(
    *, page: EditorialPage, source: EditorialPage, centre: Centre, how: str, credit: str, actor: User
) -> Adaptation:
    """Write down where the page came from. Stays when the source goes."""
    return Adaptation.objects.create(
        page=page,
        source=source,
        source_title=source.title,
        source_centre=centre,
        source_language=source.language,
        how=how,
        credit=credit,
        licence=getattr(source, "licence", ""),
        made_at=now(),
        made_by=actor,
    )


def credit_of(page: EditorialPage, centre: Centre) -> str:
    """Whose names a copy must keep: those that the page says, else its organisation, else its centre."""
    own: str = getattr(page, "credit", "")
    return own or (page.organisation.name if page.organisation else centre.name)


def check_is_within(listing: ListingPage, centre: Centre) -> None:
    """Raise Refused unless the listing stands in one of the centre's trees."""
    fronts: Any = fronts_of(centre).values_list("path", flat=True)
    if not any(listing.path.startswith(path) for path in fronts):
        raise Refused(_("This list is not one of yours."))


def _check_adaptable(page: ResourcePage) -> None:
    if not visible_pages().filter(pk=page.pk).exists():
        raise Refused(_("This resource is not public any more."))
    way = way_of(page.licence)
    if way == Way.LINK:
        raise Refused(_("Its licence does not allow changes. Lead your readers to it with a link."))
    if way == Way.ASK:
        raise Refused(_("Its makers keep all rights. Ask them first."))
