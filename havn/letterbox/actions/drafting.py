"""The answer as it is written: kept, taken up by whoever has the letter next, sent, or shown to a colleague first."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.errors import NotAllowed, Refused
from havn.helpline import letters
from havn.helpline.actions import leases
from havn.helpline.actions.ending import locked
from havn.helpline.actions.telling import queue_changed
from havn.helpline.models import Turn
from havn.helpline.sealing import seal_text
from havn.letterbox.models import Draft, LettersAnswered
from havn.letterbox.permissions import check_can_answer, check_can_write
from havn.letterbox.queries.drafts import TEXT, draft_of, has_written_since, opened, sent_text
from havn.letterbox.queries.settings import may_ask_second_reading, needs_second_reading
from havn.live import api as live
from havn.live.models import Conversation, Participant
from havn.live.texts import is_empty

LONGEST = 10_000


class Overtaken(Refused):
    """Another window or person saved the draft first."""

    def __init__(self) -> None:
        super().__init__(_("The draft was changed in another window. Load it again; your words stay in this one."))


class SentAlready(Refused):
    """This form was sent before: its answer is in the letter."""

    def __init__(self) -> None:
        super().__init__(_("This answer is with the child already. What you write now goes as another one."))


@transaction.atomic
def keep_draft(
    *, actor: User, conversation_id: int, text: str, version: int, key: bytes, client_id: str = "", now_ms: int
) -> Draft:
    """Keep what stands in the box, sealed under the letter's key. Working so keeps a duty from being forgotten.

    `version` is the one the screen was made from: an older one raises `Overtaken`. Refused while a colleague reads it,
    and for the form of an answer that has gone (`client_id`), which would make its draft anew.
    """
    letter = locked(conversation_id)
    check_can_write(actor, letter)
    if client_id and sent_text(letter.pk, client_id, key) is not None:
        raise SentAlready
    draft = _kept(letter, actor, text, version, key, now_ms)
    leases.seen(actor.pk, now_ms)
    return draft


@transaction.atomic
def add_to_draft(actor: User, conversation_id: int, text: str, key: bytes, now_ms: int) -> None:
    """Put text at the end of what is kept. An open screen of the older draft is told so when it saves (`Overtaken`)."""
    letter = locked(conversation_id)
    check_can_write(actor, letter)
    kept = opened(draft_of(letter.pk), key, now_ms=now_ms)
    whole = f"{kept.text.rstrip()}\n\n{text}" if kept.text.strip() else text
    _kept(letter, actor, whole, kept.version, key, now_ms)
    leases.seen(actor.pk, now_ms)


@transaction.atomic
def send_answer(
    *, actor: User, conversation_id: int, text: str, version: int, seen: int, key: bytes, client_id: str, now_ms: int
) -> None:
    """Send the answer; the draft is destroyed with it. Refused where a colleague has to read it first.

    `seen` is the last place of the log that the screen showed. A second press of the same form (`client_id`) changes
    nothing; with other words it raises `SentAlready`.
    """
    letter = locked(conversation_id)
    check_can_answer(actor, letter)
    sent = sent_text(letter.pk, client_id, key)
    if sent == text:
        return
    if sent is not None:
        raise SentAlready
    if needs_second_reading(letter.service_id, actor.pk):
        raise NotAllowed(_("Here a colleague reads each answer before it goes. Ask for a second reading."))
    check_all_seen(letter, seen)
    draft = _kept(letter, actor, _not_empty(text), version, key, now_ms)
    deliver(letter, draft, text=text, writer=actor, key=key, client_id=client_id, now_ms=now_ms)
    _trail(letter, actor, "letterbox.answer.sent")


@transaction.atomic
def ask_second_reading(
    *, actor: User, conversation_id: int, text: str, version: int, seen: int, key: bytes, now_ms: int
) -> Draft:
    """Put the draft before the colleagues: one whose words are not in it sends it or gives it back.

    `seen` is the last place of the log that the screen showed.
    """
    letter = locked(conversation_id)
    check_can_answer(actor, letter)
    if not may_ask_second_reading(letter.service_id):
        raise Refused(_("This helpline does without second readings. Send the answer yourself."))
    check_all_seen(letter, seen)
    draft = _kept(letter, actor, _not_empty(text), version, key, now_ms)
    draft.asked_by, draft.asked_at_ms = actor, now_ms
    draft.reader = draft.reader_until_ms = draft.note_by = None
    draft.note_nonce = draft.note_sealed = b""
    draft.save()
    leases.seen(actor.pk, now_ms)
    queue_changed(letter.service_id)
    _trail(letter, actor, "letterbox.reading.asked")
    return draft


@transaction.atomic
def take_back(*, actor: User, conversation_id: int, now_ms: int) -> Draft:
    """Go on writing instead of waiting for a reader. Refused while somebody reads it."""
    letter = locked(conversation_id)
    check_can_answer(actor, letter)
    draft = locked_draft(letter)
    if draft.reader_until_ms is not None and now_ms < draft.reader_until_ms:
        raise Refused(_("A colleague is reading this answer now."))
    back_to_writing(draft)
    queue_changed(letter.service_id)
    return draft


def deliver(
    letter: Turn, draft: Draft, *, text: str, writer: User, key: bytes, client_id: str | None, now_ms: int
) -> None:
    """Put the answer into the letter in its writer's name, and destroy the draft. Both rows must be locked."""
    part = (
        Participant.objects.filter(conversation_id=letter.pk, user=writer, role=Participant.Role.COUNSELLOR)
        .order_by("-joined_at_ms")
        .first()
    )
    if part is None:
        raise Refused(_("Whoever wrote this answer has never had this letter."))
    stored = live.append(
        conversation_id=letter.pk,
        key=key,
        author="staff",
        kind="text",
        text=text,
        participant_id=part.pk,
        client_id=client_id,
        now_ms=now_ms,
    )
    if not stored.new:
        raise SentAlready
    draft.delete()
    letters.answer_given(letter, key, text, now_ms)
    found, _new = LettersAnswered.objects.get_or_create(service_id=letter.service_id, user=writer)
    LettersAnswered.objects.filter(pk=found.pk).update(letters=F("letters") + 1)
    queue_changed(letter.service_id)


