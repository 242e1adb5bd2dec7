"""The pages of letters are valid HTML by the checker of the W3C, with their headings and landmarks in order."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from havn.common.clock import now_ms
from havn.letterbox.actions import publishing
from tests.awareness.test_valid_html import Outline, complaints
from tests.letterbox.factories import GOOD, Letters, browser_of, make_letters, supervisor

pytestmark = pytest.mark.django_db(transaction=True)


def _public(letters: Letters) -> dict[str, str]:
    anna, sol = letters.line.counsellor(), supervisor(letters)
    answer = letters.published(anna, sol, letters.answered(anna))
    reader = Client()
    asked = {
        "answers": "/en/answers",
        "nothing": "/en/answers?q=elephants",
        "answer": f"/en/answers/{answer.slug}",
        "withdraw": "/en/answers/withdraw",
        "withdrawn": "/en/answers/withdraw?done=1",
    }
    return {name: reader.get(address).content.decode() for name, address in asked.items()}


def _staff(letters: Letters) -> dict[str, str]:
    lead = letters.line.people[0]
    letters.line.on_duty(lead, role="coordinator")
    letters.set(second_reading="always")
    taken, edited = (
        letters.letter("dear you", hours_ago=40, risk="high"),
        letters.letter("my name is emma", hours_ago=2),
    )
    letters.take(lead, taken)
    letters.keep(lead, taken, "half of it")
    letters.take(lead, edited)
    letters.set(second_reading="never")
    letters.send(lead, edited, "an answer")
    browser = browser_of(lead)
    asked = {
        "letters": reverse("letterbox:letters"),
        "letter": reverse("letterbox:letter", args=[taken.conversation_id]),
        "editions": reverse("letterbox:editions"),
        "settings": reverse("letterbox:settings"),
        "when": reverse("helpline:when"),
        "wall": reverse("helpline:wall"),
    }
    return {name: browser.get(address).content.decode() for name, address in asked.items()}


def test_every_page_is_valid_html(tmp_path: Path) -> None:
    letters = make_letters()
    pages = {**_public(letters), **_staff(letters), "edition": _edition(letters)}
    found = complaints(tmp_path, pages)
    assert not found, "\n".join(f"{name}: {said}" for name, all_said in found.items() for said in all_said)
    problems = [f"{name}: {problem}" for name, text in pages.items() for problem in Outline(text).problems()]
    assert not problems, "\n".join(problems)


def _edition(letters: Letters) -> str:
    anna = letters.line.counsellor()
    child = letters.answered(anna, hours_ago=3)
    publishing.save_edition(
        actor=anna.user, conversation_id=child.conversation_id, version=GOOD, number=0, key=child.key, now_ms=now_ms()
    )
    return browser_of(anna).get(reverse("letterbox:edition", args=[child.conversation_id])).content.decode()
