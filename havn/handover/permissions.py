"""Who may ask, pass on, write down reports and choose routes. `check_can_x` raises with a sentence."""

from django.utils.translation import gettext as _

from havn.accounts.api import has_role
from havn.accounts.models import User
from havn.common.errors import NotAllowed
from havn.helpline.models import Turn
from havn.helpline.permissions import check_can_be_on_duty, check_can_work_on
from havn.helpline.rules.roles import MANAGES, SUPERVISES
from havn.tenancy.models import Centre, Service


def check_can_ask(actor: User, turn: Turn) -> None:
    """The counsellor who has the talk."""
    check_can_work_on(actor, turn)


def check_can_pass_on(actor: User, service: Service) -> None:
    """Whoever works at the helpline: what was agreed to must not stay lying because somebody went home."""
    check_can_be_on_duty(actor, service)


def check_can_report(actor: User, service: Service) -> None:
    """Whoever works at the helpline."""
    check_can_be_on_duty(actor, service)


def check_can_see_counts(actor: User, service: Service) -> None:
    """Supervisors and coordinators, as with the other figures."""
    if not has_role(actor, service, *SUPERVISES):
        raise NotAllowed(_("Only supervisors and coordinators can see the figures."))


def can_see_counts(actor: User, service: Service) -> bool:
    """The same question for what a page shows."""
    return has_role(actor, service, *SUPERVISES)


def check_can_manage(actor: User, service: Service) -> None:
    """Coordinators decide where something can be passed on to, and on the clocks."""
    if not has_role(actor, service, *MANAGES):
        raise NotAllowed(_("Only coordinators can change how the helpline works."))


def check_at_centre(service: Service, centre: Centre) -> None:
    """Raises for a route of another centre: the same sentence as for none."""
    if service.organisation.centre_id != centre.pk:
        raise NotAllowed(_("There is no such route."))
