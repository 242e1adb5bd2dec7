"""Writing down how often pages were used."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Case, F, Value, When
from wagtail.models import Page

from havn.awareness.models import PageUse

Uses = Mapping[tuple[int, dt.date, str], int]
"""How many by page, first day of the month, and kind."""


@transaction.atomic
def add_uses(*, uses: Uses) -> None:
    """Add to the counts: three statements, however many pages. Processes that write at once add up.

    A page that is gone meanwhile is left out. Nobody acts here, so no trail is kept of it.
    """
    asked = {page for page, _, _ in uses}
    # Held until the end, in one order: nobody deletes a page in between, and two writers never wait for each other.
    there = set(
        Page.objects.filter(pk__in=asked).order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True)
    )
    kept = {key: number for key, number in uses.items() if key[0] in there}
    if not kept:
        return
    rows = [PageUse(page_id=page, month=month, kind=kind) for page, month, kind in kept]
    PageUse.objects.bulk_create(rows, ignore_conflicts=True)
    found = PageUse.objects.filter(page_id__in=there, month__in={month for _, month, _ in kept})
    more = {
        row.pk: kept[key] for row in found if (key := (row.page_id, row.month, PageUse.Kind(row.kind).value)) in kept
    }
    cases = [When(pk=pk, then=Value(number)) for pk, number in more.items()]
    PageUse.objects.filter(pk__in=more).update(count=F("count") + Case(*cases))
