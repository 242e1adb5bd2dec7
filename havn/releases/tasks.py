"""What returns by the clock: forgetting what nobody published."""

import datetime as dt

from havn.common.clock import now
from havn.releases.models import Preparation
from havn.tasks.api import task

KEPT = dt.timedelta(days=30)


@task
def forget() -> int:
    """Every night: what was prepared and not published for a month. Returns how many."""
    return Preparation.objects.filter(asked_at__lt=now() - KEPT).delete()[0]
