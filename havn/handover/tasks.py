"""What returns by the clock: whatever was agreed to and lost its own task still goes, and letters are looked after."""

from havn.common.clock import now_ms
from havn.handover.actions.passing import follow_letter, pass_agreed
from havn.handover.queries.handovers import due_ids, sending_ids
from havn.tasks.api import should_stop, task

AT_ONCE = 50


@task(attempts=1, lease_s=120)
def pass_due() -> int:
    """Every minute. Returns how many were handed on or settled."""
    at, done = now_ms(), 0
    for handover_id in due_ids(at, AT_ONCE):
        if should_stop():
            return done
        done += pass_agreed(handover_id=handover_id, at_ms=at)
    for handover_id in sending_ids(AT_ONCE):
        if should_stop():
            return done
        done += follow_letter(handover_id=handover_id, at_ms=at)
    return done
