"""Taking a factsheet away that was imported by mistake, in short transactions."""

from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.errors import Refused
from havn.recommendations.models import (
    Ask,
    Citation,
    Factsheet,
    FollowUp,
    Footnote,
    MonitoringRound,
    Observation,
    Passage,
    SheetChapter,
)
from havn.recommendations.permissions import check_can_prepare
from havn.tenancy.models import Centre

_AT_ONCE = 20


def remove_factsheet(*, actor: User, centre: Centre, factsheet: Factsheet) -> None:
    """Take it away, and what of the round only it brought. Refused while it is public, and once it is worked with."""
    check_can_prepare(actor, centre, factsheet.round)
    with transaction.atomic():
        stored = Factsheet.objects.select_for_update(of=("self",)).get(pk=factsheet.pk)
        sentence = reason_to_stay(stored)
        if sentence:
            raise Refused(sentence)
        stored.is_ready = False
        stored.save(update_fields=["is_ready"])
        record(
            centre_id=centre.pk, actor_id=actor.pk, action="recommendations.factsheet.removed",
            subject=f"factsheet:{stored.pk}",
        )  # fmt: skip
    take_away(stored)


def reason_to_stay(factsheet: Factsheet) -> str:
    """Why it cannot be removed; "" when it can."""
    if factsheet.published_at is not None:
        return _("This factsheet is public. Take it back from the public first.")
    if factsheet.follow_ups.filter(is_imported=False).exists() or factsheet.remarks.exists():
        return _("People have written follow-up or comments on this factsheet. It stays.")
    return ""


def take_away(factsheet: Factsheet) -> None:
    """Delete all rows of a factsheet that is not ready, a few in each transaction."""
    for table in (Citation.objects.filter(ask__factsheet=factsheet), *_tables(factsheet)):
        _delete(table)
    round = factsheet.round
    Factsheet.objects.filter(pk=factsheet.pk, is_ready=False).delete()
    _forget_what_nothing_cites(round)


def _tables(factsheet: Factsheet) -> list[QuerySet[Any]]:
    """What hangs on it, in an order in which nothing is protected by what is still there."""
    passages = Passage.objects.filter(factsheet=factsheet)
    tables: tuple[type[Model], ...] = (FollowUp, Ask, Observation, Footnote, SheetChapter)
    rows = [table._default_manager.filter(factsheet=factsheet) for table in tables]
    return [*rows, passages.filter(parent__isnull=False), passages]


def _delete(rows: QuerySet[Any]) -> None:
    while keys := list(rows.values_list("pk", flat=True)[:_AT_ONCE]):
        rows.model._default_manager.filter(pk__in=keys).delete()


def _forget_what_nothing_cites(round: MonitoringRound) -> None:
    """Ids and chapters that came with it. Not while another import may be about to cite them."""
    if round.factsheets.filter(is_ready=False).exists():
        return
    _delete(round.recommendations.filter(citations=None, text=""))
    _delete(round.chapters.filter(passages=None, parts=None, recommendations=None))
