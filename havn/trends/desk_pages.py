"""What staff see of a quarter that is reported: sums beside those before, flags, and members side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from havn.tenancy.models import Centre
from havn.trends import words
from havn.trends.pages import MISSING
from havn.trends.queries.articles import articles_visible_to_public
from havn.trends.queries.moves import moves_of
from havn.trends.queries.network import (
    DIMENSIONS,
    facts_by_centre,
    facts_of,
    open_to_comparison,
    quarter_parts,
    reports_of,
)
from havn.trends.rules.draft import seen_part
from havn.trends.rules.moves import points_of
from havn.trends.rules.network import LEAST_BASE, SMALL, UNKNOWN, Seen
from havn.trends.rules.numbers import Percent, Points, change, share
from havn.trends.rules.outliers import Flag, flags
from havn.trends.rules.quarters import Quarter


@dataclass(frozen=True)
class Sums:
    """The network's quarter as somebody sees it: its total, its lists, how many centres gave to each number, and by how
    many points shares moved since the quarter and the year before."""

    total: int | None
    lists: Mapping[str, Seen]
    centres: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    since_quarter: Mapping[str, Mapping[str, Points]] = field(default_factory=dict)
    since_year: Mapping[str, Mapping[str, Points]] = field(default_factory=dict)


def accepted_sums(network: Centre, quarter: Quarter) -> Sums:
    """What is accepted now, with nothing left out: for the network's own people."""
    parts = quarter_parts(quarter)
    total = parts.pop("total", None)
    moved = [
        {name: points_of(one.shares(whole=True)) for name, one in moves_of(network, before, quarter).items()}
        for before in (quarter.before, quarter.year_before)
    ]
    return Sums(
        total.known if total is not None else None,
        {name: part.everything() for name, part in parts.items()},
        {name: {code: cell.centres for code, cell in part.cells.items()} for name, part in parts.items()},
        *moved,
    )


def published_sums(network: Centre, quarter: Quarter) -> Sums | None:
    """For members: what the public reads, once it does. Before that each acceptance would move sums beside the name of
    whom it came from, and a member could take its own numbers away."""
    article = articles_visible_to_public(network).filter(quarter=str(quarter)).first()
    if article is None:
        return None
    moved = [
        {
            name: points_of({code: (before, now) for code, (before, now) in one["codes"].items()})
            for name, one in article.figures["moved"][since].items()
        }
        for since in ("quarter", "year")
    ]
    lists = {name: seen_part(part) for name, part in article.figures["parts"].items()}
    return Sums(article.figures["total"], lists, {}, *moved)


def network_lists(sums: Sums, own: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    """Each list of the network's quarter: numbers, shares, moves. `own` are those of the centre that looks."""
    return [
        {
            "key": dimension,
            "title": words.dimension_label(dimension),
            "rows": _rows(dimension, sums, own.get(dimension, {})),
            "known": words.number(known) if (known := sums.lists[dimension].known) else "",
            "has_own": dimension in own,
            "has_centres": dimension in sums.centres,
        }
        for dimension in DIMENSIONS
        if dimension in sums.lists
    ]


def _rows(dimension: str, sums: Sums, mine: Mapping[str, int]) -> list[dict[str, str | float]]:
    seen = sums.lists[dimension]
    base = sum(number for code, number in mine.items() if code != UNKNOWN)
    most = max((number or 0 for number in seen.numbers.values()), default=0)
    centres = sums.centres.get(dimension, {})
    return [
        {
            "label": words.label(dimension, code),
            "number": words.number(number) if number is not None else _("left out"),
            "centres": str(centres.get(code, "")),
            "share": _percent(seen.share(code)),
            "since_quarter": _points(sums.since_quarter.get(dimension, {}).get(code)),
            "since_year": _points(sums.since_year.get(dimension, {}).get(code)),
            "own": _percent(share(mine.get(code, 0), base)) if mine and code != UNKNOWN else MISSING,
            "bar": round(100 * number / most, 1) if number and most else 0,
        }
        for code, number in sorted(seen.numbers.items(), key=lambda one: (one[0] == UNKNOWN, -(one[1] or 0), one[0]))
    ]


def _points(moved: Points | None) -> str:
    return MISSING if moved is None else words.change_in_points(moved.value)


def _percent(one: Percent | None, places: int = 1) -> str:
    return MISSING if one is None else _("%(number)s %%") % {"number": words.number(one.value, places)}


def flag_rows(quarter: Quarter) -> list[dict[str, str]]:
    """What differs much from the quarter or the year before, centre by centre, for the network's own people."""
    rows = []
    for report in reports_of(quarter):
        now = facts_of(report.centre_id, quarter)
        for against, words_of in (
            (quarter.before, _("the quarter before")),
            (quarter.year_before, _("the same quarter a year before")),
        ):
            old = facts_of(report.centre_id, against)
            if not old:
                continue
            for dimension in ("total", *DIMENSIONS):
                for flag in flags(now.get(dimension, {}), old.get(dimension, {})):
                    rows.append((-abs(flag.deviations), _flag_row(report.centre, dimension, flag, words_of)))
    return [row for _far, row in sorted(rows, key=lambda one: one[0])]


def _flag_row(centre: Centre, dimension: str, flag: Flag, against: str) -> dict[str, str]:
    moved = change(flag.now, flag.before)
    name = words.dimension_label("total") if dimension == "total" else words.label(dimension, flag.code)
    return {
        "centre": centre.name,
        "what": name,
        "now": words.number(flag.now),
        "before": words.number(flag.before),
        "against": against,
        "change": words.change_in_points(moved.value) + " %" if moved is not None else MISSING,
    }


def comparison(quarter: Quarter, dimension: str, *, looking: Centre, sums: Sums | None) -> dict[str, Any] | None:
    """Shares of the members that let it be seen, side by side with one's own and the network's. None without any.

    Only members that reported from the same list; whole per cent, and nothing of fewer than five contacts.
    """
    reports = reports_of(quarter)
    is_network = looking.kind == Centre.Kind.NETWORK
    schemes = [one.scheme for one in reports if one.centre_id == looking.pk] or [one.scheme for one in reports]
    seen = open_to_comparison([one.centre_id for one in reports]) | {looking.pk}
    members = [one for one in reports if one.centre_id in seen and (dimension != "reason" or one.scheme == schemes[0])]
    if not members or (not is_network and {one.centre_id for one in members} == {looking.pk}):
        return None
    by_centre = facts_by_centre(quarter, dimension)
    network = sums.lists.get(dimension) if sums is not None else None
    codes = sorted(
        {code for one in members for code in by_centre.get(one.centre_id, {})} - {UNKNOWN},
        key=lambda code: words.label(dimension, code),
    )
    return {
        "title": words.dimension_label(dimension),
        "heads": [_("The network"), *(one.centre.name for one in members)],
        "rows": [
            (
                words.label(dimension, code),
                [
                    _network_share(network, code),
                    *(
                        _member_share(by_centre.get(one.centre_id, {}), code, own=one.centre_id == looking.pk)
                        for one in members
                    ),
                ],
            )
            for code in codes
        ],
    }


def _network_share(network: Seen | None, code: str) -> str:
    return MISSING if network is None else _percent(network.share(code), 0)


def _member_share(numbers: Mapping[str, int], code: str, *, own: bool) -> str:
    base = sum(number for one, number in numbers.items() if one != UNKNOWN)
    number = numbers.get(code, 0)
    if base < LEAST_BASE or (not own and number < SMALL):
        return MISSING
    return _percent(share(number, base), 0)
