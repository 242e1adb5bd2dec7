"""The purge as background work. Each may run twice, or go on after an interruption."""

from havn.common.clock import now
from havn.helpline.beside import purge_beside
from havn.helpline.retention import departed, duties, journal, traces
from havn.helpline.retention.destroy import purge_centre
from havn.tasks.api import Stopped, should_stop, task
from havn.tenancy.models import Centre
from havn.vault import api as vault


class NotYet(Exception):
    """Something kept a lock or an old snapshot: the task is tried again."""


@task(attempts=20, lease_s=60)
def purge() -> int:
    """Destroy what is over in every centre, then the traces. Returns how many talks went."""
    went = 0
    for centre in Centre.objects.hosted().order_by("pk"):
        done = purge_centre(centre, now=now(), between=_let_go)
        went += done.talks + done.unfinished
        purge_beside(centre)
    vault.forget_retired_keys(now())
    journal.forget_old()
    departed.forget_old()
    duties.forget_old(now())
    forget_traces.enqueue()
    return went


@task(attempts=20, lease_s=120)
def forget_traces() -> None:
    """Cut the log or rewrite the tables (traces.py)."""
    if not traces.forget_traces():
        raise NotYet


def _let_go() -> None:
    if should_stop():
        raise Stopped
