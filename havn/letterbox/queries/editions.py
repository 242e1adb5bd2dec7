"""What may be published, what is being edited, and one version in clear."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from havn.helpline.models import Turn
from havn.helpline.sealing import open_text
from havn.letterbox.models import Consent, Edition, LetterClock, PublishedAnswer
from havn.letterbox.rules.publishing import Version
from havn.live.api import MessageView
from havn.tenancy.models import Service

FIELD = "letter-edition"
MOST = 100


@dataclass(frozen=True)
class Candidate:
    """A letter whose child said yes and that has been answered. `state`: "new", "edited" or "ready"."""

    letter: Turn
    state: str
    answered_at_ms: int
    own_work: bool
    shown: bool


def candidates(services: Sequence[Service], user_id: int) -> list[Candidate]:
    """Letters that may be published, those that wait for a second person first, then the latest answered."""
    letters = (
        Turn.objects.filter(
            service__in=services,
            conversation__letter_consent__state=Consent.State.YES,
            conversation__letter_clock__answered_at_ms__isnull=False,
            conversation__letter_clock__unanswered_since_ms__isnull=True,
        )
        .select_related("service", "conversation__letter_clock", "conversation__letter_consent")
        .order_by("-conversation__letter_clock__answered_at_ms", "-pk")[:MOST]
    )
    found = list(letters)
    editions = Edition.objects.defer("nonce", "sealed").in_bulk([letter.pk for letter in found])
    hashes = {letter.pk: bytes(letter.conversation.letter_consent.withdraw_hash) for letter in found}
    shown = {
        bytes(one)
        for one in PublishedAnswer.objects.filter(withdraw_hash__in=list(hashes.values())).values_list(
            "withdraw_hash", flat=True
        )
    }
    rows = [
        Candidate(
            letter=letter,
            state=_state(editions.get(letter.pk)),
            answered_at_ms=letter.conversation.letter_clock.answered_at_ms or 0,
            own_work=letter.pk in editions and user_id in editions[letter.pk].editors,
            shown=hashes[letter.pk] in shown,
        )
        for letter in found
    ]
    return sorted((row for row in rows if not row.shown), key=lambda row: row.state != "ready")


def edition_of(conversation_id: int) -> Edition | None:
    """The edition of a letter as it is stored."""
    return Edition.objects.filter(pk=conversation_id).select_related("ready_by").first()


def version_of(edition: Edition, key: bytes) -> Version:
    """The version in clear."""
    text = open_text(edition.nonce, edition.sealed, conversation_id=edition.pk, field=FIELD, key=key)
    values = json.loads(text)
    return Version(**{**values, "topics": tuple(values["topics"]), "kept": tuple(values["kept"])})


def first_version(messages: Sequence[MessageView], language: str) -> Version:
    """What an editor begins with: all the child's words as the question and all of ours as the answer."""
    texts = [one for one in messages if one.kind == "text"]
    return Version(
        question="\n\n".join(one.text for one in texts if one.author == "visitor"),
        answer="\n\n".join(one.text for one in texts if one.author == "staff"),
        language=language,
    )


def consent_of(conversation_id: int) -> str:
    """The child's code: "yes", "withdrawn", or "" for never asked."""
    return Consent.objects.filter(pk=conversation_id).values_list("state", flat=True).first() or ""


def is_answered(conversation_id: int) -> bool:
    """Whether a letter has an answer, and no words of its child wait for one."""
    clocks = LetterClock.objects.filter(pk=conversation_id, answered_at_ms__isnull=False)
    return clocks.filter(unanswered_since_ms__isnull=True).exists()


def _state(edition: Edition | None) -> str:
    if edition is None:
        return "new"
    return "ready" if edition.ready_at_ms is not None else "edited"
