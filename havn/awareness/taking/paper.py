"""A page as it leaves the site, printed or in a pack: its facts, and all that it says in the order of reading."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import ChoiceBlock

from havn.awareness.models import Adaptation, EditorialPage, ListingPage, ProfilePage, ResourcePage
from havn.awareness.queries import visible_pages
from havn.awareness.reading.labels import label
from havn.awareness.reading.listings import pages_below
from havn.directory.countries import country_name

MOST_BELOW = 100
# Fields of any kind of page that hold what is read, in the order of reading, and those that hold a fact.
_STREAMS = (
    "body", "answers", "ways", "privacy", "parental_controls", "reporting", "blocking", "sections", "successes",
    "partners", "sources", "files", "lesson",
)  # fmt: skip
_FACTS = (
    "type", "minutes", "settings", "aims", "subject", "maker", "tested_version", "minimum_age",
    "age_label", "official_help", "country", "as_of", "checked_by", "campaign", "slogan", "starts_on", "ends_on",
    "organiser", "website", "contact_email", "period_start", "period_end", "project", "strand", "funding",
    "funding_note", "topics", "audiences", "version", "accessibility_notes", "link", "social_media",
)  # fmt: skip
_WORDS = {"words", "success"}


@dataclass(frozen=True)
class Piece:
    """One block, and the template that shows it away from the site.

    `choice` is what was chosen in it, in words; `number` counts those of its kind in the part.
    """

    template: str
    value: Any
    label: str
    choice: str
    number: int


@dataclass(frozen=True)
class Part:
    """Pieces under one heading of a level ("" for the body). Their own headings are of the level `inside`."""

    name: str
    heading: str
    level: int
    inside: int
    pieces: list[Piece]


@dataclass(frozen=True)
class Fact:
    """A word and what it is on this page. `address` when it leads somewhere."""

    label: str
    text: str
    address: str = ""


def parts_of(page: EditorialPage, *, without: tuple[str, ...] = (), level: int = 2) -> list[Part]:
    """Everything that the page says, without the parts named; the highest headings are of this level."""
    found = [part_of(page, name, level=level) for name in _STREAMS if name not in without]
    return [part for part in found if part.pieces]


def part_of(page: EditorialPage, name: str, *, level: int = 2) -> Part:
    """One part by the name of its field; without pieces when this kind of page has no such field."""
    stream = getattr(page, name, None)
    if not stream:
        return Part(name, "", level, level, [])
    heading = "" if name in {"body", "sections"} else capfirst(str(page._meta.get_field(name).verbose_name))
    counts: dict[str, int] = {}
    pieces = []
    for block in stream:
        counts[block.block_type] = counts.get(block.block_type, 0) + 1
        template = f"awareness/print/{_template_of(name, block.block_type)}.html"
        pieces.append(Piece(template, block.value, str(block.block.label), _choice(block), counts[block.block_type]))
    return Part(name, heading, level, level + 1 if heading else level, pieces)


def facts_of(page: EditorialPage) -> list[Fact]:
    """What stands above the text: who, when, for whom, how long, on which terms."""
    return [*_by_whom(page), *(fact for name in _FACTS if (fact := _fact(page, name)))]


def licence_of(page: EditorialPage) -> str:
    """On which terms it may be used; "" where the page says nothing."""
    return str(page.get_licence_display()) if isinstance(page, ResourcePage) else ""


def origin_of(page: EditorialPage) -> Adaptation | None:
    """What the page was made from, when another centre wrote it first."""
    return Adaptation.objects.select_related("source_centre").filter(page_id=page.pk).first()


def below(page: EditorialPage) -> list[EditorialPage]:
    """The pages that it leads to: those of a list, the parts of a profile, the countries of a campaign."""
    if isinstance(page, ListingPage):
        return list(pages_below(page)[:MOST_BELOW].specific())
    return list(visible_pages().child_of(page).order_by("path")[:MOST_BELOW].specific())


def parts_of_profile(page: EditorialPage) -> list[EditorialPage]:
    """The strands of a profile, which are read with it; no other page has any."""
    return below(page) if isinstance(page, ProfilePage) else []


def _choice(block: Any) -> str:
    for name, child in getattr(block.block, "child_blocks", {}).items():
        if isinstance(child, ChoiceBlock):
            return str(dict(child.field.choices).get(block.value[name], ""))
    return ""


def _template_of(name: str, block_type: str) -> str:
    if name == "sections":
        return "section"
    if name == "files":
        return "resource_file"
    return "words" if block_type in _WORDS else block_type


def _by_whom(page: EditorialPage) -> Iterator[Fact]:
    if page.published_on:
        yield Fact(_("Date"), _day(page.published_on))
    organisation = page.organisation or getattr(page, "owner_organisation", None)
    if organisation:
        yield Fact(_("Organisation"), organisation.shown_name, organisation.website)
    credit = getattr(page, "credit", "")
    if credit:
        yield Fact(_("Made by"), credit)
    if isinstance(page, ResourcePage) and (ages := ages_of(page)):
        yield Fact(_("Age"), ages)


def ages_of(page: ResourcePage) -> str:
    """The ages that it is for, "9–12" or "9+"; "" when the page says none."""
    if page.age_max is not None:
        return f"{page.age_min or 0}–{page.age_max}"
    return f"{page.age_min}+" if page.age_min is not None else ""


def _fact(page: EditorialPage, name: str) -> Fact | None:
    value = getattr(page, name, None)
    if value is None or value in ("", []):
        return None
    field = page._meta.get_field(name)
    address = str(value) if name in {"official_help", "website", "link"} else ""
    return Fact(capfirst(str(field.verbose_name)), _text(page, name, value, getattr(field, "dimension", "")), address)


def _text(page: EditorialPage, name: str, value: Any, dimension: str) -> str:
    if dimension:
        # Aims are half sentences, with commas of their own.
        return ("\n" if dimension == "aim" else ", ").join(label(dimension, code, page.language) for code in value)
    if name == "country":
        return country_name(value, page.language)
    if isinstance(value, dt.date):
        return _day(value)
    display = getattr(page, f"get_{name}_display", None)
    return str(display() if display else value)


def _day(day: dt.date) -> str:
    return date_format(day, "DATE_FORMAT")
