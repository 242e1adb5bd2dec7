"""The contact record: kept as typed, complete before closing, counted once and without a trace of the talk."""

from typing import Any

import pytest
import time_machine

from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.ending import end_talk
from havn.helpline.actions.reading import read_along
from havn.helpline.actions.record import Incomplete, Overtaken, complete_and_close, save_record
from havn.helpline.actions.visits import ask_again, end_visit
from havn.helpline.actions.vocabularies import load_vocabularies
from havn.helpline.models import Contact, ContactReason, Record, Turn
from havn.helpline.queries.vocabularies import codes_of, terms_of
from havn.helpline.rules.record import half_hour_of
from havn.helpline.sealing import open_text
from havn.live import api as live
from havn.live.models import Participant
from havn.vocabularies.models import Vocabulary, VocabularyTerm
from tests.helpline.factories import COMPLETE, Child, Line, Person, make_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Line:
    return make_line()


@pytest.fixture
def talk(line: Line) -> tuple[Person, Child]:
    anna = line.counsellor()
    child = line.child(waited_minutes=12)
    line.take(anna)
    return anna, child


def _save(person: Person, child: Child, values: dict[str, Any], summary: str | None = None, version: int = 0) -> Record:
    return save_record(
        actor=person.user,
        conversation_id=child.conversation_id,
        version=version,
        values=values,
        summary=summary,
        key=child.key,
    )


def _close(person: Person, child: Child) -> Turn:
    return complete_and_close(actor=person.user, conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())


def test_what_is_filled_in_is_kept_bit_by_bit(talk: tuple[Person, Child]) -> None:
    anna, child = talk
    _save(anna, child, {"reasons": ["grooming"]})
    _save(anna, child, {"person": "teen-12-18"}, version=1)
    record = Record.objects.get(pk=child.conversation_id)
    assert (record.reasons, record.person, record.version) == (["grooming"], "teen-12-18", 2)


def test_a_second_window_cannot_overwrite_what_the_first_saved(talk: tuple[Person, Child]) -> None:
    anna, child = talk
    _save(anna, child, {"gender": "unknown"})
    with pytest.raises(Overtaken):
        _save(anna, child, {"gender": "other"}, version=0)
    assert Record.objects.get(pk=child.conversation_id).gender == "unknown"


def test_a_code_that_no_list_knows_is_dropped(talk: tuple[Person, Child]) -> None:
    anna, child = talk
    record = _save(anna, child, {"reasons": ["nonsense", "sextortion", "oscec"], "place": "moon", "risk": "very"})
    # "sextortion" belongs to the list that ended in March 2023.
    assert (record.reasons, record.place, record.risk) == (["oscec"], "", "")


def test_the_summary_is_sealed_and_opens_with_the_talks_key(talk: tuple[Person, Child]) -> None:
    anna, child = talk
    record = _save(anna, child, {}, summary="a plain word about a harbour")
    assert b"harbour" not in bytes(record.summary_sealed)
    text = open_text(
        record.summary_nonce,
        record.summary_sealed,
        conversation_id=child.conversation_id,
        field="summary",
        key=child.key,
    )
    assert text == "a plain word about a harbour"


def test_an_incomplete_record_keeps_the_talk_open_and_names_what_is_missing(talk: tuple[Person, Child]) -> None:
    anna, child = talk
    _save(anna, child, {"reasons": ["gaming"], "person": "unknown"})
    with pytest.raises(Incomplete) as refusal:
        _close(anna, child)
    assert refusal.value.fields == ["gender", "online", "outcome", "risk"]
    assert child.turn.state == "talking"
    assert not Contact.objects.exists()


