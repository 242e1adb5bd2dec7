"""Trying again what failed: under the same yes, the same text, and with time to change one's mind anew."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.handover.actions import moving
from havn.handover.actions.answering import wait_to_go
from havn.handover.models import Handover, HandoverWaiting
from havn.handover.permissions import check_can_pass_on
from havn.handover.queries.settings import settings_of
from havn.handover.rules import states


@transaction.atomic
def try_again(*, actor: User, handover_id: int, key: bytes, now_ms: int) -> Handover:
    """Let it go once more. A second press changes nothing; what lost its place in the line (a restore) goes too."""
    handover = moving.locked(handover_id)
    check_can_pass_on(actor, handover.service)
    if handover.state == states.AGREED and HandoverWaiting.objects.filter(pk=handover.pk).exists():
        return handover
    minutes = settings_of(handover.service_id).change_mind_minutes
    handover.due_at_ms = states.due_at_ms(agreed_at_ms=now_ms, minutes=minutes)
    if handover.state == states.AGREED:
        handover.save(update_fields=["due_at_ms"])
    elif handover.state == states.FAILED:
        moving.move(handover, states.AGREED, actor_id=actor.pk)
    else:
        raise Refused(_("There is nothing to try again."))
    wait_to_go(handover, key=key)
    return handover
