"""What returns by the clock: reminders every hour, forgetting every night."""

from havn.common.clock import now
from havn.events import actions, queries
from havn.tasks.api import task


@task(lease_s=300)
def remind() -> int:
    """Remind people of events that are near. Returns how many letters."""
    moment = now()
    return sum(actions.remind(event, now=moment) for event in queries.to_remind(moment))


@task(lease_s=300)
def forget() -> int:
    """Destroy who came where the clock has ended. Returns how many events."""
    return actions.forget_people(moment=now())
