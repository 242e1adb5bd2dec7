"""What every step of a hand-over shares: its locked row, the next state in the count too, the talk told of it."""

from django.utils.translation import gettext as _

from havn.audit import api as audit
from havn.common.errors import Refused
from havn.handover.models import Handover, HandoverCount, HandoverWaiting
from havn.handover.rules.states import may_become
from havn.helpline.actions.telling import queue_changed, tell

ASKED = "handover-asked"
YES = "handover-yes"
NO = "handover-no"
TAKEN_BACK = "handover-back"
WENT = "handover-gone"


def locked(handover_id: int, *, conversation_id: int | None = None) -> Handover:
    """The row, locked; of this talk where one is named. Refused when there is none."""
    found = Handover.objects.select_for_update(of=("self",)).filter(pk=handover_id)
    if conversation_id is not None:
        found = found.filter(conversation_id=conversation_id)
    handover = found.select_related("service__organisation__centre").first()
    if handover is None:
        raise Refused(_("There is no such hand-over."))
    return handover


def find_locked(handover_id: int, state: str) -> Handover | None:
    """The row, locked, if it is in this state."""
    found = Handover.objects.select_for_update(of=("self",)).filter(pk=handover_id, state=state)
    return found.select_related("service__organisation__centre").first()


def move(
    handover: Handover, state: str, *, key: bytes | None = None, code: str = "", actor_id: int | None = None
) -> None:
    """Bring a locked hand-over into a state, with its count, an event in the talk and a line on the trail.

    Raises Refused when it can't come from where it is. Without a key the event holds only its code.
    """
    if not may_become(handover.state, state):
        raise Refused(_("That can't be done any more. Look at how it stands now."))
    handover.state = state
    handover.save()
    HandoverCount.objects.filter(pk=handover.count_id).update(state=state)
    if state != Handover.State.AGREED:
        HandoverWaiting.objects.filter(pk=handover.pk).delete()
    put(handover, state, key=key, code=code, actor_id=actor_id)


def put(handover: Handover, state: str, *, key: bytes | None, code: str, actor_id: int | None, **values: str) -> None:
    """Tell the talk and the desks, and the trail: route and what happened, nothing of the text, not in which talk."""
    if code:
        tell(handover.conversation_id, key, code, handover=handover.pk, **values)
    queue_changed(handover.service_id)
    audit.record(
        centre_id=handover.service.organisation.centre_id,
        actor_id=actor_id,
        service_id=handover.service_id,
        action=f"handover.{state}",
        route=handover.route,
    )
