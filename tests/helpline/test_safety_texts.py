"""Safety and confidentiality appear in a language only when a person has approved the words, else English beside them.

Every sentence of the public pages is either registered as such a text or stands in `plain_sentences.txt`, where a
person decided that it says nothing about safety, about who reads, or about what is kept. A new one needs that decision.
"""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from havn.centres.models import ApprovedText
from havn.centres.registry import safety_texts
from havn.centres.safety_texts import fingerprint, words_of
from havn.helpline import safety
from havn.helpline.actions.visits import say_danger
from havn.helpline.words import event_words
from havn.live import api as live
from havn.supervision.identity_texts import TEXTS, key_of
from tests.helpline.factories import make_line
from tests.helpline.public import make_visitor

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted(
    [
        *(ROOT / "havn/helpline/templates/helpline").glob("public_*.html"),
        *(ROOT / "havn/letterbox/templates/letterbox").glob("public_*.html"),
        *(ROOT / "havn/mailbox/templates/mailbox").glob("public_*.html"),
        *(ROOT / "havn/handover/templates/handover").glob("public_*.html"),
        *(ROOT / "havn/limits/templates/limits").glob("public_*.html"),
        *(ROOT / "havn/quality/templates/quality").glob("public_*.html"),
        *(ROOT / "havn/centres/templates/centres").glob("public_*.html"),
        ROOT / "havn/centres/templates/centres/emergency.html",
        ROOT / "havn/common/templates/common/base_public.html",
        ROOT / "havn/common/templates/common/quick_exit.html",
    ]
)
PLAIN = Path(__file__).parent / "plain_sentences.txt"
_TRANSLATED = re.compile(r"""\{%\s*translate\s+(?:"([^"]*)"|'([^']*)')""")
_BLOCKS = re.compile(r"\{%\s*blocktranslate[^%]*%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.DOTALL)
_USED = re.compile(r"""\{%\s*safety_(?:text|words)\s+"([^"]+)\"""")


def sentences() -> dict[str, str]:
    """Each sentence that stands in a public template as a plain one, and where."""
    found: dict[str, str] = {}
    for path in TEMPLATES:
        text = path.read_text()
        for double, single in _TRANSLATED.findall(text):
            found[double or single] = path.name
        for block in _BLOCKS.findall(text):
            found[" ".join(block.split())] = path.name
    return found


def test_every_sentence_of_a_public_page_is_a_safety_text_or_was_decided_to_be_a_plain_one() -> None:
    plain = set(PLAIN.read_text().splitlines())
    undecided = {sentence: where for sentence, where in sentences().items() if sentence not in plain}
    assert not undecided, (
        "Does it say anything about safety, who reads or what is kept? Then register it (helpline/safety.py or"
        f" centres/safety_texts.py) and show it with safety_text; else add it to {PLAIN.name}: {undecided}"
    )


def test_the_list_of_plain_sentences_holds_nothing_that_is_gone_and_no_safety_text() -> None:
    plain = PLAIN.read_text().splitlines()
    assert plain == sorted(set(plain))
    assert set(plain) <= set(sentences())
    assert not set(plain) & set(safety_texts().values())


def test_every_safety_text_that_a_template_names_exists_and_each_is_shown_somewhere() -> None:
    used = {key for path in TEMPLATES for key in _USED.findall(path.read_text())}
    # Named through a variable: the words beside the number to call.
    used |= set(re.findall(r'public_call.html" with words="([^"]+)"', "".join(path.read_text() for path in TEMPLATES)))
    # Said in e-mails.
    used |= set(re.findall(r'words_of\("([^"]+)"', (ROOT / "havn/mailbox/letters.py").read_text()))
    events = {safety.event_key(code, adult=adult) for code in safety.EVENTS for adult in (True, False)}
    # Shown in place of another, by the model of identity that the helpline works by.
    instead = {key_of(key, model): key for model, texts in TEXTS.items() for key in texts}
    assert used <= set(safety_texts())
    assert set(safety_texts()) - events - set(instead) <= used
    assert set(instead.values()) <= used


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "english"),
    [
        ("/nb/chat", "What you tell us stays with us"),
        ("/nb/chat", "It does not empty the browser"),
        ("/nb/chat/danger", "If you are in danger now"),
        ("/nb/chat/danger", "We do not see where you are"),
        ("/nb/chat/danger", "danger now</span>"),
        ("/nb/chat/waiting", "Someone who leads the shift may read along"),
        ("/nb/privacy", "When confidentiality ends"),
        ("/nb/privacy", "the law obliges those"),
        ("/nb/privacy", "During a talk there is one cookie"),
        ("/nb/privacy", "going back in the browser shows an empty page"),
    ],
)
def test_english_stands_beside_what_nobody_has_approved(path: str, english: str) -> None:
    line = make_line()
    visitor = make_visitor(line, language="nb")
    assert english in visitor.page(path)
    for key in safety_texts():
        approve(line.service.organisation.centre_id, key)
    assert english not in visitor.page(path)


@pytest.mark.django_db
@pytest.mark.parametrize("audience", ["children", "parents"])
def test_what_the_talk_itself_says_of_danger_has_english_below_it_until_it_is_approved(audience: str) -> None:
    line = make_line(audience=audience)
    visitor = make_visitor(line, language="nb")
    english = (safety.ADULT_EVENTS if audience == "parents" else safety.EVENTS)["danger"] % {"number": "112"}
    press(visitor, on=True)
    assert f'<p lang="en" dir="ltr">{english}</p>' in visitor.page("/nb/chat/copy") or english in said(visitor)[-1]
    assert said(visitor)[-1].count("\n") == 1
    press(visitor, on=False)
    approve(line.service.organisation.centre_id, safety.event_key("danger", adult=audience == "parents"))
    press(visitor, on=True)
    assert "\n" not in said(visitor)[-1]
    assert said(visitor, "en")[-1] == english


def test_an_event_that_says_nothing_of_safety_stands_alone() -> None:
    assert "\n" not in event_words("joined", {"name": "Kim"}, "nb", "visitor")
    assert "\n" not in event_words("imminent", {"number": "112"}, "nb", "counsellor")
    assert event_words("imminent", {"number": "112"}, "nb", "visitor").count("\n") == 1


@pytest.mark.django_db
def test_the_page_shows_the_english_of_an_event_as_a_line_of_its_own() -> None:
    line = make_line()
    visitor = make_visitor(line, language="nb")
    line.take(line.counsellor())
    press(visitor, on=True)
    html = visitor.page("/nb/chat/talk").partition("<template")[0]
    assert '<p lang="en" dir="ltr">You told us that you are in danger now.' in html


@pytest.mark.django_db
def test_a_page_in_english_never_repeats_itself() -> None:
    make_line()
    assert "safety-words__english" not in Client().get("/en/chat").content.decode()


def press(visitor, *, on: bool) -> None:  # type: ignore[no-untyped-def]
    say_danger(conversation_id=visitor.turn.pk, key=visitor.started.key, on=on)


def said(visitor, language: str = "nb") -> list[str]:  # type: ignore[no-untyped-def]
    viewer = live.Viewer(visitor.started.participant_id, "visitor")
    views = live.messages(conversation_id=visitor.turn.pk, key=visitor.started.key, viewer=viewer, language=language)
    return [one.text for one in views]


def approve(centre_id: int, key: str) -> None:
    ApprovedText.objects.create(
        centre_id=centre_id,
        key=key,
        language="nb",
        fingerprint=fingerprint(words_of(key, "nb")),
        approved_by="Kari, coordinator",
        approved_at=timezone.now(),
    )
