"""Random row numbers, so that no id tells when or in which order a row was made."""

import secrets
from typing import Any

from django.db import models

# 53 bits survive a trip through JavaScript numbers; SQLite keeps rows in the order of this key,
# so that not even the file shows the order of insertion.
_BITS = 53


def random_id() -> int:
    """A fresh positive row number below 2**53."""
    return secrets.randbits(_BITS) or 1


class RandomIdField(models.BigAutoField):  # type: ignore[type-arg]
    """A primary key drawn at random. An `integer primary key` on SQLite, hence the row's own place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("primary_key", True)
        kwargs.setdefault("default", random_id)
        super().__init__(*args, **kwargs)
