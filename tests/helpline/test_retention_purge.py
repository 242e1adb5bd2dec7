"""What is over is destroyed: every row, every key; the anonymous count stays, and the trail says how many."""

import datetime as dt
import json

import pytest
from django.apps import apps
from django.db import connection, models

from havn.audit.models import Entry
from havn.common.clock import now, now_ms
from havn.common.errors import Refused
from havn.helpline.actions.ending import end_talk
from havn.helpline.actions.visits import delete_talk
from havn.helpline.models import Contact, Hold, Record
from havn.helpline.retention import journal
from havn.helpline.retention.destroy import purge_centre
from havn.helpline.retention.tables import tables_about_conversations
from havn.helpline.retention.tasks import purge
from havn.live.models import Conversation, Message, ReturnCode, VisitorSession
from havn.tasks.models import QueuedTask
from havn.vault.models import ConversationKeyWrap
from tests.helpline.factories import Child, Line, Person, make_line

pytestmark = pytest.mark.django_db
DAY_MS = 86_400_000


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.DATA = tmp_path


@pytest.fixture
def line() -> Line:
    return make_line()


def talk(line: Line, person: Person, *, days_ago: float, messages: int = 3) -> Child:
    """A talk that was answered and ended, its last message so many days ago."""
    child = line.child()
    line.take(person)
    for number in range(messages):
        child.says(f"message {number}")
    end_talk(actor=person.user, conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    aged(child, days_ago)
    return child


def aged(child: Child, days_ago: float) -> None:
    Conversation.objects.filter(pk=child.conversation_id).update(last_at_ms=now_ms() - int(days_ago * DAY_MS))


def delete(child: Child) -> None:
    delete_talk(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())


def run(line: Line):  # type: ignore[no-untyped-def]
    return purge_centre(line.service.organisation.centre, now=now())


def rows_about(conversation_id: int) -> dict[str, int]:
    """How many rows of each table name this conversation, the vault's among them."""
    found = {"vault_conversationkeywrap": ConversationKeyWrap.objects.filter(pk=conversation_id).count()}
    with connection.cursor() as cursor:
        for table in tables_about_conversations():
            cursor.execute(f'SELECT count(*) FROM "{table.name}" WHERE "{table.column}" = %s', [conversation_id])
            found[table.name] = cursor.fetchone()[0]
    return {name: count for name, count in found.items() if count}


def test_a_talk_past_its_day_leaves_no_row_and_no_key(line: Line) -> None:
    anna = line.counsellor()
    old, young = talk(line, anna, days_ago=30.1), talk(line, anna, days_ago=29.9)
    before = rows_about(young.conversation_id)
    assert {"live_message", "live_returncode", "live_visitorsession", "vault_conversationkeywrap"} <= set(before)
    done = run(line)
    assert rows_about(old.conversation_id) == {}
    assert rows_about(young.conversation_id) == before
    assert (done.talks, done.unfinished, done.left) == (1, 0, 0)
    assert done.keys == 3


def test_an_unfinished_one_goes_after_72_hours_and_a_waiting_letter_does_not(line: Line) -> None:
    left, letter = line.child(), line.child(channel="letter")
    for child in (left, letter):
        child.says("is anybody there")
        aged(child, 3.01)
    done = run(line)
    assert rows_about(left.conversation_id) == {}
    assert rows_about(letter.conversation_id)
    assert (done.talks, done.unfinished) == (0, 1)


def test_each_helpline_has_its_own_clock(line: Line) -> None:
    line.set(keep_days=7)
    anna = line.counsellor()
    gone, kept = talk(line, anna, days_ago=7.1), talk(line, anna, days_ago=6.9)
    run(line)
    assert rows_about(gone.conversation_id) == {}
    assert rows_about(kept.conversation_id)


def test_a_centre_purges_only_its_own(line: Line) -> None:
    other = make_line(centre_fields={"host": None})
    gone, kept = talk(line, line.counsellor(), days_ago=40), talk(other, other.counsellor(), days_ago=40)
    run(line)
    assert rows_about(gone.conversation_id) == {}
    assert rows_about(kept.conversation_id)


def test_a_hold_of_two_stops_the_clock_and_a_wish_of_one_does_not(line: Line) -> None:
    anna, boss = line.counsellor(), line.people[0]
    held, asked, expired = (talk(line, anna, days_ago=40) for _ in range(3))
    today = now().date()
    for child, second, until in (
        (held, boss.user, today + dt.timedelta(days=2)),
        (asked, None, today + dt.timedelta(days=2)),
        (expired, boss.user, today - dt.timedelta(days=2)),
    ):
        Hold.objects.create(
            conversation_id=child.conversation_id,
            reason="danger",
            asked_by=anna.user,
            confirmed_by=second,
            asked_at=now(),
            until=until,
        )
    done = run(line)
    assert rows_about(held.conversation_id)
    assert rows_about(asked.conversation_id) == {}
    assert rows_about(expired.conversation_id) == {}
    assert done.held == 1


def test_the_count_survives_also_when_nobody_finished_the_record(line: Line) -> None:
    child = talk(line, line.counsellor(), days_ago=40)
    Record.objects.filter(pk=child.conversation_id).update(outcome="listened", risk="some", online=True)
    run(line)
    contact = Contact.objects.get()
    assert (contact.outcome, contact.risk, contact.result) == ("listened", "some", "answered")
    assert contact.half_hour.minute in (0, 30)
    assert (contact.half_hour.second, contact.half_hour.microsecond) == (0, 0)


def test_the_trail_carries_counts_and_names_no_talk(line: Line) -> None:
    child = talk(line, line.counsellor(), days_ago=40)
    run(line)
    entry = Entry.objects.filter(action="helpline.retention.purged").get()
    counts = json.loads(entry.codes)
    assert (counts["talks"], counts["left"]) == (1, 0)
    assert counts["messages"] >= 3
    assert entry.subject == ""
    assert str(child.conversation_id) not in entry.codes


def test_a_purge_that_was_stopped_goes_on_where_it_was(line: Line) -> None:
    anna = line.counsellor()
    children = [talk(line, anna, days_ago=40) for _ in range(4)]
    calls = 0

    def stop_after_a_few() -> None:
        nonlocal calls
        calls += 1
        if calls > 3:
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        purge_centre(line.service.organisation.centre, now=now(), between=stop_after_a_few)
    # Whatever else is left, the keys went first.
    assert not ConversationKeyWrap.objects.filter(pk__in=[child.conversation_id for child in children]).exists()
    assert Conversation.objects.exists()
    run(line)
    assert not Conversation.objects.exists()
    assert Contact.objects.count() == 4


def test_the_task_purges_every_centre_and_then_forgets_the_traces(line: Line) -> None:
    other = make_line(centre_fields={"host": None})
    for one in (line, other):
        talk(one, one.counsellor(), days_ago=40)
    assert purge.call() == 2
    assert Entry.objects.filter(action="helpline.retention.purged").count() == 2
    assert QueuedTask.objects.get().path.endswith("forget_traces")


def test_every_table_that_names_a_conversation_is_found(line: Line) -> None:
    names = [table.name for table in tables_about_conversations()]
    assert names[-1] == "live_conversation"
    assert names.index("live_message") < names.index("live_participant")
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is Conversation:
                assert model._meta.db_table in names


def test_a_child_deletes_the_talk_while_it_runs(line: Line) -> None:
    anna = line.counsellor()
    child = line.child()
    line.take(anna)
    child.says("forget this")
    delete(child)
    assert rows_about(child.conversation_id) == {}
    assert not (Message.objects.exists() or ReturnCode.objects.exists() or VisitorSession.objects.exists())
    assert Contact.objects.get().result == "answered"
    assert journal.destroyed() == [child.conversation_id]
    entry = Entry.objects.filter(action="helpline.talk.destroyed").get()
    assert (entry.subject, entry.actor_id) == ("", None)
    assert QueuedTask.objects.filter(path__endswith="forget_traces").exists()
    with pytest.raises(Refused):
        delete(child)


def test_a_held_talk_is_not_deleted_before_its_day_is_over(line: Line) -> None:
    anna = line.counsellor()
    child = talk(line, anna, days_ago=0)
    hold = Hold.objects.create(
        conversation_id=child.conversation_id,
        reason="police",
        asked_by=anna.user,
        confirmed_by=line.people[0].user,
        asked_at=now(),
        until=now().date() + dt.timedelta(days=20),
    )
    with pytest.raises(Refused):
        delete(child)
    assert rows_about(child.conversation_id)
    assert journal.destroyed() == []
    hold.until = now().date() - dt.timedelta(days=2)
    hold.save()
    delete(child)
    assert rows_about(child.conversation_id) == {}


def test_the_journal_forgets_what_no_backup_reaches(monkeypatch: pytest.MonkeyPatch) -> None:
    journal.remember(111)
    real = now()
    monkeypatch.setattr(journal, "now", lambda: real + dt.timedelta(days=7))
    journal.remember(222)
    journal.forget_old()
    assert journal.destroyed() == [111, 222]
    monkeypatch.setattr(journal, "now", lambda: real + dt.timedelta(days=10))
    journal.forget_old()
    assert journal.destroyed() == [222]
