"""Reading what a child wrote: only with the key, and never before the read is on the trail."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.api import has_role
from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.ending import locked
from havn.helpline.beside import tell_stopped
from havn.helpline.models import Record, Transfer, Turn
from havn.helpline.permissions import (
    can_be_on_duty,
    can_read_along,
    can_work_on,
    check_can_be_on_duty,
    check_can_read_along,
)
from havn.helpline.queries.duty import open_duty
from havn.helpline.rules.risk import calls_the_supervisor
from havn.helpline.rules.roles import SUPERVISES, WORKS
from havn.live import api as live
from havn.live.models import Participant
from havn.vault.api import Keyring


def key_to_read(*, actor: User, turn: Turn, keyring: Keyring, session: str) -> bytes:
    """The key of a talk this person may read, after the read stands on the trail.

    `session` names the sign-in or duty session. Raises if the person may not, holds no key, or the trail can't be
    written: then nothing is shown. Call it outside any transaction.
    """
    if not (can_work_on(actor, turn) or _reads_along(actor, turn)):
        raise NotAllowed(_("This talk is with a colleague."))
    return _after_the_trail(actor, turn, keyring, session)


def duty_session(user_id: int, service_id: int, session_hash: bytes) -> str:
    """What "once per duty session" means: the open duty, else the sign-in. The desk and its stream ask here both."""
    duty = open_duty(service_id, user_id)
    return f"duty:{duty.pk}" if duty else f"session:{session_hash.hex()[:16]}"


def key_to_weigh(*, actor: User, offer: Transfer, keyring: Keyring, session: str) -> bytes:
    """The key of a talk that a colleague offers this person, to read why, after the read stands on the trail.

    Raises as `key_to_read` does, and when the talk is not offered to them any more.
    """
    if offer.to_id != actor.pk or offer.declined:
        raise NotAllowed(_("This talk was offered to somebody else."))
    turn = Turn.objects.select_related("service__organisation").get(pk=offer.pk)
    check_can_be_on_duty(actor, turn.service)
    return _after_the_trail(actor, turn, keyring, session)


def key_to_hear(*, actor: User, turn: Turn, keyring: Keyring, session: str) -> bytes:
    """The key of a talk that a colleague calls a supervisor to, to read why, after the read stands on the trail.

    Raises as `key_to_read` does, and for whoever may not read along.
    """
    check_can_read_along(actor, turn)
    return _after_the_trail(actor, turn, keyring, session)


def key_beside(*, actor: User, turn: Turn, keyring: Keyring, session: str) -> bytes:
    """The key of a talk for words that a part keeps beside it, after the read stands on the trail.

    The part has asked before who may read them; here they work at the helpline. Raises as `key_to_read` does.
    """
    check_can_be_on_duty(actor, turn.service)
    return _after_the_trail(actor, turn, keyring, session)


@transaction.atomic
def read_along(*, actor: User, conversation_id: int, keyring: Keyring, now_ms: int) -> Turn:
    """Join a talk as a silent reader: one that runs, or a grave one that the child has left and nobody has coded.

    The child was told on the start page that this may happen.
    """
    turn = locked(conversation_id)
    check_can_read_along(actor, turn)
    if turn.state != Turn.State.TALKING and not _calls(turn):
        raise Refused(_("This talk has already ended."))
    if turn.counsellor_id == actor.pk:
        raise Refused(_("This is your own talk."))
    keyring.conversation_key(turn.pk)
    live.join(
        conversation_id=turn.pk,
        user_id=actor.pk,
        role=Participant.Role.SUPERVISOR,
        shown_name=actor.shown_name,
        now_ms=now_ms,
    )
    return turn


@transaction.atomic
def stop_reading(*, actor: User, conversation_id: int, now_ms: int) -> None:
    """Leave a talk that was read along."""
    turn = locked(conversation_id)
    if turn.counsellor_id != actor.pk:
        live.leave(conversation_id=turn.pk, user_id=actor.pk, now_ms=now_ms)
        tell_stopped(turn, actor.pk, now_ms)


def stop_without_role(*, user_id: int, now_ms: int) -> None:
    """End somebody's part in talks where their role allows it no more (a hook of accounts: their session changed)."""
    parts = Participant.objects.filter(user_id=user_id, left_at_ms__isnull=True, conversation__turn__isnull=False)
    for part in parts.select_related("conversation__service"):
        needed = SUPERVISES if part.role == Participant.Role.SUPERVISOR else WORKS
        if not has_role(user_id, part.conversation.service, *needed):
            live.leave(conversation_id=part.conversation_id, user_id=user_id, now_ms=now_ms)


def _after_the_trail(actor: User, turn: Turn, keyring: Keyring, session: str) -> bytes:
    key = keyring.conversation_key(turn.pk)
    audit.record_read(
        centre_id=turn.service.organisation.centre_id,
        actor_id=actor.pk,
        conversation_id=turn.pk,
        session=session,
    )
    return key


def _calls(turn: Turn) -> bool:
    completed = Record.objects.filter(pk=turn.pk).values_list("completed_at", flat=True).first()
    return calls_the_supervisor(
        state=turn.state,
        answered=turn.taken_at_ms is not None,
        risk=turn.risk,
        in_danger=turn.in_danger,
        record_complete=completed is not None,
    )


def _reads_along(actor: User, turn: Turn) -> bool:
    """As a supervisor who opened the talk, or as a colleague whom the counsellor asked or who had the talk before."""
    role = (
        Participant.objects.filter(conversation_id=turn.pk, user=actor, left_at_ms__isnull=True)
        .values_list("role", flat=True)
        .first()
    )
    if role == Participant.Role.COLLEAGUE:
        return can_be_on_duty(actor, turn.service)
    return role == Participant.Role.SUPERVISOR and can_read_along(actor, turn)
