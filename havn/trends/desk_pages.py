"""What staff see of a quarter that is reported: sums beside those before, flags, and members side by side."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from havn.tenancy.models import Centre
from havn.trends import words
from havn.trends.pages import MISSING
from havn.trends.queries.network import (
    DIMENSIONS,
    facts_by_centre,
    facts_of,
    open_to_comparison,
    quarter_parts,
    reports_of,
)
from havn.trends.rules.network import LEAST_BASE, SMALL, UNKNOWN, Part
from havn.trends.rules.numbers import Percent, change, share
from havn.trends.rules.outliers import Flag, flags
from havn.trends.rules.quarters import Quarter


def network_lists(quarter: Quarter, own: Mapping[str, Mapping[str, int]], *, whole: bool) -> list[dict[str, Any]]:
    """Each list of the network's quarter: numbers, shares, moves since the quarter before and the year before.

    `whole`: also what may not be shown to members. `own` are the numbers of the centre that looks, if it reported.
    """
    now, before, year = (quarter_parts(one) for one in (quarter, quarter.before, quarter.year_before))
    return [
        {
            "key": dimension,
            "title": words.dimension_label(dimension),
            "rows": _rows(dimension, now[dimension], before.get(dimension), year.get(dimension), own, whole=whole),
            "known": words.number(now[dimension].known),
            "has_own": dimension in own,
        }
        for dimension in DIMENSIONS
        if dimension in now
    ]


def _rows(
    dimension: str,
    now: Part,
    before: Part | None,
    year: Part | None,
    own: Mapping[str, Mapping[str, int]],
    *,
    whole: bool,
) -> list[dict[str, str | float]]:
    hidden = frozenset[str]() if whole else now.hidden()
    mine = own.get(dimension, {})
    base = sum(number for code, number in mine.items() if code != UNKNOWN)
    most = max((cell.number for code, cell in now.cells.items() if code not in hidden), default=0)
    rows: list[dict[str, str | float]] = []
    for code, cell in sorted(now.cells.items(), key=lambda one: (one[0] == UNKNOWN, -one[1].number, one[0])):
        shown = code not in hidden
        one = share(cell.number, now.known) if shown and code != UNKNOWN else None
        rows.append(
            {
                "label": words.label(dimension, code),
                "number": words.number(cell.number) if shown else _("left out"),
                "centres": str(cell.centres) if shown else "",
                "share": _percent(one),
                "since_quarter": _moved(one, before, code, whole=whole),
                "since_year": _moved(one, year, code, whole=whole),
                "own": _percent(share(mine.get(code, 0), base)) if mine and code != UNKNOWN else MISSING,
                "bar": round(100 * cell.number / most, 1) if shown and most else 0,
            }
        )
    return rows


def _moved(now: Percent | None, part: Part | None, code: str, *, whole: bool) -> str:
    if now is None or part is None or code not in part.cells or (not whole and code in part.hidden()):
        return MISSING
    before = share(part.cells[code].number, part.known)
    return MISSING if before is None else words.change_in_points((now - before).value)


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


def comparison(quarter: Quarter, dimension: str, *, looking: Centre) -> dict[str, Any] | None:
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
    network = quarter_parts(quarter).get(dimension)
    codes = sorted(
        {code for one in members for code in by_centre.get(one.centre_id, {})} - {UNKNOWN},
        key=lambda code: words.label(dimension, code),
    )
    hidden = network.hidden() if network is not None else frozenset()
    return {
        "title": words.dimension_label(dimension),
        "heads": [_("The network"), *(one.centre.name for one in members)],
        "rows": [
            (
                words.label(dimension, code),
                [
                    _network_share(network, code, hidden),
                    *(
                        _member_share(by_centre.get(one.centre_id, {}), code, own=one.centre_id == looking.pk)
                        for one in members
                    ),
                ],
            )
            for code in codes
        ],
    }


def _network_share(network: Part | None, code: str, hidden: frozenset[str]) -> str:
    if network is None or code in hidden or code not in network.cells:
        return MISSING
    return _percent(share(network.cells[code].number, network.known), 0)


def _member_share(numbers: Mapping[str, int], code: str, *, own: bool) -> str:
    base = sum(number for one, number in numbers.items() if one != UNKNOWN)
    number = numbers.get(code, 0)
    if base < LEAST_BASE or (not own and number < SMALL):
        return MISSING
    return _percent(share(number, base), 0)
