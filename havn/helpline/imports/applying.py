"""One step of applying a file or of taking it back: a part at a time, so that nobody waits for the database."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence

from django.db import transaction

from havn.common.clock import now
from havn.helpline.imports import staging
from havn.helpline.imports.actions import State, destroy_rows
from havn.helpline.imports.rules import Known, contact_of
from havn.helpline.models import BatchRows, Contact, ContactBatch, ContactReason
from havn.helpline.queries.figures import FACTS, facts_of
from havn.helpline.rules.figures import Cell, Facts, Reason, cells_of, day_of
from havn.statistics import api as statistics

STEP = 250


def apply_step(batch_id: int, known: Known) -> bool:
    """Make contacts of the next part and destroy its rows, together. False when nothing is left to do.

    Rows are opened and read before the lock: while it is held nobody else can write.
    """
    batch = ContactBatch.objects.get(pk=batch_id)
    part = BatchRows.objects.filter(batch=batch, part__gt=0).order_by("part").first()
    if batch.state != State.APPLYING:
        return False
    rows = [row for row in staging.opened(part) if row] if part else []
    meaning = staging.meaning_of(batch)
    found = [contact_of(row, meaning, known) for row in rows]
    return _stored(batch_id, part, [one for one in found if isinstance(one, Facts)], len(rows), known)


@transaction.atomic
def _stored(batch_id: int, part: BatchRows | None, facts: Sequence[Facts], rows: int, known: Known) -> bool:
    batch = (
        ContactBatch.objects.select_for_update(of=("self",)).select_related("service__organisation").get(pk=batch_id)
    )
    if batch.state != State.APPLYING:
        return False
    if part is None:
        staging.remember_meaning(batch)
        destroy_rows(batch)
        _finish(batch, State.APPLIED)
        return False
    if not BatchRows.objects.filter(pk=part.pk).delete()[0]:
        # Somebody else made contacts of it meanwhile.
        return True
    _store(batch, facts, known)
    batch.done += rows
    batch.contacts += len(facts)
    batch.passed_over += rows - len(facts)
    batch.save(update_fields=["done", "contacts", "passed_over"])
    return True


@transaction.atomic
def undo_step(batch_id: int, known: Known) -> bool:
    """Delete some of the file's contacts and take them out of the figures. False when none is left."""
    batch = ContactBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)
    if batch.state != State.UNDOING:
        return False
    contacts = list(Contact.objects.filter(batch=batch)[:STEP])
    if not contacts:
        _finish(batch, State.UNDONE)
        return False
    reasons: defaultdict[int, list[Reason]] = defaultdict(list)
    rows = ContactReason.objects.filter(contact__in=contacts)
    for contact_id, vocabulary, code, main in rows.values_list("contact_id", "vocabulary", "code", "main"):
        reasons[contact_id].append(Reason(vocabulary, code, main))
    _count(batch.service_id, [facts_of(one, reasons[one.pk]) for one in contacts], known, -1)
    Contact.objects.filter(pk__in=[one.pk for one in contacts]).delete()
    batch.done += len(contacts)
    batch.save(update_fields=["done"])
    return True


def _store(batch: ContactBatch, facts: Sequence[Facts], known: Known) -> None:
    contacts = [
        Contact(
            centre_id=batch.service.organisation.centre_id,
            service_id=batch.service_id,
            batch=batch,
            **{name: getattr(one, name) for name in FACTS},
        )
        for one in facts
    ]
    Contact.objects.bulk_create(contacts)
    ContactReason.objects.bulk_create(
        ContactReason(contact=contact, vocabulary=reason.vocabulary, code=reason.code, main=reason.main)
        for contact, one in zip(contacts, facts, strict=True)
        for reason in one.reasons
    )
    _count(batch.service_id, facts, known, 1)


def _count(service_id: int, facts: Sequence[Facts], known: Known, sign: int) -> None:
    days: defaultdict[dt.date, Counter[Cell]] = defaultdict(Counter)
    for one in facts:
        for cell, number in cells_of(one, known.zone).items():
            days[day_of(one.half_hour, known.zone)][cell] += number * sign
    statistics.add_days(service_id=service_id, days=days)


def _finish(batch: ContactBatch, state: str) -> None:
    batch.state, batch.finished_at = state, now()
    batch.save(update_fields=["state", "finished_at", "meaning_sealed"])
