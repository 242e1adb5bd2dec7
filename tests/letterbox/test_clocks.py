"""What goes when: only what is public outlives its letter, a restore brings nothing back, and the screen says it."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse

from havn.common.clock import now, now_ms
from havn.config.keeping import backup, restore
from havn.config.keeping.archive import BackupKey, Openers
from havn.helpline.actions.ending import end_talk
from havn.helpline.retention.destroy import purge_centre
from havn.letterbox.actions import consent, publishing
from havn.letterbox.models import Consent, Draft, Edition, LetterClock, PublishedAnswer
from havn.live.models import Conversation, Message
from tests.letterbox.factories import GOOD, Letters, browser_of, make_letters, supervisor

pytestmark = pytest.mark.django_db(transaction=True)
DAY_MS = 86_400_000
KEY = BackupKey.make()


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    settings.DATA = tmp_path
    settings.AUDIT_HEADS = tmp_path / "heads"
    for name in ("HAVN_BACKUPS", "HAVN_BACKUP_PASSPHRASE_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def letters() -> Letters:
    return make_letters()


def test_the_nightly_purge_takes_all_of_a_letter_and_leaves_what_is_public(letters: Letters) -> None:
    anna, sol = letters.line.counsellor(), supervisor(letters)
    shown, edited = letters.answered(anna), letters.answered(anna)
    letters.published(anna, sol, shown)
    publishing.save_edition(
        actor=anna.user, conversation_id=edited.conversation_id, version=GOOD, number=0, key=edited.key, now_ms=now_ms()
    )
    for child in (shown, edited):
        end_talk(actor=anna.user, conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    letters.keep(anna, edited, "one thing more")
    Conversation.objects.update(last_at_ms=now_ms() - 31 * DAY_MS)
    purge_centre(letters.line.service.organisation.centre, now=now())
    for model in (Draft, Consent, Edition, LetterClock, Conversation):
        assert not model._default_manager.exists(), model.__name__
    assert PublishedAnswer.objects.count() == 1
    assert consent.take_back(centre_id=letters.centre_id, code=shown.code)
    assert not PublishedAnswer.objects.exists()


def test_a_closed_letter_waits_for_nobody(letters: Letters) -> None:
    anna, child = letters.line.counsellor(), letters.letter(hours_ago=40)
    letters.take(anna, child)
    end_talk(actor=anna.user, conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    assert LetterClock.objects.get().unanswered_since_ms is None


def test_a_restore_publishes_nothing_that_was_taken_back_since(letters: Letters) -> None:
    anna, sol = letters.line.counsellor(), supervisor(letters)
    child = letters.answered(anna)
    letters.published(anna, sol, child)
    made = backup.make(Openers(public=KEY.pair.public))
    consent.take_back(centre_id=letters.centre_id, code=child.code)
    restore.restore(made.path, Openers(key=KEY), force=True)
    assert not PublishedAnswer.objects.exists()
    assert Consent.objects.get().state == "withdrawn"


def test_the_screen_tells_every_clock_with_counts_and_no_word(letters: Letters) -> None:
    anna, lead = letters.line.counsellor(), letters.line.people[0]
    child = letters.answered(anna)
    letters.keep(anna, child, "planted words")
    letters.set(reading_minutes=45)
    page = browser_of(lead).get(reverse("helpline:when")).content.decode()
    for words in ("Drafts of answers and notes of readers", "After 45 minutes", "With its letter", "After 8 days"):
        assert words in page
    assert "planted" not in page


def test_a_letter_from_before_the_clocks_gets_its_own_once(letters: Letters) -> None:
    anna = letters.line.counsellor()
    letters.set(second_reading="never")
    waiting, again, ended, counted = (letters.letter(hours_ago=hours) for hours in (40, 30, 20, 10))
    waiting.says("are you there?")
    for child in (again, ended):
        letters.take(anna, child)
        letters.send(anna, child)
    again.says("and one thing more")
    again.says("please")
    end_talk(actor=anna.user, conversation_id=ended.conversation_id, key=ended.key, now_ms=now_ms())
    kept = list(LetterClock.objects.order_by("pk").values())
    LetterClock.objects.exclude(pk=counted.conversation_id).delete()
    before = import_module("havn.letterbox.migrations.0002_clocks_of_older_letters")
    for _time in range(2):
        before.start_clocks(apps, None)
        assert list(LetterClock.objects.order_by("pk").values()) == kept
    LetterClock.objects.filter(pk=ended.conversation_id).delete()
    Message.objects.filter(conversation_id=ended.conversation_id, author="staff").delete()
    before.start_clocks(apps, None)
    assert LetterClock.objects.get(pk=ended.conversation_id).unanswered_since_ms is None


def test_a_restore_publishes_nothing_that_the_staff_took_off_since(letters: Letters) -> None:
    anna, sol = letters.line.counsellor(), supervisor(letters)
    answer = letters.published(anna, sol, letters.answered(anna))
    made = backup.make(Openers(public=KEY.pair.public))
    publishing.take_off(actor=sol.user, answer_id=answer.pk)
    restore.restore(made.path, Openers(key=KEY), force=True)
    assert not PublishedAnswer.objects.exists()
    assert Consent.objects.get().state == "yes"
