"""Notes to the next shift: one per duty, for the team, gone on time and with their key."""

import pytest
import time_machine
from django.urls import reverse

from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.duty import go_off_duty
from havn.helpline.team_sealing import open_for_team
from havn.supervision.actions.notes import leave_note, purge_notes, remove_note
from havn.supervision.models import ShiftNote, SupervisionSettings
from havn.supervision.queries.notes import notes_at
from havn.supervision.rules.notes import DAY_MS, goes_at_ms, is_new, is_over
from havn.vault import api as vault
from havn.vault.models import ConversationKeyWrap
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Person
from tests.supervision.conftest import Talk
from tests.vault.factories import PASSWORD, keyring_with_password


def _leave(person: Person, talk: Talk, text: str = "a boy may come back tonight") -> ShiftNote:
    return leave_note(actor=person.user, service=talk.line.service, text=text, keyring=person.keyring, now_ms=now_ms())


def _text(note: ShiftNote, keyring: vault.Keyring) -> str | None:
    return open_for_team(note.pk, note.nonce, note.sealed, field="note", keyring=keyring)


def test_the_days_are_counted_to_the_millisecond() -> None:
    assert goes_at_ms(at_ms=5, days=7) == 5 + 7 * DAY_MS
    assert not is_over(at_ms=5, days=7, now_ms=4 + 7 * DAY_MS)
    assert is_over(at_ms=5, days=7, now_ms=5 + 7 * DAY_MS)


@pytest.mark.parametrize(
    ("by", "ended", "new"), [(1, None, True), (1, 99, True), (1, 100, False), (2, None, False), (2, 50, False)]
)
def test_a_note_is_new_to_who_was_not_there(by: int, ended: int | None, new: bool) -> None:
    assert is_new(at_ms=100, by=by, reader=2, last_duty_ended_ms=ended) is new


def test_the_team_reads_it_and_nobody_else(talk: Talk) -> None:
    note = _leave(talk.anna, talk)
    assert b"come back" not in bytes(note.sealed)
    assert _text(note, talk.kari.keyring) == "a boy may come back tonight"
    assert _text(note, vault.Keyring(1, None)) is None


def test_written_again_it_takes_the_place_of_the_first(talk: Talk) -> None:
    wraps = ConversationKeyWrap.objects.count()
    _leave(talk.anna, talk)
    note = _leave(talk.anna, talk, "nothing open")
    assert [one.pk for one in notes_at(talk.line.service.pk, now_ms=now_ms())] == [note.pk]
    assert ConversationKeyWrap.objects.count() == wraps + 1


def test_a_new_team_key_takes_it_along(talk: Talk) -> None:
    note = _leave(talk.anna, talk)
    vault.rotate_team_key(service=talk.line.service, by=talk.kari.user)
    keyring = keyring_with_password(talk.kari.user)
    assert vault.reseal_conversations(service=talk.line.service, by=talk.kari.user, keyring=keyring) == 2
    assert _text(note, keyring_with_password(talk.anna.user)) == "a boy may come back tonight"


def test_past_its_days_it_is_shown_to_nobody_and_the_purge_destroys_it_with_its_key(talk: Talk) -> None:
    wraps = ConversationKeyWrap.objects.count()
    SupervisionSettings.objects.create(service=talk.line.service, note_days=3)
    with time_machine.travel("2026-03-02T15:00:00+00:00", tick=False):
        at = now_ms()
        leave_note(actor=talk.anna.user, service=talk.line.service, text="x", keyring=talk.anna.keyring, now_ms=at)
    centre = talk.line.service.organisation.centre
    with time_machine.travel("2026-03-05T14:59:59+00:00", tick=False):
        purge_notes(centre)
        assert len(notes_at(talk.line.service.pk, now_ms=now_ms())) == 1
    with time_machine.travel("2026-03-05T15:00:00+00:00", tick=False):
        assert notes_at(talk.line.service.pk, now_ms=now_ms()) == []
        purge_notes(centre)
        purge_notes(centre)
    assert not ShiftNote.objects.exists()
    assert ConversationKeyWrap.objects.count() == wraps
    assert Entry.objects.filter(action="supervision.notes.purged").count() == 1


def test_only_on_duty_with_words_and_only_the_own_one_is_taken_back(talk: Talk) -> None:
    with pytest.raises(Refused, match="Go on duty"):
        _leave(talk.line.member(), talk)
    with pytest.raises(Refused, match="nothing to keep"):
        _leave(talk.anna, talk, "  ")
    with pytest.raises(Refused, match="2,000"):
        _leave(talk.anna, talk, "x" * 2001)
    note = _leave(talk.anna, talk)
    with pytest.raises(NotAllowed):
        remove_note(actor=talk.kari.user, note_id=note.pk)
    remove_note(actor=talk.anna.user, note_id=note.pk)
    assert not ShiftNote.objects.exists()
    with pytest.raises(Refused, match="gone already"):
        remove_note(actor=talk.anna.user, note_id=note.pk)


def test_going_off_duty_offers_it_and_who_comes_next_has_it_in_view(talk: Talk) -> None:
    bo = talk.line.counsellor(name="Bo Lie")
    his, address = signed_in_client(bo.user, password=PASSWORD), reverse("supervision:notes")
    assert "Leave a note to the next shift" in his.get(reverse("helpline:desk")).content.decode()
    page = his.get(address).content.decode()
    assert "Keep it and go off duty" in page
    assert his.post(address, {"text": " "}).status_code == 409
    answer = his.post(address, {"text": "a boy may come back", "off": "1"})
    assert answer.headers["Location"].startswith(reverse("helpline:desk"))
    assert not bo.user.duties.filter(ended_at_ms__isnull=True).exists()
    new = talk.line.counsellor()
    shown = signed_in_client(new.user, password=PASSWORD).get(reverse("helpline:desk")).content.decode()
    assert "1 note from the shifts before" in shown
    assert "a boy may come back" in shown
    assert "a boy may come back" in his.get(address).content.decode()


def test_open_talks_keep_the_duty_and_the_words(talk: Talk) -> None:
    anna = signed_in_client(talk.anna.user, password=PASSWORD)
    answer = anna.post(reverse("supervision:notes"), {"text": "one child is here", "off": "1"})
    assert answer.status_code == 409
    assert "one child is here" in answer.content.decode()
    assert talk.anna.user.duties.filter(ended_at_ms__isnull=True).exists()
    anna.post(reverse("supervision:notes"), {"text": "one child is here", "off": "1", "give_back": "1"})
    assert talk.child.turn.returned_at_ms is not None


def test_it_stands_on_what_goes_when(talk: Talk) -> None:
    _leave(talk.anna, talk)
    page = signed_in_client(talk.kari.user, password=PASSWORD).get(reverse("helpline:when")).content.decode()
    assert "kept 7 days after they were written." in page
    assert "1 stands now." in page


def test_the_own_note_is_not_new_to_its_writer(talk: Talk) -> None:
    _leave(talk.kari, talk)
    go_off_duty(actor=talk.kari.user, service=talk.line.service, give_back=False, now_ms=now_ms())
    talk.line.on_duty(talk.kari, role="supervisor", seats=0)
    page = signed_in_client(talk.kari.user, password=PASSWORD).get(reverse("helpline:desk")).content.decode()
    assert "from the shifts before" not in page
