"""From a letter to a public page: edited by one person, published by another, taken off by one."""

import json
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.clock import from_ms
from havn.common.errors import Refused
from havn.helpline.models import Turn
from havn.helpline.rules.turns import WRITTEN
from havn.helpline.sealing import seal_text
from havn.letterbox import withdrawn
from havn.letterbox.models import Consent, Edition, PublishedAnswer, PublishedTopic, PublishedWord
from havn.letterbox.permissions import check_can_edit, check_can_publish, check_can_take_off, check_is_answered
from havn.letterbox.queries.editions import FIELD, version_of
from havn.letterbox.rules.publishing import (
    ANSWER_LONGEST,
    QUESTION_LONGEST,
    TITLE_LONGEST,
    TOPICS_MOST,
    Version,
    lacking,
    slug_of,
    words_of,
)
from havn.tenancy.models import Centre


class Overtaken(Refused):
    """Another window or person saved the version first."""

    def __init__(self) -> None:
        super().__init__(_("This was changed in another window. Load it again."))


def save_edition(
    *, actor: User, conversation_id: int, version: Version, number: int, key: bytes, now_ms: int, ready: bool = False
) -> Edition:
    """Keep the version, sealed under the letter's key; with `ready` put it before a second person.

    `number` is the save that the screen was made from. Refused without the child's yes, before the letter is answered,
    and `ready` with open marks.
    """
    # The checker takes its time with a long text: nobody waits for it in a transaction.
    _check_size(version)
    if ready:
        _check_complete(version)
    return _save(actor, conversation_id, version, number, key, now_ms, ready)


@transaction.atomic
def _save(
    actor: User, conversation_id: int, version: Version, number: int, key: bytes, now_ms: int, ready: bool
) -> Edition:
    letter = _letter(conversation_id)
    check_can_edit(actor, letter.service)
    _check_consent(letter)
    check_is_answered(letter)
    edition = Edition.objects.select_for_update(of=("self",)).filter(pk=letter.pk).first()
    edition = edition or Edition(pk=letter.pk, saved_at_ms=now_ms)
    if edition.version != number:
        raise Overtaken
    if edition.ready_at_ms is not None:
        raise Refused(_("This waits for a second person. Open it for changes first."))
    edition.nonce, edition.sealed = seal_text(
        json.dumps(asdict(version), ensure_ascii=False), conversation_id=letter.pk, field=FIELD, key=key
    )
    edition.version, edition.saved_at_ms = edition.version + 1, now_ms
    edition.editors = sorted({*edition.editors, actor.pk})
    if ready:
        edition.ready_by, edition.ready_at_ms = actor, now_ms
    edition.save()
    return edition


@transaction.atomic
def reopen_edition(*, actor: User, conversation_id: int) -> Edition:
    """Open it for changes again: whoever changes it then is no second person any more."""
    letter = _letter(conversation_id)
    check_can_edit(actor, letter.service)
    edition = _ready(letter)
    edition.ready_by = edition.ready_at_ms = None
    edition.save(update_fields=["ready_by", "ready_at_ms"])
    return edition


def publish(*, actor: User, conversation_id: int, number: int, key: bytes, now_ms: int) -> PublishedAnswer:
    """The second person publishes what was read. Nothing in the public row leads back to the letter.

    `number` is the save that was read. Refused without the child's yes, before the letter is answered, with an open
    mark, or by an editor of it.
    """
    read = Edition.objects.filter(pk=conversation_id, ready_at_ms__isnull=False).first()
    if read is None:
        raise Refused(_("This does not wait for a second person any more."))
    if read.version != number:
        raise Overtaken
    # Read and checked before the transaction; the number says inside it that this is still the version.
    version = version_of(read, key)
    _check_complete(version)
    return _publish(actor, conversation_id, number, version, words_of(version.whole), now_ms)


