"""What returns by the clock: counting what closed every ten minutes, forgetting every night."""

from havn.common.clock import now
from havn.surveys.actions.counting import count, waves_to_count
from havn.surveys.actions.forgetting import forget_answers, forget_pages
from havn.tasks.api import task


@task(lease_s=600)
def tend() -> int:
    """Count waves that closed, and forget which pages were sent. Returns how many waves."""
    forget_pages(now())
    waves = waves_to_count()
    for wave in waves:
        count(wave)
    return len(waves)


@task(lease_s=600)
def forget() -> int:
    """Destroy single answers whose time is over; what was never counted is counted before. Returns how many."""
    for wave in waves_to_count():
        count(wave)
    return forget_answers(now())
