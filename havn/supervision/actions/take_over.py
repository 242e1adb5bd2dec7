"""Going on with a talk in the counsellor's place, and giving it back."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.errors import Refused
from havn.helpline.actions.duty import lock_queue
from havn.helpline.actions.ending import locked
from havn.helpline.actions.taking import give
from havn.helpline.actions.transfers import check_room
from havn.helpline.beside import tell_stopped
from havn.helpline.models import Turn
from havn.helpline.sealing import seal_text
from havn.live import api as live
from havn.live.models import Participant
from havn.supervision.models import TakeOver
from havn.supervision.permissions import check_can_give_back, check_can_take_over
from havn.supervision.telling import supervision_changed
from havn.vault.api import Keyring

LONGEST = 500
FIELD = "take-over"


@transaction.atomic
def take_over(
    *, actor: User, conversation_id: int, from_id: int, reason: str, keyring: Keyring, now_ms: int
) -> TakeOver:
    """Become the talk's counsellor. The child is told who writes from here on; the counsellor reads along in silence.

    It takes a seat like any talk, and somebody who is not on duty cannot: a child would be left alone at once.
    `from_id` is the counsellor whom the actor means: refused when it is somebody else by now.
    """
    turn = _locked_with_queue(conversation_id)
    check_can_take_over(actor, turn)
    words = reason.strip()
    if not words:
        raise Refused(_("Say why. Only the team reads it."))
    before = turn.counsellor
    if turn.state != Turn.State.TALKING or before is None:
        raise Refused(_("This talk has already ended."))
    if before.pk == actor.pk:
        raise Refused(_("This is your own talk."))
    if before.pk != from_id:
        raise Refused(_("This talk is with somebody else now. Look again before you take it over."))
    if turn.channel == "phone":
        raise Refused(_("A call cannot be taken over: the caller is on a colleague's telephone."))
    check_room(actor, turn, now_ms)
    key = keyring.conversation_key(turn.pk)
    nonce, sealed = seal_text(words[:LONGEST], conversation_id=turn.pk, field=FIELD, key=key)
    _end_open(turn.pk, now_ms)
    give(turn, to=actor, key=key, now_ms=now_ms)
    live.join(
        conversation_id=turn.pk,
        user_id=before.pk,
        role=Participant.Role.COLLEAGUE,
        shown_name=before.shown_name,
        now_ms=now_ms,
    )
    taken = TakeOver.objects.create(
        conversation_id=turn.pk, by=actor, of=before, reason_nonce=nonce, reason_sealed=sealed, at_ms=now_ms
    )
    _told(turn, actor, "supervision.taken_over")
    return taken


@transaction.atomic
def give_back(*, actor: User, conversation_id: int, keyring: Keyring, now_ms: int) -> Turn:
    """Let the counsellor go on, who must be on duty with a free seat. Whoever gives it back reads along again."""
    turn = _locked_with_queue(conversation_id)
    taken = TakeOver.objects.select_related("of").filter(conversation_id=turn.pk, ended_at_ms__isnull=True).first()
    if taken is None:
        raise Refused(_("This talk was not taken over."))
    check_can_give_back(actor, turn, taken)
    if turn.state != Turn.State.TALKING:
        raise Refused(_("This talk has already ended."))
    check_room(taken.of, turn, now_ms, other=True)
    give(turn, to=taken.of, key=keyring.conversation_key(turn.pk), now_ms=now_ms)
    live.join(
        conversation_id=turn.pk,
        user_id=actor.pk,
        role=Participant.Role.SUPERVISOR,
        shown_name=actor.shown_name,
        now_ms=now_ms,
    )
    _end_open(turn.pk, now_ms)
    _told(turn, actor, "supervision.given_back")
    return turn


def talk_finished(turn: Turn, now_ms: int) -> None:
    """The talk is over: nobody gives it back, and who had it before, however long before, reads no longer (told by the
    helpline)."""
    _end_open(turn.pk, now_ms)
    silent = Participant.objects.filter(
        conversation_id=turn.pk, role=Participant.Role.COLLEAGUE, left_at_ms__isnull=True, user__isnull=False
    )
    for user_id in list(silent.values_list("user_id", flat=True)):
        assert user_id is not None
        live.leave(conversation_id=turn.pk, user_id=user_id, now_ms=now_ms)


def duty_ended(service_id: int, user_id: int, now_ms: int) -> None:
    """Who goes off duty reads on in no talk that was taken over from them (told by the helpline, in the transaction
    that ends the duty)."""
    silent = Participant.objects.filter(
        user_id=user_id,
        role=Participant.Role.COLLEAGUE,
        left_at_ms__isnull=True,
        conversation__turn__service_id=service_id,
    )
    for conversation_id in sorted(silent.values_list("conversation_id", flat=True)):
        try:
            turn = locked(conversation_id)
        except Refused:
            # Destroyed while this waited for its row.
            continue
        live.leave(conversation_id=conversation_id, user_id=user_id, now_ms=now_ms)
        tell_stopped(turn, user_id, now_ms)


def _locked_with_queue(conversation_id: int) -> Turn:
    """The turn, under the lock of its service's seats, as everything that moves a talk takes them."""
    service_id = Turn.objects.filter(pk=conversation_id).values_list("service_id", flat=True).first()
    if service_id is not None:
        lock_queue(service_id)
    return locked(conversation_id)


def _end_open(conversation_id: int, now_ms: int) -> None:
    TakeOver.objects.filter(conversation_id=conversation_id, ended_at_ms__isnull=True).update(ended_at_ms=now_ms)


def _told(turn: Turn, actor: User, action: str) -> None:
    supervision_changed(turn.service_id)
    audit.record(
        centre_id=turn.service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=turn.service_id,
        action=action,
    )
