"""Which care plans were deleted, outside the database: a restored backup must not bring them back.

One line each in HAVN_DATA/plans-deleted: the day and the plan's number, which names nobody. Lines live as long as
backups do, then go.
"""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.db import transaction

from havn.common.clock import now
from havn.helpline.retention.journal import KEPT, add_line, lines_in, replace_lines
from havn.limits.models import CarePlan


def path() -> Path:
    """Where the lines are."""
    return Path(settings.DATA) / "plans-deleted"


def remember(plan_id: int) -> None:
    """Add a line and wait until it is on the disk. Raises OSError when it can't be."""
    add_line(path(), f"{now().date()} {plan_id}")


def delete_again() -> int:
    """After a restore: destroy the plans that were deleted since the backup was made. Returns how many went."""
    numbers = [int(number) for _day, number in lines_in(path(), fields=2)]
    there = list(CarePlan.objects.filter(pk__in=numbers).values_list("pk", flat=True))
    with transaction.atomic():
        destroy(there)
    return len(there)


def destroy(plan_ids: list[int]) -> None:
    """Destroy plans in the caller's transaction, each with its code and what was sealed."""
    CarePlan.objects.filter(pk__in=plan_ids).delete()


def forget_old() -> None:
    """Drop the lines of days that no backup reaches back to."""
    limit = now().date() - KEPT
    replace_lines(path(), lambda line: dt.date.fromisoformat(line[0]) >= limit, fields=2)
