"""Closing a chat in which nothing was said, with one press: silent, test, prank, wrong place."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.helpline.actions.ending import locked
from havn.helpline.actions.record import complete_and_close
from havn.helpline.models import Record, Turn
from havn.helpline.permissions import check_can_work_on
from havn.limits.queries.ladder import has_written
from havn.limits.rules.coding import CODES


@transaction.atomic
def close_short(*, actor: User, conversation_id: int, outcome: str, key: bytes, now_ms: int) -> Turn:
    """Code and close it. Refused where the child has written or something of a talk is filled in
    already, and where somebody may be in danger."""
    if outcome not in CODES:
        raise Refused(_("Choose one of the outcomes."))
    turn = locked(conversation_id)
    check_can_work_on(actor, turn)
    record, _new = Record.objects.get_or_create(pk=turn.pk)
    if turn.channel != Turn.Channel.CHAT or record.completed_at is not None:
        raise Refused(_("This record is closed."))
    if record.reasons or record.summary_sealed or turn.in_danger or turn.risk or has_written(turn.pk):
        raise Refused(_("Something of a talk is filled in already. Close it with the record."))
    record.outcome = outcome
    record.version += 1
    record.save(update_fields=["outcome", "version"])
    return complete_and_close(actor=actor, conversation_id=turn.pk, key=key, now_ms=now_ms)
