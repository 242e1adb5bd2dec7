"""How great the danger is, as the counsellor judges it."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.errors import Refused
from havn.helpline import words
from havn.helpline.actions.ending import locked
from havn.helpline.actions.telling import duty_changed, tell
from havn.helpline.models import Record, Turn
from havn.helpline.permissions import check_can_work_on

LEVELS = ("", "high", "imminent")


@transaction.atomic
def set_risk(*, actor: User, conversation_id: int, risk: str, key: bytes) -> Turn:
    """Set the risk of an open talk. Imminent shows the emergency number to both sides and calls the supervisor.

    The trail says that it happened at the service, not in which talk: a contact keeps its risk and must not be
    found by it.
    """
    turn = locked(conversation_id)
    check_can_work_on(actor, turn)
    if risk not in LEVELS:
        raise Refused(_("Choose one of the levels."))
    if turn.state != Turn.State.TALKING:
        raise Refused(_("This talk has already ended."))
    if risk == turn.risk:
        return turn
    turn.risk = risk
    turn.save(update_fields=["risk"])
    if risk:
        Record.objects.filter(pk=turn.pk).update(risk=risk)
    centre = turn.service.organisation.centre
    if risk == "imminent":
        tell(turn.pk, key, words.IMMINENT, number=centre.emergency_number)
        audit.record(centre_id=centre.pk, service_id=turn.service_id, action="helpline.risk.imminent")
    duty_changed(turn.service_id)
    return turn
