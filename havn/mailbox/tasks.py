"""Returning by the clock. May run twice."""

from havn.common.clock import now_ms
from havn.helpline.retention.tasks import forget_traces
from havn.mailbox.actions import tending
from havn.tasks.api import task


@task
def tend() -> int:
    """Every minute: tell of e-mails that did not go, and destroy marks whose time is over. Returns how many it told."""
    told = tending.follow_outs()
    if tending.forget(now_ms()):
        forget_traces.enqueue()
    return told
