"""The door for apps above: put it on the trail."""

import hashlib

from django.db import IntegrityError, transaction

from havn.audit.chain import append
from havn.audit.cut import cut_old
from havn.audit.heads import write_heads
from havn.audit.models import ReadMark
from havn.audit.restored import write_restored
from havn.common import clock

__all__ = ["cut_old", "forget_read_marks", "record", "record_read", "write_heads", "write_restored"]


def record(
    *,
    centre_id: int,
    action: str,
    actor_id: int | None = None,
    service_id: int | None = None,
    subject: str = "",
    **codes: str | int,
) -> None:
    """Add an entry in the caller's transaction: it stands or falls with what it tells of.

    `action` is a code such as "helpline.turn.taken", `subject` such as "conversation:123", `codes` are short codes
    and numbers. ValueError for anything that looks like words: the trail carries no content. Call it last in an
    action: the centre's chain is locked until the transaction ends.
    """
    append(
        centre_id=centre_id,
        at_ms=clock.now_ms(),
        actor_id=actor_id,
        action=action,
        service_id=service_id,
        subject=subject,
        codes=codes,
    )


def record_read(*, centre_id: int, actor_id: int, conversation_id: int, session: str) -> None:
    """Record that somebody is about to read a conversation, once per person, conversation and duty session.

    `session` names the duty session (any string that stays the same while it lasts). The entry is committed when
    this returns; if it can't be written this raises and nothing may be shown. RuntimeError inside a transaction,
    because what is not yet committed may still be undone after the text was shown.
    """
    text = f"{centre_id}:{actor_id}:{conversation_id}:{session}"
    digest = hashlib.sha256(text.encode()).digest()
    if ReadMark.objects.filter(pk=digest).exists():
        return
    try:
        with transaction.atomic(durable=True):
            ReadMark.objects.create(digest=digest, at_ms=clock.now_ms())
            record(
                centre_id=centre_id,
                actor_id=actor_id,
                action="conversation.read",
                subject=f"conversation:{conversation_id}",
            )
    except IntegrityError:
        # Another stream of the same person recorded it in this moment; only a mark that is there excuses it.
        if not ReadMark.objects.filter(pk=digest).exists():
            raise


def forget_read_marks(*, older_than_ms: int) -> int:
    """Remove marks of duty sessions long over (they only spare a second entry). Returns how many."""
    return ReadMark.objects.filter(at_ms__lt=older_than_ms).delete()[0]
