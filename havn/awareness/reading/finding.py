"""Searching everything of a centre that anybody may read: its pages, its events, and the centres of the directory.

The database's own full text finds pages: FTS5 in SQLite, tsvector in PostgreSQL. What is found is known by numbers and
terms only; of a thousand pages ten are read.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Exists, IntegerField, OuterRef
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, Site
from wagtail.search.backends import get_search_backend

from havn.awareness.models import EditorialPage, PageTerm
from havn.awareness.queries import MOST_FOUND, visible_pages
from havn.common.language import reader_language
from havn.directory.api import country_name
from havn.events.api import Invitation, public_events
from havn.tenancy.models import Centre, Service
from havn.vocabularies.api import label_of, line_of, terms_named

DIMENSIONS = ("topic", "audience", "kind")
EVENT, CENTRE = "event", "centre"


@dataclass(frozen=True)
class FoundCentre:
    """A centre of the directory, by its country's page."""

    title: str
    country: str
    url: str


@dataclass(frozen=True)
class Marks:
    """What something may be narrowed by. `language` "": in any. A thousand pages share a few dozen of these."""

    kind: str
    language: str = ""
    topics: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()

    def codes(self, name: str) -> frozenset[str]:
        """What it has of a facet."""
        if name == "topic":
            return self.topics
        if name == "audience":
            return self.audiences
        return frozenset({self.kind} if name == "kind" else {self.language})


class Hit(NamedTuple):
    """One thing that was found: `what` is a page's number, an event or a centre."""

    what: int | Invitation | FoundCentre
    marks: Marks


class Found:
    """All that was found, the best first, and how often each of its marks is among it."""

    def __init__(self, hits: list[Hit]) -> None:
        self.hits = hits
        self.marks = Counter(hit.marks for hit in hits)

    def fitting(self, wish: "Wish") -> list[Hit]:
        """What is left of it, in its order."""
        fit = {marks for marks in self.marks if wish.fits(marks)}
        return [hit for hit in self.hits if hit.marks in fit]

    def has(self, name: str, code: str) -> bool:
        """Whether anything of it has this choice of a facet."""
        return any(code in marks.codes(name) for marks in self.marks)

    def counts(self, wish: "Wish", name: str) -> dict[str, int]:
        """How many are left by each choice of a facet, while the other facets stay as they are."""
        found: Counter[str] = Counter()
        for marks, number in self.marks.items():
            if wish.fits(marks, but=name):
                found.update(dict.fromkeys(marks.codes(name), number))
        found.pop("", None)
        return dict(found)

    def everywhere(self, wish: "Wish") -> int:
        """How many would be left in all languages."""
        return sum(number for marks, number in self.marks.items() if wish.fits(marks, but="language"))


@dataclass(frozen=True)
class Wish:
    """By what it is narrowed: codes, "" for anything."""

    language: str = ""
    topic: str = ""
    audience: str = ""
    kind: str = ""

    def fits(self, marks: Marks, *, but: str = "") -> bool:
        """Whether it has all that is wished, leaving one facet out."""
        if self.language and but != "language" and marks.language not in {self.language, ""}:
            return False
        return all(but == name or not marks.codes(name).isdisjoint(line) for name, line in self._lines.items())

    @cached_property
    def _lines(self) -> dict[str, tuple[str, ...]]:
        """What is wished by facet, each term under every name it had. Read once, not for each hit."""
        wished = {"topic": self.topic, "audience": self.audience}
        lines = {name: line_of(name, code) for name, code in wished.items() if code}
        return {**lines, "kind": (self.kind,)} if self.kind else lines


def everything_found(centre: Centre, words: str) -> Found:
    """All that has these words in any language: centres by name, then events, then pages, the best first."""
    plain = _plain(words)
    if not plain:
        return Found([])
    return Found([*_centres(plain), *_events(centre, plain), *_pages(centre, " ".join(plain))])


def pages_found(centre: Centre, words: str) -> Found:
    """The pages alone that have these words, in any language, the best first."""
    plain = _plain(words)
    return Found(_pages(centre, " ".join(plain)) if plain else [])


def shown(hits: list[Hit]) -> list[Any]:
    """What the templates show of a few hits: pages are read now, and only those that may be seen still."""
    numbers = [hit.what for hit in hits if isinstance(hit.what, int)]
    rows = visible_pages().filter(pk__in=numbers).select_related("locale").specific()
    pages = {page.pk: page for page in rows if isinstance(page, EditorialPage)}
    roots = Site.get_site_root_paths()
    for page in pages.values():
        # Where Wagtail looks first: it would read the sites anew for the address of each.
        page._wagtail_cached_site_root_paths = roots
    whats = [(hit.marks.kind, pages.get(hit.what) if isinstance(hit.what, int) else hit.what) for hit in hits]
    return [{"kind": kind if kind in {EVENT, CENTRE} else "page", "one": one} for kind, one in whats if one]


