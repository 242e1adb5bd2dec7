"""The nightly comparison of counts with their rows."""

import datetime as dt

from havn.common.clock import now
from havn.statistics.checking import check
from havn.tasks.api import Stopped, should_stop, task

# Every night what may still change, and a little more; on Sundays everything.
NIGHTLY = dt.timedelta(days=40)
SUNDAY = 6


@task(lease_s=600)
def check_counts() -> int:
    """Compare, and keep what was found for the screen "Health". Returns how many counts differ."""
    today = now().date()
    found = 0
    for _difference in check(since=None if today.weekday() == SUNDAY else today - NIGHTLY):
        found += 1
        if should_stop():
            raise Stopped
    return found
