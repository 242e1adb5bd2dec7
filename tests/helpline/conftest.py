"""Passwords at a cost that a test can bear, no keyring left from the test before, and threads with a database."""

import pytest

from tests.vault.conftest import _fast_passwords, _nothing_remembered

__all__ = ["_fast_passwords", "_nothing_remembered", "real_transactions"]


@pytest.fixture
def real_transactions(transactional_db: None) -> None:
    """Commits are real, for tests with threads."""
