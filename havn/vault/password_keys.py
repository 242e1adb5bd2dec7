"""A member's private key under their password: Argon2id in the pool that sign-in uses too, so that the memory of all
computations together is bounded. Each takes some 0.1 s and 64 MiB: never inside a transaction.
"""

import secrets
from dataclasses import dataclass

from havn.accounts.hashers import Cost, cost, stretch
from havn.accounts.models import User
from havn.vault.models import StaffKey
from havn.vault.rules import DoesNotOpen, KeyPair, bindings, open_, seal

SALT_BYTES = 16


@dataclass(frozen=True, repr=False)
class PasswordKey:
    """What a password gives at today's cost, ready to lock key pairs at once."""

    key: bytes
    salt: bytes
    cost: Cost

    @classmethod
    def of(cls, password: str) -> "PasswordKey":
        """Slow: one Argon2 computation with a fresh salt."""
        salt, today = secrets.token_bytes(SALT_BYTES), cost()
        return cls(stretch(password, salt, today), salt, today)

    def lock(self, user: User, pair: KeyPair) -> StaffKey:
        """Fast: an unsaved row with the pair's private half under the password. The user must have an id."""
        nonce, wrapped = seal(self.key, pair.private, bindings.staff_key_aad(user.pk, pair.public))
        return StaffKey(
            user=user,
            public=pair.public,
            salt=self.salt,
            memory_kib=self.cost["memory_cost"],
            passes=self.cost["time_cost"],
            lanes=self.cost["parallelism"],
            nonce=nonce,
            private_wrapped=wrapped,
        )


def unlocked(row: StaffKey, password: str) -> bytes | None:
    """The private half, or None for a wrong password or a changed row; the same time for both."""
    at = Cost(memory_cost=row.memory_kib, time_cost=row.passes, parallelism=row.lanes)
    key = stretch(password, bytes(row.salt), at)
    try:
        return open_(key, row.nonce, row.private_wrapped, bindings.staff_key_aad(row.user_id, bytes(row.public)))
    except DoesNotOpen:
        return None


def open_staff_key(user: User, password: str) -> bytes | None:
    """The person's private key, or None: no pair yet, or not their password. What accounts calls at sign-in."""
    row = StaffKey.objects.filter(user_id=user.pk).first()
    return unlocked(row, password) if row else None
