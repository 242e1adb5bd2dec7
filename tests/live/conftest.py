"""A helpline with a team key, a counsellor at the desk, and conversations in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import connection, transaction

from havn.accounts.models import Role, User
from havn.common import clock
from havn.live import api, registry
from havn.live.conversations import Started
from havn.tenancy.models import Service
from tests.accounts.factories import make_centre, make_staff, sign_in
from tests.vault.conftest import _nothing_remembered, real_commits
from tests.vault.factories import FAST, give_team_key

__all__ = ["FAST", "_nothing_remembered", "real_commits"]

KIND = "test.chat"


@dataclass
class Place:
    """A helpline, its counsellor, and how to start conversations."""

    service: Service
    counsellor: User
    cookies: dict[str, str]

    @property
    def centre_id(self) -> int:
        return self.service.organisation.centre_id

    def start(self, state: str = "open", joined: bool = True) -> Started:
        with transaction.atomic():
            started = api.start_conversation(
                centre_id=self.centre_id, service_id=self.service.pk, kind=KIND, now_ms=clock.now_ms(), state=state
            )
            if joined:
                self.join(started)
        return started

    def join(self, started: Started, role: str = "counsellor", user: User | None = None) -> int:
        user = user or self.counsellor
        joined = api.join(
            conversation_id=started.conversation_id,
            user_id=user.pk,
            role=role,
            shown_name=user.shown_name,
            now_ms=clock.now_ms(),
        )
        return int(joined.pk)

    def staff(self, *roles: str) -> tuple[User, dict[str, str]]:
        """A further member, let in to the key, signed in: (the person, the browser's cookies)."""
        user = make_staff(self.service.organisation, *roles)
        from havn.vault import api as vault_api

        keyring = vault_api.Keyring(self.counsellor.pk, vault_api.open_staff_key(self.counsellor, PASSWORD))
        vault_api.let_in(service=self.service, by=self.counsellor, keyring=keyring, member=user)
        return user, cookies_of(user)


from tests.accounts.factories import PASSWORD  # noqa: E402


def cookies_of(user: User) -> dict[str, str]:
    browser = sign_in(user)
    names = (settings.SESSION_COOKIE_NAME, settings.VAULT_COOKIE_NAME)
    return {name: browser.client.cookies[name].value for name in names if name in browser.client.cookies}


@pytest.fixture
def place(real_commits: None) -> Place:
    centre = make_centre("norway", host="testserver")
    service = Service.objects.get(organisation__centre=centre)
    counsellor = make_staff(centre, Role.COUNSELLOR, Role.SUPERVISOR)
    give_team_key(service, [counsellor], PASSWORD)
    return Place(service, counsellor, cookies_of(counsellor))


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    """A kind of conversation of our own, so that these tests need no strand."""

    def words(code: str, values: object, language: str, role: str) -> str:
        return f"{code} in {language} for {role}"

    kept = (dict(registry.kinds), dict(registry.topics), list(registry.startups), list(registry.presences))
    registry.register_kind(registry.Kind(KIND, event_words=words))
    registry.topics.clear()
    registry.startups.clear()
    registry.presences.clear()
    yield
    registry.kinds.clear()
    registry.kinds.update(kept[0])
    registry.topics.clear()
    registry.topics.update(kept[1])
    registry.startups[:], registry.presences[:] = kept[2], kept[3]


@pytest.fixture
def no_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every hint is lost."""
    monkeypatch.setenv("HAVN_BUS", "off")


def elsewhere(work: Callable[[], object]) -> Callable[[], object]:
    """`work` as another process would do it: in its own transaction, with its own connection."""

    def run() -> object:
        try:
            with transaction.atomic():
                return work()
        finally:
            connection.close()

    return run
