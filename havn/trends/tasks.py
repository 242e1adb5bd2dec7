"""Early warning as background work. Each may run twice."""

from havn.common.clock import now
from havn.tasks.api import task
from havn.trends.actions.watching import watch_all
from havn.trends.keeping import meetings_over, observations_over, signals_over


@task
def watch() -> int:
    """Look at the last whole week of every helpline. Returns how many signals there are."""
    return watch_all(at=now())


@task
def forget() -> int:
    """Destroy signals, observations and agendas whose time is over. Returns how many rows went."""
    at = now()
    return sum(rows.delete()[0] for rows in (meetings_over(at), signals_over(at), observations_over(at)))
