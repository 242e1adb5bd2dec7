"""The network's quarters out of the helplines' own."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from havn.tenancy.models import Centre, Service
from havn.trends.models import Comparison, Fact, QuarterSum, Reported
from havn.trends.rules.network import Cell, Part
from havn.trends.rules.quarters import Quarter, quarter_named
from havn.trends.sources import sources

DIMENSIONS = ("reason", "channel", "person", "gender", "place")


def trend(dimension: str, first: Quarter, last: Quarter) -> dict[Quarter, Part]:
    """One dimension of every quarter of a span, in one query; quarters that nobody reported are missing."""
    rows = QuarterSum.objects.filter(dimension=dimension, quarter__range=(str(first), str(last))).order_by("quarter")
    found: defaultdict[str, dict[str, Cell]] = defaultdict(dict)
    for quarter, code, number, centres, largest in rows.values_list("quarter", "code", "number", "centres", "largest"):
        found[quarter][code] = Cell(number, centres, largest)
    return {quarter_named(quarter): Part(cells) for quarter, cells in found.items()}


def quarter_parts(quarter: Quarter) -> dict[str, Part]:
    """Every dimension of one quarter, "total" too."""
    rows = QuarterSum.objects.filter(quarter=str(quarter))
    found: defaultdict[str, dict[str, Cell]] = defaultdict(dict)
    for dimension, code, number, centres, largest in rows.values_list(
        "dimension", "code", "number", "centres", "largest"
    ):
        found[dimension][code] = Cell(number, centres, largest)
    return {dimension: Part(cells) for dimension, cells in found.items()}


def quarters_reported() -> list[Quarter]:
    """The quarters of which something was accepted, the latest first."""
    names = Reported.objects.order_by("-quarter").values_list("quarter", flat=True).distinct()
    return [quarter_named(name) for name in names]


@dataclass(frozen=True)
class Who:
    """Who reported a quarter, and who was asked and did not, by name."""

    reported: list[Centre]
    missing: list[Centre]

    @property
    def asked(self) -> int:
        return len(self.reported) + len(self.missing)


def who_reported(quarter: Quarter) -> Who:
    """Of those that were asked: by the round, or else every country with a helpline."""
    there = set(Reported.objects.filter(quarter=str(quarter)).values_list("centre_id", flat=True))
    asked: set[int] | None = None
    for source in sources():
        told = source.asked(quarter)
        if told is not None:
            asked = (asked or set()) | set(told)
    if asked is None:
        lines = Service.objects.filter(kind=Service.Kind.HELPLINE)
        asked = set(
            Centre.objects.national()
            .filter(pk__in=lines.values("organisation__centre_id"))
            .values_list("pk", flat=True)
        )
    rows = list(Centre.objects.filter(pk__in=asked | there).order_by("name", "pk"))
    return Who([one for one in rows if one.pk in there], [one for one in rows if one.pk not in there])


def totals_by_centre(quarter: Quarter) -> dict[int, int]:
    """How many contacts each centre reported."""
    rows = Fact.objects.filter(quarter=str(quarter), dimension="total")
    return dict(rows.values_list("reported__centre_id", "number"))


def facts_of(centre_id: int, quarter: Quarter) -> dict[str, dict[str, int]]:
    """One centre's quarter: dimension, code, number. Empty where it reported none."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    rows = Fact.objects.filter(quarter=str(quarter), reported__centre_id=centre_id)
    for dimension, code, number in rows.values_list("dimension", "code", "number"):
        found[dimension][code] = number
    return dict(found)


def facts_by_centre(quarter: Quarter, dimension: str) -> dict[int, dict[str, int]]:
    """One dimension of every centre's quarter."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    rows = Fact.objects.filter(quarter=str(quarter), dimension=dimension)
    for centre_id, code, number in rows.values_list("reported__centre_id", "code", "number"):
        found[centre_id][code] = number
    return dict(found)


def reports_of(quarter: Quarter) -> list[Reported]:
    """The accepted reports of a quarter with their centres, by name."""
    return list(Reported.objects.filter(quarter=str(quarter)).select_related("centre").order_by("centre__name"))


def open_to_comparison(centre_ids: Sequence[int]) -> set[int]:
    """Those of the centres that let the others see their shares."""
    rows = Comparison.objects.filter(centre_id__in=centre_ids, is_open=True)
    return set(rows.values_list("centre_id", flat=True))
