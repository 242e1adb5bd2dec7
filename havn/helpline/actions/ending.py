"""The two ways a turn finishes: a talk ends, or a waiting child leaves. For the desk, the child's side and sweeps."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.helpline import words
from havn.helpline.actions.counting import count_turn
from havn.helpline.actions.telling import queue_changed, tell
from havn.helpline.beside import check_may_end, tell_finished
from havn.helpline.models import Transfer, Turn
from havn.helpline.permissions import check_can_work_on
from havn.helpline.rules.turns import Step, after
from havn.live import api as live
from havn.live.models import Conversation


@transaction.atomic
def end_talk(*, actor: User, conversation_id: int, key: bytes, now_ms: int) -> Turn:
    """The counsellor ends the talk. Its record stays open until it is complete."""
    turn = locked(conversation_id)
    check_can_work_on(actor, turn)
    if after(turn.state, Step.END) is None:
        raise Refused(_("This talk has already ended."))
    check_may_end(turn)
    finish(turn, by=Turn.EndedBy.COUNSELLOR, key=key, now_ms=now_ms, name=actor.shown_name)
    return turn


def finish(turn: Turn, *, by: str, key: bytes | None, now_ms: int, name: str = "", tell_code: str = "") -> bool:
    """End or leave, whichever the turn's state asks for; False when it had finished already.

    The row must be locked. `by` is a `Turn.EndedBy`; `tell_code` overrides the event (quick exit, silence).
    """
    step = Step.END if turn.state == Turn.State.TALKING else Step.LEAVE
    state = after(turn.state, step)
    if state is None:
        return False
    turn.state, turn.ended_by, turn.ended_at_ms = state, by, now_ms
    turn.returned_at_ms = turn.counsellor_lost_at_ms = turn.silence_asked_ms = None
    turn.save(
        update_fields=[
            "state", "ended_by", "ended_at_ms", "returned_at_ms", "counsellor_lost_at_ms", "silence_asked_ms"
        ]
    )  # fmt: skip
    Transfer.objects.filter(pk=turn.pk).delete()
    left = state == Turn.State.LEFT
    values = {"name": name} if name else {}
    code = tell_code or (words.LEFT if left else words.ENDED)
    if code == words.ENDED:
        values["by"] = by
    tell(turn.pk, key, code, **values)
    live.set_state(conversation_id=turn.pk, state=Conversation.State.ENDED, now_ms=now_ms)
    if left:
        count_turn(turn)
    tell_finished(turn, now_ms)
    queue_changed(turn.service_id)
    return True


def locked(conversation_id: int) -> Turn:
    """The turn, its row locked until the transaction ends. Raises when there is none."""
    turn = (
        Turn.objects.select_for_update(of=("self",))
        .select_related("service__organisation__centre")
        .filter(pk=conversation_id)
        .first()
    )
    if turn is None:
        raise Refused(_("This talk is no longer here."))
    return turn
