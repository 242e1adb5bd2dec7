"""Which roles were taken from whom, outside the database: a restored backup must not give them back.

One line a role in HAVN_DATA/departed: the moment, the numbers of person and organisation, the role, and whether it was
taken or given again. Lines live as long as backups do, then go. A line is written before its transaction commits: none
is ever missing, and one whose transaction failed costs somebody a role at a restore, which is given again on a screen.
"""

import datetime as dt
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save

from havn.accounts import hooks
from havn.accounts.actions.members import close_account
from havn.accounts.models import Invitation, Membership, User
from havn.audit import api as audit
from havn.common.clock import now
from havn.helpline.retention.journal import KEPT, add_line, lines_in, replace_lines

TAKEN, GIVEN = "taken", "given"


class Held(NamedTuple):
    """One role of one person in one organisation."""

    user_id: int
    organisation_id: int
    role: str


def path() -> Path:
    """Where the lines are."""
    return Path(settings.DATA) / "departed"


def register() -> None:
    """Write a line for every role that goes, whichever action took it, and for one that comes back."""
    post_delete.connect(_taken, sender=Membership, dispatch_uid="retention.departed.taken")
    post_save.connect(_given, sender=Membership, dispatch_uid="retention.departed.given")


def taken_since(moment: dt.datetime | None) -> list[Held]:
    """The roles that were taken after the moment and not given again; None: after whichever moment."""
    last: dict[Held, str] = {}
    for at, held, change in _lines():
        if moment is None or at > moment:
            last[held] = change
    return [held for held, change in last.items() if change == TAKEN]


def take_again(moment: dt.datetime | None) -> int:
    """After a restore: take what was taken since the backup was made. Returns how many roles went.

    As when it happened first, the keys and duties that only these roles allowed go with them, and an account without
    any role is closed. Each is an entry on the trail, by nobody. Safe to call again.
    """
    gone = 0
    for held in taken_since(moment):
        with transaction.atomic():
            gone += _take(held)
    return gone


def forget_old() -> None:
    """Drop the lines of days that no backup reaches back to."""
    replace_lines(path(), lambda line: dt.datetime.fromisoformat(line[0]) >= now() - KEPT, fields=5)


def _take(held: Held) -> int:
    user = User.objects.select_for_update(of=("self",)).filter(pk=held.user_id).first()
    row = Membership.objects.select_related("organisation").filter(**held._asdict()).first()
    if user is None or row is None:
        return 0
    row.delete()
    if not Membership.objects.filter(user=user).exists():
        close_account(user)
    Invitation.objects.filter(made_by=user, used_at__isnull=True).delete()
    hooks.session_changed(user.pk)
    audit.record(
        centre_id=row.organisation.centre_id,
        action="accounts.role.taken",
        subject=f"user:{user.pk}",
        role=held.role,
        organisation=held.organisation_id,
    )
    return 1


def _taken(instance: Membership, **_more: Any) -> None:
    _remember(instance, TAKEN)


def _given(instance: Membership, created: bool, **_more: Any) -> None:
    # Only what was taken lately can be given again; nobody's first role needs a line.
    if created and any(held == _held(instance) for _at, held, _change in _lines()):
        _remember(instance, GIVEN)


def _remember(row: Membership, change: str) -> None:
    add_line(path(), f"{now().isoformat()} {row.user_id} {row.organisation_id} {row.role} {change}")


def _held(row: Membership) -> Held:
    return Held(row.user_id, row.organisation_id, str(row.role))


def _lines() -> list[tuple[dt.datetime, Held, str]]:
    return [
        (dt.datetime.fromisoformat(at), Held(int(user), int(organisation), role), change)
        for at, user, organisation, role, change in lines_in(path(), fields=5)
    ]
