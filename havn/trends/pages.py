"""What the screens of trends show: charts with their tables, and the lists of one quarter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from havn.tenancy.models import Centre
from havn.trends import words
from havn.trends.models import Break
from havn.trends.queries.articles import articles_visible_to_public
from havn.trends.queries.history import all_printed, breaks_of
from havn.trends.queries.network import DIMENSIONS, trend
from havn.trends.rules.charts import Chart, Point, Series, chart
from havn.trends.rules.draft import seen_part
from havn.trends.rules.network import UNKNOWN, Part
from havn.trends.rules.numbers import Percent
from havn.trends.rules.quarters import Quarter, quarter_named
from havn.trends.words_breaks import break_words

MOST_LINES = 5
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MISSING = "–"


@dataclass(frozen=True)
class Figure:
    """A chart with its table. `rows`: quarter, then a text for each series. `has_more`: the table has all of them, the
    chart those with the most figures. Without `drawing` there is only the table."""

    key: str
    title: str
    unit: str
    drawing: Chart | None
    has_more: bool
    heads: list[str]
    rows: list[tuple[str, list[str]]]
    breaks: list[dict[str, str]] = field(default_factory=list)


SeriesMap = Mapping[tuple[str, str], Sequence[Point]]


def public_series(centre: Centre) -> SeriesMap:
    """The published history and the published quarters, by dimension and code, oldest first."""
    found = {key: list(points) for key, points in all_printed(centre).items()}
    for article in articles_visible_to_public(centre).order_by("quarter"):
        for key, point in points_of(article.figures).items():
            row = found.setdefault(key, [])
            row[:] = [one for one in row if one.quarter != point.quarter] + [point]
    return found


def points_of(figures: Mapping[str, Any]) -> dict[tuple[str, str], Point]:
    """A frozen quarter as points of the charts: the total, and shares of what is known."""
    quarter = quarter_named(figures["quarter"])
    found: dict[tuple[str, str], Point] = {}
    if figures["total"] is not None:
        found["total", "all"] = Point(quarter, figures["total"])
    for dimension, part in figures["parts"].items():
        seen = seen_part(part)
        for code in part["codes"]:
            one = seen.share(code)
            if one is not None:
                found[dimension, code] = Point(quarter, round(one.value, 1))
    return found


def staff_series(first: Quarter, last: Quarter) -> SeriesMap:
    """The accepted quarters of a span, published or not, without what may not be shown."""
    found: dict[tuple[str, str], list[Point]] = {}
    for dimension in ("total", *DIMENSIONS):
        for quarter, part in sorted(trend(dimension, first, last).items()):
            for code, value in _values(dimension, part).items():
                found.setdefault((dimension, code), []).append(Point(quarter, value))
    return found


def _values(dimension: str, part: Part) -> dict[str, float]:
    seen = part.seen()
    if dimension == "total":
        return {code: number for code, number in seen.numbers.items() if number is not None}
    shares = {code: seen.share(code) for code in part.cells}
    return {code: round(one.value, 1) for code, one in shares.items() if one is not None}


def figures(centre: Centre, series: SeriesMap) -> list[Figure]:
    """A chart and table of the total and of each list, those with the most figures as lines."""
    breaks = breaks_of(centre)
    made = [_figure(dimension, series, breaks) for dimension in ("total", *DIMENSIONS)]
    return [one for one in made if one is not None]


def _figure(dimension: str, series: SeriesMap, breaks: Sequence[Break]) -> Figure | None:
    mine = {code: points for (name, code), points in series.items() if name == dimension and points}
    if not mine:
        return None
    ordered = sorted(mine, key=lambda code: (-len(mine[code]), -mine[code][-1].value, code))
    quarters = sorted({point.quarter for code in ordered for point in mine[code]}, reverse=True)
    here = [
        one
        for one in breaks
        if one.dimension in ("", dimension) and quarters[-1] <= quarter_named(one.quarter) <= quarters[0]
    ]
    letters = _lettered(here)
    lines = [
        Series(words.label(dimension, code) if dimension != "total" else "", mine[code])
        for code in ordered[:MOST_LINES]
    ]
    drawing = chart(lines, [(quarter_named(name), letter) for name, letter, _words in letters])
    by_code = {code: {point.quarter: point for point in mine[code]} for code in ordered}
    return Figure(
        dimension,
        words.dimension_label(dimension),
        "contacts" if dimension == "total" else "percent",
        drawing if len(quarters) > 1 else None,
        len(ordered) > MOST_LINES,
        [_name(dimension, code) for code in ordered],
        [
            (words.quarter_short(quarter), [_cell(by_code[code].get(quarter), dimension) for code in ordered])
            for quarter in quarters
        ],
        [{"letter": letter, "when": words.quarter_short(name), "words": told} for name, letter, told in letters],
    )


def _name(dimension: str, code: str) -> str:
    return words.dimension_label("total") if dimension == "total" else words.label(dimension, code)


def _lettered(breaks: Sequence[Break]) -> list[tuple[str, str, str]]:
    """One letter a quarter with a break, and all that is said of it."""
    by_quarter: dict[str, list[str]] = {}
    for one in breaks:
        by_quarter.setdefault(one.quarter, []).append(break_words(one))
    return [
        (name, LETTERS[at % len(LETTERS)], " ".join(told)) for at, (name, told) in enumerate(sorted(by_quarter.items()))
    ]


def _cell(point: Point | None, dimension: str) -> str:
    return MISSING if point is None else words.printed(point.value, point.qualifier, dimension)


def history_rows(centre: Centre, quarters: Sequence[Any]) -> list[dict[str, Any]]:
    """Every quarter of the history with each of its figures as printed."""
    return [
        {
            "name": words.quarter_label(row.quarter),
            "basis": words.basis_label(row.basis),
            "basis_words": row.basis_words if row.basis != "stated" else "",
            "other": row.other,
            "source": row.source,
            "figures": [
                {
                    "name": _name(one.dimension, one.code),
                    "value": words.printed(one.value, one.qualifier, one.dimension),
                    "note": one.note,
                }
                for one in sorted(row.figures.all(), key=lambda one: one.pk)
            ],
        }
        for row in quarters
    ]


def frozen_lists(figures_: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The lists of a frozen quarter for tables with bars; what is left out has no number."""
    made = []
    for dimension in DIMENSIONS:
        part = figures_["parts"].get(dimension)
        if part is None:
            continue
        seen = seen_part(part)
        known = [(code, number) for code, number in part["codes"].items() if code != UNKNOWN]
        most = max((number or 0 for _code, number in known), default=0)
        rows = [
            {
                "label": words.label(dimension, code),
                "number": words.number(number) if number is not None else "",
                "share": _share(seen.share(code)),
                "bar": round(100 * number / most, 1) if number and most else 0,
            }
            for code, number in sorted(known, key=lambda one: (one[1] is None, -(one[1] or 0), one[0]))
        ]
        unknown = part["codes"].get(UNKNOWN)
        made.append(
            {
                "key": dimension,
                "title": words.dimension_label(dimension),
                "known": words.number(seen.known) if seen.known else "",
                "unknown": words.number(unknown) if unknown else "",
                "hides_unknown": UNKNOWN in part["codes"] and unknown is None,
                "rows": rows,
            }
        )
    return made


def _share(one: Percent | None) -> str:
    return words.printed(round(one.value, 1), "exact", "share") if one is not None else ""
