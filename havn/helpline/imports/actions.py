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


def take_in(*, actor: User, service: Service, rows: staging.Rows) -> ContactBatch:
    """Keep a file's rows, heads first, until they are applied. The same file again is the batch that is there.

    Refused when the same rows are contacts already: take that file back first. Blank rows are empty lists: they keep
    the others in their places and count for nothing.
    """
    check_can_import(actor, service)
    # What takes time comes before the transaction: nobody else writes while it runs.
    fingerprint = staging.fingerprint_of(rows, service.pk)
    filled = sum(1 for row in rows if row)
    batch = ContactBatch(service=service, made_by=actor, made_at=now(), rows=filled - 1, fingerprint=fingerprint)
    parts = staging.sealed_parts(batch.pk, rows)
    with transaction.atomic():
        Service.objects.select_for_update().get(pk=service.pk)
        same = ContactBatch.objects.filter(service=service, fingerprint=fingerprint).exclude(state=State.UNDONE).first()
        if same is not None and same.state == State.STAGED:
            return same
        if same is not None:
            raise Refused(_("The same file was taken in before. Take it back first, if you want it anew."))
        batch.save(force_insert=True)
        BatchRows.objects.bulk_create(parts)
        _trail(actor, batch, "staged", rows=batch.rows)
    return batch


def say_meaning(*, actor: User, batch_id: int, meaning: Meaning) -> ContactBatch:
    """Keep which column is which and what its words mean. Only before the file is applied.

    Once the day has its column, what stands in columns that are no field is destroyed.
    """
    found = ContactBatch.objects.filter(pk=batch_id).first()
    parts = staging.without_unmapped(found, meaning) if found else []
    with transaction.atomic():
        batch = _locked(actor, batch_id)
        if batch.state != State.STAGED:
            raise Refused(_("This file was applied already."))
        staging.keep_meaning(batch, meaning)
        BatchRows.objects.bulk_update(parts, ["sealed"])
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
    """Take every contact of the file back, in the background. Pressing twice takes back once.

    Also of a file that is being applied, which may have come to a halt: its other rows are destroyed.
    """
    from havn.helpline.imports.tasks import undo_batch

    batch = _locked(actor, batch_id)
    if batch.state in (State.UNDOING, State.UNDONE):
        return batch
    if batch.state not in (State.APPLYING, State.APPLIED):
        raise Refused(_("This file is not applied yet."))
    destroy_rows(batch)
    batch.state, batch.done = State.UNDOING, 0
    batch.save(update_fields=["state", "done", "meaning_sealed"])
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


def go_on() -> int:
    """Begin again with files whose background work was lost, by a restore or after too many attempts. Returns how many.

    Where the work runs after all it is done once: each step looks under the file's lock what is left.
    """
    from havn.helpline.imports.tasks import apply_batch, undo_batch

    halted = ContactBatch.objects.filter(state__in=(State.APPLYING, State.UNDOING)).values_list("pk", "state")
    for pk, state in halted:
        (apply_batch if state == State.APPLYING else undo_batch).enqueue(pk)
    return len(halted)


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
