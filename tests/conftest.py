"""What every test may use. The browser is in `browser.py`, a running Havn in `server.py`."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as examples

from havn.common import recent
from tests import kept
from tests.emptying import empty_tables

pytest_plugins = ["tests.server", "tests.browser"]
# How fast examples are drawn says how busy the machine is, and nothing of Havn.
examples.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("patient")
FAST = {"time_cost": 1, "memory_cost": 64, "parallelism": 1}


# Fixtures that touch no data. A test with nothing else shows the same on every database.
_NEUTRAL = {
    "request", "tmp_path", "tmp_path_factory", "monkeypatch", "caplog", "capsys", "capfd", "recwarn", "subtests",
    "django_db_blocker", "django_test_environment", "settings", "rf", "time_machine", "faker_seed", "pytestconfig",
}  # fmt: skip


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whatever opens a browser is a journey: playwright keeps an event loop in its thread, which others trip over.

    With DATABASE_URL, what touches no data is left out: it was or will be shown on SQLite.
    """
    for item in items:
        if "playwright_started" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.journey)
    if os.environ.get("DATABASE_URL") and len({item.path for item in items}) > 20:
        left_out = [item for item in items if not _touches_data(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _touches_data(item)]


def _touches_data(item: pytest.Item) -> bool:
    if item.get_closest_marker("django_db") or item.get_closest_marker("slow"):
        return True
    given = getattr(item, "callspec", None)
    names = set(getattr(item, "fixturenames", ())) - _NEUTRAL - set(given.params if given else ())
    return any(not name.startswith("_") for name in names)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> Iterator[bool]:
    """The tests' own database is a copy of one that this run brought up to date, so nothing is left to migrate."""
    name, origin = str(settings.DATABASES["default"]["TEST"]["NAME"]), kept.tables()
    if not origin.database:
        shutil.copy(origin.folder / "havn.sqlite3", name)
        yield True
        return
    kept.drop(name)
    kept.create(name, origin)
    yield True
    # What threads of tests left open ends with it.
    kept.drop(name)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The run's own databases go with it. Its workers leave them: others may still copy them."""
    if os.environ.get("DATABASE_URL") and not hasattr(config, "workerinput"):
        kept.drop_all()


@pytest.fixture(autouse=True)
def _nothing_is_recent(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test read must not answer the next."""
    monkeypatch.setattr(recent, "SECONDS", 0.0)


@pytest.fixture(autouse=True)
def _fast_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 at a cost that thousands of tests can bear. A running Havn (`tests/server.py`) keeps the real one."""
    monkeypatch.setattr(settings, "ARGON2", FAST, raising=False)


@pytest.fixture(autouse=True)
def _language_is_english() -> Iterator[None]:
    """A view that activates a language must not leak it into the next test."""
    from django.urls import set_script_prefix
    from django.utils import translation

    with translation.override("en"):
        yield
    set_script_prefix("/")


@pytest.fixture(autouse=True, scope="session")
def _trail_can_be_emptied_between_tests() -> Iterator[None]:
    """A test with real commits ends by emptying every table; the trail's guards would rightly refuse."""
    from django.test import TransactionTestCase

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: empty_tables())
        yield
