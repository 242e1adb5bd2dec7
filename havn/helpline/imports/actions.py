"""Taking a file in, saying what it means, applying it in steps, and taking it back."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.clock import now
from havn.common.errors import Refused
from havn.helpline.imports import staging
from havn.helpline.imports.rules import Meaning
from havn.helpline.models import BatchRows, ContactBatch
from havn.helpline.permissions import check_can_import
from havn.tenancy.models import Service

State = ContactBatch.State
# Rows that nobody applied are destroyed after this.
STAGED_KEPT = dt.timedelta(days=7)


@transaction.atomic
def take_in(*, actor: User, service: Service, rows: staging.Rows) -> ContactBatch:
    """Keep a file's rows, heads first, until they are applied. The same file again is the batch that is there.

    Refused when the same rows are contacts already: take that file back first.
    """
    check_can_import(actor, service)
    Service.objects.select_for_update().get(pk=service.pk)
    fingerprint = staging.fingerprint_of(rows, service.pk)
    same = ContactBatch.objects.filter(service=service, fingerprint=fingerprint).exclude(state=State.UNDONE).first()
    if same is not None and same.state == State.STAGED:
        return same
    if same is not None:
        raise Refused(_("The same file was taken in before. Take it back first, if you want it anew."))
    batch = ContactBatch.objects.create(
        service=service, made_by=actor, made_at=now(), rows=len(rows) - 1, fingerprint=fingerprint
    )
    staging.keep_rows(batch, rows)
    _trail(actor, batch, "staged", rows=batch.rows)
    return batch


@transaction.atomic
def say_meaning(*, actor: User, batch_id: int, meaning: Meaning) -> ContactBatch:
    """Keep which column is which and what its words mean. Only before the file is applied."""
    batch = _locked(actor, batch_id)
    if batch.state != State.STAGED:
        raise Refused(_("This file was applied already."))
    staging.keep_meaning(batch, meaning, staging.heads_of(batch))
    return batch


@transaction.atomic
def apply(*, actor: User, batch_id: int) -> ContactBatch:
    """Make contacts of the rows, in the background. Pressing twice applies once."""
    from havn.helpline.imports.tasks import apply_batch

    batch = _locked(actor, batch_id)
    if batch.state != State.STAGED:
        return batch
    if "day" not in staging.meaning_of(batch).columns:
        raise Refused(_("Say first which column holds the day."))
    batch.state, batch.done = State.APPLYING, 0
    batch.save(update_fields=["state", "done"])
    apply_batch.enqueue(batch.pk)
    _trail(actor, batch, "applied", rows=batch.rows)
    return batch


@transaction.atomic
def undo(*, actor: User, batch_id: int) -> ContactBatch:
    """Take every contact of the file back, in the background. Pressing twice takes back once."""
    from havn.helpline.imports.tasks import undo_batch

    batch = _locked(actor, batch_id)
    if batch.state in (State.UNDOING, State.UNDONE):
        return batch
    if batch.state != State.APPLIED:
        raise Refused(_("This file is not applied yet."))
    batch.state, batch.done = State.UNDOING, 0
    batch.save(update_fields=["state", "done"])
    undo_batch.enqueue(batch.pk)
    _trail(actor, batch, "undone", rows=batch.contacts)
    return batch


@transaction.atomic
def discard(*, actor: User, batch_id: int) -> None:
    """Destroy the rows of a file that was not applied."""
    batch = _locked(actor, batch_id)
    if batch.state != State.STAGED:
        raise Refused(_("This file was applied already. Take it back instead."))
    _trail(actor, batch, "discarded", rows=batch.rows)
    batch.delete()


def forget_staged(*, at: dt.datetime) -> int:
    """Destroy rows that nobody applied in time. Returns how many files went."""
    late = ContactBatch.objects.filter(state=State.STAGED, made_at__lt=at - STAGED_KEPT)
    gone = 0
    for pk in list(late.values_list("pk", flat=True)):
        with transaction.atomic():
            batch = ContactBatch.objects.select_for_update().filter(pk=pk, state=State.STAGED).first()
            if batch is not None:
                _trail(None, batch, "discarded", rows=batch.rows)
                batch.delete()
                gone += 1
    return gone


def destroy_rows(batch: ContactBatch) -> None:
    """The sealed rows and words of a file that has done its work."""
    BatchRows.objects.filter(batch=batch).delete()
    batch.meaning_sealed = b""


def _locked(actor: User, batch_id: int) -> ContactBatch:
    batch = (
        ContactBatch.objects.select_for_update(of=("self",))
        .select_related("service__organisation")
        .filter(pk=batch_id)
        .first()
    )
    if batch is None:
        raise Refused(_("This file is no longer here."))
    check_can_import(actor, batch.service)
    return batch


def _trail(actor: User | None, batch: ContactBatch, what: str, **codes: int) -> None:
    audit.record(
        centre_id=batch.service.organisation.centre_id,
        actor_id=actor.pk if actor else None,
        service_id=batch.service_id,
        action=f"helpline.import.{what}",
        subject=f"batch:{batch.pk}",
        **codes,
    )
