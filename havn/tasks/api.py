"""The door for the apps above: `@task`, the schedule, and a way to run what is due."""

from django_tasks import task

from havn.tasks import claims, running
from havn.tasks.reserve import look as disk_room
from havn.tasks.reserve import may_start
from havn.tasks.running import Stopped, should_stop, telling
from havn.tasks.schedule import daily, due_of, every

__all__ = ["Stopped", "daily", "disk_room", "due_of", "every", "may_start", "run_due", "should_stop", "task", "telling"]


def run_due(most: int = 100) -> int:
    """Run what is due now, in this thread, and return how many ended well. For tests and commands."""
    done = 0
    for _ in range(most):
        held = claims.claim("here")
        if held is None:
            break
        done += running.run(held)
    return done
