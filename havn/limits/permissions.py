"""Who may take, ask for and decide a step, and who may read and write a care plan."""

from django.utils.translation import gettext as _

from havn.accounts.api import has_role
from havn.accounts.models import User
from havn.common.errors import NotAllowed
from havn.helpline.models import Turn
from havn.helpline.permissions import check_can_work_on
from havn.helpline.rules.roles import MANAGES, SUPERVISES
from havn.limits.models import Limit
from havn.tenancy.models import Service


def check_can_ask(actor: User, turn: Turn) -> None:
    """The chat's own counsellor."""
    check_can_work_on(actor, turn)


def check_can_decide(actor: User, turn: Turn, limit: Limit) -> None:
    """Whoever leads the shift, and neither asked for it nor writes with the child."""
    check_can_lift(actor, turn.service)
    if actor.pk in {limit.asked_by_id, turn.counsellor_id}:
        raise NotAllowed(_("A colleague has to decide this: nobody decides what they asked for themselves."))


def check_can_lift(actor: User, service: Service) -> None:
    """Supervisors and coordinators of the helpline."""
    if not has_role(actor, service, *SUPERVISES):
        raise NotAllowed(_("Only supervisors and coordinators can do that."))


def check_can_write_plan(actor: User, turn: Turn) -> None:
    """The counsellor of the talk in which the plan is offered or was given."""
    check_can_work_on(actor, turn)


def check_can_manage(actor: User, service: Service) -> None:
    """Coordinators decide how limits and plans work."""
    if not has_role(actor, service, *MANAGES):
        raise NotAllowed(_("Only coordinators can change how the helpline works."))


def can_decide(actor: User, turn: Turn, limit: Limit) -> bool:
    """The same as a question."""
    try:
        check_can_decide(actor, turn, limit)
    except NotAllowed:
        return False
    return True
