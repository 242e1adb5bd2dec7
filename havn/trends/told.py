"""What articles have told of the network's lists, as tables that are audited together with releases.

Everything counts that was ever published: whoever read a page before it was withdrawn has it still. Lists of a quarter
that add up to its total have one sum, so that the sum of one list, shown or left out, is the same fact in each other.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import IntegerField, QuerySet, Sum, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Length

from havn.releases.api import (
    ALL,
    NETWORK,
    Codes,
    Elsewhere,
    Parts,
    Place,
    Published,
    Seen,
    given_of,
    register_elsewhere,
    releases_of,
)
from havn.releases.models import Release
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
    register_elsewhere(Place(seen, tables_told, so_far))


def seen(measure: str) -> list[Seen]:
    """Of one list: that articles told of it, and the sums that releases of the other lists told."""
    dimension = _DIMENSION_OF.get(measure)
    network = network_centre()
    if dimension is None or network is None:
        return []
    found = []
    for name, pk, figures in Article.objects.filter(centre=network).values_list("quarter", "pk", "figures"):
        quarter = quarter_named(name)
        found += [
            Seen(_article_key(pk, at), quarter.first, quarter.last, NETWORK)
            for at, numbers in enumerate(figures.get(PUBLISHED, ()))
            if dimension in numbers["parts"]
        ]
    return [*found, *_sums_seen(network, dimension)]


def tables_told(measure: str, keys: Collection[str]) -> list[Elsewhere]:
    """Those with these keys, the articles first, the oldest before."""
    dimension = _DIMENSION_OF.get(measure)
    network = network_centre()
    if dimension is None or network is None:
        return []
    by_place = [key.partition(" ") for key in keys if " " in key]
    articles = {int(rest.split(".")[0]) for kind, _space, rest in by_place if kind == "article"}
    releases = {int(rest) for kind, _space, rest in by_place if kind == "sum"}
    found = []
    for article in Article.objects.filter(centre=network, pk__in=articles).order_by("pk"):
        quarter = quarter_named(article.quarter)
        for at, numbers in enumerate(article.figures.get(PUBLISHED, ())):
            if (key := _article_key(article.pk, at)) in keys:
                given = article.given[at].get(dimension, {}) if at < len(article.given) else {}
                found.append(list_told(key, quarter, numbers, dimension, given=given, is_first=at == 0))
    return [*found, *_sums_told(network, dimension, releases)]


def so_far(measures: Collection[str]) -> tuple[int, ...]:
    """How many releases of the network's lists there are, and how long everything is that articles ever told."""
    network = network_centre()
    if network is None or not any(one in _DIMENSION_OF for one in measures):
        return ()
    told = Length(Cast(KT(f"figures__{PUBLISHED}"), TextField()))
    long = Article.objects.filter(centre=network).aggregate(long=Coalesce(Sum(told), 0, output_field=IntegerField()))
    return (releases_of(network).filter(dataset__measure__in=list(_DIMENSION_OF)).count(), int(long["long"]))


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


def _article_key(pk: int, at: int) -> str:
    return f"article {pk}.{at}"


def _sums_seen(network: Centre, dimension: str) -> list[Seen]:
    found = _sums_of_releases(network, dimension).defer("table", "log", "audit", "given")
    return [Seen(f"sum {one.pk}", one.first, one.last, NETWORK) for one in _tied(dimension, found)]


def _sums_told(network: Centre, dimension: str, wanted: Collection[int]) -> Iterator[Elsewhere]:
    for release in _sums_of_releases(network, dimension).filter(pk__in=wanted):
        number = next(cell["count"] for cell in release.table["cells"] if set(cell["codes"]) == {ALL})
        yield sum_told(f"sum {release.pk}", release.first, release.last, number, given_of(release.given))


def _sums_of_releases(network: Centre, dimension: str) -> QuerySet[Release]:
    others = [measure_of(one) for one in DIMENSIONS if one != dimension]
    return releases_of(network).filter(dataset__measure__in=others, table__population=NETWORK).order_by("pk")


def _tied(dimension: str, releases: Iterable[Release]) -> list[Release]:
    """Those of other lists that add up to the same as this one; asked of all at once."""
    quarters = {
        one: [str(quarter) for quarter in quarters_in(Period(Kind.SPAN, one.first, one.last))] for one in releases
    }
    facts = Fact.objects.filter(quarter__in={name for names in quarters.values() for name in names})
    sums: Counter[tuple[str, str]] = Counter()
    for name, of, whole in facts.values_list("quarter", "dimension").annotate(whole=Sum("number")).order_by():
        sums[name, of] = whole

    def is_tied(release: Release) -> bool:
        lists = (dimension, _DIMENSION_OF[release.dataset.measure], "total")
        return len({sum(sums[name, of] for name in quarters[release]) for of in lists}) == 1

    return [one for one in quarters if is_tied(one)]
