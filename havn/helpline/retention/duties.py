"""When somebody was on duty is forgotten after a year: it says when a volunteer was where."""

import datetime as dt

from havn.helpline.models import Duty

DUTIES_KEPT = dt.timedelta(days=365)
# Small steps, so that SQLite's one write lock is free in between.
_AT_ONCE = 500


def forget_old(now: dt.datetime) -> int:
    """Destroy the duties that ended over a year ago. Returns how many. For the nightly purge; it may run twice."""
    limit_ms = int((now - DUTIES_KEPT).timestamp() * 1000)
    gone = 0
    while some := list(Duty.objects.filter(ended_at_ms__lt=limit_ms).values_list("pk", flat=True)[:_AT_ONCE]):
        gone += len(some)
        Duty.objects.filter(pk__in=some).delete()
    return gone
