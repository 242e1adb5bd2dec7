"""Bringing a contact into the figures and out of them, in the transaction that writes or deletes its row."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from havn.helpline.models import Contact
from havn.helpline.queries.figures import facts_of, reasons_of, zone_of
from havn.helpline.rules.figures import Reason, cells_of, day_of, feedback_cell
from havn.statistics import api as statistics


def count_in(contact: Contact, reasons: Sequence[Reason] = (), *, zone: ZoneInfo | None = None) -> None:
    """Add a new contact. `reasons` are those stored with it; `zone` spares a look where the caller knows it."""
    _add(contact, list(reasons), zone or zone_of(contact.service_id), 1)


def take_out(contact: Contact) -> None:
    """Take away a contact that is about to be deleted. Call it while its reasons are still there."""
    _add(contact, reasons_of(contact), zone_of(contact.service_id), -1)


def count_answer(*, service_id: int, value: int, half_hour: dt.datetime) -> None:
    """Add what a child answered after its talk was counted."""
    day = day_of(half_hour, zone_of(service_id))
    statistics.add(service_id=service_id, day=day, cells={feedback_cell(value): 1})


def _add(contact: Contact, reasons: list[Reason], zone: ZoneInfo, sign: int) -> None:
    facts = facts_of(contact, reasons)
    cells = {cell: number * sign for cell, number in cells_of(facts, zone).items()}
    statistics.add(service_id=contact.service_id, day=day_of(facts.half_hour, zone), cells=cells)
