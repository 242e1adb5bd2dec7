"""After a restore: the trail still verifies and still shows tampering; who left stays out; unwanted codes stay gone."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from havn.accounts.actions import change_roles, remove_member
from havn.accounts.models import Invitation, Membership, User
from havn.audit import guards
from havn.audit.api import write_heads
from havn.audit.heads import heads_folder
from havn.audit.models import Entry, Head
from havn.audit.verify import sentences, verify
from havn.common import clock
from havn.common.clock import now, now_ms
from havn.config.keeping import backup, pending, restore
from havn.config.keeping.archive import BackupKey, Openers
from havn.handover.models import Handover
from havn.helpline import beside
from havn.helpline.models import ContactBatch
from havn.helpline.retention import departed, journal
from havn.live import api as live
from havn.live.models import ReturnCode
from havn.vault.models import TeamKey, TeamKeyWrap
from tests.handover.conftest import make_talk
from tests.helpline.factories import Line, Person, make_line

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


@pytest.fixture
def unguarded() -> Iterator[None]:
    """Somebody took the triggers away, as whoever owns the database can."""
    yield
    guards.install(connection)


def work(line: Line, person: Person, talks: int = 1) -> None:
    """Entries on the trail."""
    for _ in range(talks):
        line.on_duty(person)


def bring_back(made: backup.Made) -> None:
    restore.restore(made.path, WITH, force=True)


def tamper(sql: str, *values: Any) -> None:
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount > 0


def test_heads_signed_after_the_backup_are_told_of_and_are_no_finding(line: Line, anna: Person) -> None:
    write_heads()
    made = backup.make(FOR)
    work(line, anna, 6)
    write_heads()
    bring_back(made)
    verdict = verify()
    assert verdict.findings == []
    assert len(verdict.restores) == 1
    assert "1 signed heads are from before the restore" in verdict.restores[0]
    # The one before the backup and the fresh one at the end of the restore.
    assert verdict.heads == 2
    assert verdict.restores[0] in sentences(verdict)
    assert verdict.newest_head_at_ms is not None
    assert now_ms() - verdict.newest_head_at_ms < 60_000
    # The restore's own entries stand where the head that was lost stood: they are not mistaken for it.
    work(line, anna, 6)
    write_heads()
    assert verify().findings == []


def test_after_a_restore_a_changed_byte_is_still_found(line: Line, anna: Person, unguarded: None) -> None:
    made = backup.make(FOR)
    work(line, anna, 3)
    write_heads()
    bring_back(made)
    tamper("UPDATE audit_entry SET actor_id = 4711 WHERE seq = 2")
    assert any("Entry 2" in finding and "was changed" in finding for finding in verify().findings)


@pytest.mark.parametrize("beyond", [False, True])
def test_after_a_restore_an_end_cut_off_is_still_found(line: Line, anna: Person, unguarded: None, beyond: bool) -> None:
    """Whether the cut goes back into what came from the backup or not."""
    made = backup.make(FOR)
    work(line, anna, 3)
    write_heads()
    bring_back(made)
    centre_id = line.service.organisation.centre_id
    restored = Entry.objects.get(centre_id=centre_id, action="backup.restored").seq
    stays = restored - 2 if beyond else restored
    tamper("DELETE FROM audit_entry WHERE centre_id = %s AND seq > %s", centre_id, stays)
    last = Entry.objects.get(centre_id=centre_id, seq=stays)
    Head.objects.filter(pk=centre_id).update(seq=stays, hash=bytes(last.hash))
    assert any("cut off" in finding for finding in verify().findings)


def test_a_statement_that_was_changed_sets_no_head_free(line: Line, anna: Person) -> None:
    made = backup.make(FOR)
    work(line, anna, 6)
    write_heads()
    bring_back(made)
    (path,) = heads_folder().glob("restored-*.json")
    text = path.read_text()
    at_ms = text.split('"at_ms": ')[1].split(",")[0]
    path.write_text(text.replace(at_ms, str(int(at_ms) + 1)))
    findings = verify().findings
    assert any("restore" in finding and "wrong signature" in finding for finding in findings)
    assert len(findings) > 1


def test_a_restore_of_another_backup_after_a_restore_verifies_too(
    line: Line, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Old, newer, then old again and newer again, with heads signed on each way."""
    first = backup.make(FOR)
    work(line, anna, 4)
    write_heads()
    second = backup.make(FOR)
    work(line, anna, 4)
    write_heads()
    for made in (first, second, first, first, second):
        bring_back(made)
        work(line, anna, 2)
        write_heads()
        assert verify().findings == [], made.path


def test_a_centre_begun_after_the_backup_leaves_no_finding(line: Line) -> None:
    made = backup.make(FOR)
    other = make_line(centre_fields={"host": None})
    other.counsellor()
    write_heads()
    bring_back(made)
    assert verify().findings == []


