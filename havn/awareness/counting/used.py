"""Reads of the counts of uses, for those who write the pages."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum
from wagtail.models import Page

from havn.awareness.models import EditorialPage, PageUse
from havn.awareness.queries import Pages, fronts_of
from havn.tenancy.models import Centre

MONTHS = 3


@dataclass(frozen=True)
class UsedPage:
    """A page, how often it was opened in each of the months, and its totals by kind, in the order of `PageUse.Kind`."""

    page: EditorialPage
    opened: list[int]
    totals: list[int]


@dataclass(frozen=True)
class UseTable:
    """The pages that were used, the most opened first, and the sums of all in the same columns."""

    rows: list[UsedPage]
    sums: list[int]


@dataclass(frozen=True)
class UsedMonth:
    """One count."""

    page: EditorialPage
    month: dt.date
    kind: str
    count: int


def last_months(today: dt.date, number: int) -> list[dt.date]:
    """The first days of the last months, this one last."""
    first = today.replace(day=1)
    found = [first]
    while len(found) < number:
        first = (first - dt.timedelta(days=1)).replace(day=1)
        found.append(first)
    return found[::-1]


def use_table(centre: Centre, months: list[dt.date]) -> UseTable:
    """Everything that was counted of the centre's pages, published today or not."""
    counts: Counter[tuple[int, str]] = Counter()
    rows = PageUse.objects.filter(page__in=_all_of(centre).values("pk"))
    for page, kind, total in rows.values_list("page_id", "kind").annotate(total=Sum("count")).order_by():
        counts[page, kind] = total
    opened = {
        (page, month): count
        for page, month, count in rows.filter(kind=PageUse.Kind.VIEW, month__in=months).values_list(
            "page_id", "month", "count"
        )
    }
    used = [
        UsedPage(
            page,
            [opened.get((page.pk, month), 0) for month in months],
            [counts[page.pk, kind.value] for kind in PageUse.Kind],
        )
        for page in _pages(centre, {page for page, _ in counts})
    ]
    used.sort(key=lambda row: (-row.totals[0], row.page.title.casefold()))
    columns = zip(*(row.opened + row.totals for row in used), strict=True)
    return UseTable(used, [sum(column) for column in columns])


def rows_of_months(centre: Centre) -> list[UsedMonth]:
    """Every count of the centre's pages, the newest month first."""
    rows = list(PageUse.objects.filter(page__in=_all_of(centre).values("pk")).order_by("-month", "page_id", "kind"))
    pages = {page.pk: page for page in _pages(centre, {row.page_id for row in rows})}
    return [UsedMonth(pages[row.page_id], row.month, row.kind, row.count) for row in rows if row.page_id in pages]


def _all_of(centre: Centre) -> Pages:
    found = Page.objects.none()
    for front in fronts_of(centre):
        found = found | Page.objects.descendant_of(front, inclusive=True)
    return found


def _pages(centre: Centre, numbers: set[int]) -> list[EditorialPage]:
    pages = _all_of(centre).filter(pk__in=numbers).select_related("locale").specific()
    return [page for page in pages if isinstance(page, EditorialPage)]
