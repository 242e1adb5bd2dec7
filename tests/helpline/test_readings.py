"""What the centre has published, given to a child as text: found, sealed, shown without leaving, and nothing else."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from havn.centres import readables as registry
from havn.centres.readables import Readable
from havn.common.clock import now_ms
from havn.helpline import letters
from havn.helpline.models import Turn
from havn.helpline.rules.readings import AT_ONCE, LONGEST, laid_out, paragraphs, text_to_send
from havn.letterbox.models import Draft
from havn.letterbox.queries.drafts import opened
from havn.live import api as live
from havn.live.models import Message
from havn.tenancy.models import Centre
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import Child, Line, Person, make_line
from tests.vault.factories import PASSWORD

JSON = {"HTTP_ACCEPT": "application/json"}
LONG = "\n\n".join(f"Paragraph {number}. " + "word " * 30 for number in range(1, 9))
BAD = '<script>alert("1")</script> & <b>bold</b>'


def _readable(key: str, title: str, text: str = "Take a picture of it.", **more: str) -> Readable:
    return Readable("article", title, "In short.", text, f"/en/{key}", more.pop("language", "en"), key, **more)


PUBLISHED = [
    _readable("one", "Snapchat"),
    _readable("two", "Threats on Snapchat", LONG, now="Open now."),
    _readable("bad", BAD, BAD),
]


@pytest.fixture(autouse=True)
def published(monkeypatch: pytest.MonkeyPatch) -> list[Readable]:
    """These and no others are published."""
    there = list(PUBLISHED)

    def find(_centre: Centre, words: str, _language: str, limit: int) -> Sequence[Readable]:
        return [one for one in there if words.casefold() in one.title.casefold()][:limit]

    def read(_centre: Centre, key: str, _language: str) -> Readable | None:
        return next((one for one in there if one.key == key), None)

    monkeypatch.setattr(registry, "_finders", [find])
    monkeypatch.setattr(registry, "_readers", [read])
    return there


@pytest.fixture
def line(real_transactions: None) -> Line:
    return make_line()


def _taken(line: Line, **child: Any) -> tuple[Person, Child, Client]:
    anna = line.counsellor(shown_name="Anna", language="en")
    waiting = line.child(**child)
    line.take(anna)
    return anna, waiting, signed_in_client(anna.user, password=PASSWORD)


def _address(name: str, child: Child) -> str:
    return reverse(f"helpline:{name}", args=[child.conversation_id])


def talk_of(child: Child, line: Line, page: str = "helpline:talk") -> str:
    """The talk as its child reads it."""
    opened_again = live.open_with_code(child.code, centre_id=line.service.organisation.centre_id)
    assert opened_again is not None
    browser = Client()
    browser.cookies[settings.VISITOR_COOKIE_NAME] = opened_again.token
    answer = browser.get(f"/en{reverse(page)}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def _stored(child: Child) -> bytes:
    return b"".join(
        bytes(body)
        for body in Message.objects.filter(conversation=child.conversation_id).values_list("body", flat=True)
    )


@pytest.mark.django_db(transaction=True)
def test_words_find_what_is_published_for_scripts_and_for_forms(line: Line) -> None:
    _anna, child, browser = _taken(line)
    told = browser.post(_address("readings", child), {"words": "snapchat"}, **JSON).json()["found"]
    assert [one["title"] for one in told] == ["Snapchat", "Threats on Snapchat"]
    assert told[0]["first"] == "In short.\n\nTake a picture of it."
    assert told[1]["now"] == "Open now."
    assert told[1]["more"].startswith("Paragraph ")
    page = browser.post(_address("readings", child), {"words": "threats"}).content.decode()
    assert "Threats on Snapchat" in page
    assert "Send to the child" in page
    assert browser.get(_address("readings", child)).status_code == 200
    assert "Nothing was found." in browser.post(_address("readings", child), {"words": "sea\x00"}).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_child_reads_it_in_the_talk_with_the_rest_behind_a_press_and_a_link_only_when_wished(line: Line) -> None:
    _anna, child, browser = _taken(line)
    assert browser.post(_address("give_reading", child), {"key": "two"}).status_code == 302
    assert child.events() == ["joined", "reading"]
    page = talk_of(child, line)
    assert '<h2 class="reading__title">Threats on Snapchat</h2>' in page
    assert "<p>In short.</p>" in page
    first, _details, rest = page.partition('<details class="reading__more">')
    assert "Paragraph 1" in first
    assert "Paragraph 8" in rest
    assert "Open now." not in page
    assert "/en/two" not in page
    browser.post(_address("give_reading", child), {"key": "one", "link": "1"}, **JSON)
    assert 'href="/en/one"' in talk_of(child, line)


@pytest.mark.django_db(transaction=True)
def test_it_is_sealed_and_no_html_of_it_reaches_a_page(line: Line) -> None:
    _anna, child, browser = _taken(line)
    told = browser.post(_address("give_reading", child), {"key": "bad"}, **JSON)
    assert told.status_code == 200
    assert b"alert" not in _stored(child)
    for page in (
        talk_of(child, line),
        talk_of(child, line, "helpline:copy"),
        browser.get(reverse("helpline:desk")).content.decode(),
    ):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


@pytest.mark.django_db(transaction=True)
def test_what_is_not_published_any_more_is_refused(line: Line, published: list[Readable]) -> None:
    _anna, child, browser = _taken(line)
    published.clear()
    for key in ("one", "", "page:1", "\x00"):
        answer = browser.post(_address("give_reading", child), {"key": key}, **JSON)
        assert answer.status_code == 409
        assert answer.json()["sentence"] == "This is not published any more."
    assert child.events() == ["joined"]


@pytest.mark.django_db(transaction=True)
def test_only_the_talk_s_counsellor_gives_and_only_while_it_runs(line: Line) -> None:
    _anna, child, browser = _taken(line)
    other = signed_in_client(line.counsellor(language="en").user, password=PASSWORD)
    assert other.post(_address("give_reading", child), {"key": "one"}, **JSON).status_code == 403
    assert other.post(_address("readings", child), {"words": "snapchat"}, **JSON).status_code == 403
    browser.post(_address("end_talk", child), **JSON)
    refused = browser.post(_address("give_reading", child), {"key": "one"}, **JSON)
    assert refused.json()["sentence"] == "This talk has already ended."
    Turn.objects.filter(pk=child.conversation_id).update(channel="phone", state="talking")
    assert browser.post(_address("give_reading", child), {"key": "one"}, **JSON).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_in_a_letter_it_stands_at_the_end_of_the_draft_as_plain_text(line: Line) -> None:
    anna = line.counsellor(language="en")
    child = line.child(channel="letter")
    child.says("dear you")
    browser = signed_in_client(anna.user, password=PASSWORD)
    told = browser.post(reverse("helpline:take_letter"), {"service": line.service.pk}, **JSON).json()
    assert told["took"] == child.conversation_id
    keep = reverse("letterbox:keep_draft", args=[child.conversation_id])
    to_insert = browser.post(keep, {"text": "Dear child,", "version": "0", "then": "insert"})
    assert to_insert["Location"].endswith(_address("readings", child))
    gave = browser.post(_address("give_reading", child), {"key": "one", "link": "1"})
    assert gave["Location"].endswith(reverse("letterbox:letter", args=[child.conversation_id]))
    draft = opened(Draft.objects.get(pk=child.conversation_id), child.key, now_ms=now_ms())
    assert draft.text == "Dear child,\n\nSnapchat\n\nIn short.\n\nTake a picture of it.\n\nhttp://testserver/en/one"
    assert child.events().count("reading") == 0
    assert letters.has_drafts()


@given(st.text(max_size=9000), st.text(max_size=400))
def test_what_is_sent_is_short_enough_and_all_of_it_is_shown_once(text: str, lead: str) -> None:
    sent = text_to_send(lead, text)
    assert len(sent) <= LONGEST + 3
    shown = laid_out(sent)
    assert (*shown.first, *shown.more) == paragraphs(sent)
    if shown.more:
        assert shown.first
        assert sum(map(len, shown.first[:-1])) <= AT_ONCE
    if len(lead) + len(text) + 4 <= LONGEST and "\n" not in lead:
        assert paragraphs(sent) == paragraphs(f"{lead}\n\n{text}")


def test_a_heading_stays_with_what_it_leads_to() -> None:
    shown = laid_out(f"Lead.\n\nWhat you can do\n\n{'word ' * 80}\n\nMore.")
    assert shown.first == ("Lead.",)
    assert shown.more[0] == "What you can do"


def test_a_text_that_is_cut_says_so_and_ends_with_a_whole_paragraph() -> None:
    sent = text_to_send("Lead.", "\n\n".join(["x" * 2500] * 3))
    assert paragraphs(sent) == ("Lead.", "x" * 2500, "x" * 2500, "…")
    assert text_to_send("", "word " * 3000).endswith("word …")
