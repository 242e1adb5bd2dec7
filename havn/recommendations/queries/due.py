"""What is due, and what is overdue."""

import datetime as dt

from django.db.models import Q, QuerySet

from havn.recommendations.models import FollowUp, MonitoringRound
from havn.tenancy.models import Centre


def open_follow_ups(party: Centre) -> QuerySet[FollowUp]:
    """Those of a Party with a day that is due, the earliest first, without what the scale of its round calls done."""
    found = FollowUp.objects.filter(factsheet__party=party, due_on__isnull=False).exclude(_done())
    shown = found.select_related("factsheet__round", "factsheet__party", "ask", "chapter", "responsible", "alternate")
    return shown.order_by("due_on", "pk")


def overdue_count(party: Centre, today: dt.date) -> int:
    """How many of them have passed their day."""
    return open_follow_ups(party).filter(due_on__lt=today).count()


def _done() -> Q:
    done = Q(pk__in=[])
    for pk, statuses in MonitoringRound.objects.values_list("pk", "statuses"):
        done |= Q(factsheet__round=pk, status__in=[one["code"] for one in statuses if one["is_done"]])
    return done
