"""One letter's draft, opened for those who may see it."""

from dataclasses import dataclass

from havn.helpline.sealing import open_text
from havn.letterbox.models import Draft
from havn.letterbox.rules.second_reading import is_being_read
from havn.live import api as live
from havn.live.models import Message, Participant

TEXT, NOTE = "letter-draft", "letter-note"


@dataclass(frozen=True, repr=False)
class OpenDraft:
    """A draft in clear. `asked`: it waits for a second reading; `reader` reads it at this moment."""

    text: str = ""
    version: int = 0
    asked: bool = False
    asked_at_ms: int | None = None
    asked_by: str = ""
    reader_id: int | None = None
    reader: str = ""
    note: str = ""
    note_by: str = ""
    saved_at_ms: int | None = None


def draft_of(conversation_id: int) -> Draft | None:
    """The row as it is stored."""
    return Draft.objects.filter(pk=conversation_id).select_related("asked_by", "reader", "note_by").first()


def sent_text(conversation_id: int, client_id: str, key: bytes) -> str | None:
    """What the staff sent under this `client_id`; None where nothing was."""
    found = Message.objects.filter(conversation_id=conversation_id, author="staff", client_id=client_id)
    seq = found.values_list("seq", flat=True).first()
    if seq is None:
        return None
    viewer = live.Viewer(0, Participant.Role.COUNSELLOR)
    after = live.messages(conversation_id=conversation_id, key=key, viewer=viewer, after=seq - 1)
    return next((one.text for one in after if one.seq == seq), "")


def has_written_since(conversation_id: int, seq: int) -> bool:
    """Whether the child has written more after this place of the log."""
    texts = Message.objects.filter(conversation_id=conversation_id, author="visitor", kind="text")
    return texts.filter(seq__gt=seq).exists()


def opened(draft: Draft | None, key: bytes, *, now_ms: int) -> OpenDraft:
    """The draft in clear; an empty one where there is none. Raises what the vault raises for a wrong key."""
    if draft is None:
        return OpenDraft()
    read = is_being_read(reader_until_ms=draft.reader_until_ms, now_ms=now_ms) and draft.reader is not None
    return OpenDraft(
        text=open_text(draft.nonce, draft.sealed, conversation_id=draft.pk, field=TEXT, key=key),
        version=draft.version,
        asked=draft.asked_at_ms is not None,
        asked_at_ms=draft.asked_at_ms,
        asked_by=draft.asked_by.name if draft.asked_by else "",
        reader_id=draft.reader_id if read else None,
        reader=draft.reader.name if draft.reader and read else "",
        note=open_text(draft.note_nonce, draft.note_sealed, conversation_id=draft.pk, field=NOTE, key=key),
        note_by=draft.note_by.name if draft.note_by else "",
        saved_at_ms=draft.saved_at_ms,
    )
