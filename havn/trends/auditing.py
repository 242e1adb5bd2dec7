"""Working out, before an article is published, what its numbers tell together with everything that is published.

Its lists go through the audit of releases, one after another, with every release and every article of the same days.
What would give a number back is left out of the frozen numbers too. It takes seconds, so the worker does it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import override

from havn.releases import api as releases
from havn.releases.api import Table, Unsafe
from havn.statistics.rules.periods import Kind, Period, period_of
from havn.tasks.api import task, telling
from havn.tenancy.models import Centre
from havn.trends.drafting import rewrite_untouched
from havn.trends.models import Article
from havn.trends.queries.network import quarter_parts
from havn.trends.release_tables import counted_table, measure_of
from havn.trends.rules.audited import WHOLE, came_out, left_out_of, masked
from havn.trends.rules.corrections import PUBLISHED
from havn.trends.rules.quarters import quarter_named
from havn.trends.told import adds_up, sum_told

WAITING, WORKING, SAFE, REFUSED = "waiting", "working", "safe", "refused"
_LEFT_OUT = ("hidden", "without_total")
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Checked:
    """The numbers that may be told as long as `against` is all that can be read beside them, by list."""

    figures: dict[str, Any]
    hidden: dict[str, list[str]]
    without_total: bool
    against: dict[str, list[str]]
    given: dict[str, Any]


def check(centre: Centre, figures: Mapping[str, Any], progress: Progress = lambda share: None) -> Checked:
    """Audit all lists. Unsafe where no choice is safe; its code is "moved-on" where other numbers are accepted now."""
    period = period_of(Kind.QUARTER, quarter_named(figures["quarter"]).first)
    tables = {dimension: _table(figures, dimension, period) for dimension in figures["parts"]}
    total = quarter_parts(quarter_named(figures["quarter"])).get("total")
    if figures["total"] is not None and (total is None or total.known != figures["total"]):
        raise Unsafe("moved-on")
    if figures["total"] is not None:
        try:
            found, loses_total = _once(centre, figures, period, tables, progress, without_total=False)
        except Unsafe as error:
            if error.code != "not-safe":
                raise
        else:
            if not loses_total:
                return found
    # Where one list must not tell its sum, no list that adds up to the same may.
    return _once(centre, figures, period, tables, progress, without_total=True)[0]


def against_now(centre: Centre, figures: Mapping[str, Any]) -> dict[str, list[str]]:
    """What can be read beside the article now, by list. Looks at everything ever told: not for within a lock."""
    quarter = quarter_named(figures["quarter"])
    return {
        dimension: releases.read_together(
            measure_of(dimension), centre, quarter.first, quarter.last, of_network=True
        )
        for dimension in figures["parts"]
    }  # fmt: skip


def published_so_far(article: Article) -> tuple[int, ...]:
    """Numbers that differ once more can be read beside the article; as quick as a lock asks for."""
    return releases.published_so_far([measure_of(dimension) for dimension in article.figures["parts"]])


def _once(
    centre: Centre, figures: Mapping[str, Any], period: Period, tables: Mapping[str, Table], progress: Progress, *,
    without_total: bool,
) -> tuple[Checked, bool]:  # fmt: skip
    """All lists, each beside the sums of those before; and whether one of them cannot be told with the total."""
    numbers = {**figures, "total": None if without_total else figures["total"]}
    hidden: dict[str, list[str]] = {}
    against: dict[str, list[str]] = {}
    beside: list[releases.Elsewhere] = []
    loses_total = False
    for at, (dimension, table) in enumerate(tables.items()):
        tied = adds_up(dimension, period)
        out = left_out_of(numbers, dimension, adds_up=tied) | ({WHOLE} if without_total and tied else set())
        found = releases.audit(
            measure_of(dimension), centre, table, first=period.first, last=period.last,
            is_first=not figures.get(PUBLISHED), also=[(code,) for code in out],
            beside=beside if tied else (), progress=_within(progress, at, len(tables)),
        )  # fmt: skip
        left = {codes[0] for codes in found.outcome.why}
        hidden[dimension], against[dimension] = sorted(left), list(found.against)
        if tied:
            number = None if WHOLE in left else sum(table.counts.values())
            beside.append(sum_told(f"beside {dimension}", period.first, period.last, number, table.parts or {}))
            loses_total = loses_total or WHOLE in left
    after = masked(numbers, hidden, without_total=without_total)
    given = {dimension: releases.given_json(table.parts) for dimension, table in tables.items()}
    return Checked(after, hidden, without_total, against, given), loses_total


def _within(progress: Progress, at: int, many: int) -> Progress:
    """How far all of them are, told how far this one is."""
    return lambda share: progress((at + share) / many)


def _table(figures: Mapping[str, Any], dimension: str, period: Period) -> Table:
    """The true list, which the frozen numbers must still be taken from."""
    table = counted_table(dimension, period)
    told = {(code,): number for code, number in figures["parts"][dimension]["codes"].items() if number is not None}
    if table is None or any(table.counts.get(codes, 0) != number for codes, number in told.items()):
        raise Unsafe("moved-on")
    return table


@task(attempts=3, lease_s=600)
def audit_article(article_id: int) -> None:
    """Audit a draft's numbers as they are frozen. May run twice."""
    article = Article.objects.select_related("centre").filter(pk=article_id, state=Article.State.DRAFT).first()
    if article is None or article.audit.get("state") not in (WAITING, WORKING):
        return
    mine = Article.objects.filter(pk=article_id, figures_at=article.figures_at, state=Article.State.DRAFT)

    def tell(percent: int) -> None:
        mine.update(audit={**article.audit, "state": WORKING, "percent": percent})

    try:
        with override(article.centre.default_language):
            found = check(article.centre, article.figures, telling(tell))
    except Unsafe as error:
        mine.update(audit={**article.audit, "state": REFUSED, "code": error.code, "cells": error.cells})
        return
    keep(article, found)


def wait(article: Article, *, again: bool = False) -> None:
    """Have the numbers of a draft audited; `again`: the same ones, beside what is published now."""
    before = {key: article.audit[key] for key in _LEFT_OUT if again and key in article.audit}
    article.audit = {**before, "state": WAITING, "percent": 0}
    article.save(update_fields=["audit"])
    audit_article.enqueue(article.pk)


def as_audited(article: Article, figures: Mapping[str, Any]) -> dict[str, Any]:
    """Other figures of the quarter without what the audit of the article's left out, to compare the two."""
    audit = article.audit
    if "hidden" not in audit:
        return dict(figures)
    return masked(figures, audit["hidden"], without_total=audit["without_total"])


@transaction.atomic
def keep(article: Article, found: Checked) -> None:
    """Put what was found beside the numbers it was found of; nothing where others were taken meanwhile."""
    stored = Article.objects.select_for_update(of=("self",)).select_related("centre").get(pk=article.pk)
    if stored.figures_at != article.figures_at or stored.state != Article.State.DRAFT:
        return
    more = [list(one) for one in came_out(stored.figures, found.figures)]
    is_changed = stored.figures != found.figures
    stored.figures = found.figures
    stored.audit = {
        "state": SAFE, "hidden": found.hidden, "without_total": found.without_total, "against": found.against,
        "given": found.given,
        "more": more,
    }  # fmt: skip
    stored.save(update_fields=["figures", "audit"])
    if is_changed:
        rewrite_untouched(stored)
