"""What tests of accounts share."""

from typing import Any

import pytest

from havn.accounts import hooks
from havn.tenancy.models import Centre
from tests.accounts.factories import make_centre


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Any) -> None:
    """Argon2 at a cost that hundreds of tests can bear. A running Havn (`tests/server.py`) keeps the real one."""
    settings.ARGON2 = {"time_cost": 1, "memory_cost": 64, "parallelism": 1}


@pytest.fixture
def centre(db: None) -> Centre:
    """A centre at the name that the test client asks for."""
    return make_centre("norway", host="testserver")


class Heard:
    """What the hooks were told."""

    def __init__(self) -> None:
        self.sessions: list[int] = []
        self.locks: list[tuple[int, bool]] = []
        self.removed: list[tuple[int, int, int]] = []


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """A listener at every hook, instead of those that the apps above hung there."""
    told = Heard()

    def removed(*, user_id: int, organisation_id: int, actor_id: int) -> None:
        told.removed.append((user_id, organisation_id, actor_id))

    monkeypatch.setattr(hooks, "_session_changed", [told.sessions.append])
    monkeypatch.setattr(hooks, "_lock_changed", [lambda user, locked, at_ms: told.locks.append((user, locked))])
    monkeypatch.setattr(hooks, "_member_removed", [removed])
    return told
