"""Who may do what to which talk and service. `check_can_x` raises with a sentence; `can_x` asks the same question."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.utils.translation import gettext as _

from havn.accounts.api import has_role
from havn.accounts.models import User
from havn.common.errors import NotAllowed
from havn.helpline.models import Turn
from havn.helpline.queries.duty import last_counsellor
from havn.helpline.rules.roles import MANAGES, SUPERVISES, WORKS
from havn.tenancy.models import Service

P = ParamSpec("P")


def check_can_be_on_duty(actor: User, service: Service) -> None:
    """Counsellors, supervisors and coordinators of the organisation that runs the service."""
    if not has_role(actor, service, *WORKS):
        raise NotAllowed(_("You don't work at this helpline."))


def check_can_work_on(actor: User, turn: Turn) -> None:
    """Write, end, hand over and code: only the counsellor who has the talk, while still at the helpline."""
    check_can_be_on_duty(actor, turn.service)
    if turn.counsellor_id != actor.pk:
        raise NotAllowed(_("This talk is with a colleague."))


def check_can_code(actor: User, turn: Turn) -> None:
    """Fill in the record: the talk's counsellor; while a child who asked again waits, also the one before.

    The child may come back in the middle of a sentence: what was typed until then is still stored.
    """
    if turn.state == Turn.State.WAITING and turn.counsellor_id is None and last_counsellor(turn.pk) == actor.pk:
        check_can_be_on_duty(actor, turn.service)
    else:
        check_can_work_on(actor, turn)


def check_can_read_along(actor: User, turn: Turn) -> None:
    """Supervisors and coordinators of the service may read a talk in silence. Which talks, the action says."""
    if not has_role(actor, turn.service, *SUPERVISES):
        raise NotAllowed(_("Only supervisors and coordinators can read along."))


def check_can_see_wall(actor: User, service: Service) -> None:
    """The wall is for those who answer for the shift."""
    if not has_role(actor, service, *SUPERVISES):
        raise NotAllowed(_("Only supervisors and coordinators can open the wall."))


def check_can_manage(actor: User, service: Service) -> None:
    """Settings, ready answers and links: coordinators."""
    if not has_role(actor, service, *MANAGES):
        raise NotAllowed(_("Only coordinators can change how the helpline works."))


def check_can_see_figures(actor: User, service: Service) -> None:
    """Figures, and files of them that leave small numbers out: supervisors and coordinators."""
    if not has_role(actor, service, *SUPERVISES):
        raise NotAllowed(_("Only supervisors and coordinators can see the figures."))


def check_can_take_out_whole(actor: User, service: Service) -> None:
    """Files with every number, for use inside: coordinators."""
    if not has_role(actor, service, *MANAGES):
        raise NotAllowed(_("Only coordinators can take out figures with small numbers."))


def check_can_import(actor: User, service: Service) -> None:
    """Contacts of the past: coordinators take them in."""
    if not has_role(actor, service, *MANAGES):
        raise NotAllowed(_("Only coordinators can take in contacts of the past."))


def _allowed(check: Callable[Concatenate[User, P], None]) -> Callable[Concatenate[User, P], bool]:
    def can(actor: User, /, *args: P.args, **kwargs: P.kwargs) -> bool:
        try:
            check(actor, *args, **kwargs)
        except NotAllowed:
            return False
        return True

    return can


can_be_on_duty = _allowed(check_can_be_on_duty)
can_work_on = _allowed(check_can_work_on)
can_read_along = _allowed(check_can_read_along)
can_see_wall = _allowed(check_can_see_wall)
can_manage = _allowed(check_can_manage)
can_take_out_whole = _allowed(check_can_take_out_whole)
can_import = _allowed(check_can_import)