def test_closing_ends_the_talk_and_counts_one_contact(talk: tuple[Person, Child]) -> None:
    anna, child = talk
    _save(anna, child, COMPLETE)
    turn = _close(anna, child)
    assert (turn.state, turn.ended_by, turn.counted) == ("ended", "counsellor", True)
    contact = Contact.objects.get()
    assert (contact.result, contact.channel, contact.person, contact.online) == (
        "answered", "chat", "teen-12-18", True,
    )  # fmt: skip
    assert (contact.waiting_band, contact.length_band) == ("5-15", "0-1")
    assert turn.taken_at_ms is not None
    assert int(contact.half_hour.timestamp() * 1000) == half_hour_of(turn.taken_at_ms)
    reasons = {(reason.code, reason.main) for reason in ContactReason.objects.all()}
    assert reasons == {("cyberbullying", True), ("gaming", False)}
    assert set(ContactReason.objects.values_list("vocabulary", flat=True)) == {"insafe-reasons-2023"}


def test_closing_twice_counts_once(talk: tuple[Person, Child]) -> None:
    anna, child = talk
    _save(anna, child, COMPLETE)
    _close(anna, child)
    with pytest.raises(Refused, match="closed"):
        _close(anna, child)
    assert Contact.objects.count() == 1


def test_a_talk_the_child_ended_is_closed_afterwards(talk: tuple[Person, Child]) -> None:
    anna, child = talk
    end_visit(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    _save(anna, child, COMPLETE)
    _close(anna, child)
    assert Contact.objects.get().result == "answered"
    assert child.turn.ended_by == "visitor"


def test_nothing_that_is_kept_names_contact_and_conversation_together(talk: tuple[Person, Child]) -> None:
    anna, child = talk
    _save(anna, child, COMPLETE)
    _close(anna, child)
    contact = Contact.objects.get()
    kept = {str(value) for value in Contact.objects.values_list().get()}
    assert str(child.conversation_id) not in kept
    for entry in Entry.objects.all():
        assert str(contact.pk) not in f"{entry.subject} {entry.codes}"


def test_an_attempt_without_a_talk_is_closed_with_its_outcome_alone(talk: tuple[Person, Child]) -> None:
    anna, child = talk
    _save(anna, child, {"outcome": "silent", "reasons": ["gaming"]})
    _close(anna, child)
    assert Contact.objects.get().outcome == "silent"
    assert not ContactReason.objects.exists()


def test_a_place_is_not_counted_for_what_did_not_happen_online(talk: tuple[Person, Child]) -> None:
    anna, child = talk
    _save(anna, child, {**COMPLETE, "online": False, "platform": "Snapchat"})
    _close(anna, child)
    contact = Contact.objects.get()
    assert (contact.online, contact.place, contact.platform) == (False, "", "")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("Snapchat", "Snapchat"), ("snapchat ", "Snapchat"), ("anna_2011 on Snapchat", "other"), ("", "")],
)
def test_neither_record_nor_contact_keeps_a_word_that_somebody_typed_as_platform(
    talk: tuple[Person, Child], sent: str, kept: str
) -> None:
    anna, child = talk
    record = _save(anna, child, {**COMPLETE, "platform": sent})
    assert (record.platform, Record.objects.get().platform) == (kept, kept)
    _close(anna, child)
    assert Contact.objects.get().platform == kept


