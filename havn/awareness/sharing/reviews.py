"""Pages that must be looked at again, by the organisation that answers for them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from wagtail.models import Page

from havn.awareness.kinds import page_models
from havn.awareness.models import EditorialPage
from havn.awareness.queries import visible_pages
from havn.awareness.rules.reviewing import due_on, is_near, is_past
from havn.common.clock import now
from havn.common.recent import Recent
from havn.tenancy.models import Centre

_counts: Recent[int] = Recent()


@dataclass(frozen=True)
class Due:
    """A page, the last day on which it may be trusted, and whether that is over."""

    page: EditorialPage
    due: dt.date
    past: bool


def reviews_due(centre: Centre) -> list[tuple[str, list[Due]]]:
    """Published pages past or near their day, the oldest first, by the name of the organisation ("": nobody's)."""
    today = _today(centre)
    days = {number: day for number, day in _days(centre).items() if is_near(day, today)}
    pages: Any = Page.objects.filter(pk__in=days).select_related("locale").specific()
    by_organisation: dict[str, list[Due]] = {}
    for page in sorted(pages, key=lambda one: (days[one.pk], one.title)):
        name = page.organisation.name if page.organisation else ""
        day = days[page.pk]
        by_organisation.setdefault(name, []).append(Due(page, day, is_past(day, today)))
    return sorted(by_organisation.items())


def count_past(centre: Centre) -> int:
    """How many published pages are past their day."""
    known = _counts.known(centre.pk)
    if known is not None:
        return known
    today = _today(centre)
    return _counts.read(centre.pk, lambda: sum(is_past(day, today) for day in _days(centre).values())) or 0


def _days(centre: Centre) -> dict[int, dt.date]:
    """The last day of every published page that has one."""
    live = visible_pages(centre).order_by().values("pk")
    days: dict[int, dt.date] = {}
    for model in page_models():
        dated = "as_of" in {field.name for field in model._meta.get_fields()}
        rows = model._default_manager.filter(pk__in=live).values_list("pk", "review_by", *(["as_of"] if dated else []))
        for number, review_by, *as_of in rows:
            due = due_on(review_by, as_of[0] if as_of else None)
            if due is not None:
                days[number] = due
    return days


def _today(centre: Centre) -> dt.date:
    return now().astimezone(ZoneInfo(centre.time_zone)).date()
