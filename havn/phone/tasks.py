"""Forgetting by the clock. May run twice."""

from havn.common.clock import now_ms
from havn.helpline.retention.tasks import forget_traces
from havn.phone.actions import settling
from havn.tasks.api import task


@task
def forget() -> None:
    """Destroy what is a day old, and the traces of a key that went."""
    if settling.forget(now_ms()):
        forget_traces.enqueue()