def test_an_interrupted_restore_is_told_once(line: Line, anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    made = backup.make(FOR)
    work(line, anna, 3)
    write_heads()

    def killed(*_some: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr(restore, "purge_centre", killed)
        with pytest.raises(KeyboardInterrupt):
            bring_back(made)
    assert pending.mark_path(Path(settings.DATA)).exists()
    assert restore.finish_pending()
    assert Entry.objects.filter(action="backup.restored").count() == 1
    assert verify().findings == []


def test_who_was_removed_after_the_backup_stays_out(line: Line, anna: Person) -> None:
    lead = line.people[0]
    line.child()
    line.take(anna)
    made = backup.make(FOR)
    key = TeamKey.objects.get(service=line.service, retired_at=None).pk
    remove_member(actor=lead.user, member=anna.user, organisation=line.service.organisation)
    bring_back(made)
    restored = User.objects.get(pk=anna.pk)
    assert not restored.is_active
    assert not restored.has_usable_password()
    assert not Membership.objects.filter(user=restored).exists()
    assert not TeamKeyWrap.objects.filter(user=restored).exists()
    assert TeamKey.objects.get(service=line.service, retired_at=None).pk != key
    entry = Entry.objects.get(action="accounts.role.taken", subject=f"user:{anna.pk}")
    assert entry.actor_id is None
    assert User.objects.get(pk=lead.pk).is_active


def test_a_role_taken_after_the_backup_stays_taken_and_one_given_back_stays(line: Line, anna: Person) -> None:
    lead, other, third = line.people[0], line.member("coordinator", "supervisor"), line.member("coordinator")
    organisation = line.service.organisation
    made = backup.make(FOR)
    change_roles(actor=lead.user, member=other.user, organisation=organisation, roles=["counsellor"])
    for roles in (["counsellor"], ["coordinator"]):
        change_roles(actor=lead.user, member=third.user, organisation=organisation, roles=roles)
    bring_back(made)
    assert not Membership.objects.filter(user=other.user).exists()
    assert not User.objects.get(pk=other.pk).is_active
    assert list(Membership.objects.filter(user=third.user).values_list("role", flat=True)) == ["coordinator"]


def test_what_was_taken_before_the_backup_is_no_business_of_the_restore(line: Line, anna: Person) -> None:
    lead = line.people[0]
    other = line.member("supervisor")
    change_roles(actor=lead.user, member=other.user, organisation=line.service.organisation, roles=["counsellor"])
    with transaction.atomic():
        Membership.objects.bulk_create(
            [Membership(user=other.user, organisation=line.service.organisation, role="supervisor")]
        )
    made = backup.make(FOR)
    bring_back(made)
    assert set(Membership.objects.filter(user=other.user).values_list("role", flat=True)) == {
        "counsellor",
        "supervisor",
    }


def test_the_lines_about_roles_go_when_no_backup_reaches_back(
    line: Line, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove_member(actor=line.people[0].user, member=anna.user, organisation=line.service.organisation)
    assert departed.taken_since(None) == [(anna.pk, line.service.organisation_id, "counsellor")]
    assert departed.path().stat().st_mode & 0o077 == 0
    assert anna.user.name not in departed.path().read_text()
    real = now()
    monkeypatch.setattr(departed, "now", lambda: real + dt.timedelta(days=7))
    departed.forget_old()
    assert len(departed.taken_since(None)) == 1
    monkeypatch.setattr(departed, "now", lambda: real + dt.timedelta(days=9))
    departed.forget_old()
    assert departed.taken_since(None) == []


def test_a_line_cut_short_spoils_no_other(tmp_path: Path) -> None:
    journal.remember(111)
    with journal.path().open("a") as file:
        file.write("2026-11-25 22")
    assert journal.destroyed() == [111]
    journal.remember(333)
    assert {111, 333} <= set(journal.destroyed())


def test_links_made_before_the_backup_work_no_more(line: Line) -> None:
    Invitation.objects.create(
        token_hash=b"h" * 32,
        organisation=line.service.organisation,
        roles=["counsellor"],
        made_by=line.people[0].user,
        made_at=clock.now(),
        expires_at=clock.now() + dt.timedelta(hours=72),
    )
    made = backup.make(FOR)
    bring_back(made)
    assert not Invitation.objects.exists()


def test_a_code_that_its_child_did_not_want_does_not_come_back(line: Line, anna: Person) -> None:
    """Marked, the session still open when the backup is made; afterwards the session ends and the code goes."""
    unwanted, wanted = line.child(), line.child()
    live.code_unwanted(unwanted.conversation_id)
    made = backup.make(FOR)
    live.end_visitor_sessions(unwanted.conversation_id)
    bring_back(made)
    assert list(ReturnCode.objects.values_list("conversation_id", flat=True)) == [wanted.conversation_id]
    centre_id = line.service.organisation.centre_id
    assert live.open_with_code(unwanted.code, centre_id=centre_id, now_ms=now_ms()) is None
    assert live.open_with_code(wanted.code, centre_id=centre_id, now_ms=now_ms()) is not None


def test_what_was_on_its_way_by_e_mail_comes_back_as_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("havn.mail.api.reaches", lambda centre: True)
    talk = make_talk()
    handover = talk.ask("kripos")
    Handover.objects.filter(pk=handover.pk).update(state="sending", letter_id=1)
    made = backup.make(FOR)
    bring_back(made)
    handover.refresh_from_db()
    assert (handover.state, handover.letter_id) == ("failed", None)


def test_what_is_over_in_the_parts_and_among_files_that_waited_goes_too(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    late, fresh = (
        ContactBatch.objects.create(
            service=line.service, made_by=line.people[0].user, made_at=now() - dt.timedelta(days=days), rows=1,
            fingerprint=bytes([days]),
        )
        for days in (8, 1)
    )  # fmt: skip
    made = backup.make(FOR)
    seen: list[int] = []
    monkeypatch.setattr(beside, "_purges", [lambda centre: seen.append(centre.pk)])
    bring_back(made)
    assert list(ContactBatch.objects.values_list("pk", flat=True)) == [fresh.pk]
    assert late.pk != fresh.pk
    assert line.service.organisation.centre_id in seen
