"""The answer while it is written: sealed, kept, found by the next one, gone when sent, and never lost by a refusal."""

import pytest
from django.db import connection
from django.urls import reverse

from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.duty import lay_back_letter
from havn.helpline.models import Turn
from havn.helpline.retention.api import destroy_now
from havn.letterbox.actions.drafting import Overtaken
from havn.letterbox.models import Draft, LettersAnswered
from havn.letterbox.queries.drafts import draft_of, opened
from havn.live import api as live
from tests.helpline.factories import Child, Person
from tests.letterbox.factories import Letters, browser_of, make_letters

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
        reverse("letterbox:send", args=[child.conversation_id]), {"text": "an answer", "version": "0"}
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
