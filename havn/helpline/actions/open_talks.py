"""The talks on one person's desk: a line for the list, and the whole thread for the one that is open."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.common.once import once
from havn.helpline.actions.reading import duty_session, key_to_read, key_to_weigh
from havn.helpline.beside import Aside, asides_of
from havn.helpline.models import Record, Transfer, Turn
from havn.helpline.sealing import open_text
from havn.live import api as live
from havn.live.models import Participant
from havn.tenancy.models import Service
from havn.vault.api import Keyring

LAST_LINES = 12
# Who reads along without the child seeing it.
SILENT = (Participant.Role.SUPERVISOR, Participant.Role.COLLEAGUE)


@dataclass(frozen=True)
class Reader:
    """Who looks: the person, their keys and what names their sign-in on the trail."""

    user: User
    keyring: Keyring
    session_hash: bytes
    language: str


@dataclass
class TalkLine:
    """One row of "my conversations". Text is empty when it can't be read."""

    turn: Turn
    name: str = ""
    unread: int = 0
    last_line: str = ""
    last_mine: bool = False
    last_at_ms: int | None = None
    unanswered_since_ms: int | None = None
    offer: Transfer | None = None
    reading_along: bool = False
    readable: bool = True

    @property
    def ended(self) -> bool:
        """The talk is over; its record may still be open."""
        return self.turn.state in (Turn.State.ENDED, Turn.State.LEFT)


@dataclass
class Thread:
    """The open talk: its messages as this reader sees them, and what can be done with it."""

    line: TalkLine
    participant_id: int
    role: str
    messages: list[live.MessageView] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    last_seq: int = 0
    record: Record | None = None
    summary: str = ""
    transfer_reason: str = ""
    unreadable: str = ""

    @property
    def mine(self) -> bool:
        """Whether the reader is the talk's counsellor and may write to the child."""
        return self.role == Participant.Role.COUNSELLOR


def my_talks(reader: Reader, service: Service) -> list[TalkLine]:
    """The reader's talks that are not put away, oldest first, and those read along."""
    own = list(
        Turn.objects.filter(service=service, counsellor=reader.user)
        .filter(state__in=(Turn.State.TALKING, Turn.State.ENDED))
        .exclude(conversation__record__completed_at__isnull=False)
        .select_related("service__organisation__centre", "conversation")
        .order_by("taken_at_ms")
    )
    along = list(
        Turn.objects.filter(
            service=service,
            conversation__participants__user=reader.user,
            conversation__participants__role__in=SILENT,
            conversation__participants__left_at_ms__isnull=True,
        )
        .exclude(counsellor=reader.user)
        .select_related("service__organisation__centre", "conversation")
        .order_by("taken_at_ms")
    )
    offers = {
        offer.pk: offer for offer in Transfer.objects.filter(pk__in=[turn.pk for turn in own]).select_related("to")
    }
    parts = _parts(reader.user, [*own, *along])
    lines = [_line(reader, turn, parts.get(turn.pk), along=False) for turn in own]
    lines += [_line(reader, turn, parts.get(turn.pk), along=True) for turn in along]
    for line in lines:
        line.offer = offers.get(line.turn.pk)
    return lines


def thread_of(reader: Reader, line: TalkLine) -> Thread:
    """The whole talk for the middle pane. Without the key, or without the trail, it holds no text and says so."""
    turn = line.turn
    part = _parts(reader.user, [turn]).get(turn.pk)
    role = part.role if part else Participant.Role.COUNSELLOR
    thread = Thread(line=line, participant_id=part.pk if part else 0, role=role, last_seq=turn.conversation.last_seq)
    thread.record = Record.objects.filter(pk=turn.pk).first()
    try:
        key = _key(reader, turn)
    except Refused as refusal:
        thread.unreadable = refusal.sentence
        return thread
    viewer = live.Viewer(thread.participant_id, str(role), reader.user.pk)
    thread.messages = live.messages(conversation_id=turn.pk, key=key, viewer=viewer, language=reader.language)
    thread.asides = asides_of(turn, key, viewer)
    if thread.record:
        thread.summary = open_text(
            thread.record.summary_nonce, thread.record.summary_sealed, conversation_id=turn.pk, field="summary", key=key
        )
    return thread


def offers_to(reader: Reader, service: Service) -> list[dict[str, Any]]:
    """Talks that colleagues offer this person, with the reason in clear where the key is held.

    The reason is sealed text of the talk: each read is on the trail first. Raises when that can't be written.
    """
    offers = Transfer.objects.filter(
        to=reader.user, declined=False, conversation__turn__service=service
    ).select_related("by")
    session = duty_session(reader.user.pk, service.pk, reader.session_hash)
    return [
        {"conversation_id": offer.pk, "by": offer.by.name, "reason": _reason(reader, offer, session)}
        for offer in offers
    ]


def _line(reader: Reader, turn: Turn, part: Participant | None, *, along: bool) -> TalkLine:
    line = TalkLine(turn=turn, reading_along=along)
    try:
        key = _key(reader, turn)
    except Refused:
        line.readable = False
        return line
    line.name = open_text(turn.name_nonce, turn.name_sealed, conversation_id=turn.pk, field="name", key=key)
    read_to = part.read_up_to if part else 0
    viewer = live.Viewer(part.pk if part else 0, part.role if part else "counsellor", reader.user.pk)
    after = min(read_to, max(turn.conversation.last_seq - LAST_LINES, 0))
    messages = live.messages(conversation_id=turn.pk, key=key, viewer=viewer, after=after, language=reader.language)
    line.unread = sum(one.seq > read_to and one.author == "visitor" and one.kind == "text" for one in messages)
    _last(line, [one for one in messages if one.kind == "text"])
    return line


def _last(line: TalkLine, texts: Sequence[live.MessageView]) -> None:
    if not texts:
        return
    last = texts[-1]
    line.last_line, line.last_mine, line.last_at_ms = last.text, last.author == "staff", last.at_ms
    for one in reversed(texts):
        if one.author != "visitor":
            break
        line.unanswered_since_ms = one.at_ms


def _key(reader: Reader, turn: Turn) -> bytes:
    """Asked for once a page: the talk in view stands in the list too, and its read is on the trail by then."""
    session = duty_session(reader.user.pk, turn.service_id, reader.session_hash)
    return once(
        ("helpline.key", turn.pk, reader.user.pk, session),
        lambda: key_to_read(actor=reader.user, turn=turn, keyring=reader.keyring, session=session),
    )


def _reason(reader: Reader, offer: Transfer, session: str) -> str:
    if not offer.reason_sealed:
        return ""
    try:
        key = key_to_weigh(actor=reader.user, offer=offer, keyring=reader.keyring, session=session)
    except Refused:
        return ""
    return open_text(offer.reason_nonce, offer.reason_sealed, conversation_id=offer.pk, field="transfer", key=key)


def _parts(user: User, turns: Sequence[Turn]) -> dict[int, Participant]:
    found = Participant.objects.filter(
        user=user, left_at_ms__isnull=True, conversation_id__in=[turn.pk for turn in turns]
    )
    return {part.conversation_id: part for part in found}
