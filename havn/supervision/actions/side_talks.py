"""Opening a talk among colleagues beside a conversation, coming into it, saying something, closing it."""

from collections.abc import Sequence
from contextlib import suppress

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.ending import locked
from havn.helpline.models import Turn
from havn.helpline.permissions import check_can_be_on_duty
from havn.helpline.queries.duty import on_duty
from havn.helpline.sealing import seal_text
from havn.live import api as live
from havn.live.models import Participant
from havn.supervision.actions.whispers import last_seq
from havn.supervision.models import SideTalk, SideTalkPart, SideTalkWords
from havn.supervision.permissions import check_can_open_side_talk, check_takes_part
from havn.supervision.telling import supervision_changed
from havn.vault.api import Keyring, holds

LONGEST = 2_000
FIELD = "side-talk"


@transaction.atomic
def open_side_talk(
    *, actor: User, conversation_id: int, colleagues: Sequence[int], text: str, keyring: Keyring, now_ms: int
) -> SideTalk:
    """Ask colleagues on duty who hold the key. With one of one's own open already, ask more of them into it."""
    turn = locked(conversation_id)
    check_can_open_side_talk(actor, turn)
    if turn.state != Turn.State.TALKING:
        raise Refused(_("This talk has already ended."))
    holding = [one for one in colleagues if one != actor.pk and holds(one, turn.service_id)]
    if not holding:
        raise Refused(_("Choose a colleague who holds the key."))
    there = {one.user_id for one in on_duty(turn.service_id, now_ms=now_ms) if one.alive and not one.locked}
    asked = [one for one in holding if one in there]
    if not asked:
        raise Refused(_("That colleague is not on duty now."))
    talk = _own_open(turn, actor, now_ms)
    for user_id in asked:
        _ask(talk, user_id, now_ms)
    if text.strip():
        _store(talk, actor, text, keyring, now_ms)
    _tell(turn, actor, "supervision.sidetalk.opened", asked=len(asked))
    return talk


@transaction.atomic
def join_side_talk(*, actor: User, talk_id: int, keyring: Keyring, now_ms: int) -> SideTalk:
    """Come into it: from here on the colleague reads the conversation along, in silence, until it is closed."""
    talk, turn = _locked(talk_id)
    check_can_be_on_duty(actor, turn.service)
    part = SideTalkPart.objects.filter(talk=talk, user=actor, left_at_ms__isnull=True).first()
    if part is None:
        raise NotAllowed(_("You were not asked into this talk among colleagues."))
    keyring.conversation_key(turn.pk)
    if part.joined_at_ms is None:
        part.joined_at_ms = now_ms
        part.save(update_fields=["joined_at_ms"])
    if not Participant.objects.filter(conversation_id=turn.pk, user=actor, left_at_ms__isnull=True).exists():
        live.join(
            conversation_id=turn.pk,
            user_id=actor.pk,
            role=Participant.Role.COLLEAGUE,
            shown_name=actor.shown_name,
            now_ms=now_ms,
        )
    _tell(turn, actor, "supervision.sidetalk.joined")
    return talk


@transaction.atomic
def say_in_side_talk(*, actor: User, talk_id: int, text: str, keyring: Keyring, now_ms: int) -> SideTalkWords:
    """Something that only those in it read."""
    talk, turn = _locked(talk_id)
    check_takes_part(actor, talk)
    said = _store(talk, actor, text, keyring, now_ms)
    supervision_changed(turn.service_id)
    return said


@transaction.atomic
def leave_side_talk(*, actor: User, talk_id: int, now_ms: int) -> Turn:
    """A colleague goes, or says no; the one who opened it closes it for everybody."""
    talk, turn = _locked(talk_id)
    _leave(talk, actor.pk, now_ms)
    supervision_changed(turn.service_id)
    return turn


def close(talk: SideTalk, *, now_ms: int) -> None:
    """Nobody reads along any more; what was said stays with the conversation until it is destroyed."""
    SideTalk.objects.filter(pk=talk.pk).update(closed_at_ms=now_ms)
    here = SideTalkPart.objects.filter(talk=talk, left_at_ms__isnull=True)
    users = list(here.values_list("user_id", flat=True))
    here.update(left_at_ms=now_ms)
    _stop_reading(talk.conversation_id, users, now_ms)


def talk_finished(turn: Turn, now_ms: int) -> None:
    """The conversation is over or somebody else's, and with it the talk beside it (told by the helpline, in its
    transaction). Whoever has the conversation next asks colleagues of their own."""
    for talk in SideTalk.objects.filter(conversation_id=turn.pk, closed_at_ms__isnull=True):
        close(talk, now_ms=now_ms)
        supervision_changed(turn.service_id)


