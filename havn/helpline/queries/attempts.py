"""Each attempt once, in every channel: what was offered, and what became of it.

offered = answered + left + closed + refused + waiting, by construction: every attempt stands under exactly one.
An attempt is counted where its contact is (`actions/counting.py`): an answered one in the half-hour when it was taken,
another in the half-hour when it began. What is no contact yet, an open or uncoded talk or a waiting child, is counted
from its turn.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from havn.common.clock import from_ms
from havn.helpline.models import Contact, Turn
from havn.helpline.rules.record import half_hour_of
from havn.tenancy.models import Service

RESULTS = ("answered", "left", "closed", "refused")


@dataclass(frozen=True, slots=True)
class Attempts:
    """What became of those who tried by one channel. `left_after`: of those who left, how many after which wait."""

    answered: int = 0
    left: int = 0
    closed: int = 0
    refused: int = 0
    waiting: int = 0
    left_after: Mapping[str, int] = field(default_factory=dict)

    @property
    def offered(self) -> int:
        """All of them, also who still waits."""
        return self.answered + self.left + self.closed + self.refused + self.waiting

    @property
    def unanswered(self) -> int:
        """Those who tried in vain, whyever."""
        return self.left + self.closed + self.refused

    @property
    def closed_or_refused(self) -> int:
        """Those whom we turned away."""
        return self.closed + self.refused

    @property
    def answered_share(self) -> float | None:
        """Answered among those of whom it is decided, 0 to 1; None when it is of nobody."""
        decided = self.offered - self.waiting
        return self.answered / decided if decided else None

    @property
    def answered_percent(self) -> int | None:
        """The share in whole per cent."""
        share = self.answered_share
        return None if share is None else round(100 * share)


def attempts_by_channel(services: Iterable[Service], *, since: dt.datetime, until: dt.datetime) -> dict[str, Attempts]:
    """Attempts of a period, by channel; a channel that nobody used is left out. Aware moments, `until` not included."""
    pks = [service.pk for service in services]
    counts: dict[str, Counter[str]] = {}
    left_after: dict[str, Counter[str]] = {}
    contacts = Contact.objects.filter(service_id__in=pks, half_hour__gte=since, half_hour__lt=until)
    for row in contacts.values("channel", "result", "waiting_band").annotate(times=Count("pk")).order_by():
        counts.setdefault(row["channel"], Counter())[row["result"]] += row["times"]
        if row["result"] == "left":
            left_after.setdefault(row["channel"], Counter())[row["waiting_band"]] += row["times"]
    for channel, state in _uncounted(pks, since, until):
        counts.setdefault(channel, Counter())[state] += 1
    return {
        channel: Attempts(
            **{result: count[result] for result in RESULTS},
            waiting=count["waiting"],
            left_after=dict(left_after.get(channel, {})),
        )
        for channel, count in counts.items()
    }


def midnight_at(service: Service, at_ms: int) -> dt.datetime:
    """The beginning of the day in the centre's time zone."""
    zone = ZoneInfo(service.organisation.centre.time_zone)
    return from_ms(at_ms).astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def _uncounted(service_ids: list[int], since: dt.datetime, until: dt.datetime) -> list[tuple[str, str]]:
    """(channel, "answered" or "waiting") of each turn that is no contact yet."""
    first, end = int(since.timestamp() * 1000), int(until.timestamp() * 1000)
    begun = Q(taken_at_ms__gte=first) | Q(taken_at_ms__isnull=True, waiting_since_ms__gte=first)
    turns = Turn.objects.filter(begun, service_id__in=service_ids, counted=False).values_list(
        "channel", "waiting_since_ms", "taken_at_ms", "counted_half_hour_ms", "counted_weight"
    )
    found = []
    for channel, waiting_ms, taken_ms, counted_ms, weight in turns:
        began_ms = waiting_ms if taken_ms is None else taken_ms
        if began_ms >= end:
            continue
        # The attempt before it in the same half-hour is a contact already, and will be one with this one (counting.py).
        known = counted_ms == half_hour_of(began_ms)
        if taken_ms is not None and not (known and weight):
            found.append((channel, "answered"))
        elif taken_ms is None and not known:
            found.append((channel, "waiting"))
    return found
