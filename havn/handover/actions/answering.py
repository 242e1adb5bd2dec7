"""The yes and the no. Of a child in their own talk; of a caller, or somebody who writes by e-mail, as it was heard."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.clock import from_ms
from havn.common.errors import Refused
from havn.handover.actions import moving
from havn.handover.actions.passing import pass_on
from havn.handover.models import Handover, HandoverWaiting
from havn.handover.permissions import check_can_ask
from havn.handover.queries.handovers import asked_in
from havn.handover.queries.settings import settings_of
from havn.handover.rules import states
from havn.handover.sealing import seal_waiting
from havn.helpline.actions.ending import locked
from havn.mail import api as mail

# Who can't press a button in the talk: the counsellor reads it out, or puts it into the answer.
HEARD_IN = frozenset({"phone", "mail"})


@transaction.atomic
def answer(*, conversation_id: int, handover_id: int, yes: bool, key: bytes, language: str, now_ms: int) -> Handover:
    """The child's own press. The same press again changes nothing; a no after the yes counts until it has gone.

    Raises Refused for a question of another talk, one that is settled, and a no that comes too late.
    """
    handover = moving.locked(handover_id, conversation_id=conversation_id)
    _answer(handover, yes, key=key, language=language, now_ms=now_ms)
    return handover


@transaction.atomic
def answer_heard(*, actor: User, handover_id: int, yes: bool, key: bytes, language: str, now_ms: int) -> Handover:
    """What a caller, or somebody who writes by e-mail, said after hearing text and words. Their counsellor notes it."""
    found = Handover.objects.filter(pk=handover_id).values_list("conversation_id", flat=True).first()
    if found is None:
        raise Refused(_("There is no such hand-over."))
    turn = locked(found)
    check_can_ask(actor, turn)
    if turn.channel not in HEARD_IN:
        raise Refused(_("Only the child can answer that, in the talk."))
    handover = moving.locked(handover_id)
    handover.heard_by = actor
    _answer(handover, yes, key=key, language=language, now_ms=now_ms)
    return handover


def _answer(handover: Handover, yes: bool, *, key: bytes, language: str, now_ms: int) -> None:
    if yes and handover.state in {states.AGREED, states.SENDING, states.GONE, states.FAILED}:
        return
    if not yes and handover.state == states.DECLINED:
        return
    if yes:
        agree(handover, key=key, language=language, now_ms=now_ms)
        return
    if handover.state == states.SENDING and not (handover.letter_id and mail.take_back(handover.letter_id)):
        raise Refused(_("It is on its way already, and we can't stop it."))
    if handover.state == states.GONE:
        raise Refused(_("It has gone already, and we can't get it back."))
    handover.answered_at_ms, handover.due_at_ms, handover.letter_id = now_ms, None, None
    moving.move(
        handover, states.DECLINED, key=key, code=moving.NO, actor_id=handover.heard_by_id if handover.heard_by else None
    )


def agree(handover: Handover, *, key: bytes, language: str, now_ms: int) -> None:
    """Note the yes and let it go when the time to change one's mind is over. The row is locked."""
    minutes = settings_of(handover.service_id).change_mind_minutes
    handover.answered_at_ms, handover.answered_in = now_ms, language[:10]
    handover.due_at_ms = states.due_at_ms(agreed_at_ms=now_ms, minutes=minutes)
    moving.move(handover, states.AGREED, key=key, code=moving.YES, actor_id=handover.heard_by_id)
    wait_to_go(handover, key=key)


def wait_to_go(handover: Handover, *, key: bytes) -> None:
    """Seal what passes for the worker, and call it. What a person passes on by hand waits for that person."""
    if handover.way == "page":
        return
    asked = asked_in(handover, key)
    HandoverWaiting.objects.update_or_create(
        pk=handover.pk,
        defaults={
            "conversation_id": handover.conversation_id,
            "sealed": seal_waiting(handover.pk, text=asked.text, address=asked.address),
        },
    )
    pass_on.using(run_after=from_ms(handover.due_at_ms or 0)).enqueue(handover.pk)
