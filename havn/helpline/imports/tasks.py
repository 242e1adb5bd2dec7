"""Applying files and taking them back as background work. Each may run twice, or go on after an interruption."""

from collections.abc import Callable

from havn.common.clock import now
from havn.helpline.imports import actions, applying
from havn.helpline.imports.known import known_at
from havn.helpline.imports.rules import Known
from havn.helpline.models import ContactBatch
from havn.tasks.api import Stopped, should_stop, task


@task(attempts=20, lease_s=60)
def apply_batch(batch_id: int) -> None:
    """Make contacts of a file's rows."""
    _steps(batch_id, applying.apply_step)


@task(attempts=20, lease_s=60)
def undo_batch(batch_id: int) -> None:
    """Take a file's contacts back."""
    _steps(batch_id, applying.undo_step)


@task
def forget_staged() -> int:
    """Destroy rows that nobody applied within seven days. Returns how many files went."""
    return actions.forget_staged(at=now())


@task
def go_on() -> int:
    """Begin again with files that came to a halt. Returns how many."""
    return actions.go_on()


def _steps(batch_id: int, step: Callable[[int, Known], bool]) -> None:
    batch = ContactBatch.objects.select_related("service__organisation__centre").filter(pk=batch_id).first()
    if batch is None:
        return
    known = known_at(batch.service)
    while step(batch_id, known):
        if should_stop():
            raise Stopped