def test_starting_and_ending_again_and_again_is_one_contact_in_a_half_hour(line: Line) -> None:
    with time_machine.travel("2026-03-02T09:02:00+00:00", tick=False) as clock:
        child = line.child(waited_minutes=0)
        for _ in range(5):
            end_visit(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
            ask_again(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
        assert [one.result for one in Contact.objects.all()] == ["left"]
        clock.shift(31 * 60)
        # What waits since the first half-hour still belongs to it; the next attempt is a new one.
        for _ in range(3):
            end_visit(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
            ask_again(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
        assert {one.half_hour.minute for one in Contact.objects.all()} == {0, 30}
        assert Contact.objects.count() == 2


def test_a_talk_belongs_to_the_half_hour_in_which_it_was_taken_however_long_the_wait(line: Line) -> None:
    with time_machine.travel("2026-03-02T09:35:00+00:00", tick=False):
        anna, child = line.counsellor(), line.child(waited_minutes=40)
        left = line.child(waited_minutes=39)
        line.take(anna)
        _save(anna, child, {**COMPLETE, "outcome": "silent"})
        _close(anna, child)
        end_visit(conversation_id=left.conversation_id, key=left.key, now_ms=now_ms())
        found = {one.result: (one.half_hour.hour, one.half_hour.minute, one.waiting_band) for one in _contacts()}
        assert found == {"answered": (9, 30, "30-60"), "left": (8, 30, "30-60")}
        # Back in the same half-hour, and this time a talk: what the first attempt became is taken back from there.
        ask_again(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
        line.take(anna)
        _save(anna, child, COMPLETE)
        _close(anna, child)
        told = {(one.result, one.outcome, one.half_hour.minute) for one in _contacts()}
        assert told == {("answered", "listened", 30), ("left", "", 30)}
        assert Contact.objects.count() == 2


@pytest.mark.parametrize(
    ("taken", "code", "version"),
    [
        ("2023-03-31T22:05:00+00:00", "oscec", "insafe-reasons-2023"),
        ("2023-03-31T21:55:00+00:00", "sextortion", "insafe-reasons-2018"),
    ],
)
def test_the_list_of_reasons_is_that_of_the_centres_own_day(line: Line, taken: str, code: str, version: str) -> None:
    """In Oslo the list of 1 April 2023 holds from 22:00 UTC of the day before; who was taken since is coded with it."""
    with time_machine.travel(taken, tick=False):
        anna, child = line.counsellor(), line.child(waited_minutes=10)
        line.take(anna)
        _save(anna, child, {**COMPLETE, "reasons": [code]})
        assert Record.objects.get().reasons == [code]
        _close(anna, child)
    assert set(ContactReason.objects.values_list("vocabulary", "code")) == {(version, code)}


def _contacts() -> list[Contact]:
    return list(Contact.objects.all())


def test_of_a_half_hours_attempts_the_talk_with_its_record_is_the_one_that_counts(line: Line) -> None:
    with time_machine.travel("2026-03-02T09:02:00+00:00", tick=False):
        anna, child, another = line.counsellor(), line.child(waited_minutes=0), line.child(waited_minutes=0)
        end_visit(conversation_id=another.conversation_id, key=another.key, now_ms=now_ms())
        end_visit(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
        assert Contact.objects.filter(result="left").count() == 2
        ask_again(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
        line.take(anna)
        end_visit(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
        ask_again(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
        assert sorted(Contact.objects.values_list("result", "outcome")) == [("answered", ""), ("left", "")]
        line.take(anna)
        _save(anna, child, COMPLETE)
        _close(anna, child)
        assert sorted(Contact.objects.values_list("result", "outcome")) == [("answered", "listened"), ("left", "")]
        ask_again(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
        end_visit(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
        assert Contact.objects.count() == 2


def test_a_record_still_open_goes_on_with_the_child_who_asks_again(line: Line, talk: tuple[Person, Child]) -> None:
    anna, child = talk
    _save(anna, child, {"reasons": ["grooming"], "person": "teen-12-18", "outcome": "listened"}, summary="a harbour")
    end_visit(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    ask_again(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    # The words on their way when the child came back are stored too.
    _save(anna, child, {"gender": "unknown"}, summary="a harbour at night", version=1)
    bo = line.counsellor()
    with pytest.raises(NotAllowed):
        _save(bo, child, {"gender": "other"}, version=2)
    line.take(bo)
    with pytest.raises(NotAllowed):
        _save(anna, child, {"gender": "other"}, version=2)
    record = Record.objects.get(pk=child.conversation_id)
    assert (record.reasons, record.person, record.gender) == (["grooming"], "teen-12-18", "unknown")
    assert (record.outcome, record.completed_at) == ("listened", None)
    text = open_text(
        record.summary_nonce,
        record.summary_sealed,
        conversation_id=child.conversation_id,
        field="summary",
        key=child.key,
    )
    assert text == "a harbour at night"
    seen = live.messages(
        conversation_id=child.conversation_id, key=child.key, viewer=live.Viewer(0, "counsellor", bo.pk)
    )
    assert [one.code for one in seen][-3:] == ["asked-again", "record-kept", "joined"]
    assert "record-kept" not in child.events()


def test_an_open_record_is_counted_with_what_it_held_and_once_it_is_closed_with_everything(line: Line) -> None:
    with time_machine.travel("2026-03-02T09:02:00+00:00", tick=False) as clock:
        anna, child = line.counsellor(), line.child(waited_minutes=0)
        line.take(anna)
        _save(anna, child, {"reasons": ["grooming"], "outcome": "listened"})
        end_visit(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
        ask_again(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
        assert list(Contact.objects.values_list("result", "outcome")) == [("answered", "")]
        assert list(ContactReason.objects.values_list("code", flat=True)) == ["grooming"]
        line.take(anna)
        _save(anna, child, COMPLETE, version=1)
        _close(anna, child)
        assert list(Contact.objects.values_list("result", "outcome")) == [("answered", "listened")]
        assert set(ContactReason.objects.values_list("code", flat=True)) == {"cyberbullying", "gaming"}
        # A closed record ends with its attempt: the next one begins anew.
        clock.shift(31 * 60)
        ask_again(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
        line.take(anna)
        assert Record.objects.get(pk=child.conversation_id).reasons == []


def test_who_read_along_silently_takes_no_part_in_the_next_talk(line: Line) -> None:
    anna, boss = line.counsellor(), line.people[0]
    child = line.child()
    line.take(anna)
    read_along(actor=boss.user, conversation_id=child.conversation_id, keyring=boss.keyring, now_ms=now_ms())
    end_visit(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    ask_again(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    present = Participant.objects.filter(conversation_id=child.conversation_id, left_at_ms__isnull=True)
    assert [one.role for one in present] == ["visitor"]


def test_only_the_counsellor_of_the_talk_codes_and_ends_it(line: Line, talk: tuple[Person, Child]) -> None:
    _anna, child = talk
    other = line.counsellor()
    with pytest.raises(NotAllowed):
        _save(other, child, COMPLETE)
    with pytest.raises(NotAllowed):
        _close(other, child)
    with pytest.raises(NotAllowed):
        end_talk(actor=other.user, conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())


def test_the_childs_age_is_there_already_when_the_child_gave_it(line: Line) -> None:
    anna = line.counsellor()
    child = line.child(age_band="12-14")
    line.take(anna)
    assert Record.objects.get(pk=child.conversation_id).age_band == "12-14"


def test_loading_the_vocabularies_again_changes_nothing() -> None:
    count = load_vocabularies()
    assert load_vocabularies() == count == VocabularyTerm.objects.count()
    assert set(Vocabulary.objects.values_list("dimension", flat=True)) == {
        "reason", "person", "gender", "place", "channel", "outcome",
    }  # fmt: skip


def test_a_vocabulary_is_valid_on_its_days_only() -> None:
    import datetime as dt

    load_vocabularies()
    before, after = dt.date(2023, 3, 31), dt.date(2023, 4, 1)
    assert "sextortion" in codes_of("reason", before)
    assert "oscec" not in codes_of("reason", before)
    assert "sextortion" not in codes_of("reason", after)
    assert "oscec" in codes_of("reason", after)
    labels = {term.code: term.label for term in terms_of("reason", "nb", after)}
    assert labels["cyberbullying"] == "Nettmobbing"
    assert {term.label for term in terms_of("reason", "uk", after)} >= {"Cyberbullying"}
    assert len(labels) == 23
