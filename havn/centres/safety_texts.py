"""Texts on safety and confidentiality, and whether a person has approved them in a language.

English is the text as it was decided. In another language it appears alone once somebody at the centre has approved
these very words there; until then, and again after every change of the words, English stands beside it.
"""

import hashlib
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from havn.centres.models import ApprovedText
from havn.centres.registry import register_safety_text, safety_texts
from havn.tenancy.models import Centre

ENGLISH = "en"


@dataclass(frozen=True)
class SafetyText:
    """The words in the reader's language, and the English ones to stand beside them ("" when not needed)."""

    text: str
    english: str


def register_own() -> None:
    """The texts of the page on privacy."""
    register_safety_text(
        "who-answers",
        gettext_noop(
            "A grown-up who has been trained for this answers you. They work or volunteer for %(organisation)s. "
            "You don't have to say your name."
        ),
    )
    register_safety_text(
        "supervisors-read",
        gettext_noop(
            "A supervisor may read along, to help the one who answers you do it well. "
            "Everybody who reads has promised to keep it to themselves."
        ),
    )
    register_safety_text(
        "cannot-see-you",
        gettext_noop(
            "We can't see who you are or where you are. We don't keep the address of your phone or computer. "
            "We only know what you tell us."
        ),
    )
    register_safety_text(
        "must-tell",
        gettext_noop(
            "What you tell us stays with us. There is one exception: if you or another child is in serious danger "
            "and we know who it is, we have to tell someone who can help. We tell you first whenever we can."
        ),
    )
    register_safety_text(
        "must-tell-example",
        gettext_noop(
            "An example: you write that a grown-up at home hits you, and you tell us your name and where you live. "
            "Then we have to tell the people whose job it is to protect children. If you write the same without your "
            "name, nobody can be told, and you can still talk with us about it and about what you can do."
        ),
    )
    register_safety_text(
        "how-long",
        gettext_noop(
            "What you write is locked, so that only the team that answers can read it. It is destroyed %(days)s days "
            "after the last message. A backup copy may exist for %(backup_days)s days more. After that it is gone for "
            "everybody. You can also delete your talk yourself."
        ),
    )
    register_safety_text(
        "server-sees",
        gettext_noop(
            "While you write, your words pass through our own computer and nobody else's. No other company gets them."
        ),
    )


def fingerprint(text: str) -> str:
    """Recognises the words that were approved, so that changed ones need a new look."""
    return hashlib.sha256(text.encode()).hexdigest()


def words_of(key: str, language: str) -> str:
    """The text in a language as it stands in our translation, placeholders unfilled. KeyError if unknown."""
    with translation.override(language):
        return gettext(safety_texts()[key])


def approved_keys(centre: Centre, language: str) -> set[str]:
    """Which texts a person at this centre has approved in these very words."""
    rows = ApprovedText.objects.filter(centre=centre, language=language).values_list("key", "fingerprint")
    known = safety_texts()
    return {key for key, mark in rows if key in known and mark == fingerprint(words_of(key, language))}


def safety_text(key: str, language: str, approved: set[str], values: dict[str, object]) -> SafetyText:
    """The words to show in `language`, with English beside them unless `key` is in `approved`."""
    text = words_of(key, language) % values
    if language == ENGLISH or key in approved:
        return SafetyText(text, "")
    return SafetyText(text, safety_texts()[key] % values)
