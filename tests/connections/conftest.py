"""Real commits where a test needs them, no keyring left from the test before, and a full bucket for each key."""

import pytest

from havn.connections import guard
from tests.helpline.conftest import _nothing_remembered, real_transactions

__all__ = ["_nothing_remembered", "real_transactions"]


@pytest.fixture(autouse=True)
def _buckets_are_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test asked must not slow the next."""
    monkeypatch.setattr(guard, "_buckets", {})