def names_of(facet: str, codes: Iterable[str], language: str) -> dict[str, str]:
    """What the choices of a facet are called, by code."""
    if facet == "kind":
        return {code: _kind_name(code) for code in codes}
    terms = terms_named(facet, codes)
    return {code: label_of(terms[code], language).text if code in terms else code for code in codes}


def _plain(words: str) -> list[str]:
    # The index has a language of its own for quotation marks, stars and brackets, and fails on half a sentence of it.
    return re.sub(r"[^\w\s]", " ", words).split()


def _pages(centre: Centre, words: str) -> list[Hit]:
    numbers = _ranked(visible_pages(centre), words)
    languages = dict(Page.objects.filter(pk__in=numbers).order_by().values_list("pk", "locale__language_code"))
    terms: dict[int, list[tuple[str, str]]] = {number: [] for number in numbers}
    rows = PageTerm.objects.filter(page__in=numbers, dimension__in=DIMENSIONS)
    for number, dimension, code in rows.values_list("page_id", "dimension", "code"):
        terms[number].append((dimension, code))
    known: dict[tuple[str, frozenset[tuple[str, str]]], Marks] = {}
    found = []
    for number in numbers:
        key = languages.get(number, ""), frozenset(terms[number])
        marks = known.get(key)
        if marks is None:
            marks = known[key] = _marks(*key)
        found.append(Hit(number, marks))
    return found


def _marks(language: str, terms: Iterable[tuple[str, str]]) -> Marks:
    codes: dict[str, set[str]] = defaultdict(set)
    for dimension, code in terms:
        codes[dimension].add(code)
    return Marks(min(codes["kind"], default=""), language, frozenset(codes["topic"]), frozenset(codes["audience"]))


def _ranked(pages: Any, words: str) -> list[int]:
    """The numbers of the pages with all of these words, the best first. The index knows words; who may see, `pages`."""
    backend = get_search_backend()
    if connection.vendor != "sqlite":
        results = backend.search(words, Page.objects.all()).get_queryset()
        return list(results.filter(pk__in=pages.order_by().values("pk")).values_list("pk", flat=True)[:MOST_FOUND])
    # The library asks the index anew for the rank of every page that was found; asked once, it is ten times as fast.
    from modelsearch.backends.database.sqlite.query import BM25, MatchExpression
    from modelsearch.backends.database.sqlite.sqlite import SQLiteFTSIndexEntry

    compiler = backend.query_compiler_class(pages, words)
    match = MatchExpression(["title", "body"], compiler.build_search_query(compiler.query))
    # Of each page that has the words it is asked whether it may be seen: a list of all that may would be long.
    may_be_seen = Exists(pages.order_by().filter(pk=Cast(OuterRef("index_entry__object_id"), IntegerField())))
    kinds = [kind.pk for kind in ContentType.objects.get_for_models(*_kinds().values()).values()]
    rows = SQLiteFTSIndexEntry.objects.filter(match, may_be_seen, index_entry__content_type__in=kinds)
    rows = rows.annotate(score=BM25())
    found = rows.order_by("score", "-index_entry_id").values_list("index_entry__object_id", flat=True)
    return [int(number) for number in found[:MOST_FOUND]]


def _events(centre: Centre, words: list[str]) -> list[Hit]:
    return [
        Hit(one, Marks(EVENT, one.language, audiences=frozenset(one.audiences)))
        for one in public_events(centre)
        if _has(f"{one.title} {one.summary} {one.text} {one.organisation}", words)
    ]


def _centres(words: list[str]) -> list[Hit]:
    language = reader_language()
    lines: dict[int, list[str]] = defaultdict(list)
    services = Service.objects.filter(organisation__centre__kind=Centre.Kind.NATIONAL, entry__ended_on__isnull=True)
    for number, name, organisation in services.values_list("organisation__centre", "name", "organisation__name"):
        lines[number] += [name, organisation]
    found = []
    for number, name, code in (
        Centre.objects.national().order_by("country_code").values_list("pk", "name", "country_code")
    ):
        country = country_name(code, language)
        if _has(" ".join([name, country, *lines[number]]), words):
            address = reverse("directory:country", args=[code.lower()])
            found.append(Hit(FoundCentre(name, country, address), Marks(CENTRE)))
    return found


def _has(text: str, words: list[str]) -> bool:
    there = text.casefold()
    return all(word.casefold() in there for word in words)


def _kinds() -> dict[str, type[EditorialPage]]:
    models = apps.get_app_config("awareness").get_models()
    return {model.__name__.removesuffix("Page").lower(): model for model in models if issubclass(model, EditorialPage)}


def _kind_name(code: str) -> str:
    own = {EVENT: _("event"), CENTRE: _("centre")}
    model = _kinds().get(code)
    name = own.get(code) or (str(model._meta.verbose_name) if model else code)
    return name[:1].upper() + name[1:]
