"""Argon2 at a cost that a test can bear."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _fast_passwords(settings: Any) -> None:
    settings.ARGON2 = {"time_cost": 1, "memory_cost": 64, "parallelism": 1}
