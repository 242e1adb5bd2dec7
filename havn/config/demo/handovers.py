"""Hand-overs and reports to platforms for the demo: what came of those of the last months, and a few open reports."""

import random

from django.db import transaction

from havn.accounts.models import User
from havn.common.clock import from_ms, now_ms
from havn.handover.models import HandoverCount, PlatformReport, PlatformReportCount
from havn.handover.rules.reports import DAY_MS
from havn.helpline.rules.record import half_hour_of
from havn.tenancy.models import Service

CLOSED = (("TikTok", 9), ("Snapchat", 14), ("Instagram", 12), ("Discord", 3))
OPEN = (("Snapchat", "content", 9), ("TikTok", "account", 3), ("Roblox", "content", 1))
STATES = ["gone"] * 6 + ["declined"] * 3 + ["withdrawn"]
ASKED = 14


@transaction.atomic
def make_handovers(service: Service, counsellors: list[User]) -> None:
    """Make them for one helpline, once. No talk and no text stands behind any of them."""
    if not counsellors or PlatformReport.objects.filter(service=service).exists():
        return
    dice = random.Random(f"reports of {service.slug}")  # noqa: S311 - invented figures, the same on every machine
    at = now_ms()
    routes = list(service.organisation.centre.handover_routes.filter(in_use=True).values_list("key", "kind"))
    HandoverCount.objects.bulk_create(
        HandoverCount(
            service=service,
            route=route,
            kind=kind,
            state=dice.choice(STATES),
            half_hour_ms=half_hour_of(at - dice.randint(1, 200) * DAY_MS),
        )
        for route, kind in routes
        for _number in range(ASKED // len(routes))
    )
    PlatformReportCount.objects.bulk_create(
        PlatformReportCount(
            service=service,
            platform=platform,
            kind="content",
            removed=dice.random() < 0.5,
            days=dice.randint(0, 20),
            month=from_ms(at - dice.randint(5, 200) * DAY_MS).date().replace(day=1),
        )
        for platform, count in CLOSED
        for _number in range(count)
    )
    PlatformReport.objects.bulk_create(
        PlatformReport(
            service=service,
            platform=platform,
            kind=kind,
            once=f"demo-{number}",
            raised_by=counsellors[0],
            raised_at_ms=at - days * DAY_MS,
            moved_at_ms=at - days * DAY_MS,
        )
        for number, (platform, kind, days) in enumerate(OPEN)
    )
