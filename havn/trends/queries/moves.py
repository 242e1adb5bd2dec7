"""What the same helplines answered in two quarters, so that a move is theirs and not that of who reported."""

from collections import defaultdict

from havn.tenancy.models import Centre
from havn.trends.models import Break, Fact, Reported
from havn.trends.queries.history import breaks_of
from havn.trends.queries.network import DIMENSIONS
from havn.trends.rules.moves import Moved
from havn.trends.rules.network import UNKNOWN, summed
from havn.trends.rules.quarters import Quarter, quarter_named


def moves_of(network: Centre, before: Quarter, now: Quarter) -> dict[str, Moved]:
    """By dimension; one whose list broke in between is missing, and so are members that began to count otherwise."""
    breaks = [one for one in breaks_of(network) if before < quarter_named(one.quarter) <= now]
    facts = _facts(before, now)
    found = {}
    for dimension in DIMENSIONS:
        mine = [one for one in breaks if one.dimension in ("", dimension)]
        if any(one.kind != Break.Kind.MEMBER for one in mine):
            continue
        by_quarter = [facts[str(quarter), dimension] for quarter in (now, before)]
        now_told, before_told = ({row[0] for row in rows if row[1] != UNKNOWN} for rows in by_quarter)
        both = now_told & before_told
        both -= {one.member_id for one in mine if one.member_id is not None}
        if dimension == "reason":
            both -= _with_another_list(before, now)
        new, old = (summed(row for row in rows if row[0] in both) for rows in by_quarter)
        if both:
            found[dimension] = Moved(len(both), new, old, (len(now_told - both), len(before_told - both)))
    return found


def _facts(before: Quarter, now: Quarter) -> dict[tuple[str, str], list[tuple[int, str, int]]]:
    rows = Fact.objects.filter(quarter__in=(str(before), str(now)), dimension__in=DIMENSIONS)
    found: defaultdict[tuple[str, str], list[tuple[int, str, int]]] = defaultdict(list)
    for quarter, dimension, centre_id, code, number in rows.values_list(
        "quarter", "dimension", "reported__centre_id", "code", "number"
    ):
        found[quarter, dimension].append((centre_id, code, number))
    return found


def _with_another_list(before: Quarter, now: Quarter) -> set[int]:
    """The centres whose reasons are from another list than before."""
    schemes: defaultdict[int, set[str]] = defaultdict(set)
    rows = Reported.objects.filter(quarter__in=(str(before), str(now)))
    for centre_id, scheme in rows.values_list("centre_id", "scheme"):
        schemes[centre_id].add(scheme)
    return {centre_id for centre_id, names in schemes.items() if len(names) > 1}
