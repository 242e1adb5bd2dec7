"""Offering pages to the network's portal, and answering offers there."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havn.accounts.access import staff
from havn.accounts.models import Role
from havn.awareness.actions import offering
from havn.awareness.actions.adapting import credit_of
from havn.awareness.actions.copying import left_out_of
from havn.awareness.editor.groups import WRITERS
from havn.awareness.models import Offer
from havn.awareness.permissions import OFFER, can_answer, check_can_answer, may_here
from havn.awareness.queries import visible_pages
from havn.awareness.sharing.homes import Homes
from havn.awareness.sharing.offers import (
    is_offerable,
    newest_offerable,
    offered_page,
    offers_of,
    receives_offers,
    waiting_offers,
)
from havn.awareness.views.desk_pages import asked_listing, listing_choices
from havn.common.language import reader_language
from havn.directory.countries import language_name
from havn.tenancy.models import Centre

LONGEST = 1000


@staff(*WRITERS)
@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """At a centre: what it offered and what came of it. At the network: what waits for an answer."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    if centre.kind == Centre.Kind.NETWORK:
        context = {"tab": "offers", "rows": waiting_offers(), "may_answer": can_answer(request.user, centre)}  # type: ignore[arg-type]
        return render(request, "awareness/desk_offers_waiting.html", context)
    homes = Homes()
    rows = []
    for row in offers_of(centre)[:100]:
        copy = visible_pages().filter(pk=row.copy_id).specific().first() if row.copy_id else None
        rows.append({"offer": row, "address": homes.address_of(copy, request) if copy else ""})
    words = request.GET.get("q", "").replace("\x00", " ").strip()[:100]
    context = {
        "tab": "offers",
        "rows": rows,
        "receives": receives_offers(),
        "may_offer": may_here(request.user, centre, OFFER),  # type: ignore[arg-type]
        "words": words,
        "pages": newest_offerable(centre, words),
    }
    return render(request, "awareness/desk_offers.html", context)


@staff(Role.PUBLISHER)
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, page_id: int) -> HttpResponse:
    """Offer one published page of the own centre, with a note to those who answer."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    page = visible_pages(centre).filter(pk=page_id).specific().first() if page_id < 2**31 else None
    if not is_offerable(page):
        raise Http404
    if request.method == "POST":
        note = request.POST.get("note", "").replace("\x00", "").strip()[:LONGEST]
        offering.offer(actor=request.user, centre=centre, page=page, note=note)  # type: ignore[arg-type]
        messages.success(request, _("The network's publishers see your offer now. Their answer comes to this list."))
        return redirect("awareness:offers")
    return render(request, "awareness/desk_offer.html", {"tab": "offers", "page": page, "receives": receives_offers()})


@staff(Role.PUBLISHER)
@require_POST
def withdraw_offer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Take an own offer back while it waits."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    _found(offer_id)
    try:
        offering.withdraw(actor=request.user, centre=centre, offer_id=offer_id)  # type: ignore[arg-type]
    except Offer.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("The offer is taken back."))
    return redirect("awareness:offers")


@staff(Role.PUBLISHER)
@require_safe
def offer_answer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """At the network: one offer, to take over or decline."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    check_can_answer(request.user, centre)  # type: ignore[arg-type]
    row = _found(offer_id)
    page = offered_page(row)
    context = {
        "tab": "offers",
        "offer": row,
        "page": page,
        "address": Homes().address_of(page, request) if page else "",
        "spoken": language_name(page.language, reader_language()) if page else "",
        "licence": page.get_licence_display() if page and hasattr(page, "licence") else "",
        "credit": credit_of(page, row.centre) if page else "",
        "left_out": left_out_of(page, row.centre) if page else [],
        "listings": listing_choices(centre),
    }
    return render(request, "awareness/desk_offer_answer.html", context)


@staff(Role.PUBLISHER)
@require_POST
def accept_offer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Take the page over into a list of the portal, as a draft or published."""
    _found(offer_id)
    listing = asked_listing(request)
    if listing is None:
        check_can_answer(request.user, request.centre)  # type: ignore[arg-type, attr-defined]
        messages.error(request, _("Choose the list that it goes into."))
        return redirect("awareness:offer_answer", offer_id=offer_id)
    homes = Homes()
    adapted = offering.accept(
        actor=request.user,  # type: ignore[arg-type]
        network=request.centre,  # type: ignore[attr-defined]
        offer_id=offer_id,
        listing=listing,
        publish=request.POST.get("publish") == "yes",
        address=lambda one: homes.address_of(one, request),
    )
    messages.success(request, _("The page is taken over. The centre sees your answer."))
    if adapted.left_out:
        words = _("These files did not come along: %(names)s.") % {"names": ", ".join(adapted.left_out)}
        messages.warning(request, words)
    return redirect("wagtailadmin_pages:edit", adapted.page.pk)


@staff(Role.PUBLISHER)
@require_POST
def decline_offer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Say no, and why."""
    _found(offer_id)
    reason = request.POST.get("reason", "").replace("\x00", "").strip()[:LONGEST]
    offering.decline(actor=request.user, network=request.centre, offer_id=offer_id, reason=reason)  # type: ignore[arg-type, attr-defined]
    messages.success(request, _("The centre reads your answer."))
    return redirect("awareness:offers")


def _found(offer_id: int) -> Offer:
    row = Offer.objects.select_related("page", "centre").filter(pk=offer_id).first() if offer_id < 2**63 else None
    if row is None:
        raise Http404
    return row
