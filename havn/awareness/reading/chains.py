"""Where a page came from, back to its first makers, and who made something of it. Only what is public is linked."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from havn.awareness.models import Adaptation, EditorialPage
from havn.awareness.queries import visible_pages
from havn.awareness.rules.licences import LICENCES
from havn.awareness.sharing.homes import Homes

LONGEST = 20


@dataclass(frozen=True)
class Step:
    """One page that this one goes back to. `address` is "" when it is not public (any more)."""

    how: str
    title: str
    centre: str
    language: str
    licence: str
    deed: str
    credit: str
    address: str


@dataclass(frozen=True)
class Onward:
    """A page that another centre made of this one."""

    how: str
    title: str
    centre: str
    language: str
    address: str


@dataclass(frozen=True)
class Chain:
    """`back` begins with the page that this one was made from and ends with the first one."""

    back: list[Step]
    onward: list[Onward]


def chain_context(page: EditorialPage, request: HttpRequest) -> dict[str, Any]:
    """For templates: `chain`, or None for a page that came from nowhere and was not taken on."""
    return {"chain": chain_of(page, request)}


def chain_of(page: EditorialPage, request: HttpRequest) -> Chain | None:
    """The chain of a page both ways. A page in any of a centre's languages has the same one."""
    rows = _rows_back(page)
    made = list(
        Adaptation.objects.filter(source__translation_key=page.translation_key)
        .select_related("page")
        .order_by("made_at", "pk")
    )
    if not rows and not made:
        return None
    homes = Homes()
    pages = _visible({row.source_id for row in rows if row.source_id} | {row.page_id for row in made})
    back = [_step(row, pages.get(row.source_id or 0), homes, request) for row in rows]
    onward = [_onward(row, pages[row.page_id], homes, request) for row in made if row.page_id in pages]
    return Chain(back, onward) if back or onward else None


def adaptation_of(page: Page) -> Adaptation | None:
    """Where the page came from. Its translations within the centre came from there too."""
    rows = Adaptation.objects.filter(page__translation_key=page.translation_key)
    found: Adaptation | None = rows.select_related("source", "source_centre").order_by("pk").first()
    return found


def _rows_back(page: Page) -> list[Adaptation]:
    rows: list[Adaptation] = []
    row = adaptation_of(page)
    while row is not None and len(rows) < LONGEST:
        rows.append(row)
        row = adaptation_of(row.source) if row.source else None
    return rows


def _visible(numbers: set[int]) -> dict[int, EditorialPage]:
    if not numbers:
        return {}
    found = visible_pages().filter(pk__in=numbers).select_related("locale").specific()
    return {page.pk: page for page in found if isinstance(page, EditorialPage)}


def _step(row: Adaptation, source: EditorialPage | None, homes: Homes, request: HttpRequest) -> Step:
    licence = LICENCES.get(row.licence)
    return Step(
        how=row.how,
        title=source.title if source else row.source_title,
        centre=row.source_centre.name if row.source_centre else "",
        language=row.source_language,
        licence=licence.name if licence else "",
        deed=licence.deed if licence else "",
        credit=row.credit,
        address=homes.address_of(source, request) if source else "",
    )


def _onward(row: Adaptation, page: EditorialPage, homes: Homes, request: HttpRequest) -> Onward:
    centre = homes.centre_of(page)
    return Onward(
        how=row.how,
        title=page.title,
        centre=centre.name if centre else "",
        language=page.language,
        address=homes.address_of(page, request),
    )
