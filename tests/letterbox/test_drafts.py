"""The answer while it is written: sealed, kept, found by the next one, gone when sent, and never lost by a refusal."""

import re
import uuid
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.urls import reverse

from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.config.uploads import upload_at
from havn.helpline.actions.duty import lay_back_letter
from havn.helpline.actions.ending import end_talk
from havn.helpline.actions.record import complete_and_close
from havn.helpline.models import Record, Turn
from havn.helpline.retention.api import destroy_now
from havn.letterbox.actions.drafting import Overtaken
from havn.letterbox.models import Draft, LetterClock, LettersAnswered
from havn.letterbox.queries.drafts import draft_of, opened
from havn.live import api as live
from tests.helpline.factories import COMPLETE, Child, Person
from tests.letterbox.factories import Letters, browser_of, last_seq, make_letters

pytestmark = pytest.mark.django_db(transaction=True)
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def letters() -> Letters:
    return make_letters()


def _taken(letters: Letters) -> tuple[Person, Child]:
    anna, child = letters.line.counsellor(shown_name="Anna", language="en"), letters.letter("dear you, it hurts")
    letters.take(anna, child)
    return anna, child


def _seen_by_child(child: Child) -> list[str]:
    viewer = live.Viewer(child.participant_id, "visitor")
    shown = live.messages(conversation_id=child.conversation_id, key=child.key, viewer=viewer)
    return [one.text for one in shown if one.kind == "text"]


def test_a_draft_is_sealed_where_it_lies(letters: Letters) -> None:
    anna, child = _taken(letters)
    letters.keep(anna, child, "planted words of a draft")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM letterbox_draft")
        (row,) = cursor.fetchall()
    stored = b"".join(
        bytes(value) if not isinstance(value, int | str | type(None)) else str(value).encode() for value in row
    )
    assert b"planted" not in stored
    assert opened(draft_of(child.conversation_id), child.key, now_ms=now_ms()).text == "planted words of a draft"


def test_whoever_has_the_letter_next_finds_the_draft(letters: Letters) -> None:
    anna, child = _taken(letters)
    letters.keep(anna, child, "I begin, and you go on")
    lay_back_letter(actor=anna.user, conversation_id=child.conversation_id, now_ms=now_ms())
    bo = letters.line.counsellor(language="en")
    letters.take(bo, child)
    page = browser_of(bo).get(reverse("letterbox:letter", args=[child.conversation_id])).content.decode()
    assert "I begin, and you go on" in page
    assert "dear you, it hurts" in page
    assert _seen_by_child(child) == ["dear you, it hurts"]


def test_a_draft_is_gone_when_sent_and_the_child_reads_the_answer(letters: Letters) -> None:
    anna, child = _taken(letters)
    draft = letters.keep(anna, child, "half of it")
    letters.send(anna, child, "the whole answer", version=draft.version)
    assert not Draft.objects.exists()
    assert _seen_by_child(child) == ["dear you, it hurts", "the whole answer"]
    assert LettersAnswered.objects.get(user=anna.user).letters == 1


def test_a_draft_goes_with_its_letter(letters: Letters) -> None:
    anna, child = _taken(letters)
    letters.keep(anna, child, "half of it")
    destroy_now(Turn.objects.select_related("service__organisation").get(pk=child.conversation_id))
    assert not Draft.objects.exists()


def test_two_windows_cannot_overwrite_each_other(letters: Letters) -> None:
    anna, child = _taken(letters)
    letters.keep(anna, child, "first", version=0)
    with pytest.raises(Overtaken):
        letters.keep(anna, child, "second", version=0)
    assert opened(draft_of(child.conversation_id), child.key, now_ms=now_ms()).text == "first"


