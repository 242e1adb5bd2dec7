"""Loading the published history. Loading again brings it up to date and changes nothing else."""

import json
from pathlib import Path

from django.db import transaction

from havn.tenancy.models import Centre
from havn.trends.models import Break, HistoryQuarter, PublishedFigure
from havn.trends.queries.history import network_centre
from havn.trends.rules.published import PrintedQuarter, read_history

DATA = Path(__file__).resolve().parent.parent / "data"


def load_history() -> int:
    """Load the history and its breaks for the network's centre. Returns how many figures there are; 0 without it."""
    centre = network_centre()
    if centre is None:
        return 0
    printed = read_history((DATA / "insafe-quarters.csv").read_text(encoding="utf-8"))
    for quarter in printed:
        _quarter(centre, quarter)
    _breaks(centre)
    return sum(len(quarter.figures) for quarter in printed)


@transaction.atomic
def _quarter(centre: Centre, printed: PrintedQuarter) -> None:
    row, _made = HistoryQuarter.objects.update_or_create(
        centre=centre,
        quarter=str(printed.quarter),
        defaults={
            "basis": printed.basis,
            "basis_words": printed.basis_words,
            "other": printed.other,
            "source": printed.source,
        },
    )
    wanted = {(one.dimension, one.code): (one.value, one.qualifier, one.note) for one in printed.figures}
    known = {
        (one.dimension, one.code): (one.value, one.qualifier, one.note)
        for one in PublishedFigure.objects.filter(row=row)
    }
    if known == wanted:
        return
    PublishedFigure.objects.filter(row=row).delete()
    PublishedFigure.objects.bulk_create(
        PublishedFigure(row=row, dimension=dimension, code=code, value=value, qualifier=qualifier, note=note)
        for (dimension, code), (value, qualifier, note) in wanted.items()
    )


@transaction.atomic
def _breaks(centre: Centre) -> None:
    for one in json.loads((DATA / "breaks.json").read_text(encoding="utf-8"))["breaks"]:
        member = Centre.objects.national().filter(country_code=one["country"]).first() if "country" in one else None
        Break.objects.update_or_create(
            centre=centre,
            key=one["key"],
            defaults={
                "quarter": one["quarter"],
                "kind": one["kind"],
                "dimension": one["dimension"],
                "source": one["source"],
                "member": member,
            },
        )
