"""What happens by itself is looked at, on a screen and by `havn check`."""

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from havn.audit.api import record, write_heads
from havn.common.clock import now, now_ms
from havn.config import check_command
from havn.config.command import main
from havn.config.keeping import health
from havn.config.keeping.health import Level
from havn.tasks import reserve
from havn.tasks.models import QueuedTask, ScheduledTask, Worker
from havn.tenancy.models import Organisation
from tests.accounts.factories import make_staff, signed_in_client
from tests.tenancy.factories import make_centre, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    settings.DATA = tmp_path
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    settings.AUDIT_HEADS = tmp_path / "heads"
    monkeypatch.delenv("HAVN_BACKUPS", raising=False)
    monkeypatch.delenv("HAVN_BACKUP_PASSPHRASE_FILE", raising=False)


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation(make_centre())


def levels() -> dict[str, Level]:
    return {finding.name: finding.level for finding in health.findings()}


def test_a_fresh_installation_waits_for_its_first_night_and_wants_a_key() -> None:
    Worker.objects.create(name="one", seen_at_ms=now_ms())
    assert levels() == {
        "Background work": Level.GOOD,
        "Room on the disk": Level.GOOD,
        "Destroying what is over": Level.GOOD,
        "Backups": Level.SOON,
        "Audit trail": Level.GOOD,
        "Tasks": Level.GOOD,
        "E-mail": Level.SOON,
        "Figures": Level.GOOD,
        "Connections": Level.GOOD,
        "E-mails to helplines": Level.GOOD,
        "Telephone": Level.GOOD,
    }


def test_a_silent_worker_is_bad() -> None:
    assert levels()["Background work"] == Level.BAD
    Worker.objects.create(name="one", seen_at_ms=now_ms() - 120_000)
    assert levels()["Background work"] == Level.BAD


@pytest.mark.parametrize(("free", "level"), [(50, Level.BAD), (300, Level.SOON), (5000, Level.GOOD)])
def test_a_disk_that_fills_is_said_in_time(monkeypatch: pytest.MonkeyPatch, free: int, level: Level) -> None:
    monkeypatch.setattr(reserve, "look", lambda: reserve.Room(free * 1024 * 1024, held=True))
    assert levels()["Room on the disk"] == level


def test_a_night_without_purge_backup_or_signature_is_bad(
    organisation: Organisation,
    settings,
    monkeypatch: pytest.MonkeyPatch,  # type: ignore[no-untyped-def]
) -> None:
    record(centre_id=organisation.centre_id, action="helpline.retention.purged", talks=0)
    heads = write_heads()
    assert heads
    settings.DATA.joinpath("backup.public").write_text("00" * 32)
    (settings.DATA / "backups").mkdir()
    (settings.DATA / "backups" / f"havn-{now():%Y-%m-%dT%H%M%S}Z.backup").write_bytes(b"")
    for name in ("helpline.purge", "keeping.backup", "audit.heads"):
        ScheduledTask.objects.create(name=name, due_at_ms=0, last_at_ms=1)
    nightly = ("Destroying what is over", "Backups", "Audit trail")
    assert [levels()[name] for name in nightly] == [Level.GOOD] * 3
    later = now() + dt.timedelta(hours=27)
    monkeypatch.setattr(health, "now", lambda: later)
    assert [levels()[name] for name in nightly] == [Level.BAD] * 3


def test_signed_heads_beside_the_database_want_another_place(organisation: Organisation, settings: Any) -> None:
    for place in (settings.DATA / "audit-heads", settings.DATA / "a" / ".." / "heads"):
        settings.AUDIT_HEADS = place
        found = next(finding for finding in health.findings() if finding.name == "Audit trail")
        assert found.level == Level.SOON
        assert "HAVN_AUDIT_HEADS" in found.words
    settings.DEMO = True
    assert levels()["Audit trail"] == Level.GOOD
    settings.DEMO = False
    settings.AUDIT_HEADS = settings.DATA.parent / "heads"
    assert levels()["Audit trail"] == Level.GOOD


def test_a_backup_that_outlives_its_week_is_bad_whatever_else_is_well(settings: Any) -> None:
    (settings.DATA / "backups").mkdir()
    for days, level in ((7.5, Level.SOON), (9, Level.BAD)):
        name = f"havn-{now() - dt.timedelta(days=days):%Y-%m-%dT%H%M%S}Z-abc123.backup"
        (settings.DATA / "backups" / name).write_bytes(b"")
        assert levels()["Backups"] == level
    settings.DATA.joinpath("backup.public").write_text("00" * 32)
    (settings.DATA / "backups" / f"havn-{now():%Y-%m-%dT%H%M%S}Z.backup").write_bytes(b"")
    assert levels()["Backups"] == Level.BAD


def test_failed_and_waiting_tasks_are_counted() -> None:
    row = {"path": "a.b", "arguments": {}, "enqueued_at_ms": 0, "run_after_ms": 1}
    QueuedTask.objects.create(state="waiting", **row)
    assert levels()["Tasks"] == Level.BAD
    QueuedTask.objects.create(state="failed", **row)
    assert levels()["Tasks"] == Level.SOON


def test_administrators_and_coordinators_see_it_and_counsellors_do_not(organisation: Organisation) -> None:
    for role, status in (("administrator", 200), ("coordinator", 200), ("supervisor", 403), ("counsellor", 403)):
        client = signed_in_client(make_staff(organisation, role))
        assert client.get("/desk/health").status_code == status
    assert Client().get("/desk/health").status_code == 302


def test_the_screen_says_what_to_do_and_stands_in_the_menu(organisation: Organisation) -> None:
    page = signed_in_client(make_staff(organisation, "administrator")).get("/desk/health").content.decode()
    assert "havn backup new-key" in page
    assert "No worker is alive" in page
    assert "Please see to it today" in page
    assert 'href="/desk/health"' in page


def test_the_command_fails_for_what_is_bad_and_not_for_what_is_soon(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("HAVN_DATA", str(tmp_path))
    os.chmod(tmp_path, 0o700)
    monkeypatch.setattr(check_command, "_all", lambda: iter([("settings", None)]))
    assert main(["check"]) == 0
    out = capsys.readouterr().out
    assert "soon Backups" in out
    assert "Background work" not in out
    monkeypatch.setattr(check_command, "_is_running", lambda: True)
    assert main(["check"]) == 1
    assert "NO   Background work" in capsys.readouterr().out
