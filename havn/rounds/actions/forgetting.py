"""What was changed in drafts that are never sent in: known for some weeks, to put two people's work together."""

import datetime as dt

from django.db import transaction
from django.db.models import Max, QuerySet

from havn.rounds.actions.locking import locked
from havn.rounds.models import Draft, DraftChange

KEPT_CHANGES = dt.timedelta(days=60)
"""Longer than a page stays open. An older page is shown every difference and keeps none by itself."""


def old_changes(moment: dt.datetime) -> QuerySet[DraftChange]:
    """Changes that were made longer ago."""
    return DraftChange.objects.filter(at__lt=moment - KEPT_CHANGES)


def forget_changes(*, moment: dt.datetime) -> int:
    """Destroy them, draft by draft in a transaction of its own. Returns how many."""
    drafts = list(old_changes(moment).order_by().values_list("draft_id", flat=True).distinct())
    return sum(_forget(draft_id, moment) for draft_id in drafts)


@transaction.atomic
def _forget(assignment_id: int, moment: dt.datetime) -> int:
    locked(assignment_id)
    return forget_of(Draft.objects.get(pk=assignment_id), old_changes(moment).filter(draft_id=assignment_id))


def forget_of(draft: Draft, changes: QuerySet[DraftChange]) -> int:
    """Destroy these changes of a draft whose assignment is locked, and note up to where nothing is known any more."""
    newest = changes.order_by().aggregate(newest=Max("version"))["newest"]
    if newest is None:
        return 0
    draft.forgotten = max(draft.forgotten, newest)
    draft.save(update_fields=["forgotten"])
    return changes.order_by().delete()[0]
