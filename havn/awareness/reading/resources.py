"""Resources as readers meet them: which there are, which one an address shows, what its page says beside its words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from havn.awareness.models import EditorialPage, ListingPage, ResourcePage
from havn.awareness.queries import page_at, page_elsewhere, site_of, translation_in, visible_pages
from havn.awareness.reading.aims import COUNTRIES
from havn.awareness.reading.listings import newest_first
from havn.awareness.rules.licences import LICENCES
from havn.common.language import reader_language
from havn.tenancy.models import Centre
from havn.vocabularies.api import Label, label_of, term_of

MINUTES = (15, 30, 45, 60, 90)
OLDEST = 19
_STREAMS = ("body", "files", "lesson", "easy")


@dataclass(frozen=True)
class TermLink:
    """A word of a resource, and the list of all that carry it; "" where there is no such list."""

    label: Label
    address: str


@dataclass(frozen=True)
class Wish:
    """What a teacher looks for. None and "" ask for nothing."""

    age: int | None = None
    minutes: int | None = None
    type: str = ""

    def fits(self, page: ResourcePage) -> bool:
        """Whether a resource is for this age, takes no longer and is of this type. What it does not say fits."""
        young = self.age is not None and page.age_min is not None and self.age < page.age_min
        old = self.age is not None and page.age_max is not None and self.age > page.age_max
        long = self.minutes is not None and page.minutes is not None and page.minutes > self.minutes
        return not (young or old or long) and self.type in {"", page.type}

    @property
    def asked(self) -> dict[str, str]:
        """As it stands in an address."""
        given = {"age": self.age, "minutes": self.minutes, "type": self.type or None}
        return {name: str(value) for name, value in given.items() if value is not None}


def wish_of(asked: QueryDict) -> Wish:
    """What was asked for in an address; what means nothing asks for nothing."""
    age, minutes, kind = (asked.get(name, "")[:20] for name in ("age", "minutes", "type"))
    return Wish(
        _number(age) if _number(age) in range(OLDEST + 1) else None,
        _number(minutes) if _number(minutes) in MINUTES else None,
        kind if kind in ResourcePage.Type.values else "",
    )


def resources_of(centre: Centre, language: str) -> list[ResourcePage]:
    """Every resource that the public may read, once each, newest first: in this language where it exists in it."""
    rows = newest_first(ResourcePage.objects.filter(pk__in=visible_pages(centre).values("pk")))
    order = [language, *(code for code in centre.languages if code != language)]
    found: dict[Any, ResourcePage] = {}
    for page in rows.select_related("locale", "organisation", "picture").defer(*_STREAMS):
        there = found.get(page.translation_key)
        if there is None or _place(page, order) < _place(there, order):
            found[page.translation_key] = page
    return list(found.values())


def resource_for(request: HttpRequest, path: str, screen: str) -> ResourcePage | HttpResponseRedirect | None:
    """The resource at a path in the language of the address, for one of its screens; None when there is none.

    Missing in this language: the way to its translation, else the resource in the language there is. Raises Http404
    for a path that no database can be asked for.
    """
    if "\x00" in path:
        raise Http404
    centre: Centre = request.centre  # type: ignore[attr-defined]
    language = reader_language()
    request._wagtail_site = site_of(centre)  # type: ignore[attr-defined]
    bare = path.strip("/")
    page = page_at(centre, bare, language)
    if page is None:
        page = page_elsewhere(centre, bare, language)
        translated = translation_in(page, language) if page else None
        if isinstance(translated, ResourcePage):
            asked = f"?{request.GET.urlencode()}" if request.GET else ""
            return HttpResponseRedirect(reverse(screen, kwargs={"path": path_of(translated, request)}) + asked)
    return page if isinstance(page, ResourcePage) else None


def path_of(page: EditorialPage, request: HttpRequest) -> str:
    """Its path without language and without slashes at the ends, as further addresses of it begin; "" without one."""
    parts = page.get_url_parts(request)
    return (parts[2] or "").strip("/").partition("/")[2] if parts else ""


def screen_context(page: ResourcePage, request: HttpRequest) -> dict[str, Any]:
    """What the lesson and the easy-read twin need beside the page: `home`, its own address in the reader's language."""
    path = path_of(page, request)
    return {"page": page, "path": path, "home": reverse("wagtail_serve", args=[path])}


def resource_context(page: EditorialPage, request: HttpRequest) -> dict[str, Any]:
    """For the page of a resource: where its screens are, its words with their lists, and what its licence allows.

    A list to learn from leads to the map of aims where schools have one.
    """
    if isinstance(page, ListingPage) and page.door == ListingPage.Door.LEARN:
        return {"aims_address": reverse("awareness:aims")} if page.centre.country_code in COUNTRIES else {}
    if not isinstance(page, ResourcePage):
        return {}
    language = reader_language()
    listing = ListingPage.objects.filter(pk__in=visible_pages().ancestor_of(page).values("pk")).last()
    aims = reverse("awareness:aims")

    def narrowed(dimension: str) -> Callable[[str], str]:
        return lambda code: f"{listing.url}?{dimension}={code}" if listing else ""

    return {
        "path": path_of(page, request),
        "topic_links": _links("topic", page.topics, language, narrowed("topic")),
        "audience_links": _links("audience", page.audiences, language, narrowed("audience")),
        "setting_links": _links("setting", page.settings, language, narrowed("setting")),
        "type_address": narrowed("type")(page.type),
        "aim_links": _links("aim", page.aims, language, lambda code: f"{aims}?aim={code}#found"),
        "licence": LICENCES.get(page.licence),
        "licence_allows": licence_allows(page.licence),
        "link_host": urlsplit(page.link).hostname or "",
        "files": [block for block in page.files if block.value["file"] and not block.value["file"].members_only],
        "steps": [block.value for block in page.lesson],
    }


def licence_allows(licence: str) -> list[str]:
    """What one may do and must do, a sentence each. The words of the licence itself decide."""
    if licence not in LICENCES or licence == "reserved":
        return [_("Read it, show it in class and link to it."), _("Ask us before you copy or change it.")]
    parts = set(licence.split("-"))
    sentences = [_("Copy it and share it.")]
    sentences.append(
        _("Do not share a changed version.") if "nd" in parts else _("Change it, and share what you made.")
    )
    if "by" in parts:
        sentences.append(_("Say who made it, and whether you changed it."))
    if "sa" in parts:
        sentences.append(_("Share what you made on the same terms."))
    if "nc" in parts:
        sentences.append(_("Do not use it to earn money."))
    return sentences


def _links(dimension: str, codes: list[str], language: str, address: Callable[[str], str]) -> list[TermLink]:
    terms = [(code, term_of(dimension, code)) for code in codes]
    return [TermLink(label_of(term, language), address(code)) for code, term in terms if term]


def _place(page: ResourcePage, order: list[str]) -> int:
    return order.index(page.language) if page.language in order else len(order)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
