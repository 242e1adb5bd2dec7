"""How great the danger is, as the counsellor judges it: from the talk's head or from its contact record."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.errors import Refused
from havn.helpline import words
from havn.helpline.actions.ending import locked
from havn.helpline.actions.telling import duty_changed, tell
from havn.helpline.beside import tell_judged
from havn.helpline.models import Record, Turn
from havn.helpline.permissions import check_can_work_on
from havn.helpline.rules.queue import HIGH
from havn.helpline.rules.risk import risk_of_talk

LEVELS = ("", "high", "imminent")


@transaction.atomic
def set_risk(*, actor: User, conversation_id: int, risk: str, key: bytes) -> Turn:
    """Set the risk of an open talk. Imminent shows the emergency number to both sides and calls the supervisor.

    The contact record follows: a grave risk is its risk too, and one that is taken back leaves the question open.
    """
    turn = locked(conversation_id)
    check_can_work_on(actor, turn)
    if risk not in LEVELS:
        raise Refused(_("Choose one of the levels."))
    if turn.state != Turn.State.TALKING:
        raise Refused(_("This talk has already ended."))
    record = Record.objects.filter(pk=turn.pk)
    (record if risk else record.filter(risk__in=HIGH)).update(risk=risk)
    judge(turn, risk=risk, key=key, by=actor.pk)
    return turn


def judge(turn: Turn, *, risk: str, key: bytes, by: int) -> None:
    """Let the talk follow what its counsellor says of the risk. The row must be locked; the same again changes nothing.

    The trail says that it happened at the service, not in which talk: a contact keeps its risk and must not be
    found by it.
    """
    risk = risk_of_talk(risk)
    if risk == turn.risk:
        return
    before, turn.risk = turn.risk, risk
    turn.save(update_fields=["risk"])
    if risk == "imminent":
        centre = turn.service.organisation.centre
        if turn.state == Turn.State.TALKING:
            tell(turn.pk, key, words.IMMINENT, number=centre.emergency_number)
        audit.record(centre_id=centre.pk, service_id=turn.service_id, action="helpline.risk.imminent")
    tell_judged(turn, before, by)
    duty_changed(turn.service_id)
