"""Finding resources of other centres, and making a draft of one in the own tree."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from havn.accounts.access import staff
from havn.awareness.actions.adapting import adapt as adapt_resource
from havn.awareness.actions.adapting import credit_of
from havn.awareness.actions.copying import left_out_of
from havn.awareness.editor.groups import WRITERS
from havn.awareness.models import ListingPage, ResourcePage
from havn.awareness.queries import visible_pages
from havn.awareness.rules.licences import LICENCES, way_of
from havn.awareness.sharing.adaptable import Wishes, choices_elsewhere, resources_elsewhere
from havn.awareness.sharing.homes import Homes
from havn.awareness.views.desk_pages import asked_listing, listing_choices
from havn.common.language import reader_language
from havn.directory.countries import language_name
from havn.tenancy.models import Centre

PER_PAGE = 20


@staff(*WRITERS)
@require_safe
def adaptable(request: HttpRequest) -> HttpResponse:
    """Resources of other centres, narrowed by words or an address, topic, language, age and aim."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    language = reader_language()
    wishes = Wishes.of(request.GET)
    found = Paginator(resources_elsewhere(centre, wishes), PER_PAGE).get_page(request.GET.get("page", "1")[:6])
    homes = Homes()
    rows = [_row(page, homes, request) for page in ResourcePage.objects.filter(pk__in=[one.pk for one in found])]
    order = {one.pk: number for number, one in enumerate(found)}
    kept = request.GET.copy()
    kept.pop("page", None)
    choices = choices_elsewhere(centre, language)
    context = {
        "tab": "adaptable",
        "wishes": wishes,
        "found": found,
        "rows": sorted(rows, key=lambda row: order[row["page"].pk]),
        "topics": choices["topic"],
        "aims": choices["aim"],
        "languages": [(code, language_name(code, language)) for code, _code in choices["language"]],
        "kept": f"{kept.urlencode()}&" if kept else "",
    }
    return render(request, "awareness/desk_adaptable.html", context)


@staff(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def adapt(request: HttpRequest, page_id: int) -> HttpResponse:
    """What the licence lets one do, what would come along, and into which list; then the draft."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    page = _resource(page_id)
    homes = Homes()
    source = homes.centre_of(page)
    if source is None or source.pk == centre.pk:
        raise Http404
    if request.method == "POST" and (listing := asked_listing(request)) is not None:
        return _adapt(request, page, listing, homes)
    context = {
        "tab": "adaptable",
        **_row(page, homes, request),
        "licence_words": page.get_licence_display(),
        "credit": credit_of(page, source),
        "left_out": left_out_of(page, source),
        "fixed": page.licence in LICENCES and LICENCES[page.licence].is_fixed,
        "listings": listing_choices(centre),
        "none_chosen": request.method == "POST",
    }
    return render(request, "awareness/desk_adapt.html", context, status=422 if request.method == "POST" else 200)


def _adapt(request: HttpRequest, page: ResourcePage, listing: ListingPage, homes: Homes) -> HttpResponse:
    adapted = adapt_resource(
        actor=request.user,  # type: ignore[arg-type]
        page=page,
        to=request.centre,  # type: ignore[attr-defined]
        listing=listing,
        address=lambda one: homes.address_of(one, request),
    )
    messages.success(request, _("The draft is in your pages. Change what your readers need, then submit it."))
    if adapted.left_out:
        words = _("These files did not come along: %(names)s.") % {"names": ", ".join(adapted.left_out)}
        messages.warning(request, words)
    return redirect("wagtailadmin_pages:edit", adapted.page.pk)


def _resource(page_id: int) -> ResourcePage:
    page = visible_pages().filter(pk=page_id).specific().first() if page_id < 2**31 else None
    if not isinstance(page, ResourcePage):
        raise Http404
    return page


def _row(page: ResourcePage, homes: Homes, request: HttpRequest) -> dict[str, Any]:
    licence = LICENCES.get(page.licence)
    return {
        "page": page,
        "source": homes.centre_of(page),
        "spoken": language_name(page.language, reader_language()),
        "address": homes.address_of(page, request),
        "licence": licence,
        "way": str(way_of(page.licence)),
    }
