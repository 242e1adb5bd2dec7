"""Looking for reasons that rise beyond chance, in the last whole week of every helpline that counts here."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import transaction

from havn.common.clock import now
from havn.tenancy.models import Service
from havn.trends.models import Signal
from havn.trends.queries.warning import WEEK, monday_of, weekly_counts
from havn.trends.rules.warning import judge


def watch_all(*, at: dt.datetime) -> int:
    """Look at every helpline. Returns how many signals were found. May run any number of times a week."""
    found = 0
    lines = Service.objects.filter(kind=Service.Kind.HELPLINE, organisation__centre__is_hosted=True)
    for service in lines.select_related("organisation__centre").order_by("pk"):
        found += watch(service, at=at)
    return found


def watch(service: Service, *, at: dt.datetime) -> int:
    """Judge each reason's last whole week, on the centre's own clocks. A signal that was closed stays closed."""
    centre = service.organisation.centre
    week = monday_of(at.astimezone(ZoneInfo(centre.time_zone)).date()) - WEEK
    found = []
    for reason, row in weekly_counts(service, week).items():
        judged = judge(row) if row else None
        if judged is not None and judged.is_signal:
            found.append((reason, judged))
    with transaction.atomic():
        # A contact that was coded later may take a signal of this week back; one that was closed is kept.
        seen = Signal.objects.filter(service=service, week=week, closed_at__isnull=True, points__isnull=True)
        seen.exclude(reason__in=[reason for reason, _judged in found]).delete()
        for reason, judged in found:
            Signal.objects.update_or_create(
                service=service,
                week=week,
                reason=reason,
                defaults={
                    "centre_id": centre.pk,
                    "count": judged.count,
                    "expected": judged.expected,
                    "chance": judged.chance,
                    "is_long": judged.is_long,
                },
                create_defaults={
                    "centre_id": centre.pk,
                    "count": judged.count,
                    "expected": judged.expected,
                    "chance": judged.chance,
                    "is_long": judged.is_long,
                    "found_at": now(),
                },
            )
    return len(found)