@transaction.atomic
def _publish(
    actor: User, conversation_id: int, number: int, version: Version, words: list[str], now_ms: int
) -> PublishedAnswer:
    letter = _letter(conversation_id)
    # The consent before the edition, as a child who takes it back locks them.
    consent = _check_consent(letter)
    edition = _ready(letter)
    check_can_publish(actor, letter.service, edition)
    check_is_answered(letter)
    if edition.version != number:
        raise Overtaken
    centre = letter.service.organisation.centre
    answer = PublishedAnswer.objects.create(
        centre=centre,
        service=letter.service,
        language=version.language,
        slug=_free_slug(centre, version.title),
        title=version.title.strip(),
        question=version.question.strip(),
        answer=version.answer.strip(),
        published_on=from_ms(now_ms).date(),
        withdraw_hash=bytes(consent.withdraw_hash),
    )
    PublishedTopic.objects.bulk_create(PublishedTopic(answer=answer, code=code) for code in version.topics)
    PublishedWord.objects.bulk_create(PublishedWord(answer=answer, word=word) for word in words)
    edition.delete()
    _trail(letter, actor, "letterbox.answer.published", answer)
    return answer


@transaction.atomic
def take_off(*, actor: User, answer_id: int) -> None:
    """Take a published answer off the site. What it said is destroyed, and no restore brings it back."""
    answer = (
        PublishedAnswer.objects.select_for_update(of=("self",)).select_related("service").filter(pk=answer_id).first()
    )
    if answer is None:
        raise Refused(_("This answer is not on the site any more."))
    check_can_take_off(actor, answer.service)
    centre_id, service_id, subject = answer.centre_id, answer.service_id, f"answer:{answer.pk}"
    withdrawn.remember_taken_off(answer.pk)
    answer.delete()
    audit.record(
        centre_id=centre_id,
        actor_id=actor.pk,
        service_id=service_id,
        action="letterbox.answer.taken_off",
        subject=subject,
    )


def _letter(conversation_id: int) -> Turn:
    found = (
        Turn.objects.select_for_update(of=("self",))
        .select_related("service__organisation__centre")
        .filter(pk=conversation_id, channel__in=WRITTEN)
        .first()
    )
    if found is None:
        raise Refused(_("This letter is no longer here."))
    return found


def _check_consent(letter: Turn) -> Consent:
    consent = Consent.objects.select_for_update(of=("self",)).filter(pk=letter.pk).first()
    if consent is None or consent.state != Consent.State.YES:
        raise Refused(_("The child has not allowed this, or has taken it back."))
    if PublishedAnswer.objects.filter(withdraw_hash=bytes(consent.withdraw_hash)).exists():
        raise Refused(_("This letter is on the site already."))
    return consent


def _ready(letter: Turn) -> Edition:
    edition = Edition.objects.select_for_update(of=("self",)).filter(pk=letter.pk).first()
    if edition is None or edition.ready_at_ms is None:
        raise Refused(_("This does not wait for a second person any more."))
    return edition


def _check_complete(version: Version) -> None:
    if lacking(version):
        raise Refused(_("Something is still missing, or a mark is not decided."))


def _free_slug(centre: Centre, title: str) -> str:
    here = PublishedAnswer.objects.filter(centre=centre)
    taken: set[str] = set()
    while here.filter(slug=(slug := slug_of(title, taken))).exists():
        taken.add(slug)
    return slug


def _check_size(version: Version) -> None:
    if (
        len(version.title) > TITLE_LONGEST
        or len(version.question) > QUESTION_LONGEST
        or len(version.answer) > ANSWER_LONGEST
        or len(version.topics) > TOPICS_MOST
    ):
        raise Refused(_("That is longer than a page for children should be. Shorten it."))


def _trail(letter: Turn, actor: User, action: str, answer: PublishedAnswer) -> None:
    audit.record(
        centre_id=letter.service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=letter.service_id,
        action=action,
        subject=f"answer:{answer.pk}",
    )
