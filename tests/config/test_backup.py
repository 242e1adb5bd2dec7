"""A backup holds everything while talks run; a restore brings it back, destroys what is over, and refuses otherwise."""

import datetime as dt
import os
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from havn.audit.models import Entry, Head
from havn.audit.verify import verify
from havn.common import clock
from havn.common.clock import now, now_ms
from havn.common.errors import Refused
from havn.config.command import main
from havn.config.keeping import backup, nightly, pending, restore, rows, tables
from havn.config.keeping.archive import BackupKey, Openers, read
from havn.config.serve import limits
from havn.helpline.actions.visits import delete_talk
from havn.helpline.retention import journal
from havn.live import api as live
from havn.live.models import Conversation, Message, VisitorSession
from havn.tenancy.models import Centre
from havn.vault.api import KeyUnavailable
from tests.helpline.factories import Child, Line, Person, make_line
from tests.vault.factories import keyring_with_password

pytestmark = pytest.mark.django_db(transaction=True)

KEY = BackupKey.make()
FOR = Openers(public=KEY.pair.public)
WITH = Openers(key=KEY)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    settings.DATA = tmp_path
    settings.AUDIT_HEADS = tmp_path / "heads"
    for name in ("HAVN_BACKUPS", "HAVN_BACKUP_PASSPHRASE_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def line() -> Line:
    return make_line()


@pytest.fixture
def anna(line: Line) -> Person:
    return line.counsellor()


def talk(line: Line, anna: Person, text: str = "hello from before") -> Child:
    child = line.child()
    line.take(anna)
    child.says(text)
    return child


def texts(child: Child, person: Person) -> list[str]:
    """What this person reads with the password alone."""
    key = person.keyring.conversation_key(child.conversation_id)
    viewer = live.Viewer(0, "counsellor", person.pk)
    found = live.messages(conversation_id=child.conversation_id, key=key, viewer=viewer)
    return [one.text for one in found if one.kind == "text"]


def all_rows() -> dict[str, list[list[object]]]:
    """Every row of every table that a backup keeps."""
    return {
        model._meta.db_table: sorted(rows.read_table(model), key=repr)
        for model in rows.models_kept()
        if not model._meta.db_table.startswith("audit_")
    }


def test_everything_comes_back_as_it_was(line: Line, anna: Person) -> None:
    child = talk(line, anna)
    before, chain = all_rows(), list(Entry.objects.order_by("id").values_list("hash", flat=True))
    made = backup.make(FOR)
    assert made.rows >= sum(len(found) for found in before.values())
    child.says("said after the backup")
    talk(line, anna, "another one after")
    assert restore.restore(made.path, WITH, force=True) == made.rows
    assert all_rows() == before
    assert texts(child, anna) == ["hello from before"]
    after = [bytes(one) for one in Entry.objects.order_by("centre_id", "seq").values_list("hash", flat=True)]
    assert after[: len(chain)] == [bytes(one) for one in chain]


def test_everything_comes_back_too_where_the_tables_must_be_made_anew(
    line: Line, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk(line, anna)
    before, made = all_rows(), backup.make(FOR)
    monkeypatch.setattr(tables, "tables_fit", lambda recorded: False)
    assert restore.restore(made.path, WITH, force=True) == made.rows
    assert all_rows() == before


def test_the_guards_of_the_trail_stand_after_a_restore(line: Line, anna: Person) -> None:
    made = backup.make(FOR)
    restore.restore(made.path, WITH, force=True)
    with pytest.raises(DatabaseError, match=r"append-only|never changed"), transaction.atomic():
        connection.cursor().execute("UPDATE audit_entry SET action = 'something.else'")


def test_the_trail_goes_on_after_a_restore_and_says_so(line: Line, anna: Person) -> None:
    made = backup.make(FOR)
    restore.restore(made.path, WITH, force=True)
    actions = list(Entry.objects.order_by("seq").values_list("action", flat=True))
    assert actions[-2:] == ["backup.restored", "helpline.retention.purged"]
    assert verify().findings == []


def test_new_rows_get_new_numbers_after_a_restore(line: Line, anna: Person) -> None:
    made = backup.make(FOR)
    restore.restore(made.path, WITH, force=True)
    known = set(Centre.objects.values_list("pk", flat=True))
    fresh = Centre.objects.create(slug="fresh", country_code="DK", name="Fresh", time_zone="UTC")
    assert fresh.pk > max(known)


def test_sessions_do_not_come_back_to_life(line: Line, anna: Person) -> None:
    talk(line, anna)
    assert VisitorSession.objects.exists()
    made = backup.make(FOR)
    restore.restore(made.path, WITH, force=True)
    assert not VisitorSession.objects.exists()


def test_every_table_is_kept_or_left_out_for_a_reason(line: Line) -> None:
    kept = {model._meta.db_table for model in rows.models_kept()}
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    assert {table for table in there - kept if not rows.is_left_out(table)} == {"django_migrations"}
    assert set(rows.LEFT_OUT) <= there
    assert all(reason.endswith(".") for reason in rows.LEFT_OUT.values())


def test_a_backup_is_one_moment_while_messages_are_written(line: Line, anna: Person) -> None:
    """Two rows of one transaction are both in it or both not; writers are not held up."""
    child = talk(line, anna)
    stop, waits = threading.Event(), []

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            begun = time.perf_counter()
            with transaction.atomic():
                child.says(f"message {number}")
                Centre.objects.filter(pk=line.service.organisation.centre_id).update(name=f"Centre {number}")
            waits.append(time.perf_counter() - begun)
            time.sleep(0.002)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    time.sleep(0.1)
    made = backup.make(FOR)
    stop.set()
    writer.join()
    restore.restore(made.path, WITH, force=True)
    number = int(Centre.objects.get(pk=line.service.organisation.centre_id).name.split()[1])
    assert texts(child, anna)[-1] == f"message {number}"
    assert Message.objects.filter(conversation_id=child.conversation_id).count() == (
        Conversation.objects.get(pk=child.conversation_id).last_seq
    )
    assert sorted(waits)[int(len(waits) * 0.9)] < 0.25


def test_a_restore_destroys_what_is_over_before_anybody_can_connect(
    line: Line, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, young = talk(line, anna), talk(line, anna)
    for child, days in ((old, 25), (young, 2)):
        Conversation.objects.filter(pk=child.conversation_id).update(last_at_ms=now_ms() - days * 86_400_000)
    line.set(keep_days=30, keep_unfinished_hours=30 * 24)
    made = backup.make(FOR)
    later = now() + dt.timedelta(days=6)
    monkeypatch.setattr(clock, "now", lambda: later)
    restore.restore(made.path, WITH, force=True)
    assert list(Conversation.objects.values_list("pk", flat=True)) == [young.conversation_id]
    assert not pending.mark_path(_data()).exists()


def test_a_restore_does_not_bring_back_what_a_child_deleted(line: Line, anna: Person) -> None:
    child, other = talk(line, anna), talk(line, anna)
    made = backup.make(FOR)
    delete_talk(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    restore.restore(made.path, WITH, force=True)
    assert not Conversation.objects.filter(pk=child.conversation_id).exists()
    with pytest.raises(KeyUnavailable):
        keyring_with_password(anna.user).conversation_key(child.conversation_id)
    assert texts(other, anna) == ["hello from before"]
    assert journal.destroyed() == [child.conversation_id]


def test_an_interrupted_restore_is_finished_before_anything_is_served(
    line: Line, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = talk(line, anna)
    Conversation.objects.filter(pk=child.conversation_id).update(last_at_ms=0)
    made = backup.make(FOR)

    def killed() -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr(restore, "finish_pending", killed)
        with pytest.raises(KeyboardInterrupt):
            restore.restore(made.path, WITH, force=True)
    assert Conversation.objects.filter(pk=child.conversation_id).exists()
    assert pending.mark_path(_data()).exists()
    assert restore.finish_pending()
    assert not Conversation.objects.filter(pk=child.conversation_id).exists()
    assert not restore.finish_pending()


def test_nothing_is_served_while_a_restore_is_not_finished(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[list[str]] = []

    def finish(command: list[str], **_more: object) -> SimpleNamespace:
        asked.append(command[1:])
        if works:
            pending.mark_path(tmp_path).unlink()
        return SimpleNamespace(returncode=0 if works else 1)

    monkeypatch.setattr(pending.subprocess, "run", finish)
    works = False
    pending.finish_before_serving(tmp_path)
    assert asked == []
    pending.set_mark(tmp_path)
    with pytest.raises(Refused, match="havn restore --finish"):
        pending.finish_before_serving(tmp_path)
    works = True
    pending.finish_before_serving(tmp_path)
    assert asked == [["-m", "havn", "restore", "--finish"]] * 2


def test_a_database_in_use_is_replaced_only_by_force(line: Line, anna: Person) -> None:
    made = backup.make(FOR)
    talk(line, anna)
    with pytest.raises(Refused, match="--force"):
        restore.restore(made.path, WITH)
    assert Conversation.objects.count() == 1


def test_nothing_is_touched_while_havn_runs(line: Line) -> None:
    made = backup.make(FOR)
    (_data() / "run").mkdir(exist_ok=True)
    with limits.only_one(_data() / "run" / "lock"):
        with pytest.raises(Refused, match="Stop it"):
            restore.restore(made.path, WITH, force=True)


def test_a_damaged_backup_leaves_everything_as_it_is(line: Line, anna: Person) -> None:
    made = backup.make(FOR)
    child = talk(line, anna, "newer than the backup")
    whole = bytearray(made.path.read_bytes())
    whole[-20] ^= 1
    made.path.write_bytes(whole)
    with pytest.raises(Refused, match="not a whole backup"):
        restore.restore(made.path, WITH, force=True)
    assert texts(child, anna) == ["newer than the backup"]
    assert not pending.mark_path(_data()).exists()


def test_rows_that_do_not_fit_leave_everything_as_it_is(
    line: Line, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = talk(line, anna)
    with monkeypatch.context() as during:
        without = [model for model in rows.models_kept() if model._meta.db_table != "tenancy_service"]
        during.setattr(rows, "models_kept", lambda: without)
        made = backup.make(FOR)
    with pytest.raises(Exception, match=r"fit together|foreign key"):
        restore.restore(made.path, WITH, force=True)
    assert texts(child, anna) == ["hello from before"]


def test_a_backup_of_a_newer_release_is_refused(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    real = backup._first_line
    newer = lambda at: {**real(at), "migrations": {"live": ["0001_initial", "9999_to_come"]}}  # noqa: E731
    monkeypatch.setattr(backup, "_first_line", newer)
    made = backup.make(FOR)
    with pytest.raises(Refused, match="newer release"):
        restore.restore(made.path, WITH, force=True)
    assert Centre.objects.exists()


def test_a_backup_holds_no_key_of_the_server_and_no_word_in_clear(line: Line, anna: Person) -> None:
    child = talk(line, anna, "the blue heron flies at noon")
    made = backup.make(FOR)
    inside = b"".join(read(made.path, WITH))
    for secret in (Path(os.environ["HAVN_DATA"]) / "keys").iterdir():
        assert secret.read_bytes().strip() not in inside
    assert b"heron" not in inside
    assert child.key.hex().encode() not in inside
    assert child.code.encode() not in inside
    assert made.path.stat().st_mode & 0o077 == 0


def test_backups_are_kept_seven_days(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    real = now()
    for days in (9, 7.1, 6.9, 0):
        monkeypatch.setattr(clock, "now", lambda days=days: real - dt.timedelta(days=days))
        backup.make(FOR)
    monkeypatch.setattr(clock, "now", lambda: real)
    assert backup.destroy_old() == 2
    assert [round((real - backup.made_at(path)).total_seconds() / 86_400, 1) for path in backup.kept()] == [0, 6.9]


@pytest.mark.parametrize("by", ["the daily task", "the command"])
def test_old_backups_go_although_making_a_new_one_fails(
    line: Line, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], by: str
) -> None:
    def fails() -> backup.Made:
        raise Refused("The disk is full.")

    real = now()
    with monkeypatch.context() as during:
        during.setattr(clock, "now", lambda: real - dt.timedelta(days=7, minutes=1))
        backup.make(FOR)
    monkeypatch.setattr(backup, "is_set_up", lambda: True)
    monkeypatch.setattr(backup, "make", fails)
    if by == "the command":
        assert main(["backup"]) == 1
        assert "The disk is full." in capsys.readouterr().err
    else:
        with pytest.raises(Refused, match="disk is full"):
            nightly.back_up.call()
    assert backup.kept() == []
    assert Entry.objects.get(action="backup.destroyed").codes == '{"backups":1}'


def test_one_old_backup_that_cannot_be_removed_keeps_none_of_the_others(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = now()
    with monkeypatch.context() as during:
        for days in (9, 8):
            during.setattr(clock, "now", lambda days=days: real - dt.timedelta(days=days))
            backup.make(FOR)
    stuck = backup.kept()[0]
    shred = backup.shred

    def refused(path: Path) -> None:
        if path == stuck:
            raise OSError(30, "Read-only file system")
        shred(path)

    monkeypatch.setattr(backup, "shred", refused)
    assert backup.destroy_old() == 1
    assert backup.kept() == [stuck]


def test_two_backups_in_one_second_are_two_whole_ones(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    made = [backup.make(FOR), backup.make(FOR)]
    assert sorted(backup.kept()) == sorted(one.path for one in made)
    assert backup.kept()[0] == made[1].path
    for one in made:
        assert backup.check(read(one.path, WITH)) == (one.tables, one.rows)


def test_a_backup_removes_no_unfinished_file_but_its_own(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    monkeypatch.setattr(backup.secrets, "token_hex", lambda _length: "abcdef")
    others = backup.folder() / f"havn-{moment:%Y-%m-%dT%H%M%S}Z-abcdef.partial"
    others.write_bytes(b"being written by another process")
    with pytest.raises(Refused, match="could not be written"):
        backup.make(FOR)
    assert others.read_bytes() == b"being written by another process"
    others.unlink()
    assert backup.make(FOR).path.exists()


def test_the_daily_task_makes_none_without_a_key_and_one_with_it(line: Line) -> None:
    assert nightly.back_up.call() == 0
    assert backup.kept() == []
    backup.public_key_path().write_text(KEY.pair.public.hex())
    assert nightly.back_up.call() > 0
    assert backup.check(read(backup.kept()[0], WITH))[1] > 0
    with pytest.raises(Refused, match="no backup key"):
        backup.public_key_path().unlink()
        backup.make()


def test_a_passphrase_in_a_file_serves_as_well(line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "passphrase"
    file.write_text("short\n")
    monkeypatch.setenv("HAVN_BACKUP_PASSPHRASE_FILE", str(file))
    with pytest.raises(Refused, match="too short"):
        backup.make()
    file.write_text("lanterns over the harbour\n")
    made = backup.make()
    assert restore.restore(made.path, Openers(passphrase="lanterns over the harbour"), force=True) == made.rows


def test_a_disk_that_is_full_leaves_no_half_backup(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as during:
        during.setattr("havn.config.keeping.archive.os.fsync", full)
        with pytest.raises(Refused, match="No space left"):
            backup.make(FOR)
    assert list(backup.folder().iterdir()) == []
    assert Head.objects.exists()


def _data() -> Path:
    from django.conf import settings

    return Path(settings.DATA)
