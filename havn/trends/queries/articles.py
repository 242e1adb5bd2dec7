"""Articles, and the numbers that they are made from."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet

from havn.tenancy.models import Centre
from havn.trends.models import Article, Break
from havn.trends.queries.history import breaks_of, printed_points
from havn.trends.queries.moves import moves_of
from havn.trends.queries.network import quarter_parts, totals_by_centre, who_reported
from havn.trends.rules.corrections import PUBLISHED, left_out_before
from havn.trends.rules.draft import figures
from havn.trends.rules.network import matched
from havn.trends.rules.quarters import Quarter, quarter_named


def articles_of(centre: Centre) -> QuerySet[Article]:
    """Every article of the network, the latest quarter first."""
    return Article.objects.filter(centre=centre).order_by("-quarter")


def articles_visible_to_public(centre: Centre) -> QuerySet[Article]:
    """Those that anyone may read. Lists, pages and charts of the public begin here."""
    return articles_of(centre).filter(state=Article.State.PUBLISHED)


def figures_anew(article: Article) -> dict[str, Any]:
    """The numbers of an article as it would freeze them now, with what readers have had of them."""
    found = figures_of(article.centre, quarter_named(article.quarter), hidden=left_out_before(article.figures))
    return {**found, PUBLISHED: article.figures[PUBLISHED]} if PUBLISHED in article.figures else found


def figures_of(
    centre: Centre, quarter: Quarter, *, hidden: Mapping[str, Collection[str]] | None = None
) -> dict[str, Any]:
    """The numbers of a quarter as an article would freeze them now. `hidden`: codes by list that stay left out."""
    who = who_reported(quarter)
    breaks = breaks_of(centre)
    now = totals_by_centre(quarter)
    printed = {point.quarter: point for point in printed_points(centre, "total", "all")}
    told = {
        name: {"value": printed[one].value, "qualifier": printed[one].qualifier}
        for name, one in (("quarter", quarter.before), ("year", quarter.year_before))
        if one in printed
    }
    return figures(
        quarter,
        reported=[one.name for one in who.reported],
        missing=[one.name for one in who.missing],
        parts=quarter_parts(quarter),
        since_quarter=matched(now, totals_by_centre(quarter.before), without=_members(breaks, quarter.before, quarter)),
        since_year=matched(
            now, totals_by_centre(quarter.year_before), without=_members(breaks, quarter.year_before, quarter)
        ),
        moved_quarter=moves_of(centre, quarter.before, quarter),
        moved_year=moves_of(centre, quarter.year_before, quarter),
        printed=told,
        hidden=hidden or {},
        breaks=[one.pk for one in breaks if one.quarter == str(quarter)],
    )


def _members(breaks: list[Break], before: Quarter, now: Quarter) -> set[int]:
    """The centres that began to count in another way after the one quarter and up to the other."""
    return {one.member_id for one in breaks if one.member_id is not None and before < quarter_named(one.quarter) <= now}
