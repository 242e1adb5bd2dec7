"""Offering a page to the network's portal, and what becomes of the offer."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.awareness.actions.adapting import Adapted, check_is_within, credit_of, note_source
from havn.awareness.actions.copying import copy_below, stored_copies
from havn.awareness.models import Adaptation, EditorialPage, ListingPage, Offer
from havn.awareness.permissions import OFFER, check_can_answer, check_may_here
from havn.awareness.queries import visible_pages
from havn.awareness.rules.offers import after
from havn.awareness.sharing.offers import is_offerable, offered_page, receives_offers
from havn.common.clock import now
from havn.common.errors import Refused
from havn.tenancy.models import Centre


def offer(*, actor: User, centre: Centre, page: EditorialPage, note: str) -> Offer:
    """Offer a published page of the centre. Raises Refused when nobody receives it or it is offered already."""
    check_may_here(actor, centre, OFFER)
    if centre.kind == Centre.Kind.NETWORK or not receives_offers():
        raise Refused(_("There is no portal here that takes over pages of this centre."))
    if not is_offerable(page) or not visible_pages(centre).filter(pk=page.pk).exists():
        raise Refused(_("Only a published page of your centre can be offered."))
    if Offer.objects.filter(page=page, state=Offer.State.ACCEPTED, copy__isnull=False).exists():
        raise Refused(_("The portal has this page already."))
    try:
        with transaction.atomic():
            new = Offer.objects.create(page=page, centre=centre, note=note, offered_at=now(), offered_by=actor)
            record(centre_id=centre.pk, actor_id=actor.pk, action="awareness.offered", subject=f"page:{page.pk}")
    except IntegrityError as error:
        raise Refused(_("This page is offered already and waits for an answer.")) from error
    return new


def withdraw(*, actor: User, centre: Centre, offer_id: int) -> Offer:
    """Take an offer back while it waits. Raises Offer.DoesNotExist for another centre's."""
    check_may_here(actor, centre, OFFER)
    with transaction.atomic():
        row = Offer.objects.select_for_update(of=("self",)).get(pk=offer_id, centre=centre)
        _decide(row, "withdraw", actor)
        record(
            centre_id=centre.pk, actor_id=actor.pk, action="awareness.offer.withdrawn", subject=f"page:{row.page_id}"
        )
    return row


def decline(*, actor: User, network: Centre, offer_id: int, reason: str) -> Offer:
    """Say no, with a reason that the centre reads. Raises Refused without one."""
    check_can_answer(actor, network)
    if not reason:
        raise Refused(_("Write why, so that the centre knows what to change."))
    with transaction.atomic():
        row = Offer.objects.select_for_update(of=("self",)).get(pk=offer_id)
        _decide(row, "decline", actor, answer=reason)
        record(
            centre_id=network.pk, actor_id=actor.pk, action="awareness.offer.declined", subject=f"page:{row.page_id}"
        )
    return row


def accept(
    *,
    actor: User,
    network: Centre,
    offer_id: int,
    listing: ListingPage,
    publish: bool,
    address: Callable[[EditorialPage], str],
) -> Adapted:
    """Take the page over into a listing of the portal, as a draft or published at once.

    A page in another language than the listing's stays a draft until somebody has translated it (Refused otherwise).
    """
    check_can_answer(actor, network)
    check_is_within(listing, network)
    row = Offer.objects.select_related("centre").get(pk=offer_id)
    page = offered_page(row)
    if page is None:
        raise Refused(_("The centre has taken this page back."))
    if publish and page.locale_id != listing.locale_id:
        raise Refused(_("This page is in another language than the list. Take it over as a draft and translate it."))
    with stored_copies(page, row.centre) as stored, transaction.atomic():
        locked = Offer.objects.select_for_update(of=("self",)).select_related("centre").get(pk=offer_id)
        _decide(locked, "accept", actor)
        more = {"credit": credit_of(page, row.centre)} if hasattr(page, "credit") else {}
        today = now().astimezone(ZoneInfo(network.time_zone)).date()
        new = copy_below(
            page=page, listing=listing, to=network, actor=actor, stored=stored, address=address,
            published_on=today if publish else None, **more,
        )  # fmt: skip
        note_source(
            page=new, source=page, centre=row.centre, how=Adaptation.How.TAKEN_OVER,
            credit=credit_of(page, row.centre), actor=actor,
        )  # fmt: skip
        Offer.objects.filter(pk=offer_id).update(copy=new)
        if publish:
            # Asked above. Wagtail would ask groups that follow roles only when somebody enters the editor.
            new.get_latest_revision().publish(user=actor, skip_permission_checks=True)
        record(centre_id=network.pk, actor_id=actor.pk, action="awareness.offer.accepted", subject=f"page:{new.pk}")
    return Adapted(new, stored.left_out)


def _decide(row: Offer, verb: str, actor: User, answer: str = "") -> None:
    state = after(row.state, verb)
    if state is None:
        raise Refused(_("This offer has been answered or withdrawn already."))
    row.state, row.answer, row.decided_at, row.decided_by = state, answer, now(), actor
    row.save(update_fields=["state", "answer", "decided_at", "decided_by"])
