"""What rounds do by the clock: letters that remind, files that no answer names any more, and old changes of drafts."""

from havn.common.clock import now
from havn.rounds.actions import forgetting
from havn.rounds.actions.addresses import remind, reminders_due
from havn.rounds.actions.files import forget_unused
from havn.tasks.api import task


@task(lease_s=300)
def send_reminders() -> int:
    """Queue the letters that are due, each in a transaction of its own. Returns how many."""
    return sum(remind(place) for place in reminders_due())


@task(lease_s=300)
def forget_files() -> int:
    """Destroy files that belong to no answer any more. Returns how many."""
    return forget_unused(moment=now())


@task(lease_s=300)
def forget_changes() -> int:
    """Destroy what was changed long ago in drafts that were never sent in."""
    return forgetting.forget_changes(moment=now())
