"""What a listing shows: pages below it, newest first, narrowed by facets, ten at a time."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Q, Subquery
from django.http import QueryDict
from django.utils.translation import gettext as _

from havn.awareness.models import CampaignCountryPage, ListingPage, PageTerm, ResourcePage
from havn.awareness.queries import Pages, visible_pages
from havn.vocabularies.api import label_of, line_of, term_of

PER_PAGE = 10
FACETS = ("topic", "audience", "section", "type")
# Narrowed by only from a link elsewhere: a list of all aims would be longer than the list of pages.
LINKED = ("aim", "setting")


@dataclass(frozen=True)
class Choice:
    """A term to narrow by, and how many pages would be left."""

    code: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One way to narrow a list."""

    name: str
    label: str
    choices: list[Choice]


def pages_below(listing: ListingPage) -> Pages:
    """Everything visible below a listing, newest first. Not further listings, nor each country of a campaign."""
    below = visible_pages().descendant_of(listing).not_type(ListingPage, CampaignCountryPage)
    return newest_first(below)


def newest_first(pages: Pages) -> Pages:
    """By the date that readers see; pages without one come after, the last made first."""
    shown = PageTerm.objects.filter(page=OuterRef("pk"), dimension="date").values("code")[:1]
    return pages.annotate(shown_on=Subquery(shown)).order_by(F("shown_on").desc(nulls_last=True), "-pk")


def narrowed(pages: Pages, chosen: dict[str, str]) -> Pages:
    """The pages that carry every chosen term, under its present or any former name."""
    for dimension, code in chosen.items():
        pages = pages.filter(
            pk__in=PageTerm.objects.filter(dimension=dimension, code__in=line_of(dimension, code)).values("page_id")
        )
    return pages


def chosen_of(asked: QueryDict) -> dict[str, str]:
    """The facets asked for that are words of their vocabularies. Anything else narrows nothing."""
    wishes = {name: asked.get(name, "").replace("\x00", "")[:50] for name in (*FACETS, *LINKED)}
    return {name: code for name, code in wishes.items() if code and _known(name, code)}


def facets_of(pages: Pages, chosen: dict[str, str], language: str) -> list[Facet]:
    """Each facet with the terms that some page has; counts are of the pages left by the other facets."""
    names = {
        "topic": _("Topic"), "audience": _("For"), "section": _("Section"), "type": _("Type"),
        "aim": _("Competence aim"), "setting": _("Where it is used"),
    }  # fmt: skip
    found = []
    for name in (*FACETS, *(name for name in LINKED if name in chosen)):
        others = narrowed(pages, {key: code for key, code in chosen.items() if key != name})
        rows = PageTerm.objects.filter(Q(dimension=name), page__in=others.order_by().values("pk"))
        counts = Counter(rows.values_list("code", flat=True))
        choices = sorted(
            (
                Choice(code, _label(name, code, language), count, code == chosen.get(name))
                for code, count in counts.items()
            ),
            key=lambda one: one.label.casefold(),
        )
        if len(choices) > 1 or name in chosen:
            found.append(Facet(name, names[name], choices))
    return found


def listing_context(listing: ListingPage, asked: QueryDict, language: str) -> dict[str, Any]:
    """For the template: `found` (a page of the paginator, newest by its shown date), `facets`, `kept`, `feed`."""
    pages, chosen = pages_below(listing), chosen_of(asked)
    found = Paginator(narrowed(pages, chosen), PER_PAGE).get_page(asked.get("page", "1")[:6])
    rows: Pages = found.object_list
    found.object_list = list(rows.specific())
    kept = urlencode(chosen)
    return {
        "found": found,
        "facets": facets_of(pages, chosen, language),
        "kept": f"{kept}&" if kept else "",
        "feed": f"{listing.url}/feed.atom" + (f"?{kept}" if kept else ""),
    }


def _known(dimension: str, code: str) -> bool:
    return code in ResourcePage.Type.values if dimension == "type" else term_of(dimension, code) is not None


def _label(dimension: str, code: str, language: str) -> str:
    if dimension == "type" and code in ResourcePage.Type.values:
        return str(ResourcePage.Type(code).label)
    term = term_of(dimension, code)
    return label_of(term, language).text if term else code
