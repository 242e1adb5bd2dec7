"""No keyring left from the test before, and threads with a database."""

import pytest

from tests.vault.conftest import _nothing_remembered

__all__ = ["_nothing_remembered", "real_transactions"]


@pytest.fixture
def real_transactions(transactional_db: None) -> None:
    """Commits are real, for tests with threads."""
