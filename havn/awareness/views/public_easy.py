"""The easy-read twin of a resource."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.awareness.counting.uses import counted
from havn.awareness.models import ResourcePage
from havn.awareness.reading.resources import resource_for, screen_context
from havn.awareness.views.public_page import page
from havn.common.access import public
from havn.common.page_cache import PAGES_SECONDS, keepable


@public
@require_safe
@keepable(PAGES_SECONDS)
def easy(request: HttpRequest, path: str) -> HttpResponseBase:
    """One short sentence after the other, each with its pictogram and its sound. 404 for a resource without a twin.

    A page whose own address ends with this word is shown as any page.
    """
    found = resource_for(request, path, "awareness:easy")
    if found is None:
        return page(request, f"{path}/easy")
    if not isinstance(found, ResourcePage):
        return found
    if not found.easy:
        raise Http404
    context = {**screen_context(found, request), "young": "young-children" in found.audiences}
    return counted(render(request, "awareness/public_easy.html", context), found, "easy")
