"""The trail: what goes onto it, and what any change of it shows."""

import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from havn.audit import api
from havn.audit.chain import START, entry_hash
from havn.audit.models import Entry, Head, ReadMark
from havn.audit.queries import PAGE, actions_of, trail
from havn.audit.verify import verify

CENTRE = 7


def record(**changes: Any) -> None:
    fields: dict[str, Any] = {"centre_id": CENTRE, "action": "helpline.turn.taken", "actor_id": 3, "service_id": 5}
    api.record(**{**fields, "subject": "conversation:12", "by": "next", **changes})


@pytest.mark.django_db
def test_each_entry_carries_the_hash_of_the_one_before() -> None:
    for _ in range(3):
        record()
    entries = list(Entry.objects.order_by("seq"))
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert bytes(entries[0].previous) == START
    assert bytes(entries[1].previous) == bytes(entries[0].hash)
    assert bytes(Head.objects.get(pk=CENTRE).hash) == bytes(entries[2].hash)
    assert verify().findings == []
    assert verify().entries == 3


@pytest.mark.django_db
def test_each_centre_has_a_chain_of_its_own() -> None:
    for centre_id in (1, 2, 1):
        record(centre_id=centre_id)
    assert list(Entry.objects.order_by("centre_id", "seq").values_list("centre_id", "seq")) == [(1, 1), (1, 2), (2, 1)]


@pytest.mark.django_db
def test_an_entry_stands_or_falls_with_what_it_tells_of() -> None:
    def write_and_fail() -> None:
        with transaction.atomic():
            record()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert not Entry.objects.exists()
    record()
    assert verify().findings == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"action": "She wrote to me"},
        {"action": "a" * 81},
        {"subject": "Kari Nordmann"},
        {"subject": "conversation:1\nx:2"},
        {"reason": "he said that"},
        {"reason": "line\nbreak"},
        {"reason": "x" * 81},
        {"reason": None},
        {"reason": 1.5},
        {"reason": True},
        {"reason": ["a"]},
    ],
)
def test_what_looks_like_words_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="audit"):
        record(**wrong)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_no_two_different_entries_hash_alike() -> None:
    fields: list[Any] = [1, 2, 3, 4, "a.b", 5, "c:6", "{}"]
    seen = {entry_hash(START, *fields)}
    for place, other in enumerate([2, 23, 34, None, "a.bc", None, "c:", '{"a":1}']):
        seen.add(entry_hash(START, *[*fields[:place], other, *fields[place + 1 :]]))
    seen.add(entry_hash(b"\x01" * 32, *fields))
    assert len(seen) == 10


@pytest.mark.django_db
def test_the_model_neither_changes_nor_deletes() -> None:
    record()
    entry = Entry.objects.get()
    for change in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(action="x")):
        with pytest.raises(TypeError):
            change()


@pytest.mark.django_db
def test_a_read_is_recorded_once_for_person_conversation_and_duty_session() -> None:
    for actor, conversation, session in [(1, 8, "a"), (1, 8, "a"), (1, 8, "b"), (2, 8, "a"), (1, 9, "a")]:
        api.record_read(centre_id=CENTRE, actor_id=actor, conversation_id=conversation, session=session)
    told = Entry.objects.order_by("seq").values_list("actor_id", "subject")
    assert list(told) == [(1, "conversation:8"), (1, "conversation:8"), (2, "conversation:8"), (1, "conversation:9")]


@pytest.mark.django_db(transaction=True)
def test_a_read_that_can_not_be_written_raises_and_leaves_no_excuse(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**fields: Any) -> None:
        raise IntegrityError("full")

    monkeypatch.setattr(api, "append", fail)
    for _ in range(2):
        with pytest.raises(IntegrityError):
            api.record_read(centre_id=CENTRE, actor_id=1, conversation_id=8, session="a")
    assert not ReadMark.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_read_inside_a_transaction_is_refused_because_it_may_still_be_undone() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        api.record_read(centre_id=CENTRE, actor_id=1, conversation_id=8, session="a")


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_unbroken_chain() -> None:
    trouble: list[BaseException] = []

    def write() -> None:
        try:
            for _ in range(15):
                with transaction.atomic():
                    record()
        except BaseException as error:
            trouble.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not trouble
    verdict = verify()
    assert verdict.findings == []
    assert verdict.entries == 90
    assert Head.objects.get(pk=CENTRE).seq == 90


@pytest.mark.django_db(transaction=True)
def test_the_same_read_from_two_streams_at_once_is_one_entry() -> None:
    trouble: list[BaseException] = []
    gate = threading.Barrier(4)

    def read() -> None:
        try:
            gate.wait()
            api.record_read(centre_id=CENTRE, actor_id=1, conversation_id=8, session="a")
        except BaseException as error:
            trouble.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not trouble
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_old_read_marks_go_and_the_entries_stay() -> None:
    api.record_read(centre_id=CENTRE, actor_id=1, conversation_id=8, session="a")
    assert api.forget_read_marks(older_than_ms=2**53) == 1
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_the_trail_is_read_newest_first_by_page_and_by_action() -> None:
    for number in range(PAGE + 5):
        record(action="helpline.turn.taken" if number % 2 else "helpline.turns", subject=f"conversation:{number}")
    record(centre_id=CENTRE + 1)
    first, older = trail(CENTRE)
    rest, none = trail(CENTRE, before=older)
    assert [line.seq for line in first + rest] == list(range(PAGE + 5, 0, -1))
    assert none is None
    assert {line.action for line in trail(CENTRE, action="helpline.turn")[0]} == {"helpline.turn.taken"}
    assert actions_of(CENTRE) == ["helpline.turn.taken", "helpline.turns"]