def test_what_was_typed_is_kept_when_the_letter_was_laid_back_meanwhile(letters: Letters) -> None:
    anna, child = _taken(letters)
    lay_back_letter(actor=anna.user, conversation_id=child.conversation_id, now_ms=now_ms())
    letters.keep(anna, child, "typed a moment before")
    with pytest.raises(NotAllowed):
        letters.send(anna, child, version=1)
    page = browser_of(anna).get(reverse("letterbox:letter", args=[child.conversation_id])).content.decode()
    assert "typed a moment before" in page
    assert "take the letter again to send it" in page
    bo = letters.line.counsellor()
    letters.take(bo, child)
    with pytest.raises(NotAllowed):
        letters.keep(anna, child, "too late", version=1)


@pytest.mark.parametrize("text", ["", "  \n ", "\u200d"])
def test_nothing_is_not_sent(letters: Letters, text: str) -> None:
    anna, child = _taken(letters)
    with pytest.raises(Refused, match="nothing to send"):
        letters.send(anna, child, text)


def test_the_button_without_script_keeps_and_the_script_is_told_the_version(letters: Letters) -> None:
    anna, child = _taken(letters)
    browser, address = browser_of(anna), reverse("letterbox:keep_draft", args=[child.conversation_id])
    answer = browser.post(address, {"text": "kept by a button", "version": "0"}, follow=True)
    assert "The draft is kept." in answer.content.decode()
    told = browser.post(address, {"text": "kept by a script", "version": "1"}, **JSON)
    assert told.json() == {"version": 2}
    late = browser.post(address, {"text": "too late", "version": "1"}, **JSON)
    assert late.status_code == 409
    assert "another window" in late.json()["sentence"]


