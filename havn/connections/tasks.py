"""What happens by the clock: look for changes, send, forget. Each may run twice."""

from havn.common.clock import now
from havn.connections import revoked
from havn.connections.actions import delivering, telling
from havn.tasks.api import should_stop, task


@task(attempts=1, lease_s=120)
def look() -> int:
    """Twice a minute: tell of what has changed. Returns how many messages were made."""
    return telling.look_around()


@task(attempts=1, lease_s=600)
def send_due() -> int:
    """Every minute: what waits for its next try. Returns how many arrived."""
    arrived = 0
    for delivery_id in delivering.due(now()):
        if should_stop():
            break
        arrived += delivering.deliver(delivery_id=delivery_id)
    return arrived


@task
def escalation(service_id: int) -> None:
    """A danger was opened at a service: tell those who asked for it."""
    telling.tell_of_escalation(service_id)


@task
def forget() -> int:
    """Every night: the log of messages past its clock, and lines for restores. Returns how many rows went."""
    revoked.forget_old()
    return delivering.forget(now())
