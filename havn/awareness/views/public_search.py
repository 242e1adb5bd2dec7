"""Searching everything of a centre that anybody may read."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havn.awareness.queries import site_of
from havn.awareness.reading.finding import Found, Wish, everything_found, names_of, shown
from havn.awareness.reading.listings import Choice, Facet
from havn.common.access import public
from havn.common.language import reader_language
from havn.directory.api import own_name
from havn.tenancy.models import Centre

PER_PAGE = 10
LONGEST = 100
ALL = "all"
FACETS = ("kind", "topic", "audience")


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What has these words, the best first; in the reader's language unless another, or `all`, is asked for.

    The words stand in the address, as in every search, and nowhere else: no log, no table and no cache keeps them.
    """
    centre: Centre = request.centre  # type: ignore[attr-defined]
    request._wagtail_site = site_of(centre)  # type: ignore[attr-defined]
    words = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST]
    language = reader_language()
    everything = everything_found(centre, words)
    wish = _wish(request.GET, everything, language)
    found = Paginator(everything.fitting(wish), PER_PAGE).get_page(request.GET.get("page", "1")[:6])
    context = {
        "words": words,
        "found": found,
        "shown": shown(list(found.object_list)),
        "any": bool(everything.hits),
        "languages": _languages(everything, wish),
        "everywhere": everything.everywhere(wish),
        "is_everywhere": not wish.language,
        "facets": _facets(everything, wish, language),
        "kept": urlencode({"q": words, "in": wish.language or ALL, **_chosen(wish)}),
    }
    return render(request, "awareness/public_search.html", context)


def _wish(asked: QueryDict, everything: Found, language: str) -> Wish:
    """What is asked for. A choice that nothing has counts as none, but for the language."""
    where = asked.get("in", "")[:10]
    there = {marks.language for marks in everything.marks} - {""}
    chosen = {name: asked.get(name, "").replace("\x00", "")[:50] for name in FACETS}
    known = {name: code for name, code in chosen.items() if everything.has(name, code)}
    return Wish(language="" if where == ALL else where if where in there else language, **known)


def _chosen(wish: Wish) -> dict[str, str]:
    return {name: code for name in FACETS if (code := getattr(wish, name))}


def _languages(everything: Found, wish: Wish) -> list[Choice]:
    counts = everything.counts(wish, "language")
    if wish.language:
        counts.setdefault(wish.language, 0)
    found = [Choice(code, own_name(code), count, code == wish.language) for code, count in counts.items()]
    return sorted(found, key=lambda one: one.label.casefold())


def _facets(everything: Found, wish: Wish, language: str) -> list[Facet]:
    names: dict[str, Any] = {"kind": _("Kind"), "topic": _("Topic"), "audience": _("For")}
    found = []
    for name in FACETS:
        chosen = getattr(wish, name)
        counts = everything.counts(wish, name)
        called = names_of(name, counts, language)
        choices = [Choice(code, called[code], count, code == chosen) for code, count in counts.items()]
        if len(choices) > 1 or chosen:
            found.append(Facet(name, names[name], sorted(choices, key=lambda one: one.label.casefold())))
    return found
