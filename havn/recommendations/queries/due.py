"""What is due, what is overdue, and what waits for validation."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from havn.recommendations.models import FollowUp, FollowUpVersion, MonitoringRound
from havn.tenancy.models import Centre


def open_follow_ups(party: Centre) -> QuerySet[FollowUp]:
    """Those of a Party with a day that is due, the earliest first, without what the scale of its round calls done."""
    found = FollowUp.objects.filter(factsheet__party=party, due_on__isnull=False, replaced_by__isnull=True).exclude(
        _done()
    )
    shown = found.select_related("factsheet__round", "factsheet__party", "ask", "chapter", "responsible", "alternate")
    return shown.order_by("due_on", "pk")


def overdue_count(party: Centre, today: dt.date) -> int:
    """How many of them have passed their day."""
    return open_follow_ups(party).filter(due_on__lt=today).count()


def waiting(party: Centre) -> QuerySet[FollowUp]:
    """Those of a Party that wait for validation, the longest waiting first."""
    found = FollowUp.objects.filter(factsheet__party=party, state=FollowUp.State.SUBMITTED)
    shown = found.select_related("factsheet__round", "factsheet__party", "ask", "chapter", "written_by")
    return shown.order_by("changed_at", "pk")


def to_validate(party: Centre, person: int) -> QuerySet[FollowUp]:
    """Those of them that this person may validate: of which they wrote no version (`rules.states.may_validate`)."""
    own = FollowUpVersion.objects.filter(follow_up=OuterRef("pk"), written_by=person)
    return waiting(party).exclude(written_by=person).exclude(Exists(own))


def _done() -> Q:
    done = Q(pk__in=[])
    for pk, statuses in MonitoringRound.objects.values_list("pk", "statuses"):
        done |= Q(factsheet__round=pk, status__in=[one["code"] for one in statuses if one["is_done"]])
    return done
