"""Countries side by side over several quarters: one share of each that lets it be seen, with why others are empty."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from havn.common.countries import country_name
from havn.tenancy.models import Centre
from havn.trends import pages, words
from havn.trends.models import Break, Fact, Reported
from havn.trends.queries.history import breaks_of
from havn.trends.queries.network import open_to_comparison
from havn.trends.rules.charts import Point, Series, chart
from havn.trends.rules.comparable import Told, Why, cell
from havn.trends.rules.network import UNKNOWN
from havn.trends.rules.numbers import Percent
from havn.trends.rules.quarters import Quarter, between, quarter_named


@dataclass(frozen=True)
class Side:
    """One column: a member or the network, its cells by quarter."""

    name: str
    cells: Mapping[Quarter, Percent | Why]


def codes_reported(dimension: str, last: Quarter) -> list[tuple[str, str]]:
    """The codes of a list in a quarter with their names, in the order of these."""
    rows = Fact.objects.filter(quarter=str(last), dimension=dimension).exclude(code=UNKNOWN)
    found = [(code, words.label(dimension, code)) for code in rows.values_list("code", flat=True).distinct()]
    return sorted(found, key=lambda one: one[1])


def members_open(looking: Centre, first: Quarter, last: Quarter) -> tuple[list[Centre], list[Centre]]:
    """Of the members that reported in the span: those that let it be seen, the one that looks first; and the others."""
    rows = Reported.objects.filter(quarter__range=(str(first), str(last)))
    there = list(Centre.objects.filter(pk__in=rows.values("centre_id")).order_by("name", "pk"))
    seen = open_to_comparison([one.pk for one in there]) | {looking.pk}
    shown = sorted(
        (one for one in there if one.pk in seen),
        key=lambda one: (one.pk != looking.pk, country_name(one.country_code)),
    )
    return shown, [one for one in there if one.pk not in seen]


def compared(
    looking: Centre, network: Centre, dimension: str, code: str, first: Quarter, last: Quarter
) -> dict[str, Any]:  # fmt: skip
    """The chart and its table, and who does not let it be seen."""
    shown, closed = members_open(looking, first, last)
    told = _told(dimension, [one.pk for one in shown], first, last)
    breaks = breaks_of(network, [dimension])
    scheme = _scheme_of(told, looking, last) if dimension == "reason" else ""
    sides = [_network_side(looking, network, dimension, code, first, last)]
    for one in shown:
        since = _last_break(breaks, one, first, last)
        sides.append(
            Side(
                country_name(one.country_code),
                {
                    quarter: cell(
                        told.get((one.pk, quarter)), code, quarter,
                        scheme=scheme, since=since, own=one.pk == looking.pk,
                    )
                    for quarter in between(first, last)
                },
            )
        )  # fmt: skip
    return {
        "figure": _figure(sides, dimension, code, first, last),
        "closed": sorted(country_name(one.country_code) for one in closed),
    }


def _figure(sides: Sequence[Side], dimension: str, code: str, first: Quarter, last: Quarter) -> pages.Figure:
    quarters = between(first, last)
    lines = [
        Series(side.name, [Point(q, round(one.value)) for q in quarters if isinstance(one := side.cells[q], Percent)])
        for side in sides
    ]
    drawn = [one for one in lines if one.points][: pages.MOST_LINES]
    return pages.Figure(
        "countries",
        f"{words.dimension_label(dimension)}: {words.label(dimension, code)}",
        "percent",
        chart(drawn) if len(quarters) > 1 else None,
        len([one for one in lines if one.points]) > pages.MOST_LINES,
        [side.name for side in sides],
        [(words.quarter_short(q), [_text(side.cells[q]) for side in sides]) for q in reversed(quarters)],
    )


def _text(one: Percent | Why) -> str:
    if isinstance(one, Percent):
        return _("%(number)s %%") % {"number": words.number(one.value)}
    return {
        Why.MISSING: _("not there"),
        Why.LIST: _("another list"),
        Why.BREAK: _("before a break"),
        Why.FEW: _("too few contacts"),
        Why.SMALL: _("small number"),
    }[one]


def _told(dimension: str, members: Sequence[int], first: Quarter, last: Quarter) -> dict[tuple[int, Quarter], Told]:
    span = (str(first), str(last))
    schemes = {
        (centre_id, quarter): scheme
        for centre_id, quarter, scheme in Reported.objects.filter(
            centre_id__in=members, quarter__range=span
        ).values_list("centre_id", "quarter", "scheme")
    }
    rows = Fact.objects.filter(dimension=dimension, quarter__range=span, reported__centre_id__in=members)
    found: defaultdict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    for centre_id, quarter, code, number in rows.values_list("reported__centre_id", "quarter", "code", "number"):
        found[centre_id, quarter][code] = number
    return {
        (centre_id, quarter_named(quarter)): Told(found.get((centre_id, quarter), {}), scheme)
        for (centre_id, quarter), scheme in schemes.items()
    }


def _scheme_of(told: Mapping[tuple[int, Quarter], Told], looking: Centre, last: Quarter) -> str:
    """The list of the last quarter: one's own, or the one that most have."""
    if (looking.pk, last) in told:
        return told[looking.pk, last].scheme
    names = sorted(one.scheme for (_member, quarter), one in told.items() if quarter == last)
    return max(names, key=names.count, default="")


def _last_break(breaks: Sequence[Break], member: Centre, first: Quarter, last: Quarter) -> Quarter | None:
    mine = [quarter_named(one.quarter) for one in breaks if one.member_id in (None, member.pk)]
    return max((one for one in mine if first < one <= last), default=None)


def _network_side(
    looking: Centre, network: Centre, dimension: str, code: str, first: Quarter, last: Quarter
) -> Side:  # fmt: skip
    """What the one that looks may see of the network: at the network what is accepted, elsewhere what is published."""
    is_network = looking.kind == Centre.Kind.NETWORK
    series = pages.staff_series(first, last) if is_network else pages.public_series(network)
    points = {one.quarter: one.value for one in series.get((dimension, code), ())}
    since = _last_break([one for one in breaks_of(network, [dimension]) if one.member_id is None], network, first, last)
    cells: dict[Quarter, Percent | Why] = {}
    for quarter in between(first, last):
        broken = since is not None and quarter < since
        cells[quarter] = Why.BREAK if broken else Percent(points[quarter]) if quarter in points else Why.MISSING
    return Side(_("The network"), cells)