def test_a_refused_form_comes_back_with_every_word(letters: Letters) -> None:
    anna, child = _taken(letters)
    letters.keep(anna, child, "kept elsewhere")
    answer = browser_of(anna).post(
        reverse("letterbox:send", args=[child.conversation_id]), {"text": "typed <b>here</b>", "version": "0"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "typed &lt;b&gt;here&lt;/b&gt;" in page
    assert "kept elsewhere" in page
    assert 'role="alert"' in page
    assert _seen_by_child(child) == ["dear you, it hurts"]


def test_sending_from_the_page_leads_to_the_record(letters: Letters) -> None:
    anna, child = _taken(letters)
    answer = browser_of(anna).post(
        reverse("letterbox:send", args=[child.conversation_id]),
        {"text": "an answer", "version": "0", "seen": last_seq(child)},
    )
    assert answer.headers["Location"].endswith(f"talk={child.conversation_id}")
    assert _seen_by_child(child)[-1] == "an answer"
    page = browser_of(anna).get(answer.headers["Location"]).content.decode()
    assert "Write at length" in page


def test_a_letter_of_a_colleague_is_not_read_and_a_chat_is_no_letter(letters: Letters) -> None:
    _anna, child = _taken(letters)
    bo = letters.line.counsellor(language="en")
    answer = browser_of(bo).get(reverse("letterbox:letter", args=[child.conversation_id]))
    assert answer.status_code == 403
    assert "it hurts" not in answer.content.decode()
    chat = letters.line.child()
    assert browser_of(bo).get(reverse("letterbox:letter", args=[chat.conversation_id])).status_code == 403
    with pytest.raises(NotAllowed):
        letters.keep(bo, chat, "x")


def test_reading_stands_on_the_trail_once(letters: Letters) -> None:
    from havn.audit.models import Entry

    anna, child = _taken(letters)
    browser = browser_of(anna)
    for _time in range(2):
        browser.get(reverse("letterbox:letter", args=[child.conversation_id]))
    reads = Entry.objects.filter(action="conversation.read", subject=f"conversation:{child.conversation_id}")
    assert reads.count() == 1


def test_a_letter_is_not_closed_over_an_answer_that_has_not_gone(letters: Letters) -> None:
    anna, child = _taken(letters)
    end = {"actor": anna.user, "conversation_id": child.conversation_id, "key": child.key, "now_ms": now_ms()}
    letters.keep(anna, child, "half of it")
    Record.objects.filter(pk=child.conversation_id).update(**COMPLETE)
    for close in (end_talk, complete_and_close):
        with pytest.raises(Refused, match="has not gone yet"):
            close(**end)
    assert child.turn.state == "talking"
    letters.keep(anna, child, " \n", version=1)
    complete_and_close(**end)
    assert child.turn.state == "ended"


def test_a_second_press_sends_nothing_and_is_told_the_same(letters: Letters) -> None:
    anna, child = _taken(letters)
    browser, address = browser_of(anna), reverse("letterbox:send", args=[child.conversation_id])
    form = {"text": "once\r\nand only once", "version": "0", "seen": last_seq(child), "client_id": str(uuid.uuid4())}
    first, second = (browser.post(address, form) for _press in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert second.headers["Location"] == first.headers["Location"]
    assert _seen_by_child(child) == ["dear you, it hurts", "once\nand only once"]
    assert LettersAnswered.objects.get(user=anna.user).letters == 1


def test_new_words_in_the_form_of_a_sent_answer_are_neither_lost_nor_said_to_be_sent(letters: Letters) -> None:
    anna, child = _taken(letters)
    browser, address = browser_of(anna), reverse("letterbox:send", args=[child.conversation_id])
    form = {"text": "the answer", "version": "0", "seen": last_seq(child), "client_id": str(uuid.uuid4())}
    browser.post(address, form)
    draft = letters.keep(anna, child, "a second answer")
    again = browser.post(address, {**form, "text": "new words", "version": draft.version})
    page = again.content.decode()
    assert again.status_code == 409
    assert "with the child already" in page
    assert "new words" in page
    assert form["client_id"] not in page
    assert _seen_by_child(child) == ["dear you, it hurts", "the answer"]
    assert opened(draft_of(child.conversation_id), child.key, now_ms=now_ms()).text == "a second answer"


def test_leaving_the_page_after_the_send_makes_no_draft_anew(letters: Letters) -> None:
    anna, child = _taken(letters)
    browser = browser_of(anna)
    form = {"text": "the answer", "version": "0", "seen": last_seq(child), "client_id": str(uuid.uuid4())}
    browser.post(reverse("letterbox:send", args=[child.conversation_id]), form)
    late = browser.post(reverse("letterbox:keep_draft", args=[child.conversation_id]), form, **JSON)
    assert late.status_code == 409
    assert not Draft.objects.exists()


def test_what_the_child_adds_meanwhile_is_read_before_the_answer_goes(letters: Letters) -> None:
    anna, child = _taken(letters)
    browser, address = browser_of(anna), reverse("letterbox:send", args=[child.conversation_id])
    page = browser.get(reverse("letterbox:letter", args=[child.conversation_id])).content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen is not None
    since = LetterClock.objects.get(pk=child.conversation_id).unanswered_since_ms
    child.says("and he said he would come here")
    form = {"text": "the answer", "version": "0", "seen": seen[1]}
    refused = browser.post(address, form)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "The child has written more." in page
    assert "and he said he would come here" in page
    assert "the answer" in page
    assert len(_seen_by_child(child)) == 2
    assert LetterClock.objects.get(pk=child.conversation_id).unanswered_since_ms == since
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen is not None
    assert browser.post(address, {**form, "seen": seen[1]}).status_code == 302
    assert _seen_by_child(child)[-1] == "the answer"


def test_who_laid_a_letter_back_goes_on_with_the_draft_and_reads_no_later_words(letters: Letters) -> None:
    anna, child = _taken(letters)
    letters.keep(anna, child, "my own words")
    lay_back_letter(actor=anna.user, conversation_id=child.conversation_id, now_ms=now_ms())
    child.says("only for whoever takes it now")
    page = browser_of(anna).get(reverse("letterbox:letter", args=[child.conversation_id])).content.decode()
    assert "my own words" in page
    assert "only for whoever takes it now" not in page
    assert "it hurts" not in page


def test_an_answer_in_greek_may_be_as_long_as_any_and_brings_no_file() -> None:
    form = urlencode({"title": "α" * 120, "question": "α" * 6000, "answer": "α" * 12_000})
    for path in ("/desk/letters/7/send", "/el/desk/letters/publish/7/save"):
        assert len(form) < upload_at(path).longest <= 256 * 1024
        assert not upload_at(path).files
