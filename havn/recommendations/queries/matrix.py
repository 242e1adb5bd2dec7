"""Recommendations by countries: who was asked, and how far each is. Three queries, whatever the size."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from havn.recommendations.models import Citation, Factsheet, FollowUp, MonitoringRound, Recommendation
from havn.recommendations.rules.cells import Cell, Said, cell_of


@dataclass(frozen=True)
class Row:
    """A recommendation, and for each factsheet in order what became of it."""

    recommendation: Recommendation
    cells: list[Cell]
    asks: list[int | None]
    """For each factsheet, the first ask that cites it."""


def rows_of(
    round: MonitoringRound, factsheets: list[Factsheet], *, own: frozenset[int], chapter: str = "", status: str = ""
) -> list[Row]:
    """A row for each recommendation of the round. `own`: factsheets whose drafts count too; of others the validated.

    `status` keeps rows with a cell of that code ("open": asked, and nothing said).
    """
    asked: dict[tuple[int, int], set[int]] = defaultdict(set)
    cited = Citation.objects.filter(ask__factsheet__in=factsheets)
    for factsheet_id, recommendation_id, ask_id in cited.values_list("ask__factsheet", "recommendation", "ask"):
        asked[factsheet_id, recommendation_id].add(ask_id)
    said = _said(factsheets, own)
    recommendations = round.recommendations.select_related("chapter")
    if chapter:
        recommendations = recommendations.filter(chapter__number=chapter)
    rows = [
        Row(
            one,
            [_cell(asked.get((sheet.pk, one.pk), set()), said) for sheet in factsheets],
            [min(asked.get((sheet.pk, one.pk), set()), default=None) for sheet in factsheets],
        )
        for one in recommendations
    ]
    return [row for row in rows if not status or any(cell.code == status for cell in row.cells)]


def _cell(asks: set[int], said: dict[int, list[Said]]) -> Cell:
    return cell_of(is_asked=bool(asks), said=[one for ask in sorted(asks) for one in said.get(ask, [])])


def _said(factsheets: list[Factsheet], own: frozenset[int]) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = defaultdict(list)
    rows: QuerySet[FollowUp] = FollowUp.objects.filter(factsheet__in=factsheets, ask__isnull=False)
    found_rows = list(rows.order_by("dated_on", "pk"))
    # On its own desk a draft stands for the validated one that it changes.
    changed = {one.replaces_id for one in found_rows if one.factsheet_id in own}
    for one in found_rows:
        if (
            one.ask_id is not None
            and one.pk not in changed
            and (one.state == FollowUp.State.VALIDATED or one.factsheet_id in own)
        ):
            found[one.ask_id].append(Said(one.status))
    return found
