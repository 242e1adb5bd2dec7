"""What returns by the clock: try again, forget. A letter that was just queued is sent by `actions.send_letter`."""

from havn.common.clock import now
from havn.mail import actions, queries
from havn.tasks.api import should_stop, task

AT_ONCE = 50


@task(attempts=1, lease_s=300)
def send_due() -> int:
    """Every minute: give up what has a clock of its own that is over, and send what waits for its next try.

    Returns how many went.
    """
    sent = 0
    actions.forget_timed(moment=now())
    if not queries.is_set_up():
        return sent
    for letter_id in queries.due(now(), AT_ONCE):
        if should_stop():
            break
        sent += actions.deliver(letter_id=letter_id)
    return sent


@task
def forget() -> int:
    """Every night: give up what is too old and destroy what is past its clock. Returns how many."""
    return actions.forget(moment=now())