def check_all_seen(letter: Turn, seen: int) -> None:
    """Raises Refused when the child has written after `seen`: an answer would stop the clock for words nobody read.

    Nothing can be added to the letter until the transaction ends. Its row must be locked.
    """
    Conversation.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if has_written_since(letter.pk, seen):
        raise Refused(_("The child has written more. Read it, then send the answer."))


def locked_draft(letter: Turn) -> Draft:
    """The letter's draft that waits for a reader, locked. Refused when it does not wait any more."""
    draft = Draft.objects.select_for_update(of=("self",)).filter(pk=letter.pk).first()
    if draft is None or draft.asked_at_ms is None:
        raise Refused(_("This answer does not wait for a second reading any more."))
    return draft


def back_to_writing(draft: Draft) -> None:
    """The draft is its writer's again. Its row must be locked."""
    draft.asked_by = draft.asked_at_ms = draft.reader = draft.reader_until_ms = None
    draft.version += 1
    draft.save()


def _kept(letter: Turn, actor: User, text: str, version: int, key: bytes, now_ms: int) -> Draft:
    if len(text) > LONGEST:
        raise Refused(_("That is longer than one answer can be. Shorten it, or send it in two."))
    draft = Draft.objects.select_for_update(of=("self",)).filter(pk=letter.pk).first()
    draft = draft or Draft(pk=letter.pk, saved_at_ms=now_ms)
    if draft.asked_at_ms is not None:
        raise Refused(_("An answer to this letter is waiting for a second reading. Take it back first."))
    if draft.version != version:
        raise Overtaken
    # Blanks alone are no draft: nothing would be shown of what keeps the letter open.
    words = "" if is_empty(text) else text
    draft.nonce, draft.sealed = seal_text(words, conversation_id=letter.pk, field=TEXT, key=key)
    draft.version, draft.saved_at_ms = draft.version + 1, now_ms
    draft.writers = sorted({*draft.writers, actor.pk})
    draft.save()
    return draft


def _not_empty(text: str) -> str:
    if is_empty(text):
        raise Refused(_("There is nothing to send yet."))
    return text


def _trail(letter: Turn, actor: User, action: str) -> None:
    # It names no letter: who read which stands there already, and no contact that stays must be found by it.
    audit.record(
        centre_id=letter.service.organisation.centre_id, actor_id=actor.pk, service_id=letter.service_id, action=action
    )
