"""A member's own key pair: made with the first password, kept through a changed one, replaced when it is lost."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common import clock
from havn.common.errors import Refused
from havn.tenancy.models import Service
from havn.vault import memory
from havn.vault.models import StaffKey, TeamKeyWrap
from havn.vault.password_keys import PasswordKey, unlocked
from havn.vault.rules import new_pair, pair_of
from havn.vault.trail import tell


def make_staff_key(user: User, password: str) -> StaffKey:
    """Give a person a key pair under their password. An older pair, and every team key sealed to it, is destroyed."""
    prepare_staff_key(user, password)()
    return StaffKey.objects.get(user=user)


def prepare_staff_key(user: User, password: str) -> Callable[[], None]:
    """Make a new key pair (slow, outside any transaction); the function returned stores it.

    Whoever lost the password gets a new pair here: the old one can't be opened by anybody, so its team keys go too,
    and another member lets the person in again.
    """
    pair, key = new_pair(), PasswordKey.of(password)

    def store() -> None:
        fresh = key.lock(user, pair)  # only now: a user made in this very transaction had no id before
        with transaction.atomic():
            StaffKey.objects.filter(user_id=user.pk).delete()
            fresh.created_at = clock.now()
            fresh.save()
            _destroy_wraps(user.pk)
            memory.forget_user_on_commit(user.pk)

    return store


def change_password(user: User, old_password: str, new_password: str) -> Callable[[], None]:
    """Open the private key with the old password and wrap it under the new one (slow); the function returned stores it.

    The pair stays, so nobody needs to be let in again. Raises Refused when the old password does not open it.
    """
    row = StaffKey.objects.filter(user_id=user.pk).first()
    if row is None:
        return prepare_staff_key(user, new_password)
    private = unlocked(row, old_password)
    if private is None:
        raise Refused(_("The old password is not right."))
    fresh = PasswordKey.of(new_password).lock(user, pair_of(private))
    opened_nonce = bytes(row.nonce)

    def store() -> None:
        changed = StaffKey.objects.filter(pk=row.pk, nonce=opened_nonce).update(
            salt=fresh.salt,
            memory_kib=fresh.memory_kib,
            passes=fresh.passes,
            lanes=fresh.lanes,
            nonce=fresh.nonce,
            private_wrapped=fresh.private_wrapped,
        )
        if not changed:
            raise Refused(_("The password was changed somewhere else at the same moment. Please try again."))

    return store


def _destroy_wraps(user_id: int) -> None:
    held = TeamKeyWrap.objects.filter(user_id=user_id)
    services = list(Service.objects.filter(team_keys__wraps__in=held).distinct().select_related("organisation"))
    held.delete()
    for service in services:
        tell(service, user_id, "vault.staff_key.replaced", user_id=user_id)
