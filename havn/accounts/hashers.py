"""Argon2id for passwords: 64 MiB, three passes, four lanes, and never more at once than the machine can bear.

The bound is what keeps twenty wrong passwords from taking the memory and the processor of the chat beside them.
"""

import os
import threading
from typing import TypedDict

from argon2.low_level import Type, hash_secret_raw
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher


class Cost(TypedDict):
    """Of one computation; `settings.ARGON2` may lower it for tests, never for an installation."""

    time_cost: int
    memory_cost: int  # KiB
    parallelism: int


COST: Cost = {"time_cost": 3, "memory_cost": 64 * 1024, "parallelism": 4}
KEY_BYTES = 32

_at_once = threading.BoundedSemaphore(max(1, min(4, os.cpu_count() or 1)))


def cost() -> Cost:
    """What one computation costs on this installation."""
    lowered: Cost | None = getattr(settings, "ARGON2", None)
    return lowered or COST


def stretch(password: str, salt: bytes, at: Cost | None = None) -> bytes:
    """A 32-byte key from a password, in the same bounded pool. `salt` is 16 random bytes of its own, never the
    one of the password's verifier; `at` is the cost that a stored key was made with (none: today's).
    Takes some 100 ms: never call it inside a transaction."""
    with _at_once:
        return hash_secret_raw(
            secret=password.encode(),
            salt=salt,
            hash_len=KEY_BYTES,
            type=Type.ID,
            **(at or cost()),
        )


class Argon2(Argon2PasswordHasher):
    """Django's Argon2id hasher with our cost, in the bounded pool."""

    @property
    def time_cost(self) -> int:  # type: ignore[override]
        return cost()["time_cost"]

    @property
    def memory_cost(self) -> int:  # type: ignore[override]
        return cost()["memory_cost"]

    @property
    def parallelism(self) -> int:  # type: ignore[override]
        return cost()["parallelism"]

    def encode(self, password: str, salt: str) -> str:
        with _at_once:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _at_once:
            return super().verify(password, encoded)
