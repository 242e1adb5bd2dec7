"""What happens by the clock: look for changes, send, forget. Each may run twice."""

import threading
import time

from havn.common.clock import now
from havn.connections import revoked
from havn.connections.actions import delivering, telling
from havn.tasks.api import should_stop, task

# No call begins later in a run: it ends long before its lease does.
LAST_CALL_S = 300
# Of a worker's threads one at most waits for other systems.
_sending = threading.Lock()


@task(attempts=1, lease_s=120)
def look() -> int:
    """Twice a minute: tell of what has changed. Returns how many messages were made."""
    made = telling.look_around()
    if made:
        send_due.enqueue()
    return made


@task(attempts=1, lease_s=600)
def send_due() -> int:
    """Every minute, and when there are new messages: send what is due. Returns how many arrived."""
    if not _sending.acquire(blocking=False):
        return 0
    try:
        return _send_rounds()
    finally:
        _sending.release()


def _send_rounds() -> int:
    """One message of each endpoint a round; an endpoint where one fails is left alone until the next run."""
    ends, arrived, left_alone = time.monotonic() + LAST_CALL_S, 0, set[int]()
    while found := delivering.due(now(), without=left_alone):
        for delivery_id, endpoint_id in found:
            if should_stop() or time.monotonic() >= ends:
                return arrived
            if delivering.deliver(delivery_id=delivery_id):
                arrived += 1
            else:
                left_alone.add(endpoint_id)
    return arrived


@task
def escalation(service_id: int) -> None:
    """A danger was opened at a service: tell those who asked for it."""
    if telling.tell_of_escalation(service_id):
        send_due.enqueue()


@task
def forget() -> int:
    """Every night: the log of messages past its clock, and lines for restores. Returns how many rows went."""
    revoked.forget_old()
    return delivering.forget(now())
