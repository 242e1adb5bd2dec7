"""The first key of a service, and the recovery key on paper: shown once, used only after part of it is typed back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts import hooks
from havn.accounts.models import User
from havn.common import clock
from havn.common.errors import Refused
from havn.tenancy.models import Service
from havn.vault import queries
from havn.vault.keyring import Keyring
from havn.vault.models import RecoveryKey, StaffKey, TeamKey
from havn.vault.permissions import check_can_renew_recovery, check_can_set_up, may_hold_key
from havn.vault.rules import bindings, new_pair, recovery, seal_to
from havn.vault.sealing import store_generation
from havn.vault.trail import tell


class WrongPart(Refused):
    """Not the last two groups."""

    def __init__(self) -> None:
        super().__init__(_("These are not the last two groups of the key. Please look at your paper and type again."))


@dataclass(frozen=True, repr=False)
class Paper:
    """A recovery key to be shown once. It is stored nowhere."""

    text: str

    @property
    def groups(self) -> list[str]:
        """Its eight groups of four characters, for the screen."""
        return self.text.split("-")

    @property
    def check(self) -> str:
        """The last two groups, which `confirm_recovery_key` asks for."""
        return "-".join(self.groups[-2:])


def set_up_team(*, service: Service, by: User, also: Iterable[User] = ()) -> Paper:
    """Make the first generation, for `by` and for whoever of `also` has a key pair and a role that reads.

    Nothing is sealed to it before `confirm_recovery_key`. Done again before that, it starts over.
    """
    secret = recovery.RecoverySecret.make()
    pair = new_pair()
    with transaction.atomic():
        _lock(service)
        check_can_set_up(by, service)
        people = {by.pk: by} | {user.pk: user for user in also if may_hold_key(user, service)}
        members = list(StaffKey.objects.filter(user_id__in=people))
        if by.pk not in {member.user_id for member in members}:
            raise Refused(_("You have no key of your own yet. Sign out, sign in again and try once more."))
        service.team_keys.all().delete()
        pending = _pend(service, by, secret)
        store_generation(service_id=service.id, generation=1, pair=pair, recovery=pending, members=members, by=by)
        tell(service, by.pk, "vault.team.set_up")
    return Paper(secret.text)


def renew_recovery_key(*, service: Service, by: User) -> Paper:
    """Make a new paper, after the old one was used, lost or seen. The old one works until the new is confirmed."""
    secret = recovery.RecoverySecret.make()
    with transaction.atomic():
        _lock(service)
        check_can_renew_recovery(by, service)
        _pend(service, by, secret)
        tell(service, by.pk, "vault.recovery.made")
    return Paper(secret.text)


def confirm_recovery_key(*, service: Service, by: User, typed: str, keyring: Keyring | None = None) -> None:
    """Take the paper into use if `typed` is its last two groups; else Refused, and it can be typed again.

    The first confirmation opens the service. A later one needs the keyring of someone who holds every generation,
    to seal each to the new paper; the old paper then opens nothing any more.
    """
    with transaction.atomic():
        _lock(service)
        pending = RecoveryKey.objects.filter(service=service, confirmed_at=None).first()
        if pending is None:
            raise Refused(_("No recovery key is waiting to be confirmed."))
        first = not queries.is_set_up(service.id)
        check_can_set_up(by, service) if first else check_can_renew_recovery(by, service)
        if not recovery.check_fits(typed, bytes(pending.check_salt), bytes(pending.check_hash)):
            raise WrongPart
        if not first:
            _seal_all_to(pending, keyring)
            RecoveryKey.objects.filter(service=service, confirmed_at__isnull=False).delete()
        pending.check_salt = pending.check_hash = b""
        pending.confirmed_at = clock.now()
        pending.save()
        queries.forget_public(service.id)
        if first:
            _tell_holders(service)
        tell(service, by.pk, "vault.recovery.confirmed")


def _tell_holders(service: Service) -> None:
    holders = StaffKey.objects.filter(user__team_key_wraps__team_key__service=service)
    for user_id in holders.values_list("user_id", flat=True).distinct():
        hooks.session_changed(user_id)


def _seal_all_to(paper: RecoveryKey, keyring: Keyring | None) -> None:
    if keyring is None:
        raise Refused(_("Only someone who holds this service's key can make a new recovery key."))
    for key in TeamKey.objects.filter(service_id=paper.service_id):
        info = bindings.recovery_info(key.service_id, key.generation)
        key.recovery_wrapped = seal_to(paper.public, keyring.team_private(key.pk), info)
        key.save(update_fields=["recovery_wrapped"])


def _pend(service: Service, by: User, secret: recovery.RecoverySecret) -> RecoveryKey:
    RecoveryKey.objects.filter(service=service, confirmed_at=None).delete()
    salt = recovery.new_salt()
    return RecoveryKey.objects.create(
        service=service,
        public=secret.pair(service.id).public,
        check_salt=salt,
        check_hash=recovery.check_hash(secret.check, salt),
        made_by=by,
        created_at=clock.now(),
    )


def _lock(service: Service) -> None:
    Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
