"""Opening a service with the recovery key on paper, when nobody who holds the team key is left to let anyone in."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts import hooks
from havn.accounts.models import User
from havn.common.errors import Refused
from havn.tenancy.models import Service
from havn.vault import queries
from havn.vault.models import StaffKey, TeamKey, TeamKeyWrap
from havn.vault.permissions import check_can_recover
from havn.vault.rules import DoesNotOpen, bindings, open_with
from havn.vault.rules.recovery import RecoverySecret
from havn.vault.sealing import member_wrap
from havn.vault.trail import tell


class WrongPaper(Refused):
    """Mistyped, of another service, or replaced: never said which."""

    def __init__(self) -> None:
        super().__init__(_("This is not this service's recovery key. Please compare each group with your paper."))


def open_with_recovery_key(*, service: Service, by: User, typed: str) -> None:
    """Let `by` in to every generation with the paper alone. Raises WrongPaper, or Refused without a key pair.

    A wrong try is on the trail too. Afterwards the paper has been typed into a computer: make a new one.
    """
    secret = RecoverySecret.parse(typed)
    wraps = None
    with transaction.atomic():
        Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
        check_can_recover(by, service)
        if not queries.has_staff_key(by.pk):
            raise Refused(_("You have no key of your own yet. Sign out, sign in again and try once more."))
        wraps = _wraps_for(service, by, secret) if secret else None
        if wraps is not None:
            TeamKeyWrap.objects.filter(user=by, team_key__service=service).delete()
            TeamKeyWrap.objects.bulk_create(wraps)
            hooks.session_changed(by.pk)
        tell(service, by.pk, "vault.recovery.refused" if wraps is None else "vault.recovery.used")
    if wraps is None:
        raise WrongPaper


def _wraps_for(service: Service, by: User, secret: RecoverySecret) -> list[TeamKeyWrap] | None:
    pair = secret.pair(service.id)
    member = StaffKey.objects.get(user=by)
    wraps = []
    for key in TeamKey.objects.filter(service=service):
        try:
            private = open_with(pair.private, key.recovery_wrapped, bindings.recovery_info(service.id, key.generation))
        except DoesNotOpen:
            continue
        wraps.append(member_wrap(key, private, member, by))
    return wraps or None
