"""Taking accepted quarters in as facts, and taking all of them anew."""

from django.db import transaction
from django.db.models import Count, Max, Sum

from havn.common.clock import now
from havn.tenancy.models import Centre
from havn.trends.models import SYSTEM, Break, Fact, QuarterSum, Reported
from havn.trends.queries.network import DIMENSIONS
from havn.trends.rules.answers import filled
from havn.trends.rules.quarters import Quarter, quarter_named
from havn.trends.sources import QuarterReport, sources

TOTAL = ("total", "all")
_LONGEST = 60


@transaction.atomic
def take_report(report: QuarterReport) -> None:
    """Write a centre's quarter in the place of the one before. ValueError for numbers below nought, a missing total or
    a code that no list can hold: such a report must not have been accepted. Contacts of which a list says nothing are
    not known in it, so that every list adds up to the total."""
    if TOTAL not in report.facts:
        raise ValueError("A report has a total.")
    if any(number < 0 or len(code) > _LONGEST for (_dimension, code), number in report.facts.items()):
        raise ValueError("A count is never below zero, and a code is short.")
    _lock()
    row, _made = Reported.objects.update_or_create(
        centre_id=report.centre_id,
        quarter=str(report.quarter),
        defaults={"scheme": report.scheme, "revision": report.revision, "taken_at": now()},
    )
    Fact.objects.filter(reported=row).delete()
    Fact.objects.bulk_create(
        Fact(reported=row, quarter=row.quarter, dimension=dimension, code=code, number=number)
        for (dimension, code), number in filled(report.facts, DIMENSIONS).items()
        if number or (dimension, code) == TOTAL
    )
    _add_up(row.quarter)
    _mark_break(report)


@transaction.atomic
def take_back(*, centre_id: int, quarter: Quarter) -> bool:
    """A report is accepted no longer: its facts go. Returns whether there were any."""
    _lock()
    gone = bool(Reported.objects.filter(centre_id=centre_id, quarter=str(quarter)).delete()[0])
    _add_up(str(quarter))
    return gone


def rebuild() -> tuple[int, int]:
    """Take everything anew from the sources, a report in a transaction. Returns how many were taken and taken away.

    What no source knows goes; without any source nothing is touched.
    """
    if not sources():
        return 0, 0
    kept: set[tuple[int, str]] = set()
    for source in sources():
        for report in source.accepted(None):
            take_report(report)
            kept.add((report.centre_id, str(report.quarter)))
    gone = 0
    for row in Reported.objects.only("pk", "centre_id", "quarter"):
        if (row.centre_id, row.quarter) not in kept:
            take_back(centre_id=row.centre_id, quarter=quarter_named(row.quarter))
            gone += 1
    return len(kept), gone


def _lock() -> None:
    """One at a time: sums that are made from the facts of all must see the facts of all."""
    list(Centre.objects.select_for_update().filter(kind=Centre.Kind.NETWORK).order_by("pk")[:1])


def _mark_break(report: QuarterReport) -> None:
    """What the centre says of its own counting is a break of its series; a correction takes it back."""
    network = Centre.objects.filter(kind=Centre.Kind.NETWORK).order_by("pk").first()
    if network is None:
        return
    key = f"{SYSTEM}{report.centre_id}-{report.quarter}"
    if not report.system_changed:
        Break.objects.filter(centre=network, key=key).delete()
        return
    Break.objects.update_or_create(
        centre=network,
        key=key,
        defaults={"quarter": str(report.quarter), "kind": Break.Kind.MEMBER, "member_id": report.centre_id},
    )


def _add_up(quarter: str) -> None:
    """Make the sums of a quarter anew."""
    sums = (
        Fact.objects.filter(quarter=quarter)
        .values_list("dimension", "code")
        .annotate(whole=Sum("number"), centres=Count("pk"), largest=Max("number"))
        .order_by()
    )
    QuarterSum.objects.filter(quarter=quarter).delete()
    QuarterSum.objects.bulk_create(
        QuarterSum(quarter=quarter, dimension=dimension, code=code, number=whole, centres=centres, largest=largest)
        for dimension, code, whole, centres, largest in sums
    )