def reading_stopped(turn: Turn, user_id: int, now_ms: int) -> None:
    """Who reads the conversation no more takes no part beside it (told by the helpline, in its transaction)."""
    parts = SideTalkPart.objects.filter(
        conversation_id=turn.pk, user_id=user_id, joined_at_ms__isnull=False, left_at_ms__isnull=True
    )
    if parts.update(left_at_ms=now_ms):
        supervision_changed(turn.service_id)


def duty_ended(service_id: int, user_id: int, now_ms: int) -> None:
    """Who goes off duty leaves the talks beside others' conversations and closes their own (told by the helpline, in
    the transaction that ends the duty)."""
    talks = SideTalk.objects.filter(conversation__turn__service_id=service_id, closed_at_ms__isnull=True)
    mine = talks.filter(Q(opened_by_id=user_id) | Q(parts__user_id=user_id, parts__left_at_ms__isnull=True))
    for conversation_id in sorted(set(mine.values_list("conversation_id", flat=True))):
        with suppress(Refused):  # A talk that has gone meanwhile took what is beside it along.
            locked(conversation_id)
        for talk in SideTalk.objects.filter(conversation_id=conversation_id, closed_at_ms__isnull=True):
            _leave(talk, user_id, now_ms)
        supervision_changed(service_id)


def _own_open(turn: Turn, actor: User, now_ms: int) -> SideTalk:
    """The actor's open side talk, or a new one; one that somebody else left open is closed. The turn is locked."""
    talk = SideTalk.objects.filter(conversation_id=turn.pk, closed_at_ms__isnull=True).first()
    if talk is not None and talk.opened_by_id == actor.pk:
        return talk
    if talk is not None:
        close(talk, now_ms=now_ms)
    return SideTalk.objects.create(conversation_id=turn.pk, opened_by=actor, opened_at_ms=now_ms)


def _ask(talk: SideTalk, user_id: int, now_ms: int) -> None:
    """Who has left is asked anew and reads nothing until they come; who is in it already stays in it."""
    part, new = SideTalkPart.objects.get_or_create(
        talk=talk, user_id=user_id, defaults={"conversation_id": talk.conversation_id, "asked_at_ms": now_ms}
    )
    if not new and part.left_at_ms is not None:
        part.asked_at_ms, part.joined_at_ms, part.left_at_ms = now_ms, None, None
        part.save(update_fields=["asked_at_ms", "joined_at_ms", "left_at_ms"])


def _leave(talk: SideTalk, user_id: int, now_ms: int) -> None:
    if talk.opened_by_id == user_id:
        close(talk, now_ms=now_ms)
        return
    if SideTalkPart.objects.filter(talk=talk, user_id=user_id, left_at_ms__isnull=True).update(left_at_ms=now_ms):
        _stop_reading(talk.conversation_id, [user_id], now_ms)


def _stop_reading(conversation_id: int, users: Sequence[int], now_ms: int) -> None:
    parts = Participant.objects.filter(
        conversation_id=conversation_id,
        user_id__in=users,
        role=Participant.Role.COLLEAGUE,
        left_at_ms__isnull=True,
    )
    for user_id in list(parts.values_list("user_id", flat=True)):
        assert user_id is not None
        live.leave(conversation_id=conversation_id, user_id=user_id, now_ms=now_ms)


def _locked(talk_id: int) -> tuple[SideTalk, Turn]:
    """Both rows locked, the turn first: whatever ends or moves a conversation locks it before what is beside it."""
    closed = _("This talk among colleagues is closed.")
    conversation_id = SideTalk.objects.filter(pk=talk_id).values_list("conversation_id", flat=True).first()
    if conversation_id is None:
        raise Refused(closed)
    turn = locked(conversation_id)
    talk = SideTalk.objects.select_for_update(of=("self",)).filter(pk=talk_id, closed_at_ms__isnull=True).first()
    if talk is None:
        raise Refused(closed)
    return talk, turn


def _store(talk: SideTalk, actor: User, text: str, keyring: Keyring, now_ms: int) -> SideTalkWords:
    words = text.strip()
    if not words:
        raise Refused(_("There is nothing to send yet."))
    nonce, sealed = seal_text(
        words[:LONGEST],
        conversation_id=talk.conversation_id,
        field=FIELD,
        key=keyring.conversation_key(talk.conversation_id),
    )
    return SideTalkWords.objects.create(
        conversation_id=talk.conversation_id,
        talk=talk,
        by=actor,
        nonce=nonce,
        sealed=sealed,
        after_seq=last_seq(talk.conversation_id),
        at_ms=now_ms,
    )


def _tell(turn: Turn, actor: User, action: str, **codes: int) -> None:
    supervision_changed(turn.service_id)
    audit.record(
        centre_id=turn.service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=turn.service_id,
        action=action,
        subject="",
        **codes,
    )
