"""No keyring left from the test before, and commits that are real."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models.signals import post_migrate

from havn.audit import guards
from havn.vault import memory, queries


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    yield
    memory._kept.clear()
    memory._open.clear()
    queries._public.clear()


def _guard_again(sender: Any, **_more: Any) -> None:
    if sender.label == "audit":
        guards.install(connection)


@pytest.fixture
def real_commits(transactional_db: None) -> Iterator[None]:
    """No transaction around the test. The trail's guards step aside while the tables are emptied after it."""
    yield
    # Emptying ends with the signal of a migration: then the guards stand again.
    post_migrate.connect(_guard_again, dispatch_uid="guards-again")
    guards.remove(connection)
