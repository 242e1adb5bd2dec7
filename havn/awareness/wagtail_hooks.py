"""What the editor changes of Wagtail's screens: a word on older terms, on licences, a way to the portal, and
choosers that show what is one's own."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from havn.awareness.editor.editor_api import narrow
from havn.awareness.editor.reach import pages_in_reach
from havn.awareness.editor.source_licence import demanding_licence
from havn.awareness.editor.terminology import warnings_of
from havn.awareness.editor.translated import let_go_of_deleted
from havn.awareness.models import EditorialPage
from havn.awareness.permissions import OFFER, may_here
from havn.awareness.rules.licences import LICENCES
from havn.awareness.sharing.offers import is_offerable, receives_offers
from havn.tenancy.models import Centre

MOST = 5
"""So many findings are told at once; a page with more is told of the rest by their number."""


def warn_of_older_terms(request: HttpRequest, page: Page) -> None:
    """Say where an older term stands and what to write instead. Never stops anything."""
    newest = page.get_latest_revision_as_object()
    if not isinstance(newest, EditorialPage):
        return
    found = warnings_of(newest)
    for one in found[:MOST]:
        values = {"where": one.where, "around": one.found.around, "instead": one.found.instead}
        messages.warning(
            request, _("%(where)s: “%(around)s”. The network writes “%(instead)s”, except in quotations.") % values
        )
    if len(found) > MOST:
        messages.warning(request, _("Older terms in %(count)s more places.") % {"count": len(found) - MOST})


def tell_of_a_fixed_licence(request: HttpRequest, page: Page) -> None:
    """Say it when the licence that was chosen is none that this adaptation may have."""
    source = LICENCES.get(demanding_licence(page.translation_key))
    wished = request.POST.get("licence", "")
    if source is not None and wished and wished not in source.may_become:
        words = _("The licence stays as it was: what this page was made from (%(licence)s) demands it.")
        messages.warning(request, words % {"licence": source.name})


def copy_only_ones_own(request: HttpRequest, page: Page) -> None:
    """Raises PermissionDenied for a page that is not one's own: Wagtail lets anybody copy any, drafts too."""
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied


def choose_among_ones_own(pages: Any, request: HttpRequest) -> Any:
    """Pages that a chooser lists: Wagtail would list those of every centre, drafts too."""
    user: Any = request.user
    return pages.filter(pk__in=pages_in_reach(user).values("pk"))


def leave_out_usage_of_kinds(request: HttpRequest, items: list[Any]) -> None:
    """A report of every centre's pages is no report here (`urls_editor.py`)."""
    items[:] = [one for one in items if one.name != "page-types-usage"]


def offer_button(page: Page, user: Any, view_name: str = "", next_url: str | None = None) -> Iterator[Button]:
    """ "Offer to the portal", for publishers, on a published page that the portal can take."""
    specific = page.specific
    if not page.live or not is_offerable(specific) or not receives_offers():
        return
    centre: Centre = specific.centre
    if centre.kind != Centre.Kind.NETWORK and may_here(user, centre, OFFER):
        yield Button(
            _("Offer to the network"), reverse("awareness:offer", args=[page.pk]), priority=70, icon_name="globe"
        )


for _place, _hook in (
    ("after_create_page", warn_of_older_terms),
    ("after_edit_page", warn_of_older_terms),
    ("after_edit_page", tell_of_a_fixed_licence),
    ("before_copy_page", copy_only_ones_own),
    ("construct_page_chooser_queryset", choose_among_ones_own),
    ("construct_reports_menu", leave_out_usage_of_kinds),
    ("register_page_header_buttons", offer_button),
    ("register_page_listing_more_buttons", offer_button),
):
    hooks.register(_place, _hook)
# Before the library that translates pages, which would fail without the source.
hooks.register("before_edit_page", let_go_of_deleted, order=-1)
# After Wagtail's own, whose place they take.
hooks.register("construct_admin_api", narrow, order=1)
