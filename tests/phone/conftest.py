"""No keyring left from the test before, and a full bucket for each."""

import pytest

from havn.common.bucket import Bucket
from havn.phone.actions import receiving
from tests.vault.conftest import _nothing_remembered

__all__ = ["_nothing_remembered"]


@pytest.fixture(autouse=True)
def _bucket_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test sent must not slow the next."""
    monkeypatch.setattr(receiving, "_allowed", Bucket(per_second=1000, burst=10_000))
