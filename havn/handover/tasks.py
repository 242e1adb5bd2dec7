"""What returns by the clock: whatever was agreed to and lost its own task still goes, and letters are looked after."""

import logging

from havn.common.clock import now_ms
from havn.handover.actions.passing import follow_letter, pass_agreed
from havn.handover.queries.handovers import due_ids, sending_ids
from havn.tasks.api import should_stop, task

log = logging.getLogger("havn.handover")
AT_ONCE = 50


@task(attempts=1, lease_s=120)
def pass_due() -> int:
    """Every minute. Returns how many were handed on or settled."""
    at, done = now_ms(), 0
    work = [(pass_agreed, one) for one in due_ids(at, AT_ONCE)] + [(follow_letter, one) for one in sending_ids(AT_ONCE)]
    for step, handover_id in work:
        if should_stop():
            return done
        try:
            done += step(handover_id=handover_id, at_ms=at)
        except Exception as error:
            # One must not stop the others; it is tried again in a minute.
            log.warning("A hand-over could not be looked after: %s", type(error).__name__)
    return done
