"""The second reading: a colleague takes the draft, sends it in its writer's name, or gives it back with a note."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.errors import Refused
from havn.helpline.actions.ending import locked
from havn.helpline.actions.taking import give
from havn.helpline.actions.telling import queue_changed
from havn.helpline.models import Duty, Turn
from havn.helpline.rules.turns import OPEN
from havn.helpline.sealing import open_text, seal_text
from havn.letterbox.actions.drafting import back_to_writing, check_all_seen, deliver, locked_draft
from havn.letterbox.models import Draft
from havn.letterbox.permissions import check_can_read_draft
from havn.letterbox.queries.drafts import NOTE, TEXT
from havn.letterbox.queries.settings import settings_of
from havn.vault.api import Keyring

NOTE_LONGEST = 4000


@transaction.atomic
def claim_reading(*, actor: User, conversation_id: int, keyring: Keyring, now_ms: int) -> Draft:
    """Take the draft to read it. The claim runs out by itself, so that nobody's screen can block an answer."""
    letter, draft = _draft_for(actor, conversation_id, now_ms)
    keyring.conversation_key(letter.pk)
    draft.reader = actor
    draft.reader_until_ms = now_ms + settings_of(letter.service_id).reading_minutes * 60_000
    draft.save(update_fields=["reader", "reader_until_ms"])
    queue_changed(letter.service_id)
    return draft


@transaction.atomic
def send_read(*, actor: User, conversation_id: int, version: int, seen: int, key: bytes, now_ms: int) -> None:
    """Send what was read, unchanged, in the name of who asked. `version` is the one that was read.

    `seen` is the last place of the log that the reader was shown. A letter that was laid back meanwhile comes to the
    reader, who ends it and codes it, and so must be on duty.
    """
    letter, draft = _draft_for(actor, conversation_id, now_ms)
    _check_read_by(actor, draft, version)
    check_all_seen(letter, seen)
    writer = draft.asked_by
    assert writer is not None
    text = open_text(draft.nonce, draft.sealed, conversation_id=letter.pk, field=TEXT, key=key)
    if letter.state == Turn.State.WAITING:
        _check_on_duty(actor, letter)
        give(letter, to=actor, key=key, now_ms=now_ms)
    deliver(letter, draft, text=text, writer=writer, key=key, client_id=None, now_ms=now_ms)
    _trail(letter, actor, "letterbox.answer.read", writer=int(writer.pk))


@transaction.atomic
def give_back(*, actor: User, conversation_id: int, note: str, version: int, key: bytes, now_ms: int) -> None:
    """Give the draft back to be written on, with a note that only colleagues read, sealed like the draft."""
    letter, draft = _draft_for(actor, conversation_id, now_ms)
    _check_read_by(actor, draft, version)
    if not note.strip():
        raise Refused(_("Say in a few words what should change."))
    draft.note_nonce, draft.note_sealed = seal_text(
        note.strip()[:NOTE_LONGEST], conversation_id=letter.pk, field=NOTE, key=key
    )
    draft.note_by = actor
    back_to_writing(draft)
    queue_changed(letter.service_id)
    _trail(letter, actor, "letterbox.reading.given_back")


@transaction.atomic
def lay_back_reading(*, actor: User, conversation_id: int, now_ms: int) -> None:
    """Let another colleague read it."""
    letter, draft = _draft_for(actor, conversation_id, now_ms)
    if draft.reader_id == actor.pk:
        draft.reader = draft.reader_until_ms = None
        draft.save(update_fields=["reader", "reader_until_ms"])
        queue_changed(letter.service_id)


def _draft_for(actor: User, conversation_id: int, now_ms: int) -> tuple[Turn, Draft]:
    letter = locked(conversation_id)
    if letter.state not in OPEN:
        raise Refused(_("This letter is closed."))
    draft = locked_draft(letter)
    check_can_read_draft(actor, letter, draft, now_ms=now_ms)
    return letter, draft


def _check_read_by(actor: User, draft: Draft, version: int) -> None:
    if draft.version != version:
        raise Refused(_("The answer has changed since you opened it. Read it again."))
    if draft.reader_id != actor.pk:
        raise Refused(_("Take this answer to read it first."))


def _check_on_duty(actor: User, letter: Turn) -> None:
    """The duty's row is locked: one that ends at this moment lays back this letter as well."""
    duties = Duty.objects.select_for_update(of=("self",)).filter(user=actor, service_id=letter.service_id)
    duty = duties.filter(ended_at_ms__isnull=True).first()
    if duty is None or duty.locked_at_ms is not None:
        raise Refused(_("Go on duty first."))


def _trail(letter: Turn, actor: User, action: str, **codes: str | int) -> None:
    audit.record(
        centre_id=letter.service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=letter.service_id,
        action=action,
        subject="",
        **codes,
    )
