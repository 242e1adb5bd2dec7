"""Recommendations by countries, on the desk and as a table to take out, and the search."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.common.cells import safe_cell
from havn.recommendations import words
from havn.recommendations.models import Ask, Factsheet, FollowUp, MonitoringRound, Observation, SheetChapter
from havn.recommendations.permissions import READERS, can_prepare
from havn.recommendations.queries.factsheets import follow_ups_visible_to, published
from havn.recommendations.queries.matrix import Row, rows_of
from havn.recommendations.queries.named import parts_of
from havn.recommendations.queries.search import Wish, asks_found, observations_found, practices_found
from havn.recommendations.rules.cells import NOT_ASKED, OPEN, SAID, Cell
from havn.recommendations.rules.rounds import scale_of
from havn.recommendations.views.asked import centre_of, factsheets_on

_PAGE = 30
_LONGEST = 100


@staff(*READERS)
@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Every recommendation of a round beside every country that may be seen from here."""
    found = _Asked(request)
    context = {
        **found.choices(),
        "sheets": [(one, words.country(one.party)) for one in found.sheets],
        "rows": [(row, found.cells(row)) for row in found.rows()],
        "key": found.key(),
        "may_prepare": found.round is not None and can_prepare(request.user, centre_of(request), found.round),  # type: ignore[arg-type]
    }
    return render(request, "recommendations/matrix.html", context)


@staff(*READERS)
@require_safe
def matrix_table(request: HttpRequest) -> HttpResponse:
    """The same as CSV."""
    found = _Asked(request)
    file = io.StringIO()
    file.write("\ufeff")
    lines = csv.writer(file)
    for line in _lines(found):
        lines.writerow([safe_cell(cell) for cell in line])
    headers = {"Content-Disposition": 'attachment; filename="recommendations.csv"'}
    return HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@staff(*READERS)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Asks by words, id, verb, status and chapter."""
    wish = wish_of(request)
    readable = follow_ups_visible_to(centre_of(request))
    found = asks_found(factsheets_on(request), wish, readable)
    asked = any(vars(wish).values())
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    context = {
        **wish_choices(),
        **others_found(factsheets_on(request), wish, readable),
        "wish": wish,
        "asked": asked,
        "page": page if asked else None,
        "query": query_of(request),
        "rows": shown_in(page) if asked else [],
    }
    return render(request, "recommendations/search.html", context)


Shown = TypeVar("Shown", Ask, Observation, FollowUp)


def shown_in(found: Iterable[Shown]) -> list[tuple[Shown, str, SheetChapter]]:
    """Each with its country, and its chapter as its own factsheet calls it."""
    rows = list(found)
    parts = parts_of([one.factsheet_id for one in rows])
    return [
        (one, words.country(one.factsheet.party), parts[one.factsheet_id, one.chapter_id]) for one in rows
    ]  # fmt: skip


def others_found(factsheets: QuerySet[Factsheet], wish: Wish, readable: QuerySet[FollowUp]) -> dict[str, Any]:
    """Observations and practices beside the asks, each with its country and chapter."""
    return {
        "observations": shown_in(observations_found(factsheets, wish)),
        "practices": shown_in(practices_found(factsheets, wish, readable)),
    }


def wish_of(request: HttpRequest) -> Wish:
    """What the address asks for; nothing that a database could not take."""
    asked = {
        name: " ".join(request.GET.get(name, "").replace("\x00", " ").split())[:_LONGEST]
        for name in ("words", "ref", "verb", "status", "chapter")
    }
    return Wish(**asked)


def wish_choices() -> dict[str, Any]:
    """What can be chosen in a search: the words of all rounds."""
    verbs: dict[str, str] = {}
    statuses: dict[str, str] = {}
    chapters: dict[str, str] = {}
    for round in MonitoringRound.objects.prefetch_related("chapters"):
        verbs |= {one["verb"]: one["name"] for one in round.verbs}
        statuses |= {one.code: one.name for one in scale_of(round.statuses)}
        chapters |= {one.number: str(one) for one in round.chapters.all()}
    return {"verbs": verbs.items(), "statuses": statuses.items(), "chapters": chapters.items()}


def query_of(request: HttpRequest) -> str:
    """The address's question without the page, for links to other pages."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


class _Asked:
    """What of the matrix is asked for. What the address cannot mean asks for nothing."""

    def __init__(self, request: HttpRequest) -> None:
        own = list(factsheets_on(request))
        everything = {one.pk: one for one in [*published(), *own]}
        rounds = list(MonitoringRound.objects.all())
        asked = request.GET.get("round", "")
        self.rounds = rounds
        self.round = next((one for one in rounds if one.code == asked), rounds[0] if rounds else None)
        centre = centre_of(request)
        self.here = frozenset(one.pk for one in own)
        self.own = frozenset(one.pk for one in own if one.party_id == centre.pk)
        self.sheets: list[Factsheet] = sorted(
            (one for one in everything.values() if self.round and one.round_id == self.round.pk),
            key=lambda one: words.country(one.party),
        )
        self.statuses = {one.code: one for one in scale_of(self.round.statuses)} if self.round else {}
        chapters = list(self.round.chapters.all()) if self.round else []
        self.chapters = chapters
        self.chapter = next((one.number for one in chapters if one.number == request.GET.get("chapter")), "")
        status = request.GET.get("status", "")
        self.status = status if status in {*self.statuses, OPEN, SAID} else ""

    def rows(self) -> list[Row]:
        if self.round is None:
            return []
        return rows_of(self.round, self.sheets, own=self.own, chapter=self.chapter, status=self.status)

    def choices(self) -> dict[str, Any]:
        statuses = [(OPEN, _("Nothing said yet")), (SAID, _("Said, without a status"))]
        return {
            "rounds": self.rounds,
            "round": self.round,
            "chapters": self.chapters,
            "chapter": self.chapter,
            "statuses": [*statuses, *((one.code, one.name) for one in self.statuses.values())],
            "status": self.status,
        }

    def cells(self, row: Row) -> list[tuple[Cell, str, str, str]]:
        """Each cell with symbol, name and where it leads: to the ask here, or to what is public of another country."""
        ref = row.recommendation.ref
        return [
            (cell, *self.words(cell), self.address(sheet, ask, ref))
            for cell, sheet, ask in zip(row.cells, self.sheets, row.asks, strict=True)
        ]

    def address(self, sheet: Factsheet, ask: int | None, ref: str) -> str:
        if ask is None:
            return ""
        if sheet.pk in self.here:
            return reverse("recommendations:ask", args=[ask])
        return reverse("recommendations:public_recommendation", args=[sheet.round.code, ref])

    def key(self) -> list[tuple[str, str]]:
        """Each symbol with its name, those without one left out."""
        codes = (*self.statuses, OPEN, SAID)
        return [self.words(Cell(code, 0)) for code in codes]

    def words(self, cell: Cell) -> tuple[str, str]:
        """A symbol and its name: neither stands alone."""
        if cell.code in self.statuses:
            return self.statuses[cell.code].symbol, self.statuses[cell.code].name
        return {
            NOT_ASKED: ("", _("Not asked")),
            OPEN: ("?", _("Nothing said yet")),
            SAID: ("✎", _("Said, without a status")),
        }[cell.code]


def _lines(found: _Asked) -> Iterator[list[str]]:
    yield [_("Recommendation"), _("Verb"), _("Chapter"), *(words.country(one.party) for one in found.sheets)]
    for row in found.rows():
        one = row.recommendation
        yield [one.ref, one.verb, str(one.chapter or ""), *(found.words(cell)[1] for cell in row.cells)]
