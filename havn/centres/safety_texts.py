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
from havn.common.language import spoken
from havn.tenancy.models import Centre

ENGLISH = "en"


@dataclass(frozen=True)
class SafetyText:
    """The words in the reader's language, and the English ones to stand beside them ("" when not needed)."""

    text: str
    english: str


def register_own() -> None:
    """The texts of the page on privacy, for children and for grown-ups."""
    for key, english in FOR_ADULTS.items():
        register_safety_text(key, english)
    register_safety_text(
        "sign-outside", gettext_noop("This film is on another site. The button that leaves fast is not there.")
    )
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


FOR_ADULTS = {
    "kept-words": gettext_noop("The words of a talk, encrypted so that only the team that answers can open them."),
    "kept-name": gettext_noop("A made-up name and an age group, if the child gives them."),
    "kept-codes": gettext_noop(
        "Codes for statistics: what it was about, roughly when, and how long. They cannot be joined with the talk."
    ),
    "each-reads-own": gettext_noop(
        "These organisations work together in %(name)s. Each can read only the talks of its own services:"
    ),
    "not-kept": gettext_noop("No account, no network address, no description of the device, no pictures or files."),
    "cookies": gettext_noop(
        "No cookie before a talk starts. During a talk there is one cookie. When the talk has ended it shows no word "
        "of it any more, and it is gone with Done or after ten minutes. Only the return code opens the talk then."
    ),
    "cookie-after-exit": gettext_noop(
        "After Leave this page fast there is one cookie for ten minutes that says nothing of anybody. With it, going "
        "back in the browser shows an empty page."
    ),
    "cookie-of-a-pause": gettext_noop(
        "When we end a chat with a break, one cookie says until when, and nothing of anybody. It goes when the break "
        "is over."
    ),
    "nobody-else": gettext_noop("Nothing goes to other companies: no maps, fonts, videos or counters from elsewhere."),
    "who-reads": gettext_noop(
        "Counsellors of the service and their supervisors. Every reading is recorded. Text is encrypted where it is "
        "stored; while it passes through the server it can be seen there."
    ),
    "how-long-exactly": gettext_noop(
        "%(days)s days after the last message, and %(hours)s hours for a talk that nobody finished. Backups are kept "
        "%(backup_days)s days. If there is danger to life, two people together can keep a talk for up to 90 days, with "
        "a written reason."
    ),
    "confidentiality-ends": gettext_noop("When confidentiality ends"),
    "confidentiality-ends-when": gettext_noop(
        "When a child is in serious danger and the child can be recognised from what was told, the law obliges those "
        "who answer to notify child protection or the police. The child is told first whenever that is possible. "
        "Nobody can be traced by technical means."
    ),
    "why-we-may": gettext_noop(
        "Children may seek help without their parents' consent: recital 38 of the General Data Protection Regulation "
        "says that consent should not be needed for preventive or counselling services offered directly to a child."
    ),
    "rights": gettext_noop(
        "Whoever holds the return code can read, copy and delete the talk. Without it we can't find a talk, because "
        "nothing tells whose it is; so we can't give a child's talk to a parent either."
    ),
    "what-you-decide": gettext_noop(
        "You can stop whenever you like. You can copy your talk while you write, or later with your code. You can also "
        "delete it. Nobody asks why. Only when there is danger, the talk stays until somebody has looked after it."
    ),
    "leave-fast": gettext_noop(
        "Press Leave this page fast, and the page is gone at once. For ten minutes this site then looks empty in your "
        "browser. It can't clear everything your browser remembers, so use a private window if others use your phone."
    ),
    "after-the-end": gettext_noop(
        "When a talk has ended, nobody can read it in this browser any more. Only your return code opens it."
    ),
}


def fingerprint(text: str) -> str:
    """Recognises the words that were approved, so that changed ones need a new look."""
    return hashlib.sha256(text.encode()).hexdigest()


def words_of(key: str, language: str) -> str:
    """The text as our translation has it, placeholders unfilled. `language` as it is spoken. KeyError if unknown."""
    with translation.override(language):
        return gettext(safety_texts()[key])


def approved_keys(centre: Centre, language: str) -> set[str]:
    """Which texts a person at this centre has approved in these very words."""
    rows = ApprovedText.objects.filter(centre=centre, language=language).values_list("key", "fingerprint")
    known = safety_texts()
    said = spoken(language, centre.formal_in)
    return {key for key, mark in rows if key in known and mark == fingerprint(words_of(key, said))}


def languages_that_stand_alone(centre_id: int, key: str) -> list[str]:
    """The languages in which a person at the centre has approved this text in these very words."""
    rows = ApprovedText.objects.filter(centre_id=centre_id, key=key).values_list("language", "fingerprint")
    formal = Centre.objects.values_list("formal_in", flat=True).get(pk=centre_id) if rows else []
    return sorted(language for language, mark in rows if mark == fingerprint(words_of(key, spoken(language, formal))))


def safety_text(key: str, language: str, approved: set[str], values: dict[str, object]) -> SafetyText:
    """The words to show in `language` as it is spoken, with English beside them unless `key` is in `approved`."""
    text = words_of(key, language) % values
    if language == ENGLISH or key in approved:
        return SafetyText(text, "")
    return SafetyText(text, safety_texts()[key] % values)
