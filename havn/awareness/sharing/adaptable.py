"""Finding resources of other centres that one's own readers could use."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.http import QueryDict
from wagtail.models import Page

from havn.awareness.models import PageTerm, ResourcePage
from havn.awareness.queries import MOST_FOUND, Pages, fronts_of, page_at, visible_pages
from havn.awareness.reading.listings import narrowed, newest_first
from havn.tenancy.models import Centre
from havn.tenancy.queries import centre_for_host
from havn.vocabularies.api import label_of, term_of

TERMS = ("topic", "aim")
OLDEST = 120


@dataclass(frozen=True)
class Wishes:
    """What an editor looks for. Everything may be empty; what is no word of a vocabulary narrows nothing."""

    words: str
    language: str
    terms: dict[str, str]
    age: int | None

    @classmethod
    def of(cls, asked: QueryDict) -> "Wishes":
        """From the address."""
        plain = {name: asked.get(name, "").replace("\x00", "")[:200] for name in ("q", "language", "age", *TERMS)}
        terms = {name: plain[name] for name in TERMS if plain[name] and term_of(name, plain[name]) is not None}
        age = plain["age"]
        asked_age = int(age) if age.isascii() and age.isdigit() and len(age) < 4 else None
        language = plain["language"] if re.fullmatch(r"[a-z]{2,3}", plain["language"]) else ""
        return cls(plain["q"].strip(), language, terms, asked_age)


def resources_elsewhere(own: Centre, wishes: Wishes) -> Pages:
    """Public resources of all other centres that fit, newest first. Words may also be the address of one."""
    pages = _elsewhere(own)
    if wishes.words.startswith(("http://", "https://")):
        return pages.filter(pk=_number_at(wishes.words))
    pages = narrowed(pages, wishes.terms)
    if wishes.language:
        pages = pages.filter(locale__language_code=wishes.language)
    if wishes.age is not None:
        fits = ResourcePage.objects.exclude(age_min__gt=wishes.age).exclude(age_max__lt=wishes.age)
        pages = pages.filter(pk__in=fits.values("pk"))
    words = re.sub(r"[^\w\s]", " ", wishes.words).strip()
    if words:
        pages = pages.filter(pk__in=[page.pk for page in Page.objects.search(words)[:MOST_FOUND]])
    return newest_first(pages)


def choices_elsewhere(own: Centre, language: str) -> dict[str, list[tuple[str, str]]]:
    """Code and label of every topic and aim that some resource of another centre has, and their languages' codes."""
    pages = _elsewhere(own)
    rows = PageTerm.objects.filter(dimension__in=TERMS, page__in=pages.values("pk")).values_list("dimension", "code")
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in TERMS}
    for dimension, code in rows.distinct():
        term = term_of(dimension, code)
        found[dimension].append((code, label_of(term, language).text if term else code))
    codes = pages.values_list("locale__language_code", flat=True).distinct()
    return {
        **{name: sorted(choices, key=lambda one: one[1].casefold()) for name, choices in found.items()},
        "language": [(code, code) for code in sorted(codes)],
    }


def _elsewhere(own: Centre) -> Pages:
    pages: Any = visible_pages().filter(pk__in=ResourcePage.objects.values("pk"))
    for path in fronts_of(own).values_list("path", flat=True):
        pages = pages.exclude(path__startswith=path)
    return pages


def _number_at(address: str) -> int | None:
    """The page that readers see at a whole address on this installation."""
    try:
        parts = urlsplit(address)
        centre = centre_for_host(parts.hostname or "")
    except ValueError:
        return None
    language, _slash, path = unquote(parts.path).strip("/").partition("/")
    page = page_at(centre, path, language) if centre is not None and path.isprintable() else None
    return page.pk if page is not None else None
