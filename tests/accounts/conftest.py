"""What tests of accounts share."""

import pytest

from havn.accounts import hooks
from havn.tenancy.models import Centre
from tests.accounts.factories import make_centre


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
