"""What articles have told of the network's lists, as tables that are audited together with releases.

Everything counts that was ever published: whoever read a page before it was withdrawn has it still. Lists of a quarter
that add up to its total have one sum, so that the sum of one list, shown or left out, is the same fact in each other.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Sum

from havn.releases.api import (
    ALL,
    NETWORK,
    Codes,
    Elsewhere,
    Parts,
    Published,
    given_of,
    register_elsewhere,
    releases_of,
)
from havn.statistics.rules.periods import Kind, Period, period_of
from havn.tenancy.models import Centre
from havn.trends.models import Article, Fact
from havn.trends.queries.history import network_centre
from havn.trends.queries.network import DIMENSIONS
from havn.trends.release_tables import counted_table, list_dimension, measure_of, quarters_in
from havn.trends.rules.audited import WHOLE, left_out_of
from havn.trends.rules.corrections import PUBLISHED
from havn.trends.rules.quarters import Quarter, quarter_named

_DIMENSION_OF = {measure_of(dimension): dimension for dimension in DIMENSIONS}


def register() -> None:
    """Let releases of the network's lists be audited with articles. Called from AppConfig.ready()."""
    register_elsewhere(tables_told)


def tables_told(measure: str) -> list[Elsewhere]:
    """Of one list: what articles told of it, and the sums that releases of the other lists told."""
    dimension = _DIMENSION_OF.get(measure)
    network = network_centre()
    if dimension is None or network is None:
        return []
    found = []
    for article in Article.objects.filter(centre=network).order_by("pk"):
        quarter = quarter_named(article.quarter)
        for at, numbers in enumerate(article.figures.get(PUBLISHED, ())):
            if dimension in numbers["parts"]:
                given = article.given[at].get(dimension, {}) if at < len(article.given) else {}
                found.append(
                    list_told(f"article {article.pk}.{at}", quarter, numbers, dimension, given=given, is_first=at == 0)
                )
    return [*found, *_sums_of_releases(network, dimension)]


def list_told(
    key: str, quarter: Quarter, numbers: Mapping[str, Any], dimension: str, *, given: Mapping[str, Any], is_first: bool
) -> Elsewhere:  # fmt: skip
    """One list as an article tells it: a code that it does not name had no contact. `given`: what each centre gave."""
    period = period_of(Kind.QUARTER, quarter.first)
    codes = numbers["parts"][dimension]["codes"]
    whole = list_dimension(dimension, set(codes), period)
    hidden = left_out_of(numbers, dimension, adds_up=adds_up(dimension, period))
    told: dict[Codes, int] = {
        (code,): int(codes.get(code, 0)) for code in whole.codes if code not in hidden and code != ALL
    }
    if WHOLE not in hidden:
        told[ALL,] = _sum_of(numbers, dimension)
    return Elsewhere(
        Published(
            key, NETWORK, quarter.first, quarter.last, (whole,), told, frozenset((code,) for code in hidden),
            lowest=1 if is_first else 0,
        ),
        given_of(dict(given)) if given else None,
        table.parts if (table := counted_table(dimension, period)) is not None else None,
    )  # fmt: skip


def sum_told(key: str, first: dt.date, last: dt.date, number: int | None, given: Parts) -> Elsewhere:
    """The sum of another list that adds up to the same: a table without any dimension."""
    shown: dict[Codes, int] = {} if number is None else {(): number}
    hidden = frozenset([()]) if number is None else frozenset[tuple[str, ...]]()
    parts: Parts = {centre: {(): sum(counts.values())} for centre, counts in given.items()}
    names = [str(one) for one in quarters_in(Period(Kind.SPAN, first, last))]
    rows = Fact.objects.filter(dimension="total", quarter__in=names).values_list("reported__centre__slug")
    now: Parts = {slug: {(): whole} for slug, whole in rows.annotate(whole=Sum("number")).order_by()}
    return Elsewhere(Published(key, NETWORK, first, last, (), shown, hidden), parts or None, now)


def adds_up(dimension: str, period: Period) -> bool:
    """Whether a list of a period adds up to the total of all contacts: not where some have more than one reason."""
    names = [str(one) for one in quarters_in(period)]
    facts = Fact.objects.filter(quarter__in=names, dimension__in=(dimension, "total"))
    sums = dict(facts.values_list("dimension").annotate(whole=Sum("number")).order_by())
    return bool(sums.get(dimension, 0) == sums.get("total", 0))


def _sum_of(numbers: Mapping[str, Any], dimension: str) -> int:
    part = numbers["parts"][dimension]
    if part["known"] is not None:
        return int(part["known"] + (part["codes"].get("unknown") or 0))
    return int(numbers["total"])


def _sums_of_releases(network: Centre, dimension: str) -> Iterator[Elsewhere]:
    others = [measure_of(one) for one in DIMENSIONS if one != dimension]
    rows = releases_of(network).filter(dataset__measure__in=others, table__population=NETWORK)
    for release in rows.order_by("pk"):
        period = Period(Kind.SPAN, release.first, release.last)
        if adds_up(dimension, period) and adds_up(_DIMENSION_OF[release.dataset.measure], period):
            number = next(cell["count"] for cell in release.table["cells"] if set(cell["codes"]) == {ALL})
            yield sum_told(f"sum {release.pk}", release.first, release.last, number, given_of(release.given))
