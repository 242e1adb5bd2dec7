"""What is left after a purge: no byte of a key or a word in the database's files, and nothing that pairs what stays."""

import datetime as dt
import random
import threading
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
import time_machine
from django.db import connection, transaction

from havn.audit import api as audit
from havn.audit.models import Entry
from havn.common.clock import now, now_ms
from havn.helpline.actions.ending import end_talk
from havn.helpline.actions.record import complete_and_close
from havn.helpline.models import Contact, Record
from havn.helpline.retention.batches import MOST_MS
from havn.helpline.retention.destroy import purge_centre
from havn.helpline.retention.traces import forget_traces
from havn.helpline.rules.record import half_hour_of
from havn.live.models import Conversation, Message, ReturnCode, VisitorSession
from havn.vault.models import ConversationKeyWrap
from tests.helpline.factories import COMPLETE, Child, Line, Person, make_line

pytestmark = pytest.mark.django_db(transaction=True)
MONTH = dt.timedelta(days=31)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.DATA = tmp_path


@pytest.fixture
def line() -> Line:
    return make_line()


def talk(line: Line, person: Person, messages: int = 3) -> Child:
    child = line.child()
    line.take(person)
    for number in range(messages):
        child.says(f"what a child said {number}")
    end_talk(actor=person.user, conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    return child


_WHERE = {"host", "port", "user", "password"}


def secrets_of(ids: Iterable[int], *, messages: bool) -> list[bytes]:
    """The stored bytes that must go: wrapped keys, and sealed text where the database overwrites it."""
    ids = list(ids)
    found = [bytes(one) for one in ConversationKeyWrap.objects.filter(pk__in=ids).values_list("wrapped", flat=True)]
    columns = [(ReturnCode, "wrapped"), (VisitorSession, "sealed"), (Message, "body")]
    for model, column in columns if messages else columns[:2]:
        rows = model.objects.filter(conversation_id__in=ids).values_list(column, flat=True)
        found += [bytes(one) for one in rows]
    assert found
    return [one for one in found if len(one) > 12]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's files.")
def test_no_byte_of_what_went_is_in_sqlites_files(line: Line) -> None:
    anna = line.counsellor()
    gone = [talk(line, anna) for _ in range(8)]
    kept = talk(line, anna)
    secrets = secrets_of([child.conversation_id for child in gone], messages=True)
    ids = [child.conversation_id for child in gone]
    database = Path(connection.settings_dict["NAME"])

    def in_files(secret: bytes) -> bool:
        return any(secret in path.read_bytes() for path in database.parent.glob(database.name + "*"))

    assert all(in_files(secret) for secret in secrets)
    Conversation.objects.filter(pk__in=ids).update(last_at_ms=0)
    purge_centre(line.service.organisation.centre, now=now())
    assert forget_traces()
    assert not any(in_files(secret) for secret in secrets)
    assert database.with_name(database.name + "-wal").stat().st_size == 0
    assert all(in_files(secret) for secret in secrets_of([kept.conversation_id], messages=True))


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's log.")
def test_cutting_the_log_waits_for_a_reader_without_stopping_writers(line: Line) -> None:
    talk(line, line.counsellor())
    reading, done = threading.Event(), threading.Event()

    def read_for_a_while() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT count(*) FROM live_message")
            cursor.fetchall()
            reading.set()
            done.wait(0.6)
            cursor.execute("COMMIT")
        connection.close()

    reader = threading.Thread(target=read_for_a_while)
    reader.start()
    reading.wait()
    with transaction.atomic():
        Conversation.objects.update(last_at_ms=1)
    cutter_found: list[bool] = []

    def cut() -> None:
        cutter_found.append(forget_traces())
        connection.close()

    cutter = threading.Thread(target=cut)
    cutter.start()
    waits = []
    for number in range(20):
        begun = time.perf_counter()
        with transaction.atomic():
            Conversation.objects.update(last_at_ms=number)
        waits.append(time.perf_counter() - begun)
    reader.join()
    cutter.join()
    assert cutter_found == [True]
    assert sorted(waits)[len(waits) // 2] < 0.1


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's files.")
def test_no_byte_of_a_key_that_went_is_in_postgres_tables_indexes_or_dumps(line: Line) -> None:
    anna = line.counsellor()
    gone = [talk(line, anna) for _ in range(8)]
    kept = talk(line, anna)
    ids = [child.conversation_id for child in gone]
    secrets, others = secrets_of(ids, messages=False), secrets_of([kept.conversation_id], messages=False)
    assert all(_in_postgres_files(secret) for secret in secrets)
    Conversation.objects.filter(pk__in=ids).update(last_at_ms=0)
    purge_centre(line.service.organisation.centre, now=now())
    assert forget_traces()
    assert not any(_in_postgres_files(secret) for secret in secrets)
    assert all(_in_postgres_files(secret) for secret in others)
    dump = _dump()
    assert not any(secret.hex().encode() in dump for secret in secrets)
    assert all(secret.hex().encode() in dump for secret in others)
    for child in gone:
        assert str(child.conversation_id).encode() not in dump
    with connection.cursor() as cursor:
        # Found through the indexes alone.
        cursor.execute("SET enable_seqscan = off")
        for conversation_id in ids:
            cursor.execute("SELECT 1 FROM vault_conversationkeywrap WHERE conversation_id = %s", [conversation_id])
            assert cursor.fetchone() is None
        cursor.execute("RESET enable_seqscan")


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's snapshots.")
def test_the_rewrite_waits_for_older_transactions_of_other_databases_too(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    monkeypatch.setattr("havn.helpline.retention.traces.OLD_SNAPSHOTS_S", 0.5)
    wanted = {name: value for name, value in connection.get_connection_params().items() if name in _WHERE}
    with psycopg.connect(**wanted | {"dbname": "postgres"}) as elsewhere:
        elsewhere.execute("SELECT pg_current_xact_id()")
        assert not forget_traces()
        elsewhere.rollback()
    monkeypatch.setattr("havn.helpline.retention.traces.OLD_SNAPSHOTS_S", 60.0)
    assert forget_traces()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's snapshots.")
def test_the_rewrite_waits_while_somebody_still_sees_the_old_rows(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("havn.helpline.retention.traces.OLD_SNAPSHOTS_S", 0.5)
    child = talk(line, line.counsellor())
    seen, done = threading.Event(), threading.Event()

    def look_back() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT count(*) FROM tenancy_centre")
            seen.set()
            done.wait(20)
            cursor.execute("COMMIT")
        connection.close()

    watcher = threading.Thread(target=look_back)
    watcher.start()
    seen.wait()
    Conversation.objects.update(last_at_ms=0)
    purge_centre(line.service.organisation.centre, now=now())
    assert not forget_traces()
    done.set()
    watcher.join()
    monkeypatch.setattr("havn.helpline.retention.traces.OLD_SNAPSHOTS_S", 60.0)
    assert forget_traces()
    assert child


def test_no_transaction_of_the_purge_holds_the_lock_long(line: Line) -> None:
    anna = line.counsellor()
    for _ in range(30):
        talk(line, anna, messages=60)
    Conversation.objects.update(last_at_ms=0)
    done = purge_centre(line.service.organisation.centre, now=now())
    assert done.messages >= 30 * 60
    held = sorted(done.key_batches.held_ms + done.row_batches.held_ms)
    # A slow disk flush on a busy machine is not the purge's doing; the usual transaction is.
    assert held[len(held) // 2] < MOST_MS
    assert done.row_batches.size <= 400


def test_what_is_left_pairs_contacts_and_talks_no_better_than_chance(line: Line) -> None:
    """Everything of one half-hour, joined by place, by number of transaction, by the trail's order and times, and by
    how long each child waited. Waits and lengths differ as they do on a busy evening."""
    people = [line.counsellor(seats=3) for _ in range(3)]
    truth: dict[int, int] = {}
    chance = random.Random(7)
    half_hour = now().replace(minute=0, second=0, microsecond=0) - dt.timedelta(hours=1)
    with time_machine.travel(half_hour + dt.timedelta(minutes=1)) as clock:
        for number in range(60):
            person = people[number % 3]
            line.on_duty(person, seats=3)
            child = line.child(waited_minutes=chance.choice([0.2, 3, 10, 20, 40, 70]))
            line.take(person)
            # As the desk does before the first text is shown.
            audit.record_read(
                centre_id=line.service.organisation.centre_id,
                actor_id=person.pk,
                conversation_id=child.conversation_id,
                session=f"duty:{number}",
            )
            Record.objects.filter(pk=child.conversation_id).update(**COMPLETE)
            clock.shift(dt.timedelta(seconds=10))
            ended_ms = now_ms() + int(chance.choice([0.2, 3, 10, 20, 40, 70]) * 60_000)
            complete_and_close(actor=person.user, conversation_id=child.conversation_id, key=child.key, now_ms=ended_ms)
            (new,) = set(Contact.objects.values_list("pk", flat=True)) - set(truth.values())
            truth[child.conversation_id] = new
            clock.shift(dt.timedelta(seconds=10))
    with time_machine.travel(half_hour + MONTH):
        assert purge_centre(line.service.organisation.centre, now=now()).talks == 60
    assert forget_traces()
    contacts = {contact.pk: contact for contact in Contact.objects.all()}
    assert len(contacts) == 60
    assert len({contact.waiting_band for contact in contacts.values()}) == 6
    assert len({contact.length_band for contact in contacts.values()}) == 6
    # No reading lies outside the contact's half-hour, so no half-hour with a wait rules a reading out.
    assert {contact.half_hour for contact in contacts.values()} == {half_hour}
    reads = Entry.objects.filter(action="conversation.read").values_list("at_ms", flat=True)
    assert {half_hour_of(at_ms) for at_ms in reads} == {int(half_hour.timestamp() * 1000)}

    # The talks that the trail still names, in its order; no entry names one together with a contact.
    talks = [int(subject.removeprefix("conversation:")) for subject in _subjects()]
    assert sorted(talks) == sorted(truth)
    for contact_id in truth.values():
        assert not Entry.objects.filter(codes__contains=str(contact_id)).exists()
    for order in [*_orders_of_contacts(), *_orders_by_time(contacts)]:
        right = sum(truth[conversation] == contact for conversation, contact in zip(talks, order, strict=True))
        # By chance one is right on average; more than six happens once in ten thousand runs.
        assert right <= 6
        places = {contact: place for place, contact in enumerate(order)}
        assert abs(_rank_correlation([places[truth[conversation]] for conversation in talks])) < 0.52


def test_the_trail_does_not_tell_how_long_a_talk_was(line: Line) -> None:
    """A contact keeps its length in a band: an entry at the end, beside that of the read, would pair them."""
    anna = line.counsellor()
    child = line.child()
    line.take(anna)
    before = Entry.objects.count()
    Record.objects.filter(pk=child.conversation_id).update(**COMPLETE)
    end_talk(actor=anna.user, conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    complete_and_close(actor=anna.user, conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    assert Contact.objects.count() == 1
    assert Entry.objects.count() == before


def _orders_by_time(contacts: dict[int, Contact]) -> list[list[int]]:
    """The orders in which contacts would have been read, by how long they waited and how long they took."""
    bands = ["0-1", "1-5", "5-15", "15-30", "30-60", "60+"]
    by_wait = sorted(contacts, key=lambda pk: (bands.index(contacts[pk].waiting_band), pk))
    by_length = sorted(contacts, key=lambda pk: (bands.index(contacts[pk].length_band), pk))
    return [by_wait, by_wait[::-1], by_length, by_length[::-1]]


def _orders_of_contacts() -> list[list[int]]:
    """The orders in which a copy of the database shows contacts: as they lie, and by number of transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT id FROM helpline_contact ORDER BY rowid")
            lying = [row[0] for row in cursor.fetchall()]
            cursor.execute("SELECT id FROM helpline_contact INDEXED BY contact_when WHERE centre_id > 0")
            return [lying, [row[0] for row in cursor.fetchall()]]
        cursor.execute("SELECT id, xmin::text::bigint FROM helpline_contact ORDER BY ctid")
        rows = cursor.fetchall()
        assert len({number for _, number in rows}) == 1
        lying = [row[0] for row in rows]
        assert lying == sorted(lying)
        cursor.execute("SELECT contact_id, xmin::text::bigint FROM helpline_contactreason ORDER BY ctid")
        reasons = cursor.fetchall()
        assert len({number for _, number in reasons}) == 1
        return [lying, list(dict.fromkeys(row[0] for row in reasons))]


def _subjects() -> list[str]:
    named = Entry.objects.filter(subject__startswith="conversation:").order_by("seq")
    return list(named.values_list("subject", flat=True))


def _rank_correlation(ranks: list[int]) -> float:
    count = len(ranks)
    distance = sum((place - rank) ** 2 for place, rank in enumerate(ranks))
    return 1 - 6 * distance / (count * (count**2 - 1))


def _in_postgres_files(secret: bytes) -> bool:
    """Whether the bytes are in any file of the tables that hold keys, their indexes and their overflow."""
    names = ("vault_conversationkeywrap", "live_returncode", "live_visitorsession")
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
        cursor.execute(
            "WITH named AS (SELECT to_regclass(name) AS oid FROM unnest(%s::text[]) name)"
            " SELECT pg_relation_filepath(oid) FROM pg_class WHERE oid IN (SELECT oid FROM named)"
            " OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid IN (SELECT oid FROM named))"
            " OR oid IN (SELECT reltoastrelid FROM pg_class WHERE oid IN (SELECT oid FROM named))",
            [list(names)],
        )
        paths = [folder / row[0] for row in cursor.fetchall() if row[0]]
    try:
        return any(secret in path.read_bytes() for path in paths)
    except PermissionError:
        pytest.skip("This user cannot read the server's files.")


def _dump() -> bytes:
    """All rows of all tables, as a dump writes them."""
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            parts += [row[0] for row in cursor.fetchall()]
    return "\n".join(parts).encode()
