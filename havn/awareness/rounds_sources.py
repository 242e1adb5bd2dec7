"""Figures of what a centre publishes for the forms of rounds: resources new, brought up to date, and translated."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.awareness.models import Adaptation, ResourcePage
from havn.awareness.queries import visible_pages
from havn.common.dates import day
from havn.rounds.api import Found, Source, register_source
from havn.statistics.rules.periods import Period
from havn.tenancy.models import Centre

Moments = tuple[dt.datetime, dt.datetime]


def register() -> None:
    """Fill the registry of rounds. Called from AppConfig.ready()."""
    rows: tuple[tuple[str, Any, Callable[[Centre, Moments], int]], ...] = (
        ("new", gettext_lazy("Resources published for the first time"), _new),
        ("updated", gettext_lazy("Resources published again"), _updated),
        ("translated", gettext_lazy("Resources translated or adapted from another centre"), _translated),
    )
    for name, label, count in rows:
        register_source(Source(f"awareness.resources_{name}", partial(str, label), partial(_found, count)))


def _found(count: Callable[[Centre, Moments], int], centre: Centre, period: Period) -> Found | None:
    if not _resources(centre).exists():
        return None
    zone = ZoneInfo(centre.time_zone)
    begins = dt.datetime.combine(period.first, dt.time(0), tzinfo=zone)
    ends = dt.datetime.combine(period.last + dt.timedelta(days=1), dt.time(0), tzinfo=zone)
    said = _("From the resources that you have published, %(first)s to %(last)s.") % {
        "first": day(period.first), "last": day(period.last)
    }  # fmt: skip
    return Found(count(centre, (begins, ends)), said)


def _new(centre: Centre, moments: Moments) -> int:
    return int(_within(_resources(centre), "first_published_at", moments).count())


def _updated(centre: Centre, moments: Moments) -> int:
    """First published before the period, and published again in it as the last time so far."""
    found = _within(_resources(centre), "last_published_at", moments)
    return int(found.filter(first_published_at__lt=moments[0]).count())


def _translated(centre: Centre, moments: Moments) -> int:
    ids = _resources(centre).values("pk")
    return _within(Adaptation.objects.filter(page_id__in=ids), "made_at", moments).count()  # type: ignore[no-any-return]


def _resources(centre: Centre) -> Any:
    return ResourcePage.objects.filter(pk__in=visible_pages(centre).values("pk"))


def _within(rows: Any, field: str, moments: Moments) -> Any:
    return rows.filter(**{f"{field}__gte": moments[0], f"{field}__lt": moments[1]})
